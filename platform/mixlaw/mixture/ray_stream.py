"""Rows of a plan as a Ray Data stream: read tasks anywhere in the cluster, prefetched to the training worker.

Every training worker streams its own rows. The plan fixes which those are, so no coordinator has to hand out blocks,
the order is exact, and resuming at step k starts a stream at row k.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, cast

import numpy as np
import ray.data
from numpy.typing import NDArray

from mixlaw.corpus import Corpus
from mixlaw.mixture.plan import RowPlan
from mixlaw.mixture.rows import fetch

_ROWS_PER_TASK = 1024


def ray_batches(
    plan: RowPlan, corpus: Corpus, *, rank: int, world: int, start_step: int
) -> Iterator[NDArray[np.int64]]:
    """As `mixlaw.mixture.batches`, streamed. Every node must see the corpus at the same path."""
    local = plan.local_rows(world)
    first, last = start_step * local, plan.n_steps * local
    if first >= last:
        return
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.execution_options.preserve_order = True
    spans = [{"first": at, "last": min(at + _ROWS_PER_TASK, last)} for at in range(first, last, _ROWS_PER_TASK)]
    read: Any = functools.partial(_read, plan=plan, path=corpus.path, rank=rank, world=world)
    # Reading is light and must never wait for a CPU that the training workers hold: num_cpus=0.
    stream: Any = ray.data.from_items(spans, override_num_blocks=len(spans)).map_batches(
        read, batch_size=1, batch_format="numpy", num_cpus=0
    )
    streamed: Any = stream.iter_batches(batch_size=local, batch_format="numpy", prefetch_batches=2)
    for batch in cast(Iterable[dict[str, NDArray[np.int32]]], streamed):
        yield batch["tokens"].astype(np.int64)


@functools.lru_cache(maxsize=4)
def _opened(path: Path) -> Corpus:
    return Corpus.open(path)


def _read(batch: dict[str, Any], *, plan: RowPlan, path: Path, rank: int, world: int) -> dict[str, Any]:
    index = np.arange(int(batch["first"][0]), int(batch["last"][0]))
    tokens = fetch(plan, _opened(path), plan.worker_rows(index, rank, world))
    return {"tokens": tokens.astype(np.int32)}
