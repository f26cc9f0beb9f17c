"""The stages of a build, in the order in which documents pass them. Each is a set of tasks that write whole files."""
