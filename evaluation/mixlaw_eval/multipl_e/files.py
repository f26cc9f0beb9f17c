"""JSON objects of files: JSON, JSONL, either gzipped, Parquet; each with where it stands, for messages."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import polars as pl

from mixlaw.trial import MixlawError

SUFFIXES = (".jsonl", ".jsonl.gz", ".json", ".json.gz", ".parquet")
"""What can be read, by the end of a file's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One JSON object and where it stands: file, and line or row where the file has several."""

    where: str
    data: Mapping[str, Any]

    def text(self, key: str) -> str:
        """A field that must be text. Raises MixlawError when it is missing or something else."""
        value = self.data.get(key)
        if not isinstance(value, str):
            raise MixlawError(f"{self.where}: {key!r} must be text, {_is(self.data, key)}")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A field that must be a list of texts; () when it is missing. Raises MixlawError for anything else."""
        value = self.data.get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(entry, str) for entry in cast(list[Any], value)):
            raise MixlawError(f"{self.where}: {key!r} must be a list of texts, {_is(self.data, key)}")
        return tuple(cast(list[str], value))


def read_items(path: Path) -> Iterator[Item]:
    """The objects of a file, or of every file of a folder and its sub-folders in the order of their names.

    Raises MixlawError, with file and line, for what is missing, of another kind or damaged.
    """
    for file in _files(path):
        yield from _items(file)


def files_of(folder: Path) -> list[Path]:
    """Every readable file under a folder, hidden ones left out."""
    return sorted(p for p in folder.rglob("*") if p.is_file() and p.name.endswith(SUFFIXES) and p.name[0] != ".")


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise MixlawError(f"there is no file or folder {path}")
    found = files_of(path)
    if not found:
        raise MixlawError(f"the folder {path} has no file that ends with {', '.join(SUFFIXES)}")
    # A result file repeats what the completion file beside it says: completions first, results only without them.
    names = {file.parent / _bare(file.name) for file in found if ".results." not in file.name}
    return [f for f in found if ".results." not in f.name or f.parent / _bare(f.name) not in names]


def _bare(name: str) -> str:
    for suffix in sorted(SUFFIXES, key=len, reverse=True):
        name = name.removesuffix(suffix)
    return name.removesuffix(".results")


def _items(path: Path) -> Iterator[Item]:
    if path.name.endswith(".parquet"):
        yield from _rows(path)
        return
    text = _text(path)
    if path.name.endswith((".jsonl", ".jsonl.gz")):
        yield from _lines(path, text)
        return
    data = _parsed(text, str(path))
    if not isinstance(data, list):
        yield _item(str(path), data)
        return
    for number, entry in enumerate(cast(list[Any], data)):
        yield _item(f"{path} entry {number}", entry)


def _lines(path: Path, text: str) -> Iterator[Item]:
    # Not splitlines: U+2028 and its like may stand unescaped in JSON text.
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            where = f"{path} line {number}"
            yield _item(where, _parsed(line, where))


def _rows(path: Path) -> Iterator[Item]:
    try:
        frame = pl.read_parquet(path)
    except Exception as error:  # whatever Polars raises, the file is at fault
        raise MixlawError(f"{path} cannot be read as Parquet: {error}") from error
    for number, row in enumerate(frame.iter_rows(named=True)):
        yield _item(f"{path} row {number}", row)


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
        return (gzip.decompress(raw) if path.name.endswith(".gz") else raw).decode("utf-8-sig")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise MixlawError(f"{path} cannot be read ({error})") from error


def _parsed(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        place = where if " line " in where else f"{where} line {error.lineno}"
        raise MixlawError(f"{place} is not JSON: {error.msg} at column {error.colno}") from error


def _item(where: str, data: Any) -> Item:
    if not isinstance(data, dict):
        raise MixlawError(f"{where} must be a JSON object, got {type(data).__name__}")
    return Item(where=where, data=cast(dict[str, Any], data))


def _is(data: Mapping[str, Any], key: str) -> str:
    return (
        f"got {type(data[key]).__name__}" if key in data else f"and is missing; it has {', '.join(data) or 'nothing'}"
    )
