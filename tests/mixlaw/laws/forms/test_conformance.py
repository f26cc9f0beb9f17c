"""The conformance suite: what holds for every form, with a planted law of each."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mixlaw.laws import FAMILIES, FORMS, Chinchilla, Form, Proportion, Transfer, fit_chinchilla
from mixlaw.laws.families.proportion import fit_terms
from mixlaw.laws.fits.rows import MixtureRows
from mixlaw.laws.fits.transfer import fit_transfer
from mixlaw.laws.forms import (
    Additive,
    Coupled,
    DataMixing,
    Ensemble,
    GaussianProcess,
    Joint,
    ProportionFree,
    RegMixLinear,
    RegMixTrees,
    form_from_json,
)
from mixlaw.laws.forms.parametric import BatchedForm
from mixlaw.laws.observed.columns import RunColumns
from mixlaw.laws.observed.table import observe_runs

M = 4
STEP = 1e-6
Rows = tuple[np.ndarray, np.ndarray, np.ndarray]
Refit = Callable[[np.ndarray, np.ndarray, np.ndarray, np.ndarray], Form]


def grid(n: int = 60) -> Rows:
    rng = np.random.default_rng(3)
    return 10 ** rng.uniform(5, 9, n), 10 ** rng.uniform(6, 11, n), rng.dirichlet(np.ones(M), n)


def through(family: str) -> Refit:
    """Fit by the family of that name, from a table of runs."""

    def refit(N: np.ndarray, D: np.ndarray, p: np.ndarray, loss: np.ndarray) -> Form:
        weights = tuple(f"w{j}" for j in range(M))
        table = pl.DataFrame({"N": N, "D": D, **dict(zip(weights, p.T, strict=True)), "loss of w1": loss})
        columns = RunColumns(targets=("loss of w1",), weights=weights, params="N", tokens="D")
        observed = observe_runs(table, columns)
        FAMILIES[family].check(observed, ("loss of w1",))
        return FAMILIES[family].point(observed, ("loss of w1",))["loss of w1"].form

    return refit


@dataclass(frozen=True, kw_only=True)
class Case:
    """A planted form, its fit (None: it is put together, not fitted), and what can be asked of it."""

    form: Form
    refit: Refit | None
    parameters: float | None = 2e-2
    """How exactly the fit recovers them; None where other parameters give the same losses."""
    predictions: float = 2e-4
    scales: bool = True
    """It knows N and D."""
    smooth: bool = True
    """It has derivatives by the shares."""


def chinchilla(N: np.ndarray, D: np.ndarray, p: np.ndarray, loss: np.ndarray) -> Form:
    return fit_chinchilla(N, D, loss).law


def transfer(own: int | None) -> Refit:
    return lambda N, D, p, loss: fit_transfer(MixtureRows(N=N, D=D, shares=p, loss=loss, own=own)).law


def terms(N: np.ndarray, D: np.ndarray, p: np.ndarray, loss: np.ndarray) -> Form:
    forgotten = PROPORTION.with_parameters(np.concatenate([[1.0, 1.0, 0.0], PROPORTION.parameters[3:]]))
    return fit_terms(forgotten, N, D, p, loss)[0]


PROPORTION = Proportion(
    A=0.4,
    B=0.6,
    gamma=0.8,
    alpha_N=(0.3, 0.25, 0.35, 0.2),
    alpha_D=(0.3, 0.28, 0.33, 0.4),
    L_inf=(0.5, 0.3, 0.2, 0.4),
    tau=((0.0, 0.1, 0.05, -0.02), (0.2, 0.0, 0.1, 0.1), (0.03, 0.02, 0.0, 0.01), (0.0, 0.05, 0.04, 0.0)),
)
SHAPE = {"E": 1.2, "A": 120.0, "B": 300.0, "alpha_N": 0.3, "alpha_D": 0.33}


def process() -> GaussianProcess:
    rng = np.random.default_rng(8)
    d = M + 2
    return GaussianProcess(
        least_share=1e-2,
        with_N=True,
        with_D=True,
        centre=np.array([*[-1.5] * M, 16.0, 19.0]),
        spread=np.array([*[1.0] * M, 2.5, 3.0]),
        lengths=rng.uniform(2, 6, d),
        signal=0.1,
        linear=0.1,
        noise=0.001,
        inputs=rng.normal(size=(12, d)),
        coefficients=rng.normal(size=12),
        base=1.1,
        slopes=np.array([0.02, -0.05, 0.03, 0.01, -0.3, -0.3]),
        frequencies=rng.normal(size=(8, d)) / 3,
        phases=rng.uniform(0, 6, 8),
        amplitudes=rng.normal(size=8) / 100,
    )


CASES = {
    "chinchilla": Case(form=Chinchilla(E=1.69, A=406.4, B=410.7, alpha_N=0.34, alpha_D=0.28), refit=chinchilla),
    "transfer": Case(form=Transfer(**SHAPE, weights=(0.4, 1.0, 0.1, 0.02), own=1), refit=transfer(1)),
    "transfer of diminishing worth": Case(
        form=Transfer(**SHAPE, rho=0.5, weights=(0.4, 1.0, 0.1, 0.2), own=1), refit=transfer(1)
    ),
    "transfer to an untrained target": Case(
        form=Transfer(**SHAPE, weights=(2.0, 1.0, 2.5, 0.2), own=None), refit=transfer(None)
    ),
    "proportion": Case(form=PROPORTION, refit=terms),
    "coupled": Case(
        form=Coupled(
            **SHAPE,
            beta_E=0.05,
            beta_N=0.03,
            beta_D=0.2,
            gamma=1.1,
            rho=(0.5, 0.6, 0.7, 0.6),
            w=(0.3, 3.0, 0.5, 0.4),
            reference=(0.25,) * M,
        ),
        refit=through("coupled"),
        parameters=None,
        predictions=5e-3,
    ),
    "data-mixing": Case(
        form=DataMixing(c=2.0, k=0.8, t=(0.3, -1.5, 0.7, 0.5)), refit=through("data-mixing"), scales=False
    ),
    "additive": Case(
        form=Additive(**SHAPE, C=(0.4, 3.0, 0.5, 0.3), gamma=(0.8, 0.4, 0.6, 0.5)),
        refit=through("additive"),
        parameters=5e-2,
        predictions=5e-4,
    ),
    "joint": Case(
        form=Joint(
            E=1.2,
            alpha_N=0.3,
            alpha_D=0.33,
            gamma_A=0.8,
            gamma_B=1.3,
            C=(0.4, 3.0, 0.5, 0.3),
            gamma=(0.8, 0.4, 0.6, 0.5),
            C_A=(400.0, 300.0, 500.0, 350.0),
            C_B=(120.0, 60.0, 100.0, 90.0),
        ),
        refit=through("joint"),
        parameters=None,
        predictions=2e-3,
    ),
    "proportion-free": Case(
        form=ProportionFree(
            A=0.3,
            B=0.5,
            alpha_N=(0.3, 0.25, 0.35, 0.2),
            alpha_D=(0.3, 0.28, 0.33, 0.4),
            L_inf=(2.5, 1.3, 2.2, 2.4),
            tau=(1.5, 0.3, -0.2, 0.8, 2.0, 0.1),
            N_unit=1e7,
            D_unit=3e8,
        ),
        refit=through("proportion-free"),
        parameters=None,
        predictions=2e-3,
    ),
    "regmix-linear": Case(
        form=RegMixLinear(weights=(4.1, 2.3, 3.7, 5.0)), refit=through("regmix-linear"), parameters=1e-6, scales=False
    ),
    "regmix-trees": Case(
        form=RegMixTrees(
            base=3.0,
            roots=np.array([0, 3]),
            feature=np.array([1, 0, 0, 2, 0, 0, 0, 0]),
            threshold=np.array([0.2, 0.0, 0.0, 0.3, 0.0, 0.5, 0.0, 0.0]),
            left=np.array([1, 1, 2, 4, 4, 6, 6, 7]),
            right=np.array([2, 1, 2, 5, 4, 7, 6, 7]),
            value=np.array([0.0, 0.4, -0.2, 0.0, 0.1, 0.0, -0.1, 0.3]),
        ),
        refit=through("regmix-trees"),
        parameters=None,
        predictions=0.15,
        scales=False,
        smooth=False,
    ),
    "gaussian-process": Case(form=process(), refit=through("gaussian-process"), parameters=None, predictions=2e-2),
}
CASES["ensemble"] = Case(
    form=Ensemble(members=(CASES["transfer"].form, CASES["additive"].form), weights=(0.3, 0.7)), refit=None
)


def cases(suits: Callable[[Case], bool]) -> pytest.MarkDecorator:
    chosen = {name: case for name, case in CASES.items() if suits(case)}
    return pytest.mark.parametrize("case", chosen.values(), ids=chosen.keys())


every = cases(lambda case: True)


def test_every_form_is_here() -> None:
    assert {case.form.name for case in CASES.values()} == set(FORMS)


@cases(lambda case: case.refit is not None)
def test_the_fit_recovers_what_was_planted(case: Case) -> None:
    N, D, p = grid(200)
    if not case.scales:
        N, D = np.full_like(N, 1e8), np.full_like(D, 1e9)
    assert case.refit is not None
    found = case.refit(N, D, p, case.form.loss(N, D, p))
    assert type(found) is type(case.form)
    np.testing.assert_allclose(found.loss(N, D, p), case.form.loss(N, D, p), rtol=case.predictions)
    if case.parameters is not None:
        np.testing.assert_allclose(found.parameters, case.form.parameters, rtol=case.parameters)


@every
def test_gradient_by_parameters(case: Case) -> None:
    N, D, p = grid()
    values = case.form.parameters
    for i, value in enumerate(values):
        step = np.zeros_like(values)
        step[i] = STEP * max(abs(value), 1e-2)
        rise = case.form.with_parameters(values + step).loss(N, D, p)
        fall = case.form.with_parameters(values - step).loss(N, D, p)
        found = case.form.gradients(N, D, p).parameters[:, i]
        np.testing.assert_allclose(found, (rise - fall) / (2 * step[i]), rtol=1e-4, atol=1e-9)


@cases(lambda case: case.smooth)
def test_gradient_by_shares(case: Case) -> None:
    N, D, p = grid()
    for j in range(M):
        step = np.zeros(M)
        step[j] = STEP
        # In a domain with next to no share the slope changes within the step.
        common = p[:, j] > 1e-3
        expected = (case.form.loss(N, D, p + step) - case.form.loss(N, D, p - step)) / (2 * STEP)
        found = case.form.gradients(N, D, p).shares[:, j]
        np.testing.assert_allclose(found[common], expected[common], rtol=1e-4, atol=1e-8)


@every
@pytest.mark.parametrize("name", ["N", "D"])
def test_gradient_by_scale(case: Case, name: str) -> None:
    N, D, p = grid()

    def factor(f: float) -> tuple[np.ndarray, np.ndarray]:
        return (N * f, D) if name == "N" else (N, D * f)

    base = N if name == "N" else D
    expected = (case.form.loss(*factor(1 + STEP), p) - case.form.loss(*factor(1 - STEP), p)) / (2 * STEP * base)
    np.testing.assert_allclose(getattr(case.form.gradients(N, D, p), name), expected, rtol=1e-4)


@every
def test_more_parameters_or_tokens_never_hurt(case: Case) -> None:
    N, D, p = grid()
    gradients = case.form.gradients(N, D, p)
    assert np.all(gradients.N < 0) if case.scales else not gradients.N.any()
    assert np.all(gradients.D < 0) if case.scales else not gradients.D.any()


@every
def test_loss_and_slopes_are_finite_in_the_corners(case: Case) -> None:
    N, D, _ = grid(M)
    gradients = case.form.gradients(N, D, np.eye(M))
    assert np.isfinite(case.form.loss(N, D, np.eye(M))).all()
    assert np.isfinite(gradients.shares).all()
    assert np.isfinite(gradients.parameters).all()


@every
def test_rows_are_independent(case: Case) -> None:
    N, D, p = grid()
    alone = [case.form.loss(N[i : i + 1], D[i : i + 1], p[i : i + 1])[0] for i in range(len(N))]
    np.testing.assert_allclose(case.form.loss(N, D, p), alone, rtol=1e-12)
    assert case.form.loss(N[:0], D[:0], p[:0]).shape == (0,)


@cases(lambda case: isinstance(case.form, BatchedForm))
def test_a_batch_is_its_laws_one_by_one(case: Case) -> None:
    N, D, p = grid(20)
    values = case.form.parameters * np.random.default_rng(0).uniform(0.9, 1.1, (5, len(case.form.parameters)))
    loss, jacobian = case.form.batch(values, N, D, p)
    laws = [case.form.with_parameters(v) for v in values]
    np.testing.assert_allclose(loss, [law.loss(N, D, p) for law in laws], rtol=1e-13)
    np.testing.assert_allclose(jacobian, [law.gradients(N, D, p).parameters for law in laws], rtol=1e-12)


@cases(lambda case: hasattr(case.form, "rescaled"))
def test_units_can_be_changed(case: Case) -> None:
    N, D, p = grid(20)
    found = case.form.rescaled(N=1e6, D=1e-3).loss(N * 1e6, D * 1e-3, p)
    np.testing.assert_allclose(found, case.form.loss(N, D, p), rtol=1e-10)


@every
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_json_round_trip_is_exact(case: Case, data: st.DataObject) -> None:
    finite = st.floats(allow_nan=False, allow_infinity=False)
    n = len(case.form.parameters)
    form = case.form.with_parameters(np.array(data.draw(st.lists(finite, min_size=n, max_size=n))))
    again = form_from_json(form.name, json.loads(json.dumps(form.to_json(), allow_nan=False)))
    assert again == form
    assert hash(again) == hash(form)
    assert json.dumps(again.to_json()) == json.dumps(form.to_json())


@every
def test_it_differs_from_another(case: Case) -> None:
    assert case.form != case.form.with_parameters(case.form.parameters * 1.01)
    assert case.form != "a form"


@every
def test_is_documented(case: Case) -> None:
    assert case.form.formula
    assert case.form.source
    assert type(case.form).__doc__
    assert len(case.form.parameters) == len(case.form.parameter_names) == len(set(case.form.parameter_names))


@every
def test_is_frozen(case: Case) -> None:
    with pytest.raises(AttributeError):
        setattr(case.form, type(case.form).__slots__[0], 0.0)
    arrays = [getattr(case.form, name) for name in type(case.form).__slots__]
    assert not any(array.flags.writeable for array in arrays if isinstance(array, np.ndarray))
