"""Families of the coupled law: each domain with an exponent of its own, one exponent for all, or plain sums.

What is fixed a priori, in natural logarithms (standard deviations; the means are below): E 1.0 around half of the
lowest loss; A and B 1.0 around 0.3 and 0.15 of the typical loss; alpha_N, alpha_D 0.4 around 0.35; gamma 0.4 around 1;
beta_D 0.7 around 0.2; beta_E and beta_N 1.5 around 0.05; rho_j around their own mean, and that 0.3 around 0.6; w_j 1.0
around their own mean, the own domain's counting ten times another's.

Exponents are properties of models and text rather than of one target: after a first fit of every target, those of all
targets are drawn to their median (a hierarchical prior, its centre estimated from the same runs: empirical Bayes),
which is what keeps a law steady beyond the sizes that it has seen.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import ClassVar, cast

import numpy as np

from mixlaw.laws.families.family import Point
from mixlaw.laws.families.mixture import exponent, irreducible
from mixlaw.laws.families.parametric import ParametricFamily, as_point, varies
from mixlaw.laws.fits.parametric import (
    Parameter,
    ParametricForm,
    Recipe,
    fit_parametric,
    in_scaled,
    refit_parametric,
    scaled,
)
from mixlaw.laws.fits.rows import MixtureRows
from mixlaw.laws.forms import Array, Coupled, Form
from mixlaw.laws.observed.observations import Observations
from mixlaw.trial import MixlawError

_POOLED = ("alpha_N", "alpha_D", "beta_E", "beta_N", "beta_D", "gamma")
_POOLED_SD = 0.15
_LEAST_POOLED = 3
"""Targets without which there is no median to speak of."""
_OWN = 10.0


class CoupledFamily(ParametricFamily):
    """Per target, with the exponents of all targets drawn together."""

    name: ClassVar[str] = "coupled"
    rho_sd: ClassVar[float] = 0.15
    """How far the exponents of a target's domains lie apart, in natural logarithms."""
    linear: ClassVar[bool] = False
    """All rho are 1."""

    def n_parameters(self, observed: Observations) -> int:
        """The free ones; exponents that share a mean count once."""
        m = len(observed.domains)
        return super().n_parameters(observed) - (0 if self.linear or m < 2 else m - 1)

    def check(self, observed: Observations, targets: Sequence[str]) -> None:
        """Something that varies."""
        for target in targets:
            rows = observed.keep(self.rows(observed, target))
            if not (varies(rows.N) or varies(rows.D) or _mixtures_vary(rows.shares)):
                raise MixlawError(f"all runs of {target} have one N, one D and one mixture: there is nothing to fit")

    def recipe(self, rows: MixtureRows) -> Recipe:
        """Four starts; what does not vary is left out."""
        m, mixed = rows.shares.shape[1], _mixtures_vary(rows.shares)
        reference = tuple(map(float, rows.shares.mean(axis=0)))
        form = Coupled(
            **dict.fromkeys(("E", "A", "B", "alpha_N", "alpha_D", "beta_E", "beta_N", "beta_D", "gamma"), 1.0),
            rho=(1.0,) * m,
            w=(1.0,) * m,
            reference=reference,
        )
        parameters = (*_scalars(rows, mixed=mixed), *self._rho(m, mixed=mixed), *_weights(rows, mixed=mixed))
        return Recipe(form=form, parameters=parameters, starts=_starts(parameters))

    def point(self, observed: Observations, targets: Sequence[str]) -> dict[str, Point]:
        """Every target by itself, then every target with its exponents drawn to the median of all."""
        alone = super().point(observed, targets)
        centres = pooled({target: point.form for target, point in alone.items()})
        if not centres:
            return alone
        points: dict[str, Point] = {}
        for target in targets:
            rows = self.mixture_rows(observed, target)
            recipe = _drawn_together(self.recipe(scaled(rows)), centres)
            points[target] = as_point(fit_parametric(_started_from(recipe, alone[target].form, rows), rows))
        return points

    def replicates(
        self, observed: Observations, points: dict[str, Point], counts: Array, rng: np.random.Generator
    ) -> dict[str, tuple[Form, ...]]:
        """Refits from the point estimate, with the exponents drawn to the medians of the points."""
        centres = pooled({t: point.form for t, point in points.items()})
        laws: dict[str, tuple[Form, ...]] = {}
        for target, point in points.items():
            rows, counted = self.mixture_rows(observed, target), counts[:, self.rows(observed, target)]
            recipe = _drawn_together(self.recipe(scaled(rows)), centres)
            laws[target] = refit_parametric(recipe, cast(ParametricForm, point.form), rows, counted, rng)
        return laws

    def _rho(self, m: int, *, mixed: bool) -> list[Parameter]:
        fixed = 1.0 if self.linear or not mixed else None
        shape = Parameter(
            name="rho",
            lower=0.05,
            upper=3.0,
            prior_mean=0.6,
            prior_sd=self.rho_sd,
            group="rho",
            group_sd=0.3,
            fixed=fixed,
        )
        return [dataclasses.replace(shape, name=f"rho_{j}") for j in range(m)]


