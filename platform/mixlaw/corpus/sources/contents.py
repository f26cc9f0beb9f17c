"""The texts of a table that holds only their addresses (The Stack v2): fetched by a few threads, given in order."""

from __future__ import annotations

import zlib
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import cast

from mixlaw.corpus.sources.remote import file_system, refusals, tried
from mixlaw.corpus.sources.row import ENCODING, Head, Row, url_of
from mixlaw.corpus.sources.source import Source
from mixlaw.corpus.sources.wanted import MAX_FILE_BYTES

THREADS = 16
_AHEAD = 64
"""Texts that are fetched or held before they are asked for."""
_GZIP = b"\x1f\x8b"


def with_contents(rows: Iterable[tuple[Row, Head]], source: Source) -> Iterator[tuple[Row, Head, bytes]]:
    """Each row with its text in UTF-8, in order; of one that is over `MAX_FILE_BYTES` only so much that it shows.

    Raises MixlawError naming the address that cannot be fetched.
    """
    remaining = iter(rows)
    waiting: deque[tuple[Row, Head, Future[bytes]]] = deque()
    pool = ThreadPoolExecutor(THREADS)

    def ask(count: int) -> None:
        waiting.extend((row, head, pool.submit(_content, row, source)) for row, head in islice(remaining, count))

    try:
        ask(_AHEAD)
        while waiting:
            row, head, text = waiting.popleft()
            yield row, head, text.result()
            ask(1)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _content(row: Row, source: Source) -> bytes:
    url = url_of(row, source.contents)
    system, path = file_system(url)
    data = tried(url, lambda: cast(bytes, system.cat_file(path)))
    if data.startswith(_GZIP):
        with refusals(url):
            data = _decompressed(data)
    encoding = row.values.get(ENCODING)
    return _as_utf8(data, encoding) if isinstance(encoding, str) else data


def _decompressed(data: bytes) -> bytes:
    """At most a byte more than is read of any file, whatever the size that was packed."""
    gunzip = zlib.decompressobj(wbits=31)
    text = gunzip.decompress(data, MAX_FILE_BYTES + 1)
    if len(text) <= MAX_FILE_BYTES and not gunzip.eof:
        raise EOFError("its gzip data ends too early")
    return text


def _as_utf8(data: bytes, encoding: str) -> bytes:
    """Re-encoded; what is not in the encoding that the table says stays as it is, for the filters to judge."""
    try:
        return data if encoding.lower() in ("utf-8", "ascii") else data.decode(encoding).encode()
    except (LookupError, UnicodeError):
        return data
