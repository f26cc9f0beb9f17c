"""The rows of a plan, step by step: read from memory-mapped files in this process, or streamed to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from mixlaw.corpus import Corpus
from mixlaw.corpus.token_stream import Tokens
from mixlaw.mixture.plan import RowPlan
from mixlaw.mixture.prefetch import prefetched
from mixlaw.mixture.rows import runs_of_batches


def batches(
    plan: RowPlan,
    corpus: Corpus,
    *,
    rank: int = 0,
    world: int = 1,
    start_step: int = 0,
    read_ahead: bool = False,
) -> Iterator[Tokens]:
    """One array (batch_rows / world, seq_len + 1) per step from `start_step` on, read in this process.

    Token ids have the corpus's own narrow type. With `read_ahead`, the next steps are read in a thread.
    """
    runs = runs_of_batches(plan, corpus, rank, world, start_step)
    for run in prefetched(runs, depth=1) if read_ahead else runs:
        yield from run


class Feed(Protocol):
    """Rows that are streamed to one training process."""

    @property
    def first_step(self) -> int:
        """The step that it begins with."""
        ...

    def batches(self) -> Iterator[Tokens]:
        """As `batches` above from `first_step` on, the same rows."""
        ...
