"""What the search minimises: the weighted mean of the targets' predicted losses, or a cautious view of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from mixlaw.laws import FittedLaw, Form
from mixlaw.laws.evaluate import loss_on_mixture, share_gradient, token_gradient
from mixlaw.laws.forms import Array
from mixlaw.laws.repetition import AS_PUBLISHED, Repetition

LOWER = 0.05
"""The quantile of the gain over the bootstrap laws that a cautious search raises."""
_LEAST_SHARE = 1e-9
_STEEPEST = 1e6
_KERNEL = 0.02
"""Width, in quantiles, of the kernel that makes the quantile smooth enough to descend."""


class Objective(Protocol):
    """What is minimised over mixtures p, in nats."""

    def values(self, points: Array) -> Array:
        """(n,) at points (n, M); infinity where the law gives no number."""
        ...

    def smooth(self, p: Array) -> float:
        """What a descent by gradients follows: `values` or a smooth stand-in for it."""
        ...

    def gradient(self, p: Array) -> Array:
        """(M,) derivatives of `smooth`, finite."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class MeanLoss:
    """Mean loss of the targets at N parameters and D tokens under one set of forms (the point law or a replicate)."""

    law: FittedLaw
    forms: Mapping[str, Form]
    N: float
    D: float
    weights: Mapping[str, float]
    """By target, summing to 1."""
    unique: Array | None = None
    """(M,) distinct tokens of each domain, inf for no limit; None counts repeated tokens in full."""
    repetition: Repetition = AS_PUBLISHED

    def losses(self, points: Array) -> Array:
        """(n, T) nats per token of each weighted target at points (n, M); infinity where the law gives no number."""
        N, D = np.full(len(points), self.N), np.full(len(points), self.D)
        with np.errstate(all="ignore"):
            columns = [
                loss_on_mixture(self.forms[t], self.law.own(t), N, D, points, self.unique, self.repetition)
                for t in self.weights
            ]
        losses = np.stack(columns, axis=1)
        return np.where(np.isfinite(losses), losses, np.inf)

    def slopes(self, p: Array) -> Array:
        """(T, M) derivatives of each target's loss by the shares.

        A slope that is infinite at a share of 0 is a steep one here: the search then leaves that 0.
        """
        return self._derivatives(p, share_gradient)

    def by_token(self, p: Array) -> Array:
        """(T, M) derivatives of each target's loss by one more token of each domain, at fixed N."""
        return self._derivatives(p, token_gradient)

    def _derivatives(self, p: Array, of: _Derivative) -> Array:
        N, D, at = np.array([self.N]), np.array([self.D]), np.maximum(p, _LEAST_SHARE)[None]
        with np.errstate(all="ignore"):
            rows = [of(self.forms[t], self.law.own(t), N, D, at, self.unique, self.repetition)[0] for t in self.weights]
        return np.clip(np.nan_to_num(np.stack(rows), nan=0.0), -_STEEPEST, _STEEPEST)

    def values(self, points: Array) -> Array:
        """(n,) weighted means, nats per token."""
        return self.losses(points) @ np.array(list(self.weights.values()))

    def smooth(self, p: Array) -> float:
        """The weighted mean at p (M,)."""
        return float(self.values(p[None])[0])

    def gradient(self, p: Array) -> Array:
        """(M,) derivatives of the weighted mean by the shares."""
        return np.array(list(self.weights.values())) @ self.slopes(p)


class _Derivative(Protocol):
    def __call__(
        self, form: Form, own: int | None, N: Array, D: Array, p: Array, unique: Array | None, repetition: Repetition, /
    ) -> Array: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class LowerGain:
    """Minus the lower quantile, over bootstrap laws, of how much lower the mean loss is than at the reference."""

    replicates: tuple[MeanLoss, ...]
    at_reference: Array
    """(R,) mean loss of the reference under each of them."""

    @classmethod
    def over(cls, replicates: tuple[MeanLoss, ...], reference: Array) -> LowerGain:
        """Against a reference mixture (M,)."""
        return cls(replicates=replicates, at_reference=np.array([r.smooth(reference) for r in replicates]))

    def gains(self, points: Array) -> Array:
        """(R, n) nats."""
        return self.at_reference[:, None] - np.array([r.values(points) for r in self.replicates])

    def values(self, points: Array) -> Array:
        """(n,) minus the lower quantile of the gain, nats."""
        return -np.quantile(self.gains(points), LOWER, axis=0)

    def smooth(self, p: Array) -> float:
        """Minus the mean of the gains around that quantile: ranks are weighed by a narrow normal kernel."""
        return -float(np.sort(self.gains(p[None])[:, 0]) @ self._rank_weights())

    def gradient(self, p: Array) -> Array:
        """(M,) derivatives of `smooth`."""
        order, weights = np.argsort(self.gains(p[None])[:, 0]), self._rank_weights()
        counted = [(float(w), self.replicates[int(r)]) for w, r in zip(weights, order, strict=True) if w > 0]
        return np.sum([w * replicate.gradient(p) for w, replicate in counted], axis=0)

    def _rank_weights(self) -> Array:
        n = len(self.replicates)
        away = (np.arange(n) / max(n - 1, 1) - LOWER) / max(_KERNEL, 1 / n)
        weights = np.exp(-(away**2) / 2)
        weights[weights < 1e-3 * weights.max()] = 0.0
        return weights / weights.sum()


@dataclass(frozen=True, slots=True, kw_only=True)
class WorstRatio:
    """The largest ratio of a target's loss to its ceiling: at most 1 when every target keeps to it."""

    losses: MeanLoss
    ceilings: Array
    """(T,) nats per token."""

    def values(self, points: Array) -> Array:
        """(n,) ratios."""
        return (self.losses.losses(points) / self.ceilings).max(axis=1)

    def smooth(self, p: Array) -> float:
        """The largest ratio at p (M,); its descent needs `mixlaw.search.worst`, for the largest changes hands."""
        return float(self.values(p[None])[0])

    def gradient(self, p: Array) -> Array:
        """(M,) derivatives of the largest ratio."""
        worst = int((self.losses.losses(p[None])[0] / self.ceilings).argmax())
        return self.losses.slopes(p)[worst] / self.ceilings[worst]
