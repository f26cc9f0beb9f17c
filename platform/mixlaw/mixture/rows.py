"""Rows of a plan from memory-mapped shards."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from mixlaw.corpus import Corpus
from mixlaw.mixture.plan import RowPlan

_STEPS_PER_READ = 16


def fetch(plan: RowPlan, corpus: Corpus, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """The token ids of training rows (k,): (k, seq_len + 1)."""
    codes, positions = plan.locate(rows)
    tokens = np.empty((rows.size, plan.seq_len + 1), np.int64)
    offsets = np.arange(plan.seq_len + 1)
    for code, domain in enumerate(plan.interleave.domains):
        mine = codes == code
        if mine.any():
            stream = corpus.tokens(domain, "train", plan.organisation)
            tokens[mine] = stream[positions[mine][:, None] * plan.seq_len + offsets]
    return tokens


def mapped_batches(
    plan: RowPlan, corpus: Corpus, rank: int, world: int, start_step: int
) -> Iterator[NDArray[np.int64]]:
    """As `mixlaw.mixture.batches`, read in this process."""
    local = plan.local_rows(world)
    # Several steps per read: planning a row costs far less in bulk.
    for step in range(start_step, plan.n_steps, _STEPS_PER_READ):
        index = np.arange(step * local, min(step + _STEPS_PER_READ, plan.n_steps) * local)
        rows = fetch(plan, corpus, plan.worker_rows(index, rank, world))
        yield from rows.reshape(-1, local, plan.seq_len + 1)
