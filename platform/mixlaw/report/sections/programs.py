"""Generated programs, run: Pass@1 by language (paper, Table 3)."""

from __future__ import annotations

import math

import polars as pl

from mixlaw.report.blocks import Block, Cell, Missing, Paragraph, Picture, Section, Table
from mixlaw.report.evidence import Evidence
from mixlaw.report.figures.pass_at_1 import MACRO, PassBar, pass_at_1
from mixlaw.report.figures.style import display, render
from mixlaw.report.sections.named import largest_first
from mixlaw.trial import LANGUAGES

ANCHOR, TITLE = "programs", "Generated programs"
MOST_MODELS = 4
"""Drawn side by side: more bars cannot be told apart."""


def programs(evidence: Evidence) -> Section:
    """A bar chart for each benchmark that models were run on, or the command that runs one."""
    measured = evidence.evaluated.filter(
        pl.col("pass_at_1").is_not_null(), ~pl.col("evaluation").str.starts_with("translated")
    )
    if measured.is_empty():
        command = f"mixlaw evaluate {evidence.out}/trials/TRIAL --suite multipl-e --records PATH"
        return Section(
            anchor=ANCHOR, title=TITLE, blocks=(Missing(what="Pass@1 has not been measured.", command=command),)
        )
    names = sorted({str(name).partition("/")[0] for name in measured["evaluation"]})
    return Section(anchor=ANCHOR, title=TITLE, blocks=tuple(block for n in names for block in _blocks(n, measured)))


def _blocks(benchmark: str, measured: pl.DataFrame) -> list[Block]:
    rows = measured.filter(pl.col("evaluation").str.starts_with(f"{benchmark}/"))
    models = largest_first(rows)[:MOST_MODELS][::-1]
    bars = [bar for trial, name in models for bar in _bars(rows.filter(pl.col("trial_id") == trial), name)]
    order = {language: place for place, language in enumerate((*LANGUAGES, MACRO))}
    bars.sort(key=lambda bar: order.get(bar.language, len(order)))
    return [
        Paragraph(
            text=f"Share of the problems of {benchmark} that a generated program solves, by the unbiased estimator "
            "(Chen et al. 2021). Small models solve none: a bar at 0 is a result."
        ),
        Picture(
            drawing=render(f"pass_at_1_{benchmark}", pass_at_1(bars), f"Pass@1 on {benchmark}"),
            caption="Pass@1 by language with 95% intervals (bootstrap over problems).",
            alt="Bars of Pass@1 by language, with intervals.",
        ),
        _table(benchmark, rows, models),
    ]


def _bars(rows: pl.DataFrame, model: str) -> list[PassBar]:
    return [
        PassBar(
            language=str(row["evaluation"]).partition("/")[2],
            model=model,
            value=row["pass_at_1"],
            lower=_known(row["pass_at_1_lower"]),
            upper=_known(row["pass_at_1_upper"]),
        )
        for row in rows.iter_rows(named=True)
    ]


def _known(value: float | None) -> float:
    return math.nan if value is None else value


def _table(benchmark: str, rows: pl.DataFrame, models: list[tuple[str, str]]) -> Table:
    body: list[tuple[Cell, ...]] = []
    for trial, name in models:
        for row in rows.filter(pl.col("trial_id") == trial).iter_rows(named=True):
            language = str(row["evaluation"]).partition("/")[2]
            shown = "mean" if language == MACRO else display(language)
            body.append((Cell(text=name), Cell(text=shown), *_numbers(row)))
    return Table(
        caption=f"Pass@1 on {benchmark}.",
        headers=("model", "language", "Pass@1", "problems", "samples per problem"),
        rows=tuple(body),
        text_columns=frozenset({0, 1}),
    )


def _numbers(row: dict[str, object]) -> tuple[Cell, ...]:
    lower, upper = row["pass_at_1_lower"], row["pass_at_1_upper"]
    ends = f"{lower:.1%} to {upper:.1%}" if isinstance(lower, float) and isinstance(upper, float) else ""
    return (
        Cell(text=f"{row['pass_at_1']:.1%}", detail=ends),
        Cell(text=str(row["problems"] or "")),
        Cell(text=str(row["samples"] or "")),
    )
