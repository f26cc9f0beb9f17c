"""How well the laws predict: runs they were fitted to, and runs they were not."""

from __future__ import annotations

import math

import numpy as np

from mixlaw.laws import FittedLaw
from mixlaw.report.blocks import Block, Cell, Missing, Paragraph, Picture, Section, Table
from mixlaw.report.evidence import Evidence
from mixlaw.report.figures.predictions import (
    LawPanel,
    PredictedPoint,
    mean_relative_error,
    predicted_against_measured,
)
from mixlaw.report.figures.style import display, render
from mixlaw.report.predicted import predicted_points

ANCHOR, TITLE = "predictions", "Predicted against measured"
_SPLITS = {
    "largest-N": "largest models left out",
    "largest-D": "largest budgets left out",
    "mixtures": "mixtures left out",
}


def predictions(evidence: Evidence) -> Section:
    """The scatter of every law, the comparison of the laws, and held-out errors by target."""
    observed = evidence.observed()
    if not evidence.laws or observed is None:
        missing = Missing(what="No law has been fitted.", command=f"mixlaw fit {evidence.out}")
        return Section(anchor=ANCHOR, title=TITLE, blocks=(missing,))
    points = {law.form: predicted_points(law, observed) for law in reversed(evidence.laws)}
    panels = [LawPanel(title=f"{form} law", points=points[form]) for form in sorted(points) if points[form]]
    blocks: list[Block] = [_comparison(evidence, points)]
    if panels:
        blocks.insert(0, _picture(panels))
    law = evidence.law("transfer", "chinchilla", "proportion")
    if law is not None:
        blocks.append(_by_target(law))
        blocks += [Paragraph(text=reason, tone="note") for reason in _reasons(law)]
    return Section(anchor=ANCHOR, title=TITLE, blocks=tuple(blocks))


def _picture(panels: list[LawPanel]) -> Picture:
    return Picture(
        drawing=render("predicted_measured", predicted_against_measured(panels), "Predicted against measured loss"),
        caption="Measured losses against the law's predictions. Circles lie within the range of N and D that the law "
        "was fitted to; open diamonds lie beyond it and cannot have been in the fit. The Chinchilla law counts only "
        "the language's own tokens of a mixture, and is judged on mixtures only beyond its range.",
        alt="Scatter of predicted against measured loss around the diagonal, a panel per law.",
    )


def _comparison(evidence: Evidence, points: dict[str, tuple[PredictedPoint, ...]]) -> Table:
    rows = [_law_row(law, points[law.form]) for law in sorted(evidence.laws, key=lambda law: law.form)]
    return Table(
        caption="The laws compared, by mean relative error (MRE). The left-out columns refit the law without those "
        "runs and predict them: the figures to trust. The last column is of runs beyond the law's range.",
        headers=("law", "targets", "runs", "MRE on fitted", *_SPLITS.values(), "MRE on unseen runs"),
        rows=tuple(rows),
    )


def _law_row(law: FittedLaw, points: tuple[PredictedPoint, ...]) -> tuple[Cell, ...]:
    unseen = [point for point in points if point.held_out]
    fitted = float(np.mean([law.report[t].in_sample_error for t in law.targets]))
    return (
        Cell(text=law.form),
        Cell(text=str(len(law.targets))),
        Cell(text=str(law.n_runs)),
        Cell(text=f"{fitted:.2f}%"),
        *(_mean_held_out(law, split) for split in _SPLITS),
        Cell(text=f"{100 * mean_relative_error(unseen):.2f}%", detail=f"n = {len(unseen)}")
        if unseen
        else Cell(text="none", muted=True),
    )


def _mean_held_out(law: FittedLaw, split: str) -> Cell:
    errors = [law.report[t].held_out[split].error for t in law.targets if split in law.report[t].held_out]
    known = [error for error in errors if error is not None and math.isfinite(error)]
    return Cell(text=f"{np.mean(known):.2f}%", strong=True) if known else Cell(text="not measured", muted=True)


def _by_target(law: FittedLaw) -> Table:
    rows = [
        (
            Cell(text=display(target)),
            Cell(text=f"{law.report[target].in_sample_error:.2f}%"),
            *(_held_out_cell(law, target, split) for split in _SPLITS),
            Cell(text=f"{100 * law.report[target].noise:.2f}%"),
            Cell(text="yes" if law.report[target].converged else "no", strong=not law.report[target].converged),
        )
        for target in law.targets
    ]
    return Table(
        caption=f"The {law.form} law by target: mean relative errors with their standard errors, and the scatter of "
        "single runs around the law.",
        headers=("target", "fitted", *_SPLITS.values(), "scatter of a run", "converged"),
        rows=tuple(rows),
    )


def _held_out_cell(law: FittedLaw, target: str, split: str) -> Cell:
    held_out = law.report[target].held_out.get(split)
    if held_out is None or held_out.error is None:
        return Cell(text="not measured", muted=True)
    spread = "" if held_out.standard_error is None else f" ± {held_out.standard_error:.2f}"
    return Cell(text=f"{held_out.error:.2f}%{spread}", detail=f"n = {held_out.n_rows}")


def _reasons(law: FittedLaw) -> list[str]:
    """Why a left-out error could not be measured, once each."""
    reasons = {
        f"Not measured with the {_SPLITS.get(split, split)}: {held_out.reason}."
        for target in law.targets
        for split, held_out in law.report[target].held_out.items()
        if held_out.reason
    }
    return sorted(reasons)
