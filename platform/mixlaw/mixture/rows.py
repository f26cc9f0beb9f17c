"""Rows of a plan from memory-mapped token files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from mixlaw.corpus import Corpus
from mixlaw.corpus.token_stream import Tokens, TokenStream
from mixlaw.mixture.plan import RowPlan

_TOKENS_PER_READ = 1 << 19
_ROWS_PER_PLANNING = 1 << 14


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RowReader:
    """What reads training rows: a plan, and the training tokens of its domains in the plan's order."""

    plan: RowPlan
    streams: tuple[TokenStream, ...]

    @classmethod
    def of(cls, plan: RowPlan, corpus: Corpus) -> Self:
        """Open the plan's domains. Raises MixlawError when the corpus lacks one."""
        return cls(
            plan=plan,
            streams=tuple(corpus.tokens(d, "train", plan.organisation) for d in plan.interleave.domains),
        )

    def fetch(self, rows: NDArray[np.int64]) -> Tokens:
        """The token ids of training rows (k,): (k, seq_len + 1), in the corpus's own narrow type."""
        return self.read(*self.plan.locate(rows))

    def read(self, codes: NDArray[np.int64], positions: NDArray[np.int64]) -> Tokens:
        """The token ids of rows that are located: (k, seq_len + 1)."""
        length = self.plan.seq_len + 1
        tokens = np.empty((codes.size, length), self.streams[0].dtype)
        order = np.argsort(codes, kind="stable")
        starts, ends = positions[order] * self.plan.seq_len, np.cumsum(np.bincount(codes, minlength=len(self.streams)))
        for stream, first, end in zip(self.streams, [0, *ends.tolist()], ends.tolist(), strict=False):
            tokens[order[first:end]] = stream.rows(starts[first:end], length)
        return tokens


def runs_of_batches(plan: RowPlan, corpus: Corpus, rank: int, world: int, start_step: int) -> Iterator[Tokens]:
    """The rows of one worker from `start_step` on, a few steps at a time: (steps, batch_rows / world, seq_len + 1)."""
    reader, local = RowReader.of(plan, corpus), plan.local_rows(world)
    # In bulk, since a call of NumPy costs as much as planning a hundred rows; but what is read stays in the cache.
    planned = max(1, _ROWS_PER_PLANNING // local) * local
    at_once = max(1, _TOKENS_PER_READ // (plan.seq_len * local)) * local
    last = plan.n_steps * local
    for first in range(start_step * local, last, planned):
        index = np.arange(first, min(first + planned, last))
        codes, positions = plan.locate(plan.worker_rows(index, rank, world))
        for at in range(0, index.size, at_once):
            rows = reader.read(codes[at : at + at_once], positions[at : at + at_once])
            yield rows.reshape(-1, local, plan.seq_len + 1)
