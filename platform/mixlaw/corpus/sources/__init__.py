"""Where files come from: one file per kind of source, all read as units that a task can read by itself."""
