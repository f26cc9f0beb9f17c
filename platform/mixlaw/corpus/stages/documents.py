"""Cleaned documents on disk: Arrow files, so that any one of them can be read without the others."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import pyarrow as pa

from mixlaw.corpus.document import Document

_arrow = cast(Any, pa)  # without type information
SCHEMA: Any = _arrow.schema(
    [
        ("domain", pa.string()),
        ("project", pa.string()),
        ("origin", pa.string()),
        ("path", pa.string()),
        ("licence", pa.string()),
        ("sha256", pa.string()),
        ("bytes", pa.int64()),
        ("key", pa.uint64()),
        ("text", pa.large_string()),
    ]
)


def documents_file(folder: Path, unit: str) -> Path:
    """Where a unit's documents are."""
    return folder / f"{unit}.arrow"


class DocumentsFile:
    """Writes documents as they come; `finish` puts the file under its name."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._part = path.with_suffix(".arrow.part")
        self._file = _arrow.ipc.new_file(str(self._part), SCHEMA)

    def append(self, documents: Sequence[Document]) -> None:
        """Add documents."""
        rows = [_row(document) for document in documents]
        self._file.write_batch(_arrow.RecordBatch.from_pylist(rows, schema=SCHEMA))

    def close(self) -> None:
        """End the file under its temporary name."""
        self._file.close()

    def finish(self) -> None:
        """Put the closed file under its name."""
        self._part.replace(self._path)


def order_key(document: Document) -> int:
    """64 bits that put documents in an order of their own, whatever else is in the corpus."""
    named = f"{document.sha256} {document.project}/{document.path}"
    return int.from_bytes(hashlib.sha256(named.encode()).digest()[:8], "little")


def _row(document: Document) -> dict[str, Any]:
    return {
        "domain": document.domain,
        "project": document.project,
        "origin": document.origin,
        "path": document.path,
        "licence": document.licence,
        "sha256": document.sha256,
        "bytes": document.n_bytes,
        "key": order_key(document),
        "text": document.text,
    }
