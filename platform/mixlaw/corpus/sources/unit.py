"""A unit: one piece of a source, read by one task, whatever the number of tasks.

The units of a spec are fixed by the spec and its inputs alone, so that a build gives the same bytes on one core and on
a cluster, and one that was killed knows which units are done.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mixlaw.corpus.sources.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """What one task reads: a whole archive, some files of a folder, or some rows of a table's file."""

    name: str
    """Unique in the spec and fit for a file name; in the order of the spec when sorted: `0003-00000`."""
    source: Source
    place: Path | str
    """The archive in the cache, the folder, or the folder of a table's files as a URL."""
    files: tuple[str, ...] = ()
    """Paths below `place`, in order: of a folder; of a table one, or more when a limit goes over several."""
    first_row: int = 0
    """Of a table: the rows [first_row, last_row) of its files in their order; all of them when `last_row` is 0."""
    last_row: int = 0
