"""Two sources of rows for one plan: memory-mapped shards in the process, or a Ray Data stream."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mixlaw.corpus import Corpus
from mixlaw.mixture.plan import RowPlan
from mixlaw.mixture.rows import mapped_batches

RowSource = Literal["mapped", "ray-data"]


def batches(
    plan: RowPlan,
    corpus: Corpus,
    *,
    rank: int = 0,
    world: int = 1,
    start_step: int = 0,
    source: RowSource = "mapped",
) -> Iterator[NDArray[np.int64]]:
    """One array (batch_rows / world, seq_len + 1) per step from `start_step` on; the same from either source."""
    if source == "ray-data":
        from mixlaw.mixture.ray_stream import ray_batches  # Ray is imported only where it is asked for

        return ray_batches(plan, corpus, rank=rank, world=world, start_step=start_step)
    return mapped_batches(plan, corpus, rank, world, start_step)
