"""The paper's law with tau fitted, per target."""

from __future__ import annotations

from itertools import product
from typing import ClassVar

import numpy as np

from mixlaw.laws.families.mixture import term
from mixlaw.laws.families.parametric import ParametricFamily, varies
from mixlaw.laws.fits.chinchilla import MAX_EXPONENT, MIN_EXPONENT
from mixlaw.laws.fits.parametric import Parameter, Recipe
from mixlaw.laws.fits.rows import MixtureRows
from mixlaw.laws.forms import ProportionFree


class ProportionFreeFamily(ParametricFamily):
    """Per target, from every run that measured it.

    Where N does not vary its term is left out. Where D does not vary, the term of D_x is what the mixture adds to
    L_inf(p): its level and exponents are then held.

    Priors, in natural logarithms: exponents 0.5 around their own mean, which is 0.7 around 0.35; L_inf_j 1.0 around
    their own mean. tau: 10 around 0, so that a pair that is never mixed counts as no synergy.
    """

    name: ClassVar[str] = "proportion-free"

    def recipe(self, rows: MixtureRows) -> Recipe:
        """Nine starts, three where N or D does not vary."""
        m = rows.shares.shape[1]
        n_pairs = m * (m - 1) // 2
        sizes, budgets, level = varies(rows.N), varies(rows.D), float(np.median(rows.loss))
        parameters = (
            term("A", rows, present=sizes),
            term("B", rows, present=True) if budgets else _held("B", 0.3 * level),
            *[_exponent(f"alpha_N_{j}", present=sizes) for j in range(m)],
            *[_exponent(f"alpha_D_{j}", present=budgets) for j in range(m)],
            *[_irreducible(f"L_inf_{j}", rows) for j in range(m)],
            *[_synergy(f"tau_{i}_{j}") for i in range(m) for j in range(i + 1, m)],
        )
        starts = [
            [0.2 * level, 0.2 * level, *[alpha_N] * m, *[alpha_D] * m, *[0.6 * level] * m, *[0.0] * n_pairs]
            for alpha_N, alpha_D in product(_exponents(sizes), _exponents(budgets))
        ]
        none = (0.0,) * m
        form = ProportionFree(
            A=0.0, B=0.0, alpha_N=none, alpha_D=none, L_inf=none, tau=(0.0,) * n_pairs, N_unit=1.0, D_unit=1.0
        )
        return Recipe(form=form, parameters=parameters, starts=np.array(starts))


def _exponents(varied: bool) -> tuple[float, ...]:
    return (0.15, 0.4, 1.0) if varied else (0.35,)


def _held(name: str, value: float) -> Parameter:
    return Parameter(name=name, lower=value, upper=value, fixed=value)


def _exponent(name: str, *, present: bool) -> Parameter:
    return Parameter(
        name=name,
        lower=MIN_EXPONENT,
        upper=MAX_EXPONENT,
        prior_mean=0.35,
        prior_sd=0.5,
        group=name[:7],
        group_sd=0.7,
        fixed=None if present else 0.35,
    )


def _irreducible(name: str, rows: MixtureRows) -> Parameter:
    lowest, highest = float(rows.loss.min()), float(rows.loss.max())
    return Parameter(name=name, lower=1e-3 * lowest, upper=10 * highest, prior_sd=1.0, group="L_inf")


def _synergy(name: str) -> Parameter:
    # Above -2 the data always count: p_i p_j over all pairs sum to less than 1 / 2.
    return Parameter(name=name, scale="linear", lower=-1.99, upper=1e3, prior_mean=0.0, prior_sd=10.0)
