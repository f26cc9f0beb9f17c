"""The order in which a domain's documents are taken when there are more than asked for."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

_INCREMENT = np.uint64(0x9E3779B97F4A7C15)


def sampling_order(documents: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Documents at random within a project, and always from the project that has given the fewest bytes so far, so
    that one large project does not crowd out the others.

    A document's turn comes when its project has given what lies before it in the project's own random order: sorting
    by that sum is the same as asking, document by document, who has given the least.
    """
    shuffled = documents.with_columns(place=pl.Series(shuffle_keys(documents, seed))).sort("place", "unit", "row")
    before = pl.col("bytes").cum_sum().over("project") - pl.col("bytes")
    return (
        shuffled.with_columns(given=before, name=pl.col("project").cast(pl.String))
        .sort("given", "name", "place")
        .drop("given", "name", "place")
    )


def shuffle_keys(documents: pl.DataFrame, seed: int) -> NDArray[np.uint64]:
    """For each document 64 bits that order documents at random, the same way for the same seed."""
    return mixed(documents["key"].to_numpy() + mixed(np.array([seed], np.uint64)))


def mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """A bijection of 64 bits that scatters neighbours (SplitMix64: Steele, Lea & Flood 2014)."""
    with np.errstate(over="ignore"):  # arithmetic modulo 2**64 is what is meant
        z = values + _INCREMENT
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return z ^ (z >> np.uint64(31))
