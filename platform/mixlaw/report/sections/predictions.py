"""How well the laws predict: runs they were fitted to, and runs they were not."""

from __future__ import annotations

import math

import numpy as np

from mixlaw.laws import FittedLaw
from mixlaw.report.blocks import Block, Cell, Missing, Paragraph, Picture, Section, Table
from mixlaw.report.evidence import Evidence, law_name
from mixlaw.report.figures.predictions import (
    LawPanel,
    PredictedPoint,
    mean_relative_error,
    predicted_against_measured,
)
from mixlaw.report.figures.style import display, render
from mixlaw.report.predicted import predicted_points
from mixlaw.report.sections.choice import SPLITS, not_left_out

ANCHOR, TITLE = "predictions", "Predicted against measured"


def predictions(evidence: Evidence) -> Section:
    """The scatter of every law, the comparison of the laws, and held-out errors by target."""
    observed = evidence.observed()
    if not evidence.laws or observed is None:
        missing = Missing(what="No law has been fitted.", command=f"mixlaw fit {evidence.out}")
        return Section(anchor=ANCHOR, title=TITLE, blocks=(missing,))
    points = {law_name(law): predicted_points(law, observed) for law in reversed(evidence.laws)}
    panels = [LawPanel(title=f"{name} law", points=points[name]) for name in sorted(points) if points[name]]
    blocks: list[Block] = [_comparison(evidence, points)]
    if panels:
        blocks.insert(0, _picture(panels))
    if (law := evidence.predictor) is not None:
        blocks += by_target(law)
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
    rows = [_law_row(law, points[law_name(law)]) for law in sorted(evidence.laws, key=law_name)]
    return Table(
        caption="The laws compared, by mean relative error (MRE). The left-out columns refit the law without those "
        "runs and predict them: the figures to trust. The last column is of runs beyond the law's range.",
        headers=("law", "targets", "runs", "MRE on fitted", *SPLITS.values(), "MRE on unseen runs"),
        rows=tuple(rows),
    )


def _law_row(law: FittedLaw, points: tuple[PredictedPoint, ...]) -> tuple[Cell, ...]:
    unseen = [point for point in points if point.held_out]
    fitted = float(np.mean([law.report[t].in_sample_error for t in law.targets]))
    return (
        Cell(text=law_name(law), strong=law.choice is not None),
        Cell(text=str(len(law.targets))),
        Cell(text=str(law.n_runs)),
        Cell(text=f"{fitted:.2f}%"),
        *(_mean_held_out(law, split) for split in SPLITS),
        Cell(text=f"{100 * mean_relative_error(unseen):.2f}%", detail=f"n = {len(unseen)}")
        if unseen
        else Cell(text="none", muted=True),
    )


def _mean_held_out(law: FittedLaw, split: str) -> Cell:
    errors = [law.report[t].held_out[split].error for t in law.targets if split in law.report[t].held_out]
    known = [error for error in errors if error is not None and math.isfinite(error)]
    return Cell(text=f"{np.mean(known):.2f}%", strong=True) if known else Cell(text="not measured", muted=True)


def by_target(law: FittedLaw) -> tuple[Block, ...]:
    """The table of a law's errors by target, and why an error in it could not be measured."""
    reasons = not_left_out({target: law.report[target].held_out for target in law.targets})
    return (_by_target(law), *(Paragraph(text=reason, tone="note") for reason in reasons))


def _by_target(law: FittedLaw) -> Table:
    rows = [
        (
            Cell(text=display(target)),
            Cell(text=f"{law.report[target].in_sample_error:.2f}%"),
            *(_held_out_cell(law, target, split) for split in SPLITS),
            Cell(text=f"{100 * law.report[target].noise:.2f}%"),
            Cell(text="yes" if law.report[target].converged else "no", strong=not law.report[target].converged),
        )
        for target in law.targets
    ]
    return Table(
        caption=f"The {law_name(law)} law by target: mean relative errors with their standard errors, and the scatter "
        "of single runs around the law.",
        headers=("target", "fitted", *SPLITS.values(), "scatter of a run", "converged"),
        rows=tuple(rows),
    )


def _held_out_cell(law: FittedLaw, target: str, split: str) -> Cell:
    held_out = law.report[target].held_out.get(split)
    if held_out is None or held_out.error is None:
        return Cell(text="not measured", muted=True)
    spread = "" if held_out.standard_error is None else f" ± {held_out.standard_error:.2f}"
    return Cell(text=f"{held_out.error:.2f}%{spread}", detail=f"n = {held_out.n_rows}")
