"""Programs of tasks as they lie in a folder, in JSON Lines or in Parquet, read one task at a time.

Files are whatever fsspec reads. What cannot be used is a mistake that is named with its file and place: a program that
goes missing without a word would make the pairs uneven.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

import fsspec.core
import pyarrow.parquet as pq

from mixlaw.corpus.document import domain_of
from mixlaw.corpus.parallel.source import COLUMNS, TASK
from mixlaw.trial import LANGUAGES, MixlawError

_ROWS = 64
"""Of a Parquet file, decoded at a time."""
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One task's programs by language, as they stand. `where` says in which file and where in it."""

    task: str
    where: str
    programs: dict[str, str]


def read_programs(location: str, columns: Mapping[str, str] | None = None) -> Iterator[Found]:
    """The tasks of a folder, or of the table files that a path, glob or URL names, in the files' order.

    `columns` says what `task` and the languages are called in a table. Raises MixlawError naming file and place for
    whatever is not as promised.
    """
    if Path(location).is_dir():
        yield from _folder_tasks(Path(location))
        return
    names = {meaning: meaning for meaning in COLUMNS} if not columns else {TASK: TASK, **columns}
    meanings = {column: meaning for meaning, column in names.items()}
    with _reading(location):
        fs, files = _files(location)
        for file in files:
            with fs.open(file, "rb", compression=None if _is_parquet(file) else "infer") as stream:
                rows = _parquet_rows if _is_parquet(file) else _json_rows
                for where, row in rows(cast(IO[bytes], stream), str(fs.unstrip_protocol(file)).removeprefix("file://")):
                    yield _found(row, meanings, where, strict=not columns)


@contextmanager
def _reading(location: str) -> Generator[None, None, None]:
    try:
        yield
    except ImportError as error:
        raise MixlawError(f"{location} cannot be read without a package that is not installed: {error}") from error
    except (OSError, ValueError, EOFError) as error:  # pyarrow's are ValueErrors
        raise MixlawError(f"{location} cannot be read: {error}") from error


def _is_parquet(file: str) -> bool:
    return file.endswith((".parquet", ".pq"))


def _files(location: str) -> tuple[Any, list[str]]:
    fs, path = cast(tuple[Any, str], fsspec.core.url_to_fs(location))
    files: list[str] = [path] if fs.isfile(path) else sorted(cast(list[str], fs.glob(path)))
    files = [file for file in files if fs.isfile(file)]
    if not files:
        raise MixlawError(
            f"{location} does not exist; parallel programs are a folder with a sub-folder per task, or JSON Lines or "
            "Parquet files: correct the path"
        )
    return fs, files


def _folder_tasks(folder: Path) -> Iterator[Found]:
    for task in sorted(path for path in folder.iterdir() if path.is_dir()):
        programs: dict[str, str] = {}
        for file in sorted(path for path in task.iterdir() if path.is_file()):
            language = domain_of(file.name)
            if language in LANGUAGES and language not in programs:
                programs[language] = _decoded(file.read_bytes(), str(file))
        yield Found(task=task.name, where=str(task), programs=programs)


def _decoded(data: bytes, where: str, offset: int = 0) -> str:
    """`offset` is where the data begin in their file."""
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        place, byte = offset + error.start, data[error.start]
        raise MixlawError(
            f"{where} is not valid UTF-8: byte 0x{byte:02x} at offset {place:,}; convert it, or remove the program"
        ) from error


def _json_rows(stream: IO[bytes], file: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    offset = 0
    for number, line in enumerate(stream, 1):
        where = f"{file}, line {number}"
        text = _decoded(line, where, offset) if number > 1 else _decoded(line.removeprefix(_BOM), where)
        offset += len(line)
        if text.strip():
            yield where, _json_row(text, where)


def _json_row(text: str, where: str) -> Mapping[str, Any]:
    try:
        row: Any = json.loads(text)
    except ValueError as error:
        raise MixlawError(f"{where}: not JSON: {error}") from error
    if not isinstance(row, dict):
        raise MixlawError(f'{where}: expected an object with the key "task" and a program per language')
    return cast(dict[str, Any], row)


def _parquet_rows(stream: IO[bytes], file: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    number = 0
    for batch in cast(Iterator[Any], pq.ParquetFile(stream).iter_batches(batch_size=_ROWS)):
        names = cast(list[str], batch.schema.names)
        for row in range(int(batch.num_rows)):
            number += 1
            where = f"{file}, row {number}"
            yield where, {name: _cell(batch.column(name)[row], where, name) for name in names}


def _cell(cell: Any, where: str, name: str) -> Any:
    try:
        return cell.as_py()
    except UnicodeDecodeError as error:
        raise MixlawError(f"{where}: {name} is not valid UTF-8: {error}; convert it, or remove the row") from error


def _found(row: Mapping[str, Any], meanings: Mapping[str, str], where: str, *, strict: bool) -> Found:
    """A row's task. `strict` refuses columns that mean nothing; those that are null are not there."""
    unknown = sorted(set(row) - set(meanings))
    if strict and unknown:
        raise MixlawError(
            f"{where}: unknown language {', '.join(unknown)}; known are {', '.join(LANGUAGES)} (the key columns of "
            "the source says what they are called and leaves the others alone)"
        )
    known = {meanings[column]: value for column, value in row.items() if column in meanings and value is not None}
    if TASK not in known:
        name = next(column for column, meaning in meanings.items() if meaning == TASK)
        raise MixlawError(f'{where}: expected the key "{name}" that names the task, and a program per language')
    task = str(known.pop(TASK))
    for language, program in known.items():
        if not isinstance(program, str):
            raise MixlawError(f"{where}: the {language} program is {type(program).__name__}, not text")
        if not _is_unicode(program):
            raise MixlawError(f"{where}: the {language} program holds half of a surrogate pair, which is no text")
    return Found(task=task, where=where, programs=known)


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
