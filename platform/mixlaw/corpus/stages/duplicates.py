"""Which documents of the index are copies of others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import polars as pl

from mixlaw.corpus.duplicates import EXACT, NEAR, find_duplicates
from mixlaw.corpus.funnel import Funnel, FunnelRow
from mixlaw.corpus.split import Split
from mixlaw.corpus.stages.clean import sketches_file
from mixlaw.corpus.stages.index import digests


def without_duplicates(
    index: pl.DataFrame, splits: Mapping[str, Split], folder: Path, units: Sequence[str], funnel: Funnel
) -> pl.DataFrame:
    """The index without exact and near copies, within and across languages.

    Held-out projects come first, so that of copies on two sides the training one is dropped; then the order of the
    spec.
    """
    held_out = index["project"].cast(pl.String).replace_strict(splits, default="train").to_numpy() != "train"
    order = np.argsort(~held_out, kind="stable")
    sketches = [sketches_file(folder, unit) for unit in units]
    verdict = pl.Series(find_duplicates(digests(index), sketches, order))
    for step, reaches, passes in ((EXACT, verdict >= 0, verdict != 1), (NEAR, verdict != 1, verdict == 0)):
        _count(step, index.filter(reaches), index.filter(reaches & passes), funnel)
    return index.filter(verdict == 0)


def _count(step: str, before: pl.DataFrame, after: pl.DataFrame, funnel: Funnel) -> None:
    left = {domain: (documents, size) for domain, documents, size in _sums(after)}
    for domain, documents, size in _sums(before):
        kept, kept_size = left.get(domain, (0, 0))
        funnel.add(
            FunnelRow(
                step=step,
                domain=domain,
                documents_in=documents,
                documents_out=kept,
                bytes_in=size,
                bytes_out=kept_size,
            )
        )


def _sums(index: pl.DataFrame) -> list[tuple[str, int, int]]:
    sums = index.group_by("domain").agg(pl.len().alias("documents"), pl.col("bytes").sum())
    return list(sums.cast({"domain": pl.String}).sort("domain").iter_rows())
