"""Families of parametric forms: one class does all targets of a table; a form adds its recipe."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar, cast

import numpy as np
import numpy.typing as npt

from mixlaw.laws.families.family import Point
from mixlaw.laws.families.transfer import TransferFamily
from mixlaw.laws.fits.parametric import ParametricFit, ParametricForm, Recipe, fit_parametric, refit_parametric, scaled
from mixlaw.laws.fits.transfer import MixtureRows
from mixlaw.laws.forms import Array, Form
from mixlaw.laws.observed.observations import Observations, target_names
from mixlaw.trial import MixlawError


class MixtureFamily(ABC):
    """Per target, from every run that measured it and does not repeat its data: rows and checks."""

    name: ClassVar[str]

    def targets(self, observed: Observations, asked: Sequence[str] | None) -> tuple[str, ...]:
        """All measured ones."""
        return target_names(observed, asked)

    def select(self, observed: Observations, targets: Sequence[str]) -> Observations:
        """All rows that measured a target and do not repeat their data."""
        return observed.keep(np.any([observed.measured(t) for t in targets], axis=0) & observed.fresh)

    def rows(self, observed: Observations, target: str) -> npt.NDArray[np.bool_]:
        """As for the transfer law: runs that trained on the target, where there are enough of them."""
        return TransferFamily().rows(observed, target)

    def losses(self, observed: Observations, target: str) -> Array:
        """The target's own loss."""
        return observed.losses[target]

    @abstractmethod
    def n_parameters(self, observed: Observations) -> int:
        """Fitted per target."""

    def check(self, observed: Observations, targets: Sequence[str]) -> None:
        """Two domains at least, and mixtures that differ."""
        if len(observed.domains) < 2:
            raise MixlawError(
                f"a {self.name} law compares mixtures, and the runs have {len(observed.domains)} domains with a share; "
                "name the columns of the shares (--weights), or choose --law chinchilla"
            )
        for target in targets:
            rows = observed.keep(self.rows(observed, target))
            if np.ptp(rows.shares, axis=0).max() < 1e-6:
                raise MixlawError(
                    f"{target} has a single mixture: a {self.name} law compares mixtures; add runs of others"
                )

    def mixture_rows(self, observed: Observations, target: str) -> MixtureRows:
        """The target's rows as arrays."""
        rows = observed.keep(self.rows(observed, target))
        return MixtureRows(N=rows.N, D=rows.D, shares=rows.shares, loss=rows.losses[target], own=observed.own(target))


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
