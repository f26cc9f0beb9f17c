"""Rows of Parquet files: cut into units by row groups, read a batch at a time, only the columns that are needed."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any, cast

import pyarrow.parquet as pq

from mixlaw.corpus.sources.remote import file_system, is_local, refusals
from mixlaw.corpus.sources.row import Row, columns_of
from mixlaw.corpus.sources.source import Source
from mixlaw.corpus.sources.unit import Unit
from mixlaw.trial import MixlawError

PIECE_BYTES = 64_000_000
"""Uncompressed, of the row groups in one unit."""
PIECE_CONTENTS = 20_000
"""Rows in one unit when each row's text is fetched by itself; about 100 MB of code."""
BATCH_ROWS = 128
BUFFER_BYTES = 4 << 20
"""Of one column that is being read: a row group may be larger than memory."""
THREADS = 16
"""Footers that are read at the same time."""


@dataclass(frozen=True, slots=True)
class _Group:
    rows: int
    n_bytes: int


def parquet_units(
    source: Source, root: str, files: Sequence[str], piece_bytes: int = PIECE_BYTES, piece_rows: int = PIECE_CONTENTS
) -> list[Unit]:
    """The files' row groups in order, cut into units of about `piece_bytes`, or of `piece_rows` rows where the source
    has `contents`; only the first `limit` rows.

    Raises MixlawError naming a file that cannot be read or lacks a column.
    """
    units: list[Unit] = []
    left = source.limit or None
    for file, groups in _footers(source, root, files):
        rows = sum(group.rows for group in groups)
        rows = rows if left is None else min(rows, left)
        ends = range(piece_rows, rows + piece_rows, piece_rows) if source.contents else _ends(groups, piece_bytes)
        first = 0
        for end in (min(end, rows) for end in ends):
            if end > first:
                units.append(Unit(name="", source=source, place=root, files=(file,), first_row=first, last_row=end))
                first = end
        if left is not None and not (left := left - rows):
            break
    return units


def _footers(source: Source, root: str, files: Sequence[str]) -> Iterator[tuple[str, list[_Group]]]:
    def groups(file: str) -> list[_Group]:
        return _row_groups(source, f"{root}/{file}")

    if source.limit:  # most files are then not needed
        yield from ((file, groups(file)) for file in files)
        return
    with ThreadPoolExecutor(THREADS) as pool:
        yield from zip(files, pool.map(groups, files), strict=True)


def _row_groups(source: Source, url: str) -> list[_Group]:
    with _opened(url) as file:
        _columns(source, file, url)
        return _groups(file)


def _groups(file: pq.ParquetFile) -> list[_Group]:
    metadata = cast(Any, file.metadata)
    groups = [metadata.row_group(number) for number in range(metadata.num_row_groups)]
    return [_Group(group.num_rows, group.total_byte_size) for group in groups]


def _columns(source: Source, file: pq.ParquetFile, url: str) -> list[str]:
    try:
        return columns_of(source, cast(list[str], file.schema_arrow.names))
    except MixlawError as error:
        raise MixlawError(f"{url}: {error}") from error


def _ends(groups: Sequence[_Group], piece_bytes: int) -> Iterator[int]:
    """Where units end, in rows: before the row group that would make one larger than `piece_bytes`."""
    rows = held = 0
    for group in groups:
        if held and held + group.n_bytes > piece_bytes:
            yield rows
            held = 0
        rows += group.rows
        held += group.n_bytes
    yield rows


@contextmanager
def _opened(url: str) -> Generator[pq.ParquetFile, None, None]:
    with refusals(url), ExitStack() as stack:
        system, path = file_system(url)
        # Arrow buffers what it reads by itself; a second cache would read ahead in vain.
        place: Any = path if is_local(url) else stack.enter_context(cast(Any, system.open(path, cache_type="none")))
        yield stack.enter_context(pq.ParquetFile(place, buffer_size=BUFFER_BYTES))


def parquet_rows(unit: Unit) -> Iterator[Row]:
    """The unit's rows. Raises MixlawError naming the file when it cannot be read."""
    (name,) = unit.files
    url = f"{unit.place}/{name}"
    number = unit.first_row
    with _opened(url) as file:
        columns = _columns(unit.source, file, url)
        for batch in _batches(file, columns, unit.first_row, unit.last_row):
            lists = [cast(list[Any], batch.column(column).to_pylist()) for column in columns]
            for values in zip(*lists, strict=True):
                number += 1
                row = dict(zip(columns, values, strict=True))
                yield Row(file=name, number=number, values=row, where=f"{url}, row {number}")


def _batches(file: pq.ParquetFile, columns: list[str], first: int, last: int) -> Iterator[Any]:
    """The rows [first, last) of a file as record batches; row groups outside them are not read."""
    start = 0
    for number, group in enumerate(_groups(file)):
        if start < last and start + group.rows > first:
            yield from _batches_of_group(file, number, columns, first - start, last - start)
        start += group.rows


def _batches_of_group(file: pq.ParquetFile, group: int, columns: list[str], first: int, last: int) -> Iterator[Any]:
    """The rows [first, last) of one row group as record batches, as far as it has them."""
    start = 0
    # One row group at a time: Arrow would otherwise hold what it read of the ones before.
    for batch in cast(Any, file).iter_batches(BATCH_ROWS, [group], columns, use_threads=False):
        low, high = max(first - start, 0), min(last - start, batch.num_rows)
        if low < high:
            yield batch.slice(low, high - low)
        start += batch.num_rows
        if start >= last:
            return
