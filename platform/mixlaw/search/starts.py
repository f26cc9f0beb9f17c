"""Where local searches begin: good and different mixtures, so that a law with several valleys shows its deepest."""

from __future__ import annotations

import numpy as np

from mixlaw.laws.forms import Array
from mixlaw.search.box import Box
from mixlaw.search.descend import Ceilings, values_within
from mixlaw.search.objective import Objective

_CONCENTRATIONS = (0.2, 0.5, 1.0, 3.0)
"""Of the Dirichlet samples: from mixtures of a few domains to nearly even ones."""
_GOOD = 96


def screened(
    objective: Objective,
    box: Box,
    ceilings: Ceilings | None,
    *,
    count: int,
    n_samples: int,
    rng: np.random.Generator,
) -> list[Array]:
    """Up to `count` mixtures (M,) of many sampled at once: the best, then good ones far from those taken already."""
    points = _samples(box, n_samples, rng)
    values = values_within(objective, ceilings, points)
    order = np.argsort(values, kind="stable")[:_GOOD]
    points = points[order[np.isfinite(values[order])]]
    if not len(points):
        return []
    taken, distance = [0], np.abs(points - points[0]).sum(axis=1)
    while len(taken) < min(count, len(points)):
        taken.append(int(np.argmax(distance)))
        distance = np.minimum(distance, np.abs(points - points[taken[-1]]).sum(axis=1))
    return [box.settle(points[i]) for i in taken]


def corners(box: Box) -> list[Array]:
    """Mixtures that give one domain as much as the bounds allow."""
    return [box.place(portions) for portions in np.eye(len(box.lower))]


def _samples(box: Box, n: int, rng: np.random.Generator) -> Array:
    parts = [rng.dirichlet(np.full(len(box.lower), c), n // len(_CONCENTRATIONS)) for c in _CONCENTRATIONS]
    return box.place_many(np.concatenate(parts))
