"""pass@k, its intervals, and the paired comparison of two sets of results.

A table of scores has a row per problem and a column per language, NaN where a language lacks the problem. Problems, and
not samples, are the units that are drawn anew: HumanEval_0 in seven languages is one problem, so a mean over languages
draws whole rows.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

Floats = NDArray[np.float64]

DRAWS = 10_000
"""Resamples behind an interval, and permutations behind a p-value."""
LEVEL = 0.95
"""Coverage of the intervals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A mean over problems with its 95% interval; NaN for what cannot be known."""

    value: float
    lower: float
    upper: float
    problems: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A mean difference over paired problems, its 95% interval, and the two-sided p-value of no difference."""

    value: float
    lower: float
    upper: float
    p_value: float
    problems: int


def pass_at_k(samples: ArrayLike, passed: ArrayLike, k: int) -> Floats:
    """Probability that at least one of k samples passes, estimated without bias from n of which c passed.

    1 - C(n - c, k) / C(n, k) (Chen et al. 2021, arXiv:2107.03374, Eq. 1), for arrays of n and c of one shape. NaN where
    n < k: too few samples say nothing about pass@k, and never 1. Raises ValueError for k < 1 or not 0 <= c <= n.
    """
    n, c = np.broadcast_arrays(np.asarray(samples, np.float64), np.asarray(passed, np.float64))
    if k < 1 or np.any(c < 0) or np.any(c > n):
        raise ValueError(f"pass@k needs k >= 1 and 0 <= passed <= samples, got k = {k}, {passed} of {samples}")
    drawn = np.arange(k, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        # C(n - c, k) / C(n, k) as k factors: no large factorials.
        factors = np.clip(n[..., None] - c[..., None] - drawn, 0, None) / (n[..., None] - drawn)
        found = 1 - factors.prod(axis=-1)
    return np.where(n >= k, found, np.nan)


def estimate(scores: ArrayLike, *, seed: int = 0, draws: int = DRAWS) -> Estimate:
    """Mean over languages of the mean over problems, with a bootstrap interval over problems.

    `scores`: (problems,) of one language, or (problems, languages) with NaN for absent ones. A problem with no score at
    all is left out; a language with no score at all makes the mean NaN. Where every problem scores 0, or every one 1,
    a bootstrap sees no spread: the interval is then the exact (Clopper-Pearson) one for that many problems.
    """
    table = _table(scores)
    value = _macro_mean(table)
    if math.isnan(value) or not len(table):
        return Estimate(value=math.nan, lower=math.nan, upper=math.nan, problems=len(table))
    lower, upper = _exact(value, len(table)) if value in (0.0, 1.0) else _percentiles(_resampled(table, seed, draws))
    return Estimate(value=value, lower=lower, upper=upper, problems=len(table))


def paired_difference(first: ArrayLike, second: ArrayLike, *, seed: int = 0, draws: int = DRAWS) -> Difference:
    """Mean of `first` - `second` over the problems (and languages) that both have.

    Shapes as in `estimate`, rows and columns of one meaning. The interval is a bootstrap over problems. The p-value is
    that of a sign-flip permutation test: without a difference, the two results of a problem (in all its languages)
    could be exchanged; (1 + draws at least as far from 0) / (1 + draws). NaN when no problem is in both.
    """
    a, b = np.asarray(first, np.float64), np.asarray(second, np.float64)
    if a.shape != b.shape:
        raise ValueError(f"paired results must have one shape, got {a.shape} and {b.shape}")
    table = _table(a - b)
    value = _macro_mean(table)
    if math.isnan(value) or not len(table):
        return Difference(value=math.nan, lower=math.nan, upper=math.nan, p_value=math.nan, problems=len(table))
    lower, upper = _percentiles(_resampled(table, seed, draws))
    return Difference(
        value=value, lower=lower, upper=upper, p_value=_p_value(table, value, seed, draws), problems=len(table)
    )


def _table(scores: ArrayLike) -> Floats:
    """(problems, languages) without the problems that no language has."""
    table = np.asarray(scores, np.float64)
    table = table[:, None] if table.ndim == 1 else table
    return table[~np.isnan(table).all(axis=1)]


def _macro_mean(table: Floats) -> float:
    present = ~np.isnan(table)
    counts = present.sum(axis=0)
    if not len(counts) or not counts.all():
        return math.nan
    return float((np.nan_to_num(table).sum(axis=0) / counts).mean())


def _resampled(table: Floats, seed: int, draws: int) -> Floats:
    """Macro means of `draws` resamples: row weights times scores, over row weights times presence."""
    n = len(table)
    weights = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=draws).astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        means = (weights @ np.nan_to_num(table)) / (weights @ (~np.isnan(table)).astype(np.float64))
    return np.nanmean(means, axis=1)


def _p_value(table: Floats, value: float, seed: int, draws: int) -> float:
    signs = np.random.default_rng(seed).choice(np.array([-1.0, 1.0]), size=(draws, len(table)))
    contribution = (np.nan_to_num(table) / (~np.isnan(table)).sum(axis=0)).mean(axis=1)
    # Ties with the value itself count: compare with a tolerance for the order of summation.
    at_least = np.abs(signs @ contribution) >= abs(value) - 1e-12
    return float((1 + at_least.sum()) / (1 + draws))


def _percentiles(means: Floats) -> tuple[float, float]:
    tail = 50 * (1 - LEVEL)
    lower, upper = (float(cast(Any, np.nanpercentile(means, level))) for level in (tail, 100 - tail))
    return lower, upper


def _exact(value: float, problems: int) -> tuple[float, float]:
    """Clopper-Pearson interval of 0 or all of `problems`."""
    found = stats.binomtest(round(value * problems), problems).proportion_ci(LEVEL, method="exact")
    return float(cast(Any, found).low), float(cast(Any, found).high)
