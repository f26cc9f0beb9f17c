"""Tables that a user brings or takes away: CSV and Parquet, read as they are and written whole or not at all."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path

import polars as pl

from mixlaw.store import atomic_write
from mixlaw.trial import MixlawError

_SEPARATORS = {".csv": ",", ".tsv": "\t"}
_PARQUET = (".parquet", ".pq")
_ENDINGS = ", ".join((*_SEPARATORS, *_PARQUET))


def is_table(path: Path) -> bool:
    """Whether the path's ending is that of a table."""
    return path.suffix.lower() in (*_SEPARATORS, *_PARQUET)


def read_table(path: Path) -> pl.DataFrame:
    """A CSV file as text, cell by cell as it stands, or a Parquet file. Raises MixlawError for anything else."""
    check_ending(path)
    try:
        if path.suffix.lower() in _PARQUET:
            return pl.read_parquet(path)
        _check_header(path)
        return pl.read_csv(path, separator=_SEPARATORS[path.suffix.lower()], infer_schema=False)
    except MixlawError:
        raise
    except FileNotFoundError as error:
        raise MixlawError(f"no file {path}; give a table of runs ({_ENDINGS})") from error
    # polars raises many kinds of errors, some of them straight from Rust; every one means an unreadable file.
    except Exception as error:
        reason = str(error).splitlines()[0]
        raise MixlawError(
            f"{path} is no table that can be read ({reason}); CSV is UTF-8 with one header line"
        ) from error


def write_table(path: Path, table: pl.DataFrame) -> None:
    """Write by the path's ending; text that spells numbers becomes numbers in Parquet.

    Raises MixlawError for an ending that is no table's, and cells that CSV cannot hold.
    """
    check_ending(path)
    if path.suffix.lower() not in _PARQUET:
        atomic_write(path, as_csv(table, _SEPARATORS[path.suffix.lower()]).encode())
        return
    buffer = io.BytesIO()
    _typed(table).write_parquet(buffer)
    atomic_write(path, buffer.getvalue())


def as_csv(table: pl.DataFrame, separator: str = ",") -> str:
    """The table as text. Raises MixlawError for cells that CSV cannot hold (lists, structs)."""
    try:
        return table.write_csv(separator=separator)
    except pl.exceptions.PolarsError as error:
        raise MixlawError(f"the table cannot be written as CSV ({error}); write Parquet: --out FILE.parquet") from error


def check_ending(path: Path) -> None:
    """Raise MixlawError unless the path's ending is that of a table."""
    if not is_table(path):
        raise MixlawError(f"{path} is no table that can be read or written: its name must end in one of {_ENDINGS}")


def _check_header(path: Path) -> None:
    """polars would rename the second of two columns of one name; a user must say which is meant."""
    with path.open(newline="", encoding="utf-8-sig") as file:
        header: list[str] = next(csv.reader(file, delimiter=_SEPARATORS[path.suffix.lower()]), list[str]())
    twice = [name for name, n in Counter(header).items() if n > 1]
    if twice:
        raise MixlawError(f"{path} has two columns named {', '.join(map(repr, twice))}; rename one")


def _typed(table: pl.DataFrame) -> pl.DataFrame:
    """Columns of text that spells numbers as numbers, but for codes such as 007."""
    codes = pl.col(pl.String).str.contains(r"^[+-]?0\d").any()
    code_like = table.select(codes).row(0) if table.select(pl.col(pl.String)).width else ()
    text = [name for name, code in zip(table.select(pl.col(pl.String)).columns, code_like, strict=True) if not code]
    if not text:
        return table
    plain = table.select([pl.col(name).alias(str(i)) for i, name in enumerate(text)])
    typed = pl.read_csv(plain.write_csv().encode(), infer_schema_length=None)
    numeric = [typed[str(i)].alias(name) for i, name in enumerate(text) if typed[str(i)].dtype.is_numeric()]
    return table.with_columns(numeric)
