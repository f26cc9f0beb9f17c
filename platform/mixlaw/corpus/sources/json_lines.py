"""Rows of JSON Lines files, plain or compressed, streamed."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
from collections.abc import Iterator
from typing import IO, Any, cast

import pyarrow as pa

from mixlaw.corpus.sources.remote import file_system, refusals
from mixlaw.corpus.sources.row import Row
from mixlaw.corpus.sources.unit import Unit
from mixlaw.trial import MixlawError

MAX_LINE_BYTES = 1 << 28
"""A longer line is no row, but a file that is not JSON Lines."""
_ENDLESS = 1 << 62


def json_rows(unit: Unit) -> Iterator[Row]:
    """The unit's rows: all lines of its files that are not blank, or the first `last_row` of them.

    A row's number is its line's. Raises MixlawError naming file and line.
    """
    left = unit.last_row or _ENDLESS
    for file in unit.files:
        for row in _rows_of_file(f"{unit.place}/{file}", file):
            if not left:
                return
            left -= 1
            yield row


def _rows_of_file(url: str, file: str) -> Iterator[Row]:
    for number, line in enumerate(_lines(url), 1):
        if line.strip():
            where = f"{url}, row {number}"
            yield Row(file=file, number=number, values=_object(line, where), where=where)


def _lines(url: str) -> Iterator[bytes]:
    system, path = file_system(url)
    with refusals(url), cast(IO[bytes], system.open(path, "rb")) as opened, _plain(opened, path) as file:
        while line := file.readline(MAX_LINE_BYTES):
            if len(line) == MAX_LINE_BYTES:
                raise MixlawError(f"{url} has a line of more than {MAX_LINE_BYTES:,} bytes; is it JSON Lines?")
            yield line


def _plain(file: IO[bytes], path: str) -> IO[bytes]:
    """The file's content uncompressed, as its ending says."""
    if path.endswith(".gz"):
        return cast(IO[bytes], gzip.GzipFile(fileobj=file))
    if path.endswith((".zst", ".zstd")):
        return io.BufferedReader(cast(io.RawIOBase, pa.input_stream(file, compression="zstd")), 1 << 20)
    if path.endswith(".bz2"):
        return cast(IO[bytes], bz2.BZ2File(file))
    return cast(IO[bytes], lzma.LZMAFile(file)) if path.endswith(".xz") else file


def _object(line: bytes, where: str) -> dict[str, Any]:
    try:
        value: object = json.loads(line)
    except ValueError as error:  # of JSON and of UTF-8
        raise MixlawError(f"{where}: not JSON: {error}; the file must have one JSON object per line") from error
    if not isinstance(value, dict):
        raise MixlawError(
            f"{where}: expected a JSON object, got {type(value).__name__}; the file must have one object per line"
        )
    return cast(dict[str, Any], value)
