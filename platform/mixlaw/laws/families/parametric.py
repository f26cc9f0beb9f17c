"""Families of parametric forms: one class does all targets of a table; a form adds its recipe."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import cast

import numpy as np

from mixlaw.laws.families.family import Point
from mixlaw.laws.families.per_target import MixtureFamily
from mixlaw.laws.fits.parametric import ParametricFit, ParametricForm, Recipe, fit_parametric, refit_parametric, scaled
from mixlaw.laws.fits.rows import MixtureRows
from mixlaw.laws.forms import Array, Form
from mixlaw.laws.observed.observations import Observations


class ParametricFamily(MixtureFamily):
    """A family whose form is fitted by `fit_parametric`: a subclass gives `name` and `recipe`."""

    @abstractmethod
    def recipe(self, rows: MixtureRows) -> Recipe:
        """The form, its parameters and starts for rows whose N and D are in units of their geometric means."""

    def n_parameters(self, observed: Observations) -> int:
        """The free ones of the recipe for these rows."""
        first = next(t for t in observed.losses if observed.measured(t).any())
        recipe = self._recipe(self.mixture_rows(observed, first))
        return sum(parameter.fixed is None for parameter in recipe.parameters)

    def point(self, observed: Observations, targets: Sequence[str]) -> dict[str, Point]:
        """The best of the recipe's starts for each target."""
        return {target: as_point(self._fit(observed, target)) for target in targets}

    def replicates(
        self, observed: Observations, points: dict[str, Point], counts: Array, rng: np.random.Generator
    ) -> dict[str, tuple[Form, ...]]:
        """Refits from the point estimate."""
        laws: dict[str, tuple[Form, ...]] = {}
        for target, point in points.items():
            rows, counted = self.mixture_rows(observed, target), counts[:, self.rows(observed, target)]
            law = cast(ParametricForm, point.form)
            laws[target] = refit_parametric(self._recipe(rows), law, rows, counted, rng)
        return laws

    def _recipe(self, rows: MixtureRows) -> Recipe:
        return self.recipe(scaled(rows))

    def _fit(self, observed: Observations, target: str) -> ParametricFit:
        rows = self.mixture_rows(observed, target)
        return fit_parametric(self._recipe(rows), rows)


def as_point(fit: ParametricFit) -> Point:
    """What a family gives of a fit."""
    return Point(
        form=fit.form,
        objective=fit.objective,
        converged=fit.converged,
        prior_dominated=fit.prior_dominated,
        absent=fit.absent,
    )


def varies(values: Array) -> bool:
    """Whether N or D takes more than one value: else the form's term of it is left out."""
    return bool(np.ptp(np.log(values)) > 1e-9)
