"""Where files come from: one file per kind of source, all read as units that a task can read by itself."""

from mixlaw.corpus.sources.units import inputs_of, read_unit, units_of

__all__ = ["inputs_of", "read_unit", "units_of"]
