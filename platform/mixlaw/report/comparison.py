"""Recommended against uniform as measured: runs paired by size, budget and seed, and their differences."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from scipy.stats import t  # pyright: ignore[reportMissingTypeStubs]

from mixlaw.report.figures.mixtures import MEAN, LossDifference
from mixlaw.trial import DOMAINS, MEASURED

SAME_SHARE = 1e-3
"""Shares are rounded to four digits when the recommendation is trained."""
LEVEL = 0.90


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One measured run of one mixture: losses and their standard errors by domain, nats per token."""

    N: float
    D: float
    flops: float
    seed: int
    shares: Mapping[str, float]
    losses: Mapping[str, float]
    errors: Mapping[str, float]

    def mean(self, weights: Mapping[str, float]) -> float:
        """Weighted mean over the targets; weights sum to 1."""
        return sum(w * self.losses[d] for d, w in weights.items())

    def mean_error(self, weights: Mapping[str, float]) -> float:
        """Its standard error: different languages' held-out rows are independent."""
        return math.sqrt(sum((w * self.errors[d]) ** 2 for d, w in weights.items()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Both mixtures at the same size, budget and seed."""

    recommended: Run
    uniform: Run


def runs_of(results: pl.DataFrame, shares: Mapping[str, float], label: str) -> list[Run]:
    """The finished runs whose shares are these to within rounding, or else those of the allocation study so labelled.

    The second is for a folder whose recommendation was made anew after it was trained.
    """
    same = pl.all_horizontal(
        (pl.col(f"share_{d}").fill_null(0.0) - shares.get(d, 0.0)).abs() <= SAME_SHARE for d in DOMAINS
    )
    rows = results.filter(same)
    if rows.is_empty():
        rows = results.filter(pl.col("study") == "allocation", pl.col("label") == label)
    return [_run(row) for row in rows.iter_rows(named=True)]


def _run(row: Mapping[str, Any]) -> Run:
    known = [d for d in MEASURED if row[f"loss_{d}"] is not None]
    return Run(
        N=float(row["params_non_embedding"]),
        D=float(row["train_tokens"]),
        flops=float(row["flops"]),
        seed=int(row["seed"]),
        shares={d: float(row[f"share_{d}"] or 0.0) for d in DOMAINS if row[f"share_{d}"]},
        losses={d: float(row[f"loss_{d}"]) for d in known},
        errors={d: float(math.nan if row[f"loss_se_{d}"] is None else row[f"loss_se_{d}"]) for d in known},
    )


def largest_pairs(recommended: Sequence[Run], uniform: Sequence[Run]) -> list[Pair]:
    """The pairs of the largest compute at which both mixtures were run; empty if there is none."""
    others = {(run.N, run.D, run.seed): run for run in uniform}
    pairs = [
        Pair(recommended=run, uniform=others[run.N, run.D, run.seed])
        for run in recommended
        if (run.N, run.D, run.seed) in others
    ]
    top = max((pair.recommended.flops for pair in pairs), default=0.0)
    return sorted((p for p in pairs if p.recommended.flops == top), key=lambda p: p.recommended.seed)


def differences(
    pairs: Sequence[Pair], weights: Mapping[str, float], predicted: Mapping[str, float]
) -> list[LossDifference]:
    """Recommended minus uniform, nats per token, of the weighted mean and of each target, with 90% intervals.

    `predicted` is by domain, `MEAN` for the mean. From two seeds on the intervals are Student's t over seeds,
    paired by seed; the noise between seeds is taken as alike for all languages and pooled (the mean has its
    own). With one seed they come from the standard errors over held-out rows, as if the runs were scored on
    different rows, which they are not: wide for that part, and blind to the noise between seeds.
    """
    by_target = {d: _Values.of(pairs, {d: 1.0}) for d in weights}
    pooled = math.sqrt(float(np.mean([v.seed_sd**2 for v in by_target.values()])))
    mean = _Values.of(pairs, weights)
    rows = [_difference(MEAN, mean, mean.seed_sd, len(pairs) - 1, predicted)]
    freedom = (len(pairs) - 1) * len(by_target)
    return rows + [_difference(d, values, pooled, freedom, predicted) for d, values in by_target.items()]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Values:
    """One quantity's difference for each pair, and its standard error over held-out rows."""

    differences: tuple[float, ...]
    sampling: float

    @classmethod
    def of(cls, pairs: Sequence[Pair], weights: Mapping[str, float]) -> _Values:
        errors = [math.hypot(p.recommended.mean_error(weights), p.uniform.mean_error(weights)) for p in pairs]
        return cls(
            differences=tuple(p.recommended.mean(weights) - p.uniform.mean(weights) for p in pairs),
            sampling=float(np.mean(errors)),
        )

    @property
    def seed_sd(self) -> float:
        """Between seeds; 0 for one seed, which says nothing about it."""
        return float(np.std(self.differences, ddof=1)) if len(self.differences) > 1 else 0.0


def _difference(
    name: str, values: _Values, seed_sd: float, freedom: int, predicted: Mapping[str, float]
) -> LossDifference:
    n = len(values.differences)
    half = _quantile(freedom) * seed_sd / math.sqrt(n) if n > 1 else _quantile(math.inf) * values.sampling
    centre = float(np.mean(values.differences))
    return LossDifference(
        domain=name,
        difference=centre,
        lower=centre - half,
        upper=centre + half,
        predicted=predicted.get(name, math.nan),
    )


def _quantile(freedom: float) -> float:
    """Of Student's t for a central interval of `LEVEL`; infinite freedom is the normal distribution."""
    return float(t.ppf((1 + LEVEL) / 2, freedom))  # pyright: ignore[reportUnknownMemberType]


def interval_basis(n_seeds: int) -> str:
    """In words, what the intervals of `differences` rest on."""
    if n_seeds > 1:
        return (
            f"90% intervals over {n_seeds} seeds (paired by seed, Student's t; for single languages the "
            "noise between seeds is pooled over languages)"
        )
    return (
        "90% intervals from the standard errors over held-out rows of one seed: they do not cover the noise "
        "between seeds, so a difference that excludes 0 can still be chance; run more seeds to tell"
    )
