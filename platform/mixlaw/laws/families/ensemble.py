"""The family of an ensemble: its members' families, with weights that are given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from mixlaw.laws.evaluate import loss_on_mixture
from mixlaw.laws.families.family import Family, Point
from mixlaw.laws.forms import Array, Ensemble, Form
from mixlaw.laws.observed.observations import Observations


class EnsembleFamily:
    """Every member is fitted by itself, on the same rows."""

    name: ClassVar[str] = "ensemble"

    def __init__(self, members: Mapping[str, Family], weights: Mapping[str, float]) -> None:
        """`members` by name; `weights` of the same names, summing to 1, in the order in which they are listed."""
        self._members = {name: members[name] for name in weights}
        self._weights = tuple(weights.values())

    def targets(self, observed: Observations, asked: Sequence[str] | None) -> tuple[str, ...]:
        """As the heaviest member."""
        return self._first.targets(observed, asked)

    def select(self, observed: Observations, targets: Sequence[str]) -> Observations:
        """As the heaviest member."""
        return self._first.select(observed, targets)

    def n_parameters(self, observed: Observations) -> int:
        """The weighted mean of the members' numbers, rounded up."""
        numbers = [family.n_parameters(observed) for family in self._members.values()]
        return int(np.ceil(np.dot(self._weights, numbers)))

    def rows(self, observed: Observations, target: str) -> npt.NDArray[np.bool_]:
        """As the heaviest member."""
        return self._first.rows(observed, target)

    def losses(self, observed: Observations, target: str) -> Array:
        """The target's own loss."""
        return observed.losses[target]

    def check(self, observed: Observations, targets: Sequence[str]) -> None:
        """Every member's."""
        for family in self._members.values():
            family.check(observed, targets)

    def point(self, observed: Observations, targets: Sequence[str]) -> dict[str, Point]:
        """The members' points under one roof; the objective is half the sum of squared log residuals."""
        points = [family.point(observed, targets) for family in self._members.values()]
        return {t: self._joined([point[t] for point in points], observed, t) for t in targets}

    def replicates(
        self, observed: Observations, points: dict[str, Point], counts: Array, rng: np.random.Generator
    ) -> dict[str, tuple[Form, ...]]:
        """The members' replicates, joined by their number; a member without any stays at its point."""
        laws: dict[str, list[tuple[Form, ...]]] = {target: [] for target in points}
        for i, family in enumerate(self._members.values()):
            mine = {t: _member(point, i) for t, point in points.items()}
            found = family.replicates(observed, mine, counts, rng)
            for target in points:
                laws[target].append(found[target] or (mine[target].form,) * len(counts))
        return {
            target: tuple(Ensemble(members=forms, weights=self._weights) for forms in zip(*parts, strict=True))
            for target, parts in laws.items()
        }

    @property
    def _first(self) -> Family:
        return next(iter(self._members.values()))

    def _joined(self, points: Sequence[Point], observed: Observations, target: str) -> Point:
        form = Ensemble(members=tuple(point.form for point in points), weights=self._weights)
        rows = observed.keep(self.rows(observed, target))
        predicted = loss_on_mixture(form, rows.own(target), rows.N, rows.D, rows.shares)
        return Point(
            form=form,
            objective=float(np.sum(np.log(predicted / rows.losses[target]) ** 2) / 2),
            converged=all(point.converged for point in points),
            prior_dominated=_prefixed([point.prior_dominated for point in points]),
            absent=_prefixed([point.absent for point in points]),
            notes=tuple(note for point in points for note in point.notes),
        )


def _member(point: Point, index: int) -> Point:
    assert isinstance(point.form, Ensemble)
    return Point(form=point.form.members[index], objective=point.objective, converged=point.converged)


def _prefixed(parameters: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Named as the form `Ensemble` names them."""
    return tuple(f"{number}:{name}" for number, mine in enumerate(parameters, start=1) for name in mine)
