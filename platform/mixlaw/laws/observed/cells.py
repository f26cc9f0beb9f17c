"""Numbers out of a table's columns, with a word on every cell that is none."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from mixlaw.laws.forms import Array
from mixlaw.trial import MixlawError

_NAMED = 5
_EMPTY = ("", "nan", "na", "n/a", "null", "none")


def numbers(table: pl.DataFrame, name: str) -> Array:
    """(n,) floats of a column of numbers or of text that spells them; NaN where empty.

    Raises MixlawError for anything that is no number.
    """
    column = table[name]
    if column.dtype == pl.String:
        column = _spelled(column)
    elif not (column.dtype.is_numeric() or column.dtype == pl.Null):
        raise MixlawError(f"column {name!r} holds {column.dtype}, not numbers; correct it or name another")
    return np.array(column.cast(pl.Float64).fill_null(float("nan")).to_numpy(), dtype=np.float64)


def require_columns(table: pl.DataFrame, names: Iterable[str]) -> None:
    """Raise MixlawError for an empty table, or a column that it lacks, with the closest that it has."""
    if not len(table):
        raise MixlawError("the table has no rows; give one with a row for every run or checkpoint")
    for name in names:
        if name not in table.columns:
            close = difflib.get_close_matches(name, table.columns, n=1)
            meant = f", did you mean {close[0]!r}?" if close else ";"
            raise MixlawError(f"there is no column {name!r}{meant} the table has {', '.join(table.columns)}")


def row_names(rows: npt.NDArray[np.bool_]) -> str:
    """`row 3, row 17 and 4 more`, for the true ones of `rows` (n,)."""
    return some([row_name(i) for i in np.flatnonzero(rows).tolist()])


def row_name(index: int) -> str:
    """A row's name in messages: counted from 1, the line below a header."""
    return f"row {index + 1}"


def some(names: Sequence[str]) -> str:
    """The first five names and how many more there are."""
    rest = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + rest


def _spelled(column: pl.Series) -> pl.Series:
    text = column.str.strip_chars()
    values = text.cast(pl.Float64, strict=False)
    wrong = values.is_null() & text.is_not_null() & ~text.str.to_lowercase().is_in(_EMPTY)
    if wrong.any():
        first = int(wrong.arg_true()[0])
        raise MixlawError(
            f"column {column.name!r} holds text where a number is needed: {text[first]!r} in {row_name(first)}; "
            "correct it or name another column"
        )
    return values
