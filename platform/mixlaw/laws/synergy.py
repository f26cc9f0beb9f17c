"""The synergy matrix: what half of another language does to a target, against repeating the target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from mixlaw.laws.forms import Array
from mixlaw.laws.observed.observations import Observations
from mixlaw.trial import LANGUAGES

_NORMAL_90 = 1.6449
_HALF_TOLERANCE = 1e-3
_DISTINCT_TOLERANCE = 0.05

Noise = Literal["seeds", "evaluation"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SynergyMatrix:
    """Percent by which the auxiliary language (column) lowers the target's loss (row) against repeating the target.

    gain = 100 (L(target repeated) - L(target + auxiliary)) / L(target repeated): positive is better. (The paper's
    Eq. 2 is printed with the opposite sign; its Table 1 and text are as here.) NaN where not measured; the diagonal
    is NaN.
    """

    languages: tuple[str, ...]
    gain: Array
    """(K, K) percent."""
    se: Array
    """(K, K) standard error, percent."""
    baseline: Array
    """(K,) loss of the repeated target, nats per token."""
    noise: Noise
    """What `se` is made of: `seeds`, the scatter between runs of several seeds; `evaluation`, only the sampling error
    of the held-out rows, taken as independent between the two runs. The latter leaves out the scatter of training
    and can be too small."""

    @property
    def lower(self) -> Array:
        """(K, K) lower end of the 90% interval, percent."""
        return self.gain - _NORMAL_90 * self.se

    @property
    def upper(self) -> Array:
        """(K, K) upper end of the 90% interval, percent."""
        return self.gain + _NORMAL_90 * self.se


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mean:
    """Mean loss of n equal runs and the evaluation's standard error of that mean."""

    loss: float
    evaluation_se: float
    n: int


def synergy_matrix(observed: Observations, languages: Sequence[str] = LANGUAGES) -> SynergyMatrix:
    """From the 50:50 bilingual runs and, at the same N and D, the runs that repeat one language alone.

    A repeated run is recognised by its distinct tokens: as many of the target as the bilingual run saw. Runs at
    several scales are averaged where both kinds exist.
    """
    k = len(languages)
    gain, variance_evaluation, variance_seeds = (np.full((k, k), np.nan) for _ in range(3))
    baseline = np.full(k, np.nan)
    noise = _seed_noise(observed, languages)
    for i, target in enumerate(languages):
        for j, auxiliary in enumerate(languages):
            pair = _pair(observed, target, auxiliary) if i != j else None
            if pair is None:
                continue
            repeated, mixed = pair
            baseline[i] = repeated.loss
            gain[i, j] = 100 * (1 - mixed.loss / repeated.loss)
            parts = [(mixed, 1.0), (repeated, mixed.loss / repeated.loss)]
            scale = (100 / repeated.loss) ** 2
            variance_evaluation[i, j] = scale * sum((f * mean.evaluation_se) ** 2 for mean, f in parts)
            variance_seeds[i, j] = scale * sum(f**2 * noise**2 * mean.loss**2 / mean.n for mean, f in parts)
    has_seeds = noise > 0
    return SynergyMatrix(
        languages=tuple(languages),
        gain=gain,
        se=np.sqrt(variance_seeds if has_seeds else variance_evaluation),
        baseline=baseline,
        noise="seeds" if has_seeds else "evaluation",
    )


def _pair(observed: Observations, target: str, auxiliary: str) -> tuple[_Mean, _Mean] | None:
    """Mean loss of the target repeated and of the target with the auxiliary, or None where not both were run."""
    own, other = observed.own(target), observed.own(auxiliary)
    if own is None or other is None:
        return None
    ok, shares = observed.measured(target), observed.shares
    mixed = np.flatnonzero(
        ok & (np.abs(shares[:, own] - 0.5) < _HALF_TOLERANCE) & (np.abs(shares[:, other] - 0.5) < _HALF_TOLERANCE)
    )
    distinct = observed.D * shares[:, own] / np.maximum(observed.epochs[:, own], 1.0)
    alone = np.flatnonzero(ok & observed.single(target))
    matches = [(a, m) for m in mixed for a in alone if _same_setting(observed, distinct, int(a), int(m))]
    if not matches:
        return None
    repeated_rows, mixed_rows = (sorted({int(match[side]) for match in matches}) for side in (0, 1))
    return _mean(observed, target, repeated_rows), _mean(observed, target, mixed_rows)


def _same_setting(observed: Observations, distinct: Array, alone: int, mixed: int) -> bool:
    same_scale = observed.N[alone] == observed.N[mixed] and observed.D[alone] == observed.D[mixed]
    return bool(same_scale and abs(distinct[alone] / distinct[mixed] - 1) < _DISTINCT_TOLERANCE)


def _mean(observed: Observations, target: str, rows: list[int]) -> _Mean:
    loss, se = observed.losses[target][rows], observed.loss_se[target][rows]
    return _Mean(
        loss=float(loss.mean()),
        evaluation_se=float(np.sqrt(np.sum(se**2))) / len(rows),
        n=len(rows),
    )


def _seed_noise(observed: Observations, languages: Sequence[str]) -> float:
    """Relative standard deviation between runs that differ only in seed, pooled over all; 0 where there are none."""
    squares, freedom = 0.0, 0
    keys = np.column_stack([observed.N, observed.D, observed.shares.round(6), observed.epochs.round(3)])
    _, group = np.unique(keys, axis=0, return_inverse=True)
    for target in languages:
        if target not in observed.losses:
            continue
        loss, ok = observed.losses[target], observed.measured(target)
        for g in np.unique(group[ok]):
            values = loss[ok & (group == g)]
            if len(values) > 1:
                squares += float(np.sum((values / values.mean() - 1) ** 2))
                freedom += len(values) - 1
    return float(np.sqrt(squares / freedom)) if freedom else 0.0