class CoupledCommonFamily(CoupledFamily):
    """One exponent rho for all domains of a target: for few runs."""

    name: ClassVar[str] = "coupled-common"
    rho_sd: ClassVar[float] = 0.003


class CoupledLinearFamily(CoupledFamily):
    """rho is 1: a token of a domain is worth as much as the first one, however many there are."""

    name: ClassVar[str] = "coupled-linear"
    linear: ClassVar[bool] = True


def pooled(forms: Mapping[str, Form]) -> dict[str, float]:
    """The median over targets of each exponent that is fitted; empty for fewer than three targets."""
    if len(forms) < _LEAST_POOLED:
        return {}
    return {name: float(np.median([getattr(form, name) for form in forms.values()])) for name in _POOLED}


def _drawn_together(recipe: Recipe, centres: Mapping[str, float]) -> Recipe:
    """The same recipe with these prior means, held more tightly."""

    def drawn(parameter: Parameter) -> Parameter:
        if parameter.name not in centres or parameter.fixed is not None:
            return parameter
        centre = float(np.clip(centres[parameter.name], parameter.lower, parameter.upper))
        return dataclasses.replace(parameter, prior_mean=centre, prior_sd=_POOLED_SD)

    return dataclasses.replace(recipe, parameters=tuple(drawn(parameter) for parameter in recipe.parameters))


def _started_from(recipe: Recipe, form: Form, rows: MixtureRows) -> Recipe:
    near = in_scaled(cast(ParametricForm, form), rows)
    return dataclasses.replace(recipe, starts=np.vstack([near.parameters[None], recipe.starts[:1]]))


def _mixtures_vary(shares: Array) -> bool:
    return shares.shape[1] > 1 and float(np.ptp(shares, axis=0).max()) > 1e-6


def _scalars(rows: MixtureRows, *, mixed: bool) -> list[Parameter]:
    sizes, budgets = varies(rows.N), varies(rows.D)
    level, highest = float(np.median(rows.loss)), float(rows.loss.max())
    A = Parameter(name="A", lower=1e-5 * level, upper=1e3 * highest, prior_mean=0.3 * level, prior_sd=1.0)
    # Without a second D, B is the term of the mixture alone, and a law of N alone needs no second constant.
    B = dataclasses.replace(A, name="B", prior_mean=0.15 * level, fixed=None if budgets or mixed else 0.0)
    # Where a constant term carries the mixture already, one in E too would be the same quantity.
    floor = mixed and (budgets or sizes)
    return [
        irreducible(rows),
        dataclasses.replace(A, fixed=None if sizes else 0.0),
        B,
        dataclasses.replace(exponent("alpha_N", present=sizes), prior_sd=0.4),
        dataclasses.replace(exponent("alpha_D", present=budgets), prior_sd=0.4, fixed=None if budgets else 0.0),
        _beta("beta_E", 0.05, 1.5, present=floor and budgets),
        _beta("beta_N", 0.05, 1.5, present=mixed and sizes),
        _beta("beta_D", 0.2, 0.7, present=mixed),
        Parameter(
            name="gamma",
            lower=0.2,
            upper=5.0,
            prior_mean=1.0,
            prior_sd=0.4,
            fixed=None if sizes and budgets else 1.0,
        ),
    ]


def _beta(name: str, mean: float, sd: float, *, present: bool) -> Parameter:
    return Parameter(name=name, lower=1e-4, upper=5.0, prior_mean=mean, prior_sd=sd, fixed=None if present else 0.0)


def _weights(rows: MixtureRows, *, mixed: bool) -> list[Parameter]:
    shape = Parameter(
        name="w",
        lower=1e-5,
        upper=1e5,
        prior_mean=1.0,
        prior_sd=1.0,
        group="w",
        group_sd=1e-2,
        fixed=None if mixed else 1.0,
    )
    return [
        dataclasses.replace(shape, name=f"w_{j}", prior_mean=_OWN if j == rows.own else 1.0)
        for j in range(rows.shares.shape[1])
    ]


def _starts(parameters: Sequence[Parameter]) -> Array:
    """Prior means, with slow and fast gains from size and from data."""
    means = {parameter.name: parameter.prior_mean or 1.0 for parameter in parameters}
    exponents = ((0.35, 0.35), (0.2, 0.6), (0.6, 0.2), (0.8, 0.8))
    return np.array([list({**means, "alpha_N": a, "alpha_D": b}.values()) for a, b in exponents])
