"""Tables with a document per row: JSON Lines or Parquet files, local, remote or of a Hugging Face dataset."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from mixlaw.corpus.document import RawFile
from mixlaw.corpus.sources.contents import with_contents
from mixlaw.corpus.sources.json_lines import json_rows
from mixlaw.corpus.sources.parquet import PIECE_BYTES, PIECE_CONTENTS, parquet_rows, parquet_units
from mixlaw.corpus.sources.remote import Listed, is_local, list_files, location
from mixlaw.corpus.sources.row import Head, Row, head_of, text_of
from mixlaw.corpus.sources.source import Source
from mixlaw.corpus.sources.unit import Unit
from mixlaw.corpus.sources.wanted import MAX_FILE_BYTES
from mixlaw.trial import MixlawError

_JSON_LINES = re.compile(r"\.(?:jsonl|json|ndjson)(?:\.(?:gz|zst|zstd|bz2|xz))?")


def table_units(
    source: Source, folder: Path, piece_bytes: int = PIECE_BYTES, piece_rows: int = PIECE_CONTENTS
) -> list[Unit]:
    """The source's rows by file and row, cut into units; `folder` is where relative paths start.

    A JSON Lines file is one unit; with a limit all of them are, because only reading tells how many rows one has.
    Raises MixlawError when there is no such file or row, or a file is of another kind.
    """
    root, files = _files(source, folder)
    names = [file.path for file in files]
    if _are_parquet(source, names):
        units = parquet_units(source, root, names, piece_bytes, piece_rows)
    elif source.limit:
        units = [Unit(name="", source=source, place=root, files=tuple(names), last_row=source.limit)]
    else:
        units = [Unit(name="", source=source, place=root, files=(name,)) for name in names]
    if not units:
        raise MixlawError(f"{source.label} holds no rows; correct path or files in the spec, or remove the source")
    return units


def table_input(source: Source, folder: Path) -> str:
    """A hash of the names of the source's files with their checksums where these are cheap, else their sizes."""
    root, files = _files(source, folder)
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file.path}\n{file.size if is_local(root) else file.mark}\n".encode())
    return digest.hexdigest()


def _files(source: Source, folder: Path) -> tuple[str, list[Listed]]:
    """The folder around the table's files, as a URL, and what lies in it."""
    if source.kind == "huggingface":
        return source.origin, list_files(source.origin, source.files)
    parts = location(source.path, folder).split("/")
    fixed = next((at for at, part in enumerate(parts[:-1]) if set(part) & set("*?[")), len(parts) - 1)
    root = "/".join(parts[:fixed])
    root = f"{root}/" if root.endswith(":/") or not root else root  # a protocol, or the root folder
    return root, list_files(root, ("/".join(parts[fixed:]),))


def _are_parquet(source: Source, names: Sequence[str]) -> bool:
    if source.kind != "huggingface":
        return source.kind == "parquet"
    if all(name.endswith(".parquet") for name in names):
        return True
    if other := [name for name in names if not _JSON_LINES.search(name)]:
        raise MixlawError(
            f"{source.label}: {other[0]} is neither Parquet nor JSON Lines, or the globs of `files` name both kinds; "
            "give each kind a source of its own"
        )
    return False


def read_table(unit: Unit) -> Iterator[RawFile]:
    """The unit's wanted rows as files. Raises MixlawError naming file and row."""
    source = unit.source
    rows = parquet_rows(unit) if _are_parquet(source, unit.files) else json_rows(unit)
    heads = ((row, head) for row in rows if (head := head_of(row, source)) is not None)
    texts = with_contents(heads, source) if source.contents else _with_texts(heads, source)
    for _, head, data in texts:
        if len(data) <= MAX_FILE_BYTES:
            yield RawFile(
                domain=head.domain,
                project=head.project,
                path=head.path,
                licence=head.licence,
                data=data,
                origin=source.origin,
            )


def _with_texts(rows: Iterable[tuple[Row, Head]], source: Source) -> Iterator[tuple[Row, Head, bytes]]:
    return ((row, head, text_of(row, source)) for row, head in rows)
