"""Residuals of a law, target by target: what the figures and the sentence under them rest on."""

from __future__ import annotations

import numpy as np

from mixlaw.laws import FittedLaw, Observations
from mixlaw.report.figures.residuals import TargetResiduals
from mixlaw.report.predicted import shares_in_order, target_rows


def residuals_of(law: FittedLaw, observed: Observations) -> tuple[TargetResiduals, ...]:
    """The rows that the law describes, without runs that repeat their data; targets without any are left out."""
    fresh = observed.keep(observed.fresh)
    found = (_of_target(law, fresh, target) for target in law.targets)
    return tuple(of for of in found if len(of.percent))


def _of_target(law: FittedLaw, observed: Observations, target: str) -> TargetResiduals:
    rows, measured = target_rows(law, observed, target)
    p, own = shares_in_order(law, rows), law.own(target)
    predicted = law.loss(law.point, target, rows.N, rows.D, p)
    # A linear regression can predict a negative loss, which has no logarithm: infinitely far off, beyond any frame.
    ratio = np.divide(measured, predicted, out=np.full(len(rows), np.inf), where=predicted > 0)
    return TargetResiduals(
        target=target,
        N=rows.N,
        D=rows.D,
        share=np.full(len(rows), np.nan) if own is None else p[:, own],
        predicted=predicted,
        percent=100 * np.log(ratio),
    )


def run_noise(law: FittedLaw) -> float:
    """Scatter of a single run around the law: the median over targets of the log residual's standard deviation."""
    return float(np.median([law.report[target].noise for target in law.targets]))


def inside(targets: tuple[TargetResiduals, ...], noise: float) -> float:
    """Fraction of the rows within the 90% band of `noise`."""
    percent = np.concatenate([of.percent for of in targets])
    return float(np.mean(np.abs(percent) <= 164.5 * noise))
