"""What the search minimises: the weighted mean of the targets' predicted losses, and how it is polished."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from scipy.optimize import minimize  # pyright: ignore[reportMissingTypeStubs, reportUnknownVariableType]

from mixlaw.laws import FittedLaw, Form
from mixlaw.laws.evaluate import share_gradient
from mixlaw.laws.forms import Array
from mixlaw.search.constraints import Box

_ITERATIONS = 200
_SLACK = 1e-9
"""Nats by which a target may exceed its limit: the rounding of its own prediction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeanLoss:
    """Mean loss of the targets at N parameters and D tokens under one set of forms (the point law or a replicate)."""

    law: FittedLaw
    forms: Mapping[str, Form]
    N: float
    D: float
    weights: Mapping[str, float]
    """By target, summing to 1."""

    def target_losses(self, p: Array) -> dict[str, float]:
        """Nats per token of each weighted target at shares p (M,)."""
        N, D = np.array([self.N]), np.array([self.D])
        return {t: float(self.law.loss(self.forms, t, N, D, p[None])[0]) for t in self.weights}

    def value(self, p: Array) -> float:
        """Weighted mean, nats per token."""
        losses = self.target_losses(p)
        return sum(w * losses[t] for t, w in self.weights.items())

    def target_gradient(self, target: str, p: Array) -> Array:
        """(M,) derivatives of one target's loss by the shares."""
        N, D = np.array([self.N]), np.array([self.D])
        return share_gradient(self.forms[target], self.law.own(target), N, D, p[None])[0]

    def gradient(self, p: Array) -> Array:
        """(M,) derivatives of `value` by the shares."""
        return np.sum([w * self.target_gradient(t, p) for t, w in self.weights.items()], axis=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Minimise the mean loss within a box, optionally with no target's loss more than a factor above a reference's."""

    objective: MeanLoss
    box: Box
    reference: Array
    """(M,) within the box."""
    worst_ratio: float | None
    """1.01 lets every target be 1% worse than at the reference; None does not ask."""

    def allowed(self, p: Array) -> bool:
        """Whether every target is within its limit (the box aside)."""
        if self.worst_ratio is None:
            return True
        here, there = self.objective.target_losses(p), self.objective.target_losses(self.reference)
        return all(here[t] <= self.worst_ratio * there[t] + _SLACK for t in here)

    def polish(self, starts: Sequence[Array]) -> Array:
        """(M,) the best mixture that gradient descent (SLSQP) reaches from the starts; within all limits."""
        candidates = [self._into_limits(self._descend(start)) for start in starts]
        candidates += [p for p in (*starts, self.reference) if self.allowed(p)]
        return min(candidates, key=self.objective.value)

    def _descend(self, start: Array) -> Array:
        constraints: list[dict[str, Any]] = [{"type": "eq", "fun": _excess, "jac": np.ones_like}]
        constraints += self._target_constraints()
        bounds = list(zip(self.box.lower, self.box.upper, strict=True))
        with np.errstate(all="ignore"):
            result = cast("Callable[..., Any]", minimize)(
                self.objective.value,
                start,
                jac=self.objective.gradient,
                method="SLSQP",
                bounds=bounds,
                constraints=constraints,
                options={"maxiter": _ITERATIONS, "ftol": 1e-12},
            )
        found = np.array(result.x, dtype=np.float64)
        return self.box.project(found) if np.isfinite(found).all() else start

    def _target_constraints(self) -> list[dict[str, Any]]:
        if self.worst_ratio is None:
            return []
        ratio, objective = self.worst_ratio, self.objective
        limits = {t: ratio * loss for t, loss in objective.target_losses(self.reference).items()}

        def room(p: Array) -> Array:
            losses = objective.target_losses(p)
            return np.array([limits[t] - losses[t] for t in limits])

        def room_gradient(p: Array) -> Array:
            return -np.stack([objective.target_gradient(t, p) for t in limits])

        return [{"type": "ineq", "fun": room, "jac": room_gradient}]

    def _into_limits(self, p: Array) -> Array:
        """Back towards the reference, which is always allowed, as little as is needed."""
        if self.allowed(p):
            return p
        low, high = 0.0, 1.0
        for _ in range(60):
            middle = (low + high) / 2
            inside = self.allowed(self.box.project(p + middle * (self.reference - p)))
            low, high = (low, middle) if inside else (middle, high)
        return self.box.project(p + high * (self.reference - p))


def _excess(p: Array) -> float:
    return float(p.sum()) - 1
