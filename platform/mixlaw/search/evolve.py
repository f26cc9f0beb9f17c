"""Search without slopes, for trees: a population of mixtures that varies and crosses its best."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mixlaw.laws.forms import Array
from mixlaw.search.box import Box
from mixlaw.search.descend import Ceilings, values_within
from mixlaw.search.objective import Objective

_POPULATION, _CHILDREN = 64, 400
_GENERATIONS, _PATIENCE = 60, 12
_SMALLEST, _LARGEST = 1e-3, 0.5
"""Shares that a variation moves."""
_SAME = 1e-9


def evolve(
    objective: Objective, box: Box, ceilings: Ceilings | None, population: Sequence[Array], rng: np.random.Generator
) -> list[Array]:
    """The last population, best first, each within the box to the last bit; mixtures beyond a ceiling die out.

    Of mixtures with the same value one is kept: on a law that is constant in pieces the others are its neighbours.
    """
    points = np.array(population)
    values = values_within(objective, ceilings, points)
    points, values = _fittest(points, values)
    failed = 0
    for _ in range(_GENERATIONS):
        children = _children(box, points, rng)
        best = values[0]
        points, values = _fittest(
            np.concatenate([points, children]), np.concatenate([values, values_within(objective, ceilings, children)])
        )
        failed = 0 if values[0] < best - _SAME else failed + 1
        if failed == _PATIENCE:
            break
    return [box.settle(p) for p in points]


def _fittest(points: Array, values: Array) -> tuple[Array, Array]:
    order = np.argsort(values, kind="stable")
    order = order[np.isfinite(values[order])]
    distinct = np.append(True, np.diff(values[order]) > _SAME)
    kept = order[distinct[: len(order)]][:_POPULATION]
    return points[kept], values[kept]


def _children(box: Box, parents: Array, rng: np.random.Generator) -> Array:
    """(n, M): shares moved between two domains, shares taken from two parents, and steps in random directions."""
    m, n = parents.shape[1], _CHILDREN
    # The lower of two ranks: better parents have more children.
    first, second = rng.integers(0, len(parents), (2, 2, n)).min(axis=0)
    size = np.exp(rng.uniform(np.log(_SMALLEST), np.log(_LARGEST), (n, 1)))
    source, sink = rng.integers(0, m, (2, n))
    moved = parents[first] + size * (np.eye(m)[sink] - np.eye(m)[source])
    crossed = np.where(rng.random((n, m)) < 0.5, parents[first], parents[second])
    directions = rng.normal(size=(n, m))
    stepped = parents[first] + 2 * size * directions / np.abs(directions).sum(axis=1, keepdims=True)
    kind = rng.integers(0, 4, (n, 1))
    return box.project_many(np.where(kind == 0, crossed, np.where(kind == 1, stepped, moved)))
