"""A law's curves through runs of many scales and mixtures, brought to common ones so that they can share a panel."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from mixlaw.laws import FittedLaw, Observations
from mixlaw.report.figures.loss_curves import Axis, LossCurve, LossPanel, LossPoint
from mixlaw.report.figures.style import thinned
from mixlaw.report.predicted import shares_in_order, target_rows

MOST_PANELS = 11
_LEVELS = 4
_SAME = 1.02
"""Values within this factor are one level."""
_N_CURVE = 40
_MARGIN = 1.1
MOST_POINTS = 240
"""Of a panel: of more, as many are drawn at random."""

Array = npt.NDArray[np.float64]


def law_panels(law: FittedLaw, observed: Observations, axis: Axis) -> list[LossPanel]:
    """A panel per target, at most `MOST_PANELS`: losses along N or D, at a few levels of the other variable.

    Each measured loss is multiplied by what the law says its step to the panel's mixture (the mean over the rows) and
    to the nearest level is worth, so that its distance from the curve is its residual; a run of that mixture and level
    stays where it was measured. Empty where N or D does not vary along the axis.
    """
    fresh = observed.keep(observed.fresh)
    if not (fresh.varies_N if axis == "N" else fresh.varies_D):
        return []
    panels = (_panel(law, fresh, target, axis) for target in law.targets[:MOST_PANELS])
    return [panel for panel in panels if panel is not None]


def _panel(law: FittedLaw, observed: Observations, target: str, axis: Axis) -> LossPanel | None:
    rows, measured = target_rows(law, observed, target)
    if not len(rows):
        return None
    shares = shares_in_order(law, rows)
    mixture = shares.mean(axis=0)
    across = rows.D if axis == "N" else rows.N
    levels = _levels(across)
    nearest = levels[np.argmin(np.abs(np.log(across[:, None] / levels)), axis=1)]
    N, D = (rows.N, nearest) if axis == "N" else (nearest, rows.D)
    moved = law.loss(law.point, target, N, D, np.tile(mixture, (len(rows), 1)))
    factor = moved / law.loss(law.point, target, rows.N, rows.D, shares)
    spread = rows.loss_se.get(target, np.full(len(rows), np.nan))
    points = [
        LossPoint(N=float(n), D=float(d), loss=float(loss), se=float(se))
        for n, d, loss, se in zip(N, D, measured * factor, spread * factor, strict=True)
    ]
    along = rows.N if axis == "N" else rows.D
    curves = [_curve(law, target, mixture, axis, along[nearest == level], float(level)) for level in np.unique(nearest)]
    drawn = tuple(points[i] for i in thinned(len(points), MOST_POINTS))
    return LossPanel(domain=target, points=drawn, curves=tuple(curves))


def _levels(values: Array) -> Array:
    """The distinct values if they are few, or else the middles of equally filled bins; ascending."""
    ordered = np.sort(values)
    starts = np.flatnonzero(np.r_[True, ordered[1:] > ordered[:-1] * _SAME])
    if len(starts) <= _LEVELS + 1:
        return np.array([float(np.median(part)) for part in np.split(ordered, starts[1:])])
    return np.unique([float(np.median(part)) for part in np.array_split(ordered, _LEVELS)])


def _curve(law: FittedLaw, target: str, mixture: Array, axis: Axis, along: Array, level: float) -> LossCurve:
    x: Array = np.geomspace(float(along.min()) / _MARGIN, float(along.max()) * _MARGIN, _N_CURVE)
    other = np.full(_N_CURVE, level)
    N, D = (x, other) if axis == "N" else (other, x)
    rows = law.predict_rows(N, D, np.tile(mixture, (_N_CURVE, 1)), {target: 1.0})
    return LossCurve(level=level, x=x, loss=rows[:, 0], lower=rows[:, 1], upper=rows[:, 2])
