"""Planted laws of every form, over any number of domains, and the question put to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pytest

from mixlaw.laws import FORMS, FittedLaw, Form, Scales, TargetReport
from mixlaw.laws.forms import (
    Additive,
    Chinchilla,
    Coupled,
    DataMixing,
    Ensemble,
    GaussianProcess,
    Joint,
    Proportion,
    ProportionFree,
    RegMixLinear,
    RegMixTrees,
    Transfer,
)

SCALE = {"N": 1.5e9, "D": 350e9}
PlantForm = Callable[[np.random.Generator, int, int], Form]


def _tuple(values: Any) -> tuple[float, ...]:
    return tuple(map(float, values))


def _chinchilla(rng: np.random.Generator, m: int, k: int) -> Form:
    return Chinchilla(
        E=0.5, A=150.0, B=float(rng.uniform(300, 1500)), alpha_N=0.3, alpha_D=float(rng.uniform(0.28, 0.36))
    )


def _transfer(rng: np.random.Generator, m: int, k: int) -> Form:
    weights = rng.uniform(0.0, 0.5, m)
    weights[k] = 1.0
    return Transfer(
        E=0.5,
        A=150.0,
        B=float(rng.uniform(300, 1500)),
        alpha_N=0.3,
        alpha_D=0.33,
        rho=float(rng.uniform(0.4, 1.0)),
        weights=_tuple(weights),
        own=k,
    )


def _proportion(rng: np.random.Generator, m: int, k: int) -> Form:
    tau = rng.uniform(0, 0.2, (m, m))
    np.fill_diagonal(tau, 0)
    return Proportion(
        A=0.3,
        B=0.9,
        gamma=20.0,
        alpha_N=_tuple(rng.uniform(0.2, 0.3, m)),
        alpha_D=_tuple(rng.uniform(0.3, 0.35, m)),
        L_inf=_tuple(rng.uniform(0.30, 0.31, m)),
        tau=tuple(_tuple(row) for row in tau),
    )


def _additive(rng: np.random.Generator, m: int, k: int) -> Form:
    """Exponents below 1 (an infinite slope at 0) and above (not convex)."""
    return Additive(
        E=0.5,
        A=20.0,
        B=300.0,
        alpha_N=0.3,
        alpha_D=0.33,
        C=_tuple(rng.uniform(0.3, 3.0, m)),
        gamma=_tuple(rng.uniform(0.1, 1.6, m)),
    )


def _joint(rng: np.random.Generator, m: int, k: int) -> Form:
    return Joint(
        E=0.5,
        alpha_N=0.3,
        alpha_D=0.33,
        gamma_A=0.8,
        gamma_B=1.2,
        C=_tuple(rng.uniform(0.3, 3.0, m)),
        gamma=_tuple(rng.uniform(0.1, 1.4, m)),
        C_A=_tuple(rng.uniform(20, 200, m)),
        C_B=_tuple(rng.uniform(100, 500, m)),
    )


def _data_mixing(rng: np.random.Generator, m: int, k: int) -> Form:
    return DataMixing(c=0.8, k=1.0, t=_tuple(rng.normal(size=m)))


def _proportion_free(rng: np.random.Generator, m: int, k: int) -> Form:
    return ProportionFree(
        A=0.3,
        B=0.9,
        alpha_N=_tuple(rng.uniform(0.2, 0.3, m)),
        alpha_D=_tuple(rng.uniform(0.3, 0.35, m)),
        L_inf=_tuple(rng.uniform(0.30, 0.35, m)),
        tau=_tuple(rng.uniform(-0.5, 4.0, m * (m - 1) // 2)),
        N_unit=1e9,
        D_unit=1e9,
    )


def _linear(rng: np.random.Generator, m: int, k: int) -> Form:
    return RegMixLinear(weights=_tuple(rng.uniform(1, 3, m)))


def _trees(rng: np.random.Generator, m: int, k: int) -> Form:
    """Sixty stumps: each adds a little where a share is above a threshold."""
    n, roots = 60, 3 * np.arange(60)
    nodes = np.arange(3 * n)
    feature, threshold, value = np.zeros(3 * n, dtype=int), np.zeros(3 * n), np.zeros(3 * n)
    feature[roots], threshold[roots] = rng.integers(0, m, n), rng.uniform(0.02, 0.9 / np.sqrt(m), n)
    value[roots + 2] = rng.normal(0, 0.02, n)
    left, right = nodes.copy(), nodes.copy()
    left[roots], right[roots] = roots + 1, roots + 2
    return RegMixTrees(base=2.0, roots=roots, feature=feature, threshold=threshold, left=left, right=right, value=value)


def _process(rng: np.random.Generator, m: int, k: int) -> Form:
    n = 12 * m
    return GaussianProcess(
        least_share=0.01,
        with_N=False,
        with_D=False,
        centre=np.full(m, -2.0),
        spread=np.ones(m),
        lengths=rng.uniform(1.0, 3.0, m),
        signal=0.1,
        linear=1.0,
        noise=0.01,
        inputs=np.log(rng.dirichlet(np.ones(m), n) + 0.01) + 2,
        coefficients=rng.normal(0, 2.0, n),
        base=0.8,
        slopes=rng.normal(0, 0.05, m),
        frequencies=np.zeros((0, m)),
        phases=np.zeros(0),
        amplitudes=np.zeros(0),
    )


def _coupled(rng: np.random.Generator, m: int, k: int) -> Form:
    return Coupled(
        E=0.9,
        A=60.0,
        B=300.0,
        alpha_N=0.3,
        alpha_D=0.33,
        beta_E=0.05,
        beta_N=0.1,
        beta_D=0.3,
        gamma=1.2,
        rho=_tuple(rng.uniform(0.1, 1.3, m)),
        w=_tuple(rng.uniform(0.1, 2.0, m)),
        reference=_tuple(np.full(m, 1 / m)),
    )


def _ensemble(rng: np.random.Generator, m: int, k: int) -> Form:
    members = (_transfer(rng, m, k), _additive(rng, m, k), _trees(rng, m, k))
    return Ensemble(members=members, weights=(0.5, 0.3, 0.2))


PLANTS: Mapping[str, PlantForm] = {
    "chinchilla": _chinchilla,
    "transfer": _transfer,
    "proportion": _proportion,
    "additive": _additive,
    "joint": _joint,
    "data-mixing": _data_mixing,
    "proportion-free": _proportion_free,
    "regmix-linear": _linear,
    "regmix-trees": _trees,
    "gaussian-process": _process,
    "coupled": _coupled,
    "ensemble": _ensemble,
}


def names_of(m: int) -> tuple[str, ...]:
    return tuple(f"weight_{letter}" for letter in "abcdefghij"[:m])


def planted_law(name: str, m: int, seed: int = 0, n_replicates: int = 0, spread: float = 0.05) -> FittedLaw:
    """A law of m domains and m targets of the same names; replicates scatter its parameters as a bootstrap would."""
    rng, domains = np.random.default_rng(seed), names_of(m)
    point = {t: PLANTS[name](rng, m, k) for k, t in enumerate(domains)}

    def scattered(form: Form) -> Form:
        return form.with_parameters(form.parameters * np.exp(spread * rng.normal(size=len(form.parameters))))

    report = TargetReport(
        n_rows=1, n_runs=1, objective=0.0, converged=True, in_sample_error=0.0, noise=0.0, held_out={}
    )
    return FittedLaw(
        form=name,
        domains=domains,
        targets=domains,
        point=point,
        replicates=tuple({t: scattered(form) for t, form in point.items()} for _ in range(n_replicates)),
        report=dict.fromkeys(domains, report),
        scales=Scales(N=(1e8, 2e9), D=(2e9, 4e11)),
        n_runs=1,
        seed=0,
    )


@pytest.fixture
def plant() -> Callable[..., FittedLaw]:
    return planted_law


@pytest.fixture
def form_names() -> Sequence[str]:
    return tuple(FORMS)
