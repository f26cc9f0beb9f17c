"""Loss against model size and against data for each language alone (the paper's Figure 2)."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import polars as pl

from mixlaw.laws import FittedLaw
from mixlaw.report.blocks import Block, Missing, Paragraph, Picture, Section
from mixlaw.report.evidence import Evidence, law_name
from mixlaw.report.figures.loss_curves import Axis, LossCurve, LossPanel, LossPoint, loss_curves
from mixlaw.report.figures.style import render
from mixlaw.report.sections.fit import curve_blocks
from mixlaw.trial import MEASURED

ANCHOR, TITLE = "losses", "Loss against model size and data"
_ALONE = 0.999
_REPEATED = 1.05
"""Passes over the distinct tokens from which data counts as repeated."""
_N_CURVE = 48
_MARGIN = 1.12
_AXES: tuple[Axis, ...] = ("N", "D")


def losses(evidence: Evidence) -> Section:
    """Small multiples over N and over D, with the fitted law where there is one."""
    blocks: list[Block] = []
    law = evidence.chosen or evidence.law("chinchilla", "transfer")
    for axis in _AXES:
        panels = loss_panels(evidence.finished, law, axis)
        if panels:
            blocks.append(_picture(panels, axis, law))
    if not blocks:
        # Without a language trained on alone: the runs of all mixtures, brought to one.
        observed = evidence.observed() if law is not None else None
        through = curve_blocks(law, observed) if law is not None and observed is not None else ()
        blocks += [*through, _nothing_alone(evidence)]
    elif law is None:
        blocks.append(Missing(what="No law has been fitted: points only.", command=f"mixlaw fit {evidence.out}"))
    else:
        blocks.insert(0, Paragraph(text=_basis(law)))
    return Section(anchor=ANCHOR, title=TITLE, blocks=tuple(blocks))


def _nothing_alone(evidence: Evidence) -> Missing:
    command = f"mixlaw run single-language --corpus CORPUS --out {evidence.out}"
    return Missing(what="No language has been trained on alone.", command=command)


def _basis(law: FittedLaw) -> str:
    return (
        f"Runs on one language at a time, and the {law_name(law)} law with the 90% interval of its bootstrap. "
        "The band is the uncertainty of the law; single runs scatter around it as well."
    )


def loss_panels(finished: pl.DataFrame, law: FittedLaw | None, axis: Axis) -> list[LossPanel]:
    """A panel for each domain that was trained on alone, with the law's curves where it knows the domain."""
    panels: list[LossPanel] = []
    for domain in MEASURED:
        points = _points(finished, domain)
        if points:
            known = law is not None and domain in law.targets and domain in law.domains
            curves = _curves(law, domain, points, axis) if law is not None and known else ()
            panels.append(LossPanel(domain=domain, points=points, curves=curves))
    return panels


def _points(finished: pl.DataFrame, domain: str) -> tuple[LossPoint, ...]:
    alone = finished.filter(pl.col(f"share_{domain}") >= _ALONE, pl.col(f"loss_{domain}").is_finite())
    return tuple(
        LossPoint(
            N=float(row["params_non_embedding"]),
            D=float(row["train_tokens"]),
            loss=row[f"loss_{domain}"],
            se=math.nan if row[f"loss_se_{domain}"] is None else row[f"loss_se_{domain}"],
            repeated=(row[f"epochs_{domain}"] or 1.0) > _REPEATED,
        )
        for row in alone.sort("params_non_embedding", "train_tokens").iter_rows(named=True)
    )


def _curves(law: FittedLaw, domain: str, points: Sequence[LossPoint], axis: Axis) -> tuple[LossCurve, ...]:
    along = [point.along(axis) for point in points]
    x = np.geomspace(min(along) / _MARGIN, max(along) * _MARGIN, _N_CURVE)
    p = np.tile(law.shares({domain: 1.0}), (_N_CURVE, 1))
    curves: list[LossCurve] = []
    for level in sorted({point.across(axis) for point in points if not point.repeated}):
        other = np.full(_N_CURVE, level)
        N, D = (x, other) if axis == "N" else (other, x)
        rows = law.predict_rows(N, D, p, {domain: 1.0})
        curves.append(LossCurve(level=level, x=x, loss=rows[:, 0], lower=rows[:, 1], upper=rows[:, 2]))
    return tuple(curves)


def _picture(panels: Sequence[LossPanel], axis: Axis, law: FittedLaw | None) -> Picture:
    against = "non-embedding parameters N" if axis == "N" else "training tokens D"
    fitted = f" Lines: the {law_name(law)} law; bands: its 90% interval." if law else ""
    repeated = any(point.repeated for panel in panels for point in panel.points)
    hollow = " Hollow points repeat their data, which the law does not describe." if repeated else ""
    return Picture(
        drawing=render(f"loss_by_{axis}", loss_curves(panels, axis), f"Loss of each language alone against {axis}"),
        caption=f"Held-out loss of each language trained alone against {against}; logarithmic axes, the same for all "
        f"panels. Bars at points: 90% interval over held-out rows.{fitted}{hollow}",
        alt=f"One panel per language: held-out loss falls with {against}.",
    )
