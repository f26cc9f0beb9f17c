"""Families of published laws of the mixture: additive and joint (arXiv:2507.09404), data mixing (arXiv:2403.16952).

Priors are weak and fixed, in natural logarithms: E 1.0 around half of the lowest loss seen; alpha_N, alpha_D 0.5
around 0.35, as for the transfer law; gamma_i 0.7 around 0.4; C_i, C_A_i, C_B_i and t_i around their own mean only.
The papers fit without priors; these decide only what the runs leave open.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any, ClassVar

import numpy as np

from mixlaw.laws.families.parametric import ParametricFamily, varies
from mixlaw.laws.fits.chinchilla import MAX_EXPONENT, MIN_EXPONENT
from mixlaw.laws.fits.parametric import Parameter, Recipe
from mixlaw.laws.fits.rows import MixtureRows
from mixlaw.laws.forms import Additive, Array, DataMixing, Joint
from mixlaw.laws.observed.observations import Observations
from mixlaw.trial import MixlawError

_EXPONENTS = (0.15, 0.4, 1.0)


class AdditiveFamily(ParametricFamily):
    """Per target; the terms of N and D are left out where N or D does not vary."""

    name: ClassVar[str] = "additive"

    def recipe(self, rows: MixtureRows) -> Recipe:
        """27 starts, 3 where only the mixture varies."""
        m = rows.shares.shape[1]
        sizes, budgets = varies(rows.N), varies(rows.D)
        level = float(np.median(rows.loss))
        parameters = (
            irreducible(rows),
            term("A", rows, present=sizes),
            term("B", rows, present=budgets),
            exponent("alpha_N", present=sizes),
            exponent("alpha_D", present=budgets),
            *_mixture_term(rows, m),
        )
        starts = [
            [0.5 * level, 0.15 * level, 0.15 * level, alpha_N, alpha_D, *_mixture_start(rows, gamma)]
            for alpha_N, alpha_D, gamma in product(_when(sizes), _when(budgets), (0.15, 0.4, 0.8))
        ]
        form = Additive(E=0.0, A=0.0, B=0.0, alpha_N=0.0, alpha_D=0.0, C=(0.0,) * m, gamma=(0.0,) * m)
        return Recipe(form=form, parameters=parameters, starts=np.array(starts))


class JointFamily(ParametricFamily):
    """Per target; the terms of N and D are left out where N or D does not vary."""

    name: ClassVar[str] = "joint"

    def recipe(self, rows: MixtureRows) -> Recipe:
        """27 starts, 3 where only the mixture varies."""
        m = rows.shares.shape[1]
        sizes, budgets = varies(rows.N), varies(rows.D)
        level = float(np.median(rows.loss))
        parameters = (
            irreducible(rows),
            exponent("alpha_N", present=sizes),
            exponent("alpha_D", present=budgets),
            _power("gamma_A", present=sizes),
            _power("gamma_B", present=budgets),
            *_mixture_term(rows, m),
            *_levels("C_A", m, rows, present=sizes),
            *_levels("C_B", m, rows, present=budgets),
        )
        starts = [
            [0.5 * level, alpha_N, alpha_D, 1.0, 1.0, *_mixture_start(rows, gamma), *[0.15 * level] * (2 * m)]
            for alpha_N, alpha_D, gamma in product(_when(sizes), _when(budgets), (0.15, 0.4, 0.8))
        ]
        blank: dict[str, Any] = dict.fromkeys(("C", "gamma", "C_A", "C_B"), (0.0,) * m)
        form = Joint(E=0.0, alpha_N=0.0, alpha_D=0.0, gamma_A=1.0, gamma_B=1.0, **blank)
        return Recipe(form=form, parameters=parameters, starts=np.array(starts))


class DataMixingFamily(ParametricFamily):
    """Per target, at one N and one D."""

    name: ClassVar[str] = "data-mixing"

    def recipe(self, rows: MixtureRows) -> Recipe:
        """Nine starts. The mean of t is held at 0: with shares that sum to 1 it is the same quantity as log k."""
        m = rows.shares.shape[1]
        level = float(np.median(rows.loss))
        t = [
            Parameter(
                name=f"t_{j}",
                scale="linear",
                lower=-50.0,
                upper=50.0,
                prior_mean=0.0,
                prior_sd=3.0,
                group="t",
                group_sd=1e-3,
            )
            for j in range(m)
        ]
        parameters = (irreducible(rows, "c"), Parameter(name="k", lower=1e-6 * level, upper=1e3 * level), *t)
        own = np.eye(m)[rows.own] if rows.own is not None else np.zeros(m)
        starts = [
            [c * level, (1 - c) * level, *(-slope * (own - own.mean()))]
            for c, slope in product((0.2, 0.5, 0.8), (0.0, 0.5, 2.0))
        ]
        form = DataMixing(c=0.0, k=0.0, t=(0.0,) * m)
        return Recipe(form=form, parameters=parameters, starts=np.array(starts))

    def check(self, observed: Observations, targets: Sequence[str]) -> None:
        """One N, one D, as many runs as parameters, and mixtures that differ."""
        require_one_scale(observed, self.name)
        super().check(observed, targets)


def require_one_scale(observed: Observations, law: str) -> None:
    """Raise MixlawError unless all rows have one N and one D: the law knows only mixtures."""
    for values, what in ((observed.N, "model sizes N"), (observed.D, "numbers of tokens D")):
        if varies(values):
            raise MixlawError(
                f"the {law} law knows only the mixture, and the runs have {len(np.unique(values))} {what}: "
                "fit it to the runs of one N and one D, or choose --law additive or --law joint"
            )


def irreducible(rows: MixtureRows, name: str = "E") -> Parameter:
    """E, or its like: from nearly nothing to the lowest loss."""
    lowest = float(rows.loss.min())
    return Parameter(name=name, lower=1e-5 * lowest, upper=lowest, prior_mean=0.5 * lowest, prior_sd=1.0)


def term(name: str, rows: MixtureRows, *, present: bool) -> Parameter:
    """A term's size in nats in the middle of the data; absent: 0."""
    lowest, highest = float(rows.loss.min()), float(rows.loss.max())
    return Parameter(name=name, lower=1e-5 * lowest, upper=1e3 * highest, fixed=None if present else 0.0)


