"""What a search is asked: law, scale, target weights, bounds, reference, and what counts as best."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from mixlaw.laws import FittedLaw, Form
from mixlaw.laws.forms import Array
from mixlaw.laws.repetition import Repetition
from mixlaw.search.box import Box
from mixlaw.search.constraints import Constraints, unknown_domain
from mixlaw.search.descend import Ceilings
from mixlaw.search.objective import LowerGain, MeanLoss, Objective, WorstRatio
from mixlaw.search.task import Task
from mixlaw.trial import LANGUAGES, MixlawError

Goal = Literal["mean", "robust", "pareto"]
"""`mean`: the least weighted mean loss. `robust`: the highest lower quantile of the gain over the reference, over the
bootstrap laws. `pareto`: both the mean loss and the worst target's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is searched for, checked and in the law's order of domains."""

    law: FittedLaw
    N: float
    D: float
    weights: Mapping[str, float]
    box: Box
    reference: Array
    """(M,) within the box."""
    constraints: Constraints
    unique: Array | None
    """(M,) distinct tokens, in the law's own unit of D; None without any limit."""
    goal: Goal = "mean"

    @property
    def law_N(self) -> float:
        """N as the law is evaluated: a law of runs of one size knows no other."""
        return _known(self.N, self.law.scales.N)

    @property
    def law_D(self) -> float:
        """D as the law is evaluated: a law of runs of one budget knows no other."""
        return _known(self.D, self.law.scales.D)

    @property
    def repetition(self) -> Repetition:
        """What repeated tokens are worth."""
        return self.constraints.repetition

    def losses(self, forms: Mapping[str, Form], weights: Mapping[str, float] | None = None) -> MeanLoss:
        """Mean loss under one set of forms; `weights` other than the question's for other targets."""
        return MeanLoss(
            law=self.law,
            forms=forms,
            N=self.law_N,
            D=self.law_D,
            weights=weights or self.weights,
            unique=self.unique,
            repetition=self.repetition,
        )

    def ceilings(self, losses: MeanLoss) -> Ceilings | None:
        """What no target's loss may exceed under these forms; None without such a limit."""
        limit = self.constraints.no_worse_than
        if limit is None:
            return None
        reference = self.reference if limit.shares is None else self.law.shares(limit.shares)
        return Ceilings(losses=losses, most=(1 + limit.percent / 100) * losses.losses(reference[None])[0])

    def task(self, forms: Mapping[str, Form], anchor: Array | None = None) -> Task:
        """The least mean loss under one set of forms, anchored at the reference unless said otherwise."""
        losses = self.losses(forms)
        return self._task(losses, self.ceilings(losses), anchor)

    def point_task(self) -> Task:
        """The question itself: its goal under the point law. Raises MixlawError when no mixture keeps every target
        within its limit."""
        losses = self.losses(self.law.point)
        ceilings = self.ceilings(losses)
        anchor = self._feasible(ceilings)
        return self._task(losses if self.goal != "robust" else self.lower_gain(), ceilings, anchor)

    def lower_gain(self) -> LowerGain:
        """The cautious objective. Raises MixlawError for a law without bootstrap laws."""
        if not self.law.replicates:
            raise MixlawError("a robust search needs bootstrap laws, and this law has none; fit with --bootstrap 200")
        return LowerGain.over(tuple(self.losses(forms) for forms in self.law.replicates), self.reference)

    def _task(self, objective: Objective, ceilings: Ceilings | None, anchor: Array | None) -> Task:
        return Task(
            objective=objective,
            box=self.box,
            ceilings=ceilings,
            anchor=self.reference if anchor is None else anchor,
            costly=isinstance(objective, LowerGain),
        )

    def _feasible(self, ceilings: Ceilings | None) -> Array:
        """The reference, or else the mixture that comes nearest to the limits on the targets."""
        if ceilings is None or bool(ceilings.allow(self.reference[None])[0]):
            return self.reference
        nearest = Task(
            objective=WorstRatio(losses=ceilings.losses, ceilings=ceilings.most), box=self.box, anchor=self.reference
        ).solve([])
        if bool(ceilings.allow(nearest[None])[0]):
            return nearest
        excess = 100 * (ceilings.losses.losses(nearest[None])[0] / ceilings.most - 1)
        named = ", ".join(f"{t} (by {e:.2g}%)" for t, e in zip(self.weights, excess, strict=True) if e > 0)
        raise MixlawError(
            f"no mixture within the other limits keeps every target as good as no_worse_than asks: the nearest exceeds "
            f"it for {named}; allow more percent, or loosen the other limits"
        )

    @property
    def fingerprint(self) -> str:
        """Hash of all that the answer depends on: trials of another question must not mix into a stored study."""
        asked = (self.N, self.D, sorted(self.weights.items()), self.box.lower.tolist(), self.box.upper.tolist())
        limits = (self.constraints.no_worse_than, None if self.unique is None else self.unique.tolist())
        words = f"{self.law.dumps()}{asked}{self.reference.tolist()}{limits}{self.repetition}{self.goal}"
        return hashlib.sha256(words.encode()).hexdigest()[:16]


def ask(
    law: FittedLaw,
    N: float,
    D: float,
    weights: Mapping[str, float] | None,
    constraints: Constraints,
    reference: Mapping[str, float] | None,
    goal: Goal = "mean",
) -> Question:
    """Check and complete a question; see `search` for its arguments and errors."""
    if not (N > 0 and D > 0):
        raise MixlawError(f"parameters and tokens must be above 0, got N = {N:g}, D = {D:g}")
    if not law.domains:
        raise MixlawError("the law knows no domains with shares, so there are no proportions to search; fit --weights")
    given = dict(weights) if weights else default_weights(law)
    law.check_targets(given)
    total = sum(given.values())
    box = constraints.box(law.domains, D)
    unique = law.unique({d: tokens for d, tokens in constraints.available.items() if d in law.domains})
    return Question(
        law=law,
        N=N,
        D=D,
        weights={t: w / total for t, w in given.items() if w > 0},
        box=box,
        reference=box.project(_shares(law, reference) if reference else _uniform(law.domains, constraints)),
        constraints=constraints,
        unique=None if unique is None else unique * (_known(D, law.scales.D) / D),
        goal=goal,
    )


def default_weights(law: FittedLaw) -> dict[str, float]:
    """Equal over the law's programming languages, or over all of its targets if it has none."""
    return dict.fromkeys([t for t in law.targets if t in LANGUAGES] or law.targets, 1.0)


def _known(value: float, scale: tuple[float, float]) -> float:
    return scale[0] if scale[0] == scale[1] else value


def _shares(law: FittedLaw, reference: Mapping[str, float]) -> Array:
    unknown = [unknown_domain(d, law.domains) for d, share in reference.items() if share > 0 and d not in law.domains]
    if unknown:
        raise MixlawError(f"reference: {'; '.join(unknown)}")
    return law.shares(reference)


def _uniform(domains: tuple[str, ...], constraints: Constraints) -> Array:
    free = [d for d in domains if d not in constraints.fixed]
    rest = 1 - sum(constraints.fixed.values())
    return np.array([constraints.fixed.get(d, rest / max(len(free), 1)) for d in domains])
