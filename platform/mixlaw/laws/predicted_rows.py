"""A fitted law on every row of a table."""

from __future__ import annotations

import polars as pl

from mixlaw.laws.fitted import FittedLaw
from mixlaw.laws.forms import Array
from mixlaw.laws.observed.columns import RunColumns
from mixlaw.laws.observed.table import rows_to_predict
from mixlaw.trial import MixlawError

PREFIXES = ("predicted_", "lower_", "upper_")
"""Of the columns that a prediction adds for each target."""


def with_predictions(law: FittedLaw, table: pl.DataFrame) -> pl.DataFrame:
    """The table with `predicted_`, `lower_` and `upper_<target>` added for each target; rows and columns stay as given.

    The ends are the 90% interval of the expected loss, nats per token, empty for a law without bootstrap laws.
    Raises MixlawError for rows that the law cannot read, and columns of those names that are there already.
    """
    names = [f"{prefix}{target}" for target in law.targets for prefix in PREFIXES]
    taken = [name for name in names if name in table.columns]
    if taken:
        raise MixlawError(f"the table has {', '.join(taken)} already; rename or drop what is there, then predict")
    N, D, p = law_rows(law, table)
    columns: list[pl.Series] = []
    for target in law.targets:
        predicted = law.predict_rows(N, D, p, {target: 1.0})
        columns += [pl.Series(f"{prefix}{target}", predicted[:, i]) for i, prefix in enumerate(PREFIXES)]
    return table.with_columns([column.fill_nan(None) for column in columns])


def law_rows(law: FittedLaw, table: pl.DataFrame) -> tuple[Array, Array, Array]:
    """N, D (n,) and shares (n, M) in the law's order of domains."""
    columns = law_columns(law)
    N, D, p = rows_to_predict(table, columns)
    return N, D, p[:, [columns.weights.index(domain) for domain in law.domains]]


def law_columns(law: FittedLaw) -> RunColumns:
    """The columns that the law reads. Raises MixlawError for a law of the project's own results table."""
    if law.columns is None:
        raise MixlawError(
            "this law was fitted to a run of mixlaw and reads no table of columns; "
            "give --params, --tokens and --shares, or fit a law to a CSV or Parquet file of runs"
        )
    return law.columns
