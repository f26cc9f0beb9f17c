"""How the law fits: its curves through the runs, and what it leaves unexplained."""

from __future__ import annotations

import numpy as np

from mixlaw.laws import FittedLaw, Observations
from mixlaw.report.blocks import Block, Missing, Picture, Section
from mixlaw.report.evidence import Evidence, law_name
from mixlaw.report.figures.loss_curves import COUNTED, Axis, loss_curves
from mixlaw.report.figures.residuals import residuals
from mixlaw.report.figures.style import render
from mixlaw.report.law_curves import MOST_PANELS, MOST_POINTS, law_panels
from mixlaw.report.residuals import inside, residuals_of, run_noise

ANCHOR, TITLE = "fit", "What the law leaves unexplained"


def fit_section(evidence: Evidence) -> Section:
    """Residuals of the law that predicts, or the command that fits one."""
    law, observed = evidence.predictor, evidence.observed()
    blocks: tuple[Block, ...] = ()
    if law is not None and observed is not None:
        blocks = residual_blocks(law, observed)
    if not blocks:
        blocks = (Missing(what="No law has been fitted.", command=f"mixlaw fit {evidence.out}"),)
    return Section(anchor=ANCHOR, title=TITLE, blocks=blocks)


def residual_blocks(law: FittedLaw, observed: Observations) -> tuple[Block, ...]:
    """The figure of the residuals; nothing without rows that the law describes."""
    found, noise = residuals_of(law, observed), run_noise(law)
    if not found:
        return ()
    n = sum(len(of.percent) for of in found)
    return (
        Picture(
            drawing=render("residuals", residuals(found, noise), f"Residuals of the {law_name(law)} law"),
            caption=f"Each dot is a measured loss, in percent above or below the law ({n} of them, in sample as far as "
            f"the law was fitted to them; {inside(found, noise):.0%} lie in the band of the scatter of a run, ±"
            f"{164.5 * noise:.1f}%). A law of the right form has its medians on the zero line all along: where the "
            "black line leaves it the form errs, and a slope towards an end grows when the law extrapolates.",
            alt="Residuals of the law against N, D and the target's own share, with the band of run noise.",
        ),
    )


def curve_blocks(law: FittedLaw, observed: Observations) -> tuple[Block, ...]:
    """The law's curves over N and over D, whichever varies, through the runs."""
    axes: tuple[Axis, ...] = ("N", "D")
    return tuple(block for axis in axes for block in _curves(law, observed, axis))


def _curves(law: FittedLaw, observed: Observations, axis: Axis) -> tuple[Block, ...]:
    panels = law_panels(law, observed, axis)
    if not panels:
        return ()
    more = len(law.targets) - len(panels)
    rest = f" The first {MOST_PANELS} of {len(law.targets)} targets are shown." if more > 0 else ""
    some = f" Of more than {MOST_POINTS} rows so many are drawn." if len(observed) > MOST_POINTS else ""
    other = "D" if axis == "N" else "N"
    others = f"mixture and {other}" if law.domains else other
    at = " at the runs' mean mixture" if law.domains else ""
    ranges = [max(p.loss for p in panel.points) / min(p.loss for p in panel.points) for panel in panels]
    ends = [p.loss for panel in panels for p in panel.points]
    # Targets that lie far apart would each be a flat line on a common scale.
    own_scale = float(np.log(max(ends) / min(ends))) > 2 * float(np.log(max(ranges)))
    counted = COUNTED if law.columns is None else "parameters"
    figure = loss_curves(panels, axis, own_scale=own_scale, counted=counted)
    picture = Picture(
        drawing=render(f"law_by_{axis}", figure, f"Loss against {axis}"),
        caption=f"Lines: the {law_name(law)} law{at}; bands: its 90% interval. Points: measured "
        f"losses, moved to the nearest line's {others} by the law, so that a point's distance from its line is its "
        f"residual.{some}{rest}",
        alt=f"One panel per target: held-out loss against {axis}, measured points and the law's curves.",
    )
    return (picture,)
