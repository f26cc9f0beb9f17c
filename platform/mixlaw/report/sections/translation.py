"""Translation between languages (paper, section 5): the loss, and greedy translations judged and run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import polars as pl

from mixlaw.report.blocks import Block, Missing, Paragraph, Picture, Section
from mixlaw.report.evidence import Evidence
from mixlaw.report.figures.heatmap import Matrix, heatmap
from mixlaw.report.figures.style import render
from mixlaw.report.sections.named import largest_first
from mixlaw.trial import LANGUAGES

ANCHOR, TITLE = "translation", "Translation between languages"
_PROMPTS = {
    "translation": "the source program straight before it",
    "translation-prompt": "the source program and the paper's prompt before it",
}


def translation(evidence: Evidence) -> Section:
    """Heat maps of the largest trial of each evaluation, or the command that makes one."""
    blocks = [block for name in _PROMPTS for block in _loss(evidence, name)] + _written(evidence)
    return Section(anchor=ANCHOR, title=TITLE, blocks=tuple(blocks) or (_nothing(evidence),))


def _nothing(evidence: Evidence) -> Missing:
    largest = largest_first(evidence.finished)
    trial = largest[0][0] if largest else "TRIAL"
    command = f"mixlaw evaluate {evidence.out}/trials/{trial} --suite translation"
    return Missing(what="Translation loss has not been measured.", command=command)


def _largest(rows: pl.DataFrame) -> tuple[pl.DataFrame, str, int]:
    """The rows of the trial with the most compute, its name, and how many trials there are."""
    trials = largest_first(rows)
    return rows.filter(pl.col("trial_id") == trials[0][0]), trials[0][1], len(trials)


def _loss(evidence: Evidence, evaluation: str) -> list[Block]:
    measured = evidence.evaluation(evaluation)
    if measured.is_empty():
        return []
    rows, name, scored = _largest(measured)
    return [
        Paragraph(
            text=f"Loss of a program's tokens given the same program in another language, {_PROMPTS[evaluation]}, for "
            f"{name}: the largest of {scored} scored trial{'s' if scored > 1 else ''}. Lower is better."
        ),
        *_about_long_pairs(rows),
        Picture(
            drawing=render(
                evaluation.replace("-", "_"), heatmap(translation_matrix(rows), "sequential"), "Translation loss"
            ),
            caption="Translation loss in nats per target token, from the row's language to the column's. Hatched: not "
            "measured. Columns differ in how predictable their language is at all: compare within a column.",
            alt="Heat map of translation loss by source and target language.",
        ),
    ]


def _about_long_pairs(rows: pl.DataFrame) -> list[Paragraph]:
    programs, windowed, left_out = (int(rows[c].sum() or 0) for c in ("programs", "pairs_windowed", "pairs_left_out"))
    said: list[str] = []
    if windowed:
        said.append(
            f"{windowed} of {programs} pairs are longer than the context and were scored through a window of it"
        )
    if left_out:
        said.append(f"{left_out} pairs were left out because they are longer than the context")
    return [Paragraph(text="; ".join(said) + ".", tone="note")] if said else []


def _written(evidence: Evidence) -> list[Block]:
    """BLEU and Pass@1 of greedy translations."""
    measured = evidence.evaluation("translated")
    if measured.is_empty():
        return []
    rows, name, _ = _largest(measured)
    blocks: list[Block] = [Paragraph(text=f"Greedy translations by {name}, compared with a person's and run.")]
    for column, unit, scale, what in (("bleu", "BLEU", 1.0, "BLEU"), ("pass_at_1", "%", 100.0, "Pass@1, translated")):
        matrix = _matrix(rows, column, unit, scale)
        if np.isfinite(matrix.values).any():
            blocks.append(_judged(matrix, column, what))
    return blocks


def _judged(matrix: Matrix, column: str, what: str) -> Picture:
    return Picture(
        drawing=render(f"translated_{column}", heatmap(matrix, "sequential"), f"{what}, by direction"),
        caption=f"{what}: greedy translations from the row's language to the column's. Higher is better.",
        alt=f"Heat map of {what} by source and target language.",
    )


def translation_matrix(rows: pl.DataFrame) -> Matrix:
    """(7, 7) nats per token from rows named `translation/<from>-<to>`, the loss in the target's column."""
    return _matrix(rows, None, "nats per token", 1.0)


def _matrix(rows: pl.DataFrame, column: str | None, unit: str, scale: float) -> Matrix:
    """(7, 7) of a column, or of the loss of the language translated to."""
    values = np.full((len(LANGUAGES), len(LANGUAGES)), np.nan)
    for row in rows.iter_rows(named=True):
        source, _, target = str(row["evaluation"]).partition("/")[2].partition("-")
        if source in LANGUAGES and target in LANGUAGES:
            values[LANGUAGES.index(source), LANGUAGES.index(target)] = scale * _value(row, column or f"loss_{target}")
    return Matrix(
        rows=LANGUAGES,
        columns=LANGUAGES,
        values=values,
        row_title="from",
        column_title="to",
        unit=unit,
        digits=2 if column is None else 1,
    )


def _value(row: Mapping[str, Any], column: str) -> float:
    return np.nan if row[column] is None else float(row[column])
