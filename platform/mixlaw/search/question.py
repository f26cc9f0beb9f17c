"""What a search is asked: law, scale, target weights, bounds, reference."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from mixlaw.laws import FittedLaw, Form
from mixlaw.laws.forms import Array
from mixlaw.search.constraints import Box, Constraints
from mixlaw.search.objective import MeanLoss, Task
from mixlaw.trial import LANGUAGES, MixlawError


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is searched for, checked and in the law's order of domains."""

    law: FittedLaw
    N: float
    D: float
    weights: Mapping[str, float]
    box: Box
    reference: Array
    worst_ratio: float | None

    def task(self, forms: Mapping[str, Form]) -> Task:
        """The same question under one set of forms."""
        objective = MeanLoss(law=self.law, forms=forms, N=self.N, D=self.D, weights=self.weights)
        return Task(objective=objective, box=self.box, reference=self.reference, worst_ratio=self.worst_ratio)

    @property
    def fingerprint(self) -> str:
        """Hash of all that the answer depends on: trials of another question must not mix into a stored study."""
        asked = (self.N, self.D, sorted(self.weights.items()), self.box.lower.tolist(), self.box.upper.tolist())
        words = f"{self.law.dumps()}{asked}{self.reference.tolist()}{self.worst_ratio}"
        return hashlib.sha256(words.encode()).hexdigest()[:16]


def ask(
    law: FittedLaw,
    N: float,
    D: float,
    weights: Mapping[str, float] | None,
    constraints: Constraints,
    reference: Mapping[str, float] | None,
) -> Question:
    """Check and complete a question; see `search` for its arguments and errors."""
    if not (N > 0 and D > 0):
        raise MixlawError(f"parameters and tokens must be above 0, got N = {N:g}, D = {D:g}")
    given = dict(weights) if weights else dict.fromkeys([t for t in law.targets if t in LANGUAGES] or law.targets, 1.0)
    law.check_targets(given)
    total = sum(given.values())
    box = constraints.box(law.domains, D)
    worse = constraints.no_worse_than_uniform
    return Question(
        law=law,
        N=N,
        D=D,
        weights={t: w / total for t, w in given.items() if w > 0},
        box=box,
        reference=box.project(law.shares(reference) if reference else _uniform(law.domains, constraints)),
        worst_ratio=None if worse is None else 1 + worse / 100,
    )


def _uniform(domains: tuple[str, ...], constraints: Constraints) -> Array:
    free = [d for d in domains if d not in constraints.fixed]
    rest = 1 - sum(constraints.fixed.values())
    return np.array([constraints.fixed.get(d, rest / max(len(free), 1)) for d in domains])
