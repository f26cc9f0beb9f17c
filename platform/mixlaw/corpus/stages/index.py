"""The index: of every cleaned document what the whole corpus must be known for (duplicates, splits, order), no text.

About 60 bytes of memory per document: a terabyte of source code, some 200 million files, takes 12 GB.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

from mixlaw.corpus.stages.documents import documents_file

SCHEMA = pl.Schema(
    {
        "unit": pl.UInt32,
        "row": pl.UInt32,
        "domain": pl.Categorical(),
        "project": pl.Categorical(),
        "licence": pl.Categorical(),
        "bytes": pl.Int64,
        "key": pl.UInt64,
        "digest_high": pl.UInt64,
        "digest_low": pl.UInt64,
    }
)


def read_index(folder: Path, units: Sequence[str], first: int = 0) -> pl.DataFrame:
    """One row per cleaned document, in the order of units and of their rows; columns as in `SCHEMA`.

    `unit` counts the units in the order given from `first` on, `digest_*` are the first 16 bytes of the text's sha256.
    """
    frames = [_unit_index(documents_file(folder, unit), number) for number, unit in enumerate(units, first)]
    return pl.concat(frames, rechunk=True) if frames else pl.DataFrame(schema=SCHEMA)


def digests(index: pl.DataFrame) -> NDArray[np.uint64]:
    """The first 16 bytes of every text's sha256, (n, 2) uint64."""
    return index.select("digest_high", "digest_low").to_numpy()


def _unit_index(file: Path, number: int) -> pl.DataFrame:
    columns = ["domain", "project", "licence", "bytes", "key", "sha256"]
    arrow = cast(Any, pa)  # without type information
    with arrow.memory_map(str(file)) as mapped:
        reader = arrow.ipc.open_file(mapped)
        batches: list[Any] = [reader.get_batch(i).select(columns) for i in range(reader.num_record_batches)]
        schema = arrow.schema([reader.schema.field(name) for name in columns])
        frame = pl.DataFrame(arrow.Table.from_batches(batches, schema=schema))
        high, low = (pl.col("sha256").str.slice(at, 16) for at in (0, 16))
        return frame.select(
            pl.lit(number, pl.UInt32).alias("unit"),
            pl.int_range(pl.len(), dtype=pl.UInt32).alias("row"),
            *(pl.col(name).cast(pl.Categorical) for name in ("domain", "project", "licence")),
            "bytes",
            "key",
            _from_hexadecimal(high).alias("digest_high"),
            _from_hexadecimal(low).alias("digest_low"),
        )


def _from_hexadecimal(text: pl.Expr) -> pl.Expr:
    return text.str.to_integer(base=16, dtype=pl.UInt64)