def exponent(name: str, *, present: bool) -> Parameter:
    """alpha_N or alpha_D."""
    return Parameter(
        name=name,
        lower=MIN_EXPONENT,
        upper=MAX_EXPONENT,
        prior_mean=0.35,
        prior_sd=0.5,
        fixed=None if present else 0.35,
    )


def _mixture_term(rows: MixtureRows, m: int) -> list[Parameter]:
    """C_i in 1 / nats, and gamma_i."""
    unit = 1 / float(np.median(rows.loss))
    C = [Parameter(name=f"C_{j}", lower=1e-6 * unit, upper=1e6 * unit, prior_sd=2.0, group="C") for j in range(m)]
    gamma = [Parameter(name=f"gamma_{j}", lower=0.01, upper=5.0, prior_mean=0.4, prior_sd=0.7) for j in range(m)]
    return [*C, *gamma]


def _mixture_start(rows: MixtureRows, gamma: float) -> list[float]:
    """The term is 0.2 of the loss for an even mixture; the own domain counts three times as much as another."""
    m = rows.shares.shape[1]
    worth = np.ones(m)
    if rows.own is not None:
        worth[rows.own] = 3.0
    C = worth / worth.sum() * m**gamma / (0.2 * float(np.median(rows.loss)))
    return [*C, *[gamma] * m]


def _levels(name: str, m: int, rows: MixtureRows, *, present: bool) -> list[Parameter]:
    unit = float(np.median(rows.loss))
    return [
        Parameter(
            name=f"{name}_{j}",
            lower=1e-8 * unit,
            upper=1e8 * unit,
            prior_sd=1.0,
            group=name,
            fixed=None if present else 0.0,
        )
        for j in range(m)
    ]


def _power(name: str, *, present: bool) -> Parameter:
    return Parameter(name=name, lower=0.2, upper=5.0, prior_mean=1.0, prior_sd=0.5, fixed=None if present else 1.0)


def _when(present: bool) -> Array:
    return np.array(_EXPONENTS if present else _EXPONENTS[:1])
