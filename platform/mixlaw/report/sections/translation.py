"""Translation loss from each language to each other (paper, section 5)."""

from __future__ import annotations

import numpy as np
import polars as pl

from mixlaw.report.blocks import Block, Missing, Paragraph, Picture, Section
from mixlaw.report.evidence import Evidence
from mixlaw.report.figures.heatmap import Matrix, heatmap
from mixlaw.report.figures.style import count, render
from mixlaw.trial import LANGUAGES

ANCHOR, TITLE = "translation", "Translation between languages"


def translation(evidence: Evidence) -> Section:
    """The heat map of the largest trial that was scored, or the command that scores one."""
    if evidence.translation.is_empty():
        return Section(anchor=ANCHOR, title=TITLE, blocks=(_nothing(evidence),))
    rows, name = _largest(evidence.translation)
    matrix = translation_matrix(rows)
    scored = evidence.translation["trial_id"].n_unique()
    blocks: list[Block] = [
        Paragraph(
            text=f"Loss of a program's tokens given the same program in another language, for {name}: the largest of "
            f"{scored} scored trial{'s' if scored > 1 else ''}. Lower is better."
        ),
        Picture(
            drawing=render("translation", heatmap(matrix, "sequential"), "Translation loss by direction"),
            caption="Translation loss in nats per target token, from the row's language to the column's. Hatched: not "
            "measured. Columns differ in how predictable their language is at all: compare within a column.",
            alt="Heat map of translation loss by source and target language.",
        ),
    ]
    return Section(anchor=ANCHOR, title=TITLE, blocks=tuple(blocks))


def _nothing(evidence: Evidence) -> Missing:
    largest = evidence.finished.sort("flops", descending=True, nulls_last=True)["trial_id"].head(1)
    trial = largest[0] if len(largest) else "TRIAL"
    command = f"mixlaw evaluate {evidence.out}/trials/{trial} --suite translation"
    return Missing(what="Translation loss has not been measured.", command=command)


def _largest(table: pl.DataFrame) -> tuple[pl.DataFrame, str]:
    """The rows of the trial with the most compute, and its name with size and budget."""
    top = table.sort("flops", descending=True, nulls_last=True).row(0, named=True)
    size = f"N = {count(top['params_non_embedding'] or 0)}, D = {count(top['train_tokens'] or 0)}"
    return table.filter(pl.col("trial_id") == top["trial_id"]), f"{top['label'] or top['trial_id']} ({size})"


def translation_matrix(rows: pl.DataFrame) -> Matrix:
    """(7, 7) nats per token from rows named `translation/<from>-<to>`, the loss in the target's column."""
    values = np.full((len(LANGUAGES), len(LANGUAGES)), np.nan)
    for row in rows.iter_rows(named=True):
        source, _, target = str(row["evaluation"]).partition("/")[2].partition("-")
        if source in LANGUAGES and target in LANGUAGES and row[f"loss_{target}"] is not None:
            values[LANGUAGES.index(source), LANGUAGES.index(target)] = row[f"loss_{target}"]
    return Matrix(
        rows=LANGUAGES,
        columns=LANGUAGES,
        values=values,
        row_title="from",
        column_title="to",
        unit="nats per token",
        digits=2,
    )
