"""Uncertainty: a bootstrap over runs, and 90% intervals that say when they are open.

Each replicate weighs every run with a random weight of mean 1 (the Bayesian bootstrap, Rubin 1981) in place of
drawing runs with replacement: no replicate ever loses the only run of a pair or of the largest model, which small
designs cannot spare. All rows of a run, and all targets, share the run's weight. The weights' variance is
n / (n - P) for n runs and P fitted parameters, because residuals of a fit are smaller than the noise by that factor.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mixlaw.laws.forms import Array

LEVEL = 0.90
"""Of every interval: from the 5% to the 95% quantile."""
_LEAST_SHAPE = 0.25
_OPEN_FRACTION = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A parameter's value and 90% interval. An end that the data leave open is None, and `reason` says why."""

    value: float
    lower: float | None
    upper: float | None
    reason: str = ""

    @property
    def identified(self) -> bool:
        """Both ends are closed: only then is `value` a measurement."""
        return self.lower is not None and self.upper is not None


def run_weights(
    run: npt.NDArray[np.intp], *, n_replicates: int, parameters_per_run: float, rng: np.random.Generator
) -> Array:
    """(R, n) row weights for rows whose run's index is `run` (n,); they sum to n in every replicate.

    `parameters_per_run` is P / n, which sets the weights' variance."""
    shape = max(1 - parameters_per_run, _LEAST_SHAPE)
    weights = rng.gamma(shape, size=(n_replicates, int(run.max()) + 1))[:, run]
    return weights / weights.mean(axis=1, keepdims=True)


def quantiles(values: Array) -> tuple[float, float]:
    """The 90% interval of replicate values; NaN without replicates."""
    if not len(values):
        return float("nan"), float("nan")
    lower, upper = np.quantile(values, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(lower), float(upper)


def row_quantiles(values: Array, n: int) -> Array:
    """(n, 2): the 90% interval of every column of replicate values (R, n); NaN without replicates."""
    if not len(values):
        return np.full((n, 2), np.nan)
    return np.quantile(values, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0).T


def interval(value: float, replicates: Array, *, least: float, most: float, reason: str = "") -> Interval:
    """The 90% interval of a parameter whose fit was limited to [least, most].

    An end is open where more than 5% of the replicates lie on that limit; both are where `reason` is given already
    or there are no replicates.
    """
    if reason or not len(replicates):
        return Interval(value=value, lower=None, upper=None, reason=reason or "fitted without replicates")
    at_least = float(np.mean(replicates <= least)) > _OPEN_FRACTION
    at_most = float(np.mean(replicates >= most)) > _OPEN_FRACTION
    lower, upper = quantiles(replicates)
    reasons = [f"open below: the runs allow {least:g}"] * at_least + [f"open above: the runs allow {most:g}"] * at_most
    return Interval(
        value=value,
        lower=None if at_least else lower,
        upper=None if at_most else upper,
        reason="; ".join(reasons),
    )
