"""One source of parallel programs in a spec: where its tasks are, and which directions are made of them."""

from __future__ import annotations

from dataclasses import dataclass

from mixlaw.corpus.keys import Keys


@dataclass(frozen=True, slots=True, kw_only=True)
class ParallelSource:
    """Programs of the same tasks in several languages: a folder of task folders, or a JSON Lines file."""

    path: str
    licence: str
    name: str


def parallel_source_of(keys: Keys) -> ParallelSource:
    """Read one entry of a spec's `parallel`. Raises MixlawError naming file and key."""
    source = ParallelSource(path=keys.text("path"), licence=keys.text("licence"), name=keys.text("name"))
    keys.done()
    return source
