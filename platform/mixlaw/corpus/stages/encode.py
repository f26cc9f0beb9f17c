"""Blocks of a group's documents become token ids, in the order in which documents are taken, until the limit is full.

    work/encoded/<group>-<number>.npy            the documents' ids end to end, the end mark after each
    work/encoded/<group>-<number>.lengths.npy    tokens of each document; written last, so it marks the block as done

A limit is in tokens, which nobody knows before a text is encoded. So blocks are encoded in rounds, as many at a time as
the tokens per byte so far suggest; which documents are taken depends on their order alone, not on the rounds.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from mixlaw.corpus.stages.group import Group
from mixlaw.corpus.stages.texts import Texts
from mixlaw.corpus.tokenizing.encoder import Encoder
from mixlaw.corpus.tokenizing.encoding import load_tokenizer

BLOCK_BYTES = 8_000_000
"""Of text in a block at most: what one task encodes."""
LEAST_BLOCK_BYTES = 250_000
_BATCH_BYTES = 100_000
"""The encoder holds some eighty bytes for every token of a batch."""
FULL = 0.99
"""A limit counts as reached when so much of it is filled; single documents are not cut to fit."""
UNLIMITED = 2**62


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The documents that one task encodes."""

    name: str
    units: NDArray[np.int64]
    rows: NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class EncodeBlock:
    """The task of one block."""

    folder: Path
    """Where the token blocks go."""
    documents: Path
    units: tuple[str, ...]
    tokenizer: Path
    eos: int
    dtype: np.dtype[np.unsignedinteger]

    def __call__(self, block: Block) -> None:
        """Encode a block, unless it is done."""
        if _lengths_file(self.folder, block.name).exists():
            return
        encoder = _encoder(self.tokenizer, self.tokenizer.stat().st_mtime_ns, self.dtype)
        texts = Texts(self.documents, self.units)
        lengths: list[int] = []
        part = self.folder / f"{block.name}.part"
        with part.open("wb") as file:
            for batch in _batches(texts, block):
                for ids in encoder(batch):
                    file.write(np.append(ids, np.asarray(self.eos, self.dtype)).astype(self.dtype).tobytes())
                    lengths.append(len(ids) + 1)
        part.replace(tokens_file(self.folder, block.name))
        marked = self.folder / f"{block.name}.lengths.part"
        with marked.open("wb") as file:
            np.save(file, np.asarray(lengths, np.int64))
        marked.replace(_lengths_file(self.folder, block.name))


def tokens_file(folder: Path, block: str) -> Path:
    """Where a block's token ids are: nothing but the ids."""
    return folder / f"{block}.tokens"


def _lengths_file(folder: Path, block: str) -> Path:
    return folder / f"{block}.lengths.npy"


@lru_cache(maxsize=1)
def _encoder(tokenizer: Path, written: int, dtype: np.dtype[np.unsignedinteger]) -> Encoder:
    """Kept from block to block, for it learns words; `written` because a later build may write to the same place."""
    del written
    return Encoder(load_tokenizer(tokenizer), dtype)


def _batches(texts: Texts, block: Block) -> Iterator[list[str]]:
    batch: list[str] = []
    held = 0
    for unit, row in zip(block.units.tolist(), block.rows.tolist(), strict=True):
        batch.append(texts.text(unit, row))
        held += len(batch[-1])
        if held >= _BATCH_BYTES:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch


class Encoding:
    """How far a group is encoded, and which of its documents are taken."""

    def __init__(self, group: Group, folder: Path) -> None:
        self.group = group
        self._folder = folder
        sizes = group.documents["bytes"].to_numpy()
        # A token is some two to five bytes: a block of one byte per token asked for is a third of what will be taken.
        block_bytes = min(BLOCK_BYTES, max(LEAST_BLOCK_BYTES, group.max_tokens))
        self._numbers = (np.cumsum(sizes) - sizes) // block_bytes
        self.n_blocks = int(self._numbers[-1]) + 1 if len(sizes) else 0
        self._bytes = np.bincount(self._numbers, sizes, self.n_blocks)
        self._wanted = min(1, self.n_blocks)

    def next_blocks(self) -> list[Block]:
        """The blocks to encode next; none when enough is encoded."""
        done = self._n_done()
        if done >= self._wanted and not self._is_full(done):
            self._wanted = min(self.n_blocks, max(done + 1, self._estimate(done)))
        return [self._block(number) for number in range(done, self._wanted)]

    def taken(self) -> pl.DataFrame:
        """The documents taken, with the `block` each is in, `at` which token of it, and how many `tokens`."""
        done = self._n_done()
        lengths = self._lengths(done)
        numbers = self._numbers[: len(lengths)]
        ends = np.cumsum(lengths)
        starts = ends - lengths
        first = np.zeros(done + 1, np.int64)
        np.maximum.at(first, numbers + 1, ends)
        placed = self.group.documents.head(len(lengths)).with_columns(
            block=pl.Series(numbers, dtype=pl.UInt32),
            at=pl.Series(starts - first[numbers]),
            tokens=pl.Series(lengths),
        )
        return placed.filter(pl.Series(_within(lengths, self.group.max_tokens)))

    def block_name(self, number: int) -> str:
        """What a block's files are called."""
        return f"{self.group.name}-{number:05d}"

    def _n_done(self) -> int:
        """Blocks that are done, without a gap from the first."""
        for number in range(self.n_blocks):
            if not _lengths_file(self._folder, self.block_name(number)).exists():
                return number
        return self.n_blocks

    def _lengths(self, n_blocks: int) -> NDArray[np.int64]:
        files = [_lengths_file(self._folder, self.block_name(number)) for number in range(n_blocks)]
        return np.concatenate([np.load(file) for file in files]) if files else np.empty(0, np.int64)

    def _is_full(self, done: int) -> bool:
        lengths = self._lengths(done)
        taken = lengths[_within(lengths, self.group.max_tokens)].sum()
        return done == self.n_blocks or taken >= FULL * self.group.max_tokens

    def _estimate(self, done: int) -> int:
        """How many blocks from the first will fill the limit, going by those that are done."""
        per_byte = self._lengths(done).sum() / self._bytes[:done].sum()
        enough = np.searchsorted(np.cumsum(self._bytes) * per_byte, self.group.max_tokens)
        return math.ceil(int(enough) + 1)

    def _block(self, number: int) -> Block:
        mine = self.group.documents.filter(pl.Series(self._numbers == number))
        return Block(
            name=self.block_name(number),
            units=mine["unit"].cast(pl.Int64).to_numpy(),
            rows=mine["row"].cast(pl.Int64).to_numpy(),
        )


def _within(lengths: NDArray[np.int64], limit: int) -> NDArray[np.bool_]:
    """Which documents are taken: each in turn that still fits, until 99% of the limit are filled.

    So it makes no difference how many more are known.
    """
    ends = np.cumsum(lengths)
    taken = (ends <= limit) & (ends - lengths < FULL * limit)
    total = int(lengths[taken].sum())
    for place in range(int(taken.sum()), len(lengths)):
        if total >= FULL * limit:
            break
        if total + lengths[place] <= limit:
            taken[place] = True
            total += int(lengths[place])
    return taken
