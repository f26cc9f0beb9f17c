"""The report of one law fitted to anybody's runs: how it was chosen, its curves, residuals and predictions."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from mixlaw.laws import FittedLaw, Observations
from mixlaw.report.blocks import Block, Paragraph, Picture, Section
from mixlaw.report.evidence import law_name
from mixlaw.report.figures.predictions import LawPanel, PredictedPoint, mean_relative_error, predicted_against_measured
from mixlaw.report.figures.style import count, render
from mixlaw.report.page import Heading, render_page
from mixlaw.report.predicted import predicted_points
from mixlaw.report.sections import choice, fit
from mixlaw.report.sections.predictions import by_target
from mixlaw.store import atomic_write
from mixlaw.trial import MixlawError


def write_law_report(law: FittedLaw, runs: Observations, page: Path, *, left_out: Observations | None = None) -> Path:
    """Write one self-contained page on a law and the runs that it was fitted to; returns its path.

    `left_out` are runs that were not in the fit: without them predictions are shown in sample, and named so.
    Raises MixlawError when none of the runs is one that the law describes.
    """
    sections = law_sections(law, runs, left_out)
    atomic_write(page, render_page(_heading(law, runs), sections).encode())
    return page


def law_sections(law: FittedLaw, runs: Observations, left_out: Observations | None = None) -> tuple[Section, ...]:
    """The page from top to bottom; a section that would be empty is left out. Raises as `write_law_report`."""
    of_fit = predicted_points(law, runs)
    if not of_fit:
        raise MixlawError("none of the runs is one that the law describes; give the table that it was fitted to")
    unseen = predicted_points(law, left_out, held_out=True) if left_out is not None else ()
    curves = fit.curve_blocks(law, runs)
    sections = (
        Section(anchor="law", title="The law", blocks=(Paragraph(text=_summary(law, of_fit, unseen), tone="lead"),)),
        Section(anchor=choice.ANCHOR, title=choice.TITLE, blocks=choice.choice_blocks(law)),
        Section(anchor="losses", title="The law through the runs", blocks=curves),
        Section(anchor=fit.ANCHOR, title=fit.TITLE, blocks=fit.residual_blocks(law, runs)),
        Section(
            anchor="predictions",
            title="Predicted against measured",
            blocks=(_predicted(law, of_fit, unseen), *by_target(law), *_notes(law)),
        ),
    )
    return tuple(section for section in sections if section.blocks)


def _summary(law: FittedLaw, of_fit: tuple[PredictedPoint, ...], unseen: tuple[PredictedPoint, ...]) -> str:
    text = (
        f"The {law_name(law)} law of {len(law.targets)} target{'s' if len(law.targets) > 1 else ''}, fitted to "
        f"{law.n_runs} runs, misses the losses in this table by {100 * mean_relative_error(of_fit):.2f}% on average"
    )
    if unseen:
        return f"{text}, and those of runs left out of the fit by {100 * mean_relative_error(unseen):.2f}%."
    known = [held.error for t in law.targets for held in law.report[t].held_out.values() if held.error is not None]
    worst = f"; refitted without some of the runs it misses those by {np.mean(known):.2f}% on average" if known else ""
    return f"{text}{worst}."


def _predicted(law: FittedLaw, of_fit: tuple[PredictedPoint, ...], unseen: tuple[PredictedPoint, ...]) -> Picture:
    inside = tuple(point for point in of_fit if not point.held_out)
    panel = LawPanel(
        title=f"{law_name(law)} law",
        points=(*inside, *unseen) if unseen else of_fit,
        kinds=("in sample", "left out of the fit" if unseen else "beyond the fit's range"),
    )
    judged = (
        "Open diamonds are runs left out of the fit: how far they lie from the line is how well the law predicts."
        if unseen
        else "In sample: the law has seen these runs, so this shows fit and not prediction, which the errors of rows "
        "left out in the table below measure."
    )
    return Picture(
        drawing=render("predicted_measured", predicted_against_measured([panel]), "Predicted against measured loss"),
        caption=f"On the line the law is right. {judged}",
        alt="Scatter of predicted against measured loss around the diagonal.",
    )


def _notes(law: FittedLaw) -> tuple[Block, ...]:
    return tuple(Paragraph(text=f"{note[0].upper()}{note[1:]}.", tone="note") for note in law.notes if note)


def _heading(law: FittedLaw, runs: Observations) -> Heading:
    N, D = law.scales.N, law.scales.D
    ranges = [f"N from {count(N[0])} to {count(N[1])}"] * (N[0] < N[1])
    ranges += [f"D from {count(D[0])} to {count(D[1])}"] * (D[0] < D[1])
    return Heading(
        title=f"The {law_name(law)} law of {', '.join(law.targets[:3])}{' and others' if len(law.targets) > 3 else ''}",
        basis="; ".join([f"{len(runs)} rows, {law.n_runs} runs in the fit", *ranges])
        + f"; {len(law.replicates)} bootstrap laws.",
        footer="Written by mixlaw report. Losses are in nats per token as the table gives them; N counts parameters, "
        "D training tokens; intervals are 90%.",
    )
