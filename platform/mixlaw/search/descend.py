"""Local search on the simplex: descent by gradients (SLSQP), and a poll of share transfers that needs no gradient."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from scipy.optimize import minimize  # pyright: ignore[reportMissingTypeStubs, reportUnknownVariableType]

from mixlaw.laws.forms import Array
from mixlaw.search.box import Box
from mixlaw.search.objective import MeanLoss, Objective, WorstRatio

_INWARDS = 1e-3
"""How far a start is drawn towards the middle: at a share of 0 a slope can be infinite."""
TRANSFERS, SMALL_TRANSFERS = (0.3, 0.1, 0.03, 0.01, 0.003, 0.001), (0.01, 0.003, 0.001)
"""Shares that a poll moves: from one domain to another, and in random directions."""
_DIRECTIONS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceilings:
    """Limits on the targets' predicted losses, (T,) in the order of the law's weighted targets."""

    losses: MeanLoss
    most: Array

    def allow(self, points: Array) -> Array:
        """(n,) booleans: every target is within its limit at points (n, M)."""
        # Losses of the same mixture differ in the last digit between calls of other lengths.
        return np.all(self.losses.losses(points) <= self.most * (1 + 1e-14), axis=1)


def values_within(objective: Objective, ceilings: Ceilings | None, points: Array) -> Array:
    """(n,) values at points (n, M), infinite where a ceiling is passed."""
    values = objective.values(points)
    return values if ceilings is None else np.where(ceilings.allow(points), values, np.inf)


def descend(
    objective: Objective, box: Box, start: Array, ceilings: Ceilings | None = None, most_iterations: int = 200
) -> Array:
    """(M,) where SLSQP ends from `start`, within the box to the last bit and within the ceilings to about 1e-9."""
    start = _inwards(box, start)
    if isinstance(objective, WorstRatio):
        found = _descend_worst(objective, box, start, ceilings, most_iterations)
    else:
        constraints = [_Limit(kind="eq", value=_excess, gradient=np.ones_like)]
        constraints += [] if ceilings is None else [_room(ceilings)]
        bounds = list(zip(box.lower, box.upper, strict=True))
        found = _slsqp(objective.smooth, objective.gradient, start, bounds, constraints, most_iterations)
    return box.project(found) if np.isfinite(found).all() else start


@dataclass(frozen=True, slots=True, kw_only=True)
class _Limit:
    """value(x) = 0 (eq) or >= 0 (ineq)."""

    kind: str
    value: Callable[[Array], Array | float]
    gradient: Callable[[Array], Array]

    def beside_bound(self) -> _Limit:
        """The same limit on x without its last element."""

        def gradient(x: Array) -> Array:
            inner = self.gradient(x[:-1])
            return np.concatenate([inner, np.zeros((*inner.shape[:-1], 1))], axis=-1)

        return _Limit(kind=self.kind, value=lambda x: self.value(x[:-1]), gradient=gradient)


def _descend_worst(
    objective: WorstRatio, box: Box, start: Array, ceilings: Ceilings | None, most_iterations: int
) -> Array:
    """Minimise t with every ratio at most t: the largest of several is not smooth, its bound is."""

    def slack(x: Array) -> Array:
        return x[-1] - objective.losses.losses(x[None, :-1])[0] / objective.ceilings

    def slack_gradient(x: Array) -> Array:
        slopes = objective.losses.slopes(x[:-1]) / objective.ceilings[:, None]
        return np.hstack([-slopes, np.ones((len(slopes), 1))])

    inner = [_Limit(kind="eq", value=_excess, gradient=np.ones_like), *([_room(ceilings)] if ceilings else [])]
    limits = [_Limit(kind="ineq", value=slack, gradient=slack_gradient), *(limit.beside_bound() for limit in inner)]
    unit = np.append(np.zeros(len(start)), 1.0)
    first = np.append(start, objective.smooth(start))
    bounds = [*zip(box.lower, box.upper, strict=True), (0.0, np.inf)]
    return _slsqp(lambda x: float(x[-1]), lambda _: unit, first, bounds, limits, most_iterations)[:-1]


def poll(
    objective: Objective,
    box: Box,
    p: Array,
    ceilings: Ceilings | None,
    rng: np.random.Generator,
    transfers: tuple[float, ...] = TRANSFERS,
) -> Array:
    """(M,) the best of `p` and mixtures around it, all of them at once: shares moved between every two domains, and
    in random directions, by steps large and small, within all limits."""
    points = np.concatenate([_moved(box, p, transfers), _stepped(box, p, transfers, rng)])
    values = values_within(objective, ceilings, points)
    best = box.settle(points[int(np.argmin(values))])
    kept = ceilings is None or bool(ceilings.allow(best[None])[0])
    return best if kept and objective.values(best[None])[0] < objective.values(p[None])[0] else p


def _moved(box: Box, p: Array, transfers: tuple[float, ...]) -> Array:
    """(n, M): each of the transfers, as far as the bounds allow, from every domain to every other."""
    source, sink = np.nonzero(~np.eye(len(p), dtype=bool))
    most = np.minimum(p[source] - box.lower[source], box.upper[sink] - p[sink])
    amount = np.minimum(np.array(transfers)[:, None], most)
    step, pair = np.nonzero(amount > 1e-6)
    points, rows = np.tile(p, (len(step), 1)), np.arange(len(step))
    points[rows, source[pair]] -= amount[step, pair]
    points[rows, sink[pair]] += amount[step, pair]
    return np.unique(points, axis=0)


def _stepped(box: Box, p: Array, transfers: tuple[float, ...], rng: np.random.Generator) -> Array:
    """(n, M): each of the transfers in random directions that keep the sum."""
    directions = rng.normal(size=(len(transfers) * _DIRECTIONS, len(p)))
    directions -= directions.mean(axis=1, keepdims=True)
    # A transfer of s changes two shares by s: 2 s in all.
    scale = 2 * np.repeat(transfers, _DIRECTIONS) / np.abs(directions).sum(axis=1)
    return box.project_many(p + scale[:, None] * directions)


def _room(ceilings: Ceilings) -> _Limit:
    return _Limit(
        kind="ineq",
        value=lambda p: ceilings.most - ceilings.losses.losses(p[None])[0],
        gradient=lambda p: -ceilings.losses.slopes(p),
    )


def _slsqp(
    value: Callable[[Array], float],
    gradient: Callable[[Array], Array],
    start: Array,
    bounds: list[tuple[Any, Any]],
    limits: list[_Limit],
    most_iterations: int,
) -> Array:
    with np.errstate(all="ignore"):
        result = cast("Callable[..., Any]", minimize)(
            value,
            start,
            jac=gradient,
            method="SLSQP",
            bounds=bounds,
            constraints=[{"type": limit.kind, "fun": limit.value, "jac": limit.gradient} for limit in limits],
            options={"maxiter": most_iterations, "ftol": 1e-12},
        )
    return np.array(result.x, dtype=np.float64)


def _inwards(box: Box, p: Array) -> Array:
    return (1 - _INWARDS) * p + _INWARDS * box.project((box.lower + box.upper) / 2)


def _excess(p: Array) -> float:
    return float(p.sum()) - 1
