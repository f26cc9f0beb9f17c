"""Rows of a plan as a Ray Data stream: read by tasks anywhere in the cluster, prefetched to a training process.

Every training process streams its own rows. The plan fixes which those are, so nobody has to hand out blocks, the
order is exact, and a stream that begins at step k begins with row k.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import ray.data
from ray.data.block import BlockMetadata
from ray.data.datasource import Datasource, ReadTask

from mixlaw.corpus import Corpus
from mixlaw.corpus.token_stream import Tokens
from mixlaw.mixture.plan import RowPlan
from mixlaw.mixture.rows import RowReader

_TOKENS_PER_BLOCK = 1 << 21
_MOST_TASKS = 2_000
_TASKS_AT_ONCE = 2
_COLUMN = "tokens"


def planned_dataset(plan: RowPlan, corpus_path: Path, *, rank: int, world: int, first_step: int) -> ray.data.Dataset:
    """The rows of one training process from `first_step` on, in order, as a Ray Dataset that nothing has read yet.

    Its one column holds rows of `seq_len + 1` token ids. Every node must see the corpus at the same path.
    """
    source = PlannedRows(plan=plan, corpus_path=corpus_path, rank=rank, world=world, first_step=first_step)
    # Reading is light and must never wait for a CPU that the training processes hold; without a CPU to its name, Ray
    # would start a process for every task at once.
    dataset = ray.data.read_datasource(
        source, override_num_blocks=source.n_tasks, num_cpus=0, concurrency=min(_TASKS_AT_ONCE, source.n_tasks)
    )
    dataset.context.enable_progress_bars = False
    dataset.context.execution_options = in_order()
    return dataset


def in_order() -> ray.data.ExecutionOptions:
    """How a `planned_dataset` must be executed: its blocks in their order, whichever is read first."""
    return ray.data.ExecutionOptions(preserve_order=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class RayFeed:
    """Rows that reach a training process through its shard of a `planned_dataset`."""

    shard: ray.data.DataIterator
    first_step: int
    local_rows: int
    """Per step."""

    def batches(self) -> Iterator[Tokens]:
        """One array (local_rows, seq_len + 1) per step from `first_step` on."""
        shard: Any = self.shard  # batch_size=None, whole blocks, is documented but not in its types
        blocks = shard.iter_batches(batch_size=None, batch_format="pyarrow", prefetch_batches=2)
        rest: Tokens | None = None
        for block in blocks:
            rows = _rows_of(block)
            rows = rows if rest is None else np.concatenate([rest, rows])
            whole = len(rows) - len(rows) % self.local_rows
            yield from rows[:whole].reshape(-1, self.local_rows, rows.shape[1])
            rest = rows[whole:] if whole < len(rows) else None


class PlannedRows(Datasource):
    """Ray Data's view of a plan: consecutive runs of steps, each a task that yields blocks of whole steps."""

    def __init__(self, *, plan: RowPlan, corpus_path: Path, rank: int, world: int, first_step: int) -> None:
        super().__init__()
        self._read = functools.partial(_read, plan=plan, path=corpus_path, rank=rank, world=world)
        self._local = plan.local_rows(world)
        self._row_bytes = 2 * (plan.seq_len + 1)
        steps = range(first_step, plan.n_steps)
        self._block_steps = max(1, _TOKENS_PER_BLOCK // (self._local * plan.seq_len))
        blocks_per_task = -(-len(steps) // (self._block_steps * _MOST_TASKS))
        task_steps = self._block_steps * max(1, blocks_per_task)
        self._spans = [steps[at : at + task_steps] for at in range(0, len(steps), task_steps)]

    @property
    def n_tasks(self) -> int:
        """Read tasks."""
        return len(self._spans)

    def get_name(self) -> str:
        """What Ray shows."""
        return "PlannedRows"

    def estimate_inmemory_data_size(self) -> int:
        """Bytes of all rows."""
        return sum(len(span) for span in self._spans) * self._local * self._row_bytes

    def get_read_tasks(self, *_: Any, **__: Any) -> list[ReadTask]:
        """One task per span, whatever the parallelism that Ray has in mind."""
        return [self._task(span) for span in self._spans]

    def _task(self, span: range) -> ReadTask:
        blocks = [span[at : at + self._block_steps] for at in range(0, len(span), self._block_steps)]
        rows = len(span) * self._local
        known = BlockMetadata(num_rows=rows, size_bytes=rows * self._row_bytes, input_files=None, exec_stats=None)
        return ReadTask(functools.partial(self._read, blocks=blocks), known)


@functools.lru_cache(maxsize=4)
def _opened(path: Path) -> Corpus:
    return Corpus.open(path)


def _read(*, plan: RowPlan, path: Path, rank: int, world: int, blocks: list[range]) -> Iterator[Any]:
    reader, local = RowReader.of(plan, _opened(path)), plan.local_rows(world)
    for steps in blocks:
        index = np.arange(steps.start * local, steps.stop * local)
        yield _block_of(reader.fetch(plan.worker_rows(index, rank, world)))


def _block_of(rows: Tokens) -> Any:
    arrow: Any = pa  # of which few functions are typed
    lists = arrow.FixedSizeListArray.from_arrays(arrow.array(rows.reshape(-1)), rows.shape[1])
    return arrow.table({_COLUMN: lists})


def _rows_of(block: Any) -> Tokens:
    """The rows of an Arrow table, (k, seq_len + 1); no copy where they lie in one chunk."""
    column = block[_COLUMN].combine_chunks()
    if isinstance(column, pa.ChunkedArray):  # of one chunk, in some versions
        column = column.chunk(0)
    return column.flatten().to_numpy(zero_copy_only=True).reshape(block.num_rows, -1)
