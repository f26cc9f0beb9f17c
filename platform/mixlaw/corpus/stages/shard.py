"""Last stage: the documents that are taken, in an order shuffled by the seed, become token files of bounded size.

A token file's record is written when the file is, so a build that was killed does not write it again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from mixlaw.corpus.shards import DOCUMENT_SCHEMA, Shard
from mixlaw.corpus.sources.fetch import sha256_of
from mixlaw.corpus.stages.encode import Encoding, tokens_file
from mixlaw.corpus.stages.group import Group
from mixlaw.corpus.stages.order import mixed, shuffle_keys
from mixlaw.corpus.stages.texts import Texts
from mixlaw.store import atomic_write

_ORDER_OF_SHARDS = 1
"""Added to the seed, so that the order in the files is not the one in which documents were taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShardTask:
    """One token file to write: which documents, in which order."""

    split: str
    domain: str
    organisation: str
    stream: str
    number: int
    start: int
    """Of its first token in the stream."""
    documents: pl.DataFrame
    """Rows of `Encoding.taken`, with the name of each one's block."""

    @property
    def name(self) -> str:
        """`<split>/<stream>-<number>`."""
        return f"{self.split}/{self.stream}-{self.number:05d}"


def shard_tasks(encoding: Encoding, taken: pl.DataFrame, seed: int, shard_tokens: int) -> list[ShardTask]:
    """The token files of a group: `encoding.taken()` shuffled, cut where a file would exceed `shard_tokens`."""
    group = encoding.group
    order = mixed(shuffle_keys(taken, seed) + np.uint64(_ORDER_OF_SHARDS))
    shuffled = taken.with_columns(place=pl.Series(order)).sort("place", "unit", "row").drop("place")
    lengths = shuffled["tokens"].to_numpy()
    ends = np.cumsum(lengths)
    tasks: list[ShardTask] = []
    for first, last in _cuts(ends, shard_tokens):
        documents = shuffled.slice(first, last - first)
        names = [encoding.block_name(number) for number in documents["block"].to_list()]
        tasks.append(_task(group, len(tasks), int(ends[first] - lengths[first]), documents, names))
    return tasks


def _task(group: Group, number: int, start: int, documents: pl.DataFrame, blocks: list[str]) -> ShardTask:
    return ShardTask(
        split=group.split,
        domain=group.domain,
        organisation=group.organisation,
        stream=group.stream,
        number=number,
        start=start,
        documents=documents.select("unit", "row", "at", "tokens", block=pl.Series(blocks, dtype=pl.String)),
    )


def _cuts(ends: NDArray[np.int64], most: int) -> Iterator[tuple[int, int]]:
    """Runs of documents of at most `most` tokens together; a document that is longer has a file of its own."""
    first = 0
    while first < len(ends):
        before = int(ends[first - 1]) if first else 0
        last = max(first + 1, int(np.searchsorted(ends, before + most, side="right")))
        yield first, last
        first = last


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteShard:
    """The task of one token file."""

    folder: Path
    """The corpus in the making."""
    records: Path
    """Where the records of finished files go."""
    encoded: Path
    documents: Path
    units: tuple[str, ...]
    dtype: np.dtype[np.unsignedinteger]

    def __call__(self, task: ShardTask) -> None:
        """Write a token file and its documents, unless they are written."""
        if self.record_file(task).exists():
            return
        tokens, documents = Path("tokens") / f"{task.name}.npy", Path("documents") / f"{task.name}.parquet"
        for file in (tokens, documents):
            (self.folder / file).parent.mkdir(parents=True, exist_ok=True)
        self._write_tokens(task, self.folder / tokens)
        described = self._described(task)
        described.write_parquet(self.folder / documents)
        record = self._record(task, tokens, documents, described)
        atomic_write(self.record_file(task), json.dumps(asdict(record)).encode())

    def record_file(self, task: ShardTask) -> Path:
        """Where a finished file's record is."""
        return self.records / f"{task.name.replace('/', '-')}.json"

    def read_record(self, task: ShardTask) -> Shard:
        """What a finished file's manifest entry says."""
        return Shard(**json.loads(self.record_file(task).read_bytes()))

    def _write_tokens(self, task: ShardTask, file: Path) -> None:
        total = int(task.documents["tokens"].sum())
        # A mapped file, and not an array: a shard may be larger than the memory a task is given.
        written = np.lib.format.open_memmap(file, mode="w+", dtype=self.dtype, shape=(total,), version=(1, 0))
        blocks: dict[str, NDArray[np.unsignedinteger]] = {}
        at = 0
        for block, start, length in task.documents.select("block", "at", "tokens").iter_rows():
            if block not in blocks:
                blocks[block] = np.memmap(tokens_file(self.encoded, block), self.dtype, mode="r")
            written[at : at + length] = blocks[block][start : start + length]
            at += length
        written.flush()

    def _described(self, task: ShardTask) -> pl.DataFrame:
        """The rows of the documents' file, in the order of the tokens."""
        placed = task.documents.with_row_index("place")
        texts = Texts(self.documents, self.units)
        parts: list[pl.DataFrame] = []
        for (unit,), mine in placed.group_by("unit", maintain_order=True):
            known = texts.rows(int(str(unit)), mine["row"].cast(pl.Int64).to_numpy())
            parts.append(known.with_columns(place=mine["place"], tokens=mine["tokens"]))
        rows = pl.concat(parts).sort("place")
        return rows.with_columns(
            split=pl.lit(task.split),
            organisation=pl.lit(task.organisation),
            start=task.start + pl.col("tokens").cum_sum() - pl.col("tokens"),
        ).select(*(pl.col(name).cast(dtype) for name, dtype in DOCUMENT_SCHEMA.items()))

    def _record(self, task: ShardTask, tokens: Path, documents: Path, described: pl.DataFrame) -> Shard:
        return Shard(
            split=task.split,
            domain=task.domain,
            organisation=task.organisation,
            number=task.number,
            file=tokens.as_posix(),
            tokens=int(task.documents["tokens"].sum()),
            documents=task.documents.height,
            text_bytes=int(described["bytes"].sum()),
            file_bytes=(self.folder / tokens).stat().st_size,
            sha256=sha256_of(self.folder / tokens),
            documents_file=documents.as_posix(),
            documents_bytes=(self.folder / documents).stat().st_size,
            documents_sha256=sha256_of(self.folder / documents),
        )
