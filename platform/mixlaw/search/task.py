"""One minimisation within all limits: diverse starts, descents, polls, and the way back into the limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mixlaw.laws.forms import Array
from mixlaw.search.box import Box
from mixlaw.search.descend import SMALL_TRANSFERS, Ceilings, descend, poll
from mixlaw.search.evolve import evolve
from mixlaw.search.objective import Objective
from mixlaw.search.starts import corners, screened

_SAME = 1e-7
"""Nats: local searches that end this close have found the same valley."""
_AGREEING = 8
"""Diverse local searches in a row that end in the best valley: more would only repeat it."""
_SCREENED, _SCREENED_ROUGH = 4096, 8192
"""Mixtures sampled for starts, and for a law whose slopes say little."""
_DIVERSE, _DIVERSE_ROUGH = 8, 48
_FINALISTS = 3
_POLLS, _PATIENCE = 60, 3
"""Polls at most, and how many in a row may find nothing."""
_COSTLY_ITERATIONS = 20
_ISLANDS = 4
_ROUGH = 1e-6
"""Nats by which small steps improve on a descent only where slopes do not tell the whole law."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Minimise an objective within a box and, optionally, with every target's loss below its ceiling."""

    objective: Objective
    box: Box
    anchor: Array
    """(M,) within all limits: the way back from a mixture that is not."""
    ceilings: Ceilings | None = None
    costly: bool = False
    """A slope costs as much as the values of many points: polls then do most of the work."""

    def allowed(self, p: Array) -> bool:
        """Whether every target is within its limit (the box aside)."""
        return self.ceilings is None or bool(self.ceilings.allow(p[None])[0])

    def value(self, p: Array) -> float:
        """The objective at p (M,)."""
        return float(self.objective.values(p[None])[0])

    def solve(self, starts: Sequence[Array], seed: int = 0) -> Array:
        """(M,) the best mixture known: of local searches from `starts`, screened samples, corners and the anchor.

        Convex laws have one valley, and the searches stop once several in a row have ended in it. A law without
        slopes (trees), or with costly ones, is searched by samples, evolution and polls.
        """
        rng = np.random.default_rng(seed)
        if self.costly:
            return self._solve_costly(starts, rng)
        if self._flat(starts):
            return self._solve_rough([], starts, rng)
        several = self._screened(_DIVERSE, _SCREENED, rng)
        begun = _interleaved([self.anchor, *starts], several, corners(self.box))
        if self._rough(begun[0], rng):
            # Some of its descents may end well all the same, and do where roughness was but a false alarm.
            return self._solve_rough(self._valleys(begun[:_AGREEING]), starts, rng)
        finalists = sorted(self._kept([*self._valleys(begun), *begun]), key=self.value)[:_FINALISTS]
        return self._best([self._refine(p, rng) for p in finalists])

    def _solve_rough(self, ends: Sequence[Array], starts: Sequence[Array], rng: np.random.Generator) -> Array:
        """Evolution of what is known and of many samples, and polls from the best of it."""
        several = self._screened(_DIVERSE_ROUGH, _SCREENED_ROUGH, rng)
        last = self._evolve([self.anchor, *starts, *ends, *several], rng)
        best = self._best([self._poll(p, rng) for p in last[:_FINALISTS]])
        return self._refine(best, rng) if ends else best

    def _solve_costly(self, starts: Sequence[Array], rng: np.random.Generator) -> Array:
        """Samples, one short descent from the best of them, and polls."""
        begun = [self.anchor, *starts, *self._screened(_DIVERSE, _SCREENED, rng), *corners(self.box)]
        best = min(self._kept(begun), key=self.value)
        return self._poll(self._best([best, self._descend(best, _COSTLY_ITERATIONS)]), rng)

    def _screened(self, count: int, n_samples: int, rng: np.random.Generator) -> list[Array]:
        return screened(self.objective, self.box, self.ceilings, count=count, n_samples=n_samples, rng=rng)

    def _flat(self, starts: Sequence[Array]) -> bool:
        return all(not np.any(self.objective.gradient(p)) for p in [self.anchor, *starts[:3]])

    def _rough(self, start: Array, rng: np.random.Generator) -> bool:
        """Whether small steps improve on a descent: part of the law is constant in pieces, as trees in an ensemble."""
        end = self._descend(start)
        near = poll(self.objective, self.box, end, self.ceilings, rng, SMALL_TRANSFERS)
        return self.value(near) < self.value(end) - _ROUGH

    def _evolve(self, population: Sequence[Array], rng: np.random.Generator) -> list[Array]:
        """Islands apart, then together: one population alone soon descends from one mixture."""
        islands = [population[i::_ISLANDS] for i in range(_ISLANDS)]
        apart = [evolve(self.objective, self.box, self.ceilings, island, rng) for island in islands if island]
        return evolve(self.objective, self.box, self.ceilings, [p for last in apart for p in last], rng)

    def _valleys(self, starts: Sequence[Array]) -> list[Array]:
        """Where descents end, until enough in a row have ended in the same place."""
        ends: list[Array] = []
        best, agreeing = np.inf, 0
        for start in starts:
            ends.append(self._descend(start))
            here = self.value(ends[-1])
            agreeing = agreeing + 1 if abs(here - best) < _SAME else int(here < best)
            best = min(best, here)
            if agreeing >= _AGREEING:
                break
        return ends

    def polish(self, starts: Sequence[Array]) -> Array:
        """(M,) the best that descents from these starts reach, within all limits: a quick `solve`."""
        best = self._best([*(self._descend(start) for start in starts), *starts, self.anchor])
        return self._poll(best, np.random.default_rng(0)) if self._flat(starts) else best

    def _refine(self, p: Array, rng: np.random.Generator) -> Array:
        """Poll and descend in turn until a poll finds nothing better."""
        for _ in range(_POLLS):
            polled = poll(self.objective, self.box, p, self.ceilings, rng)
            if self.value(polled) > self.value(p) - _SAME / 10:
                return self._best([p, polled])
            p = self._best([polled, self._descend(polled)])
        return p

    def _poll(self, p: Array, rng: np.random.Generator) -> Array:
        """Poll until several in a row have found nothing better."""
        failed = 0
        for _ in range(_POLLS):
            polled = poll(self.objective, self.box, p, self.ceilings, rng)
            failed = failed + 1 if self.value(polled) > self.value(p) - _SAME else 0
            p = self._best([p, polled])
            if failed == _PATIENCE:
                break
        return p

    def _descend(self, start: Array, most_iterations: int = 200) -> Array:
        return self._into_limits(descend(self.objective, self.box, start, self.ceilings, most_iterations))

    def _best(self, mixtures: Sequence[Array]) -> Array:
        return min(self._kept(mixtures), key=self.value)

    def _kept(self, mixtures: Sequence[Array]) -> list[Array]:
        return [p for p in mixtures if self.allowed(p)] or [self.anchor]

    def _into_limits(self, p: Array) -> Array:
        """Back towards the anchor, which is allowed, as little as is needed."""
        if self.allowed(p):
            return p
        low, high = 0.0, 1.0
        for _ in range(60):
            middle = (low + high) / 2
            inside = self.allowed(self.box.project(p + middle * (self.anchor - p)))
            low, high = (low, middle) if inside else (middle, high)
        return self.box.project(p + high * (self.anchor - p)) if high < 1 else self.anchor


def _interleaved(*lists: Sequence[Array]) -> list[Array]:
    """One of each in turn: the first few are already of every kind."""
    longest = max(len(one) for one in lists)
    return [one[i] for i in range(longest) for one in lists if i < len(one)]
