"""Trials by name, the largest first."""

from __future__ import annotations

import polars as pl

from mixlaw.report.figures.style import count


def largest_first(rows: pl.DataFrame) -> list[tuple[str, str]]:
    """(trial_id, name with size and budget) of every trial among the rows, by compute, the most first."""
    trials = rows.sort(["flops", "trial_id"], descending=True, nulls_last=True).unique("trial_id", maintain_order=True)
    return [(str(row["trial_id"]), _name(row)) for row in trials.iter_rows(named=True)]


def _name(row: dict[str, object]) -> str:
    size = f"N = {_count(row['params_non_embedding'])}, D = {_count(row['train_tokens'])}"
    return f"{row['label'] or row['trial_id']} ({size})"


def _count(value: object) -> str:
    return count(float(value)) if isinstance(value, int | float) else "?"
