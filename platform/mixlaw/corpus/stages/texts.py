"""Texts of cleaned documents by unit and row, memory-mapped: one can be had without reading the others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

from mixlaw.corpus.stages.documents import documents_file

_OPEN_UNITS = 64


class Texts:
    """The documents of finished units."""

    def __init__(self, folder: Path, units: Sequence[str]) -> None:
        self._folder = folder
        self._units = units
        self._tables: dict[int, Any] = {}  # Arrow has no type information

    def text(self, unit: int, row: int) -> str:
        """One document's text."""
        return str(self._table(unit).column("text")[row].as_py())

    def rows(self, unit: int, rows: NDArray[np.int64]) -> pl.DataFrame:
        """What is known of some documents of a unit, their texts left out, in the order of `rows`."""
        return cast(pl.DataFrame, pl.from_arrow(self._table(unit).drop_columns(["text"]).take(pa.array(rows))))

    def _table(self, unit: int) -> Any:
        if unit not in self._tables:
            if len(self._tables) >= _OPEN_UNITS:
                self._tables.pop(next(iter(self._tables)))
            file = documents_file(self._folder, self._units[unit])
            self._tables[unit] = cast(Any, pa).ipc.open_file(pa.memory_map(str(file))).read_all()
        return self._tables[unit]
