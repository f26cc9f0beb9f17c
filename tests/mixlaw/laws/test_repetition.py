"""Repeated tokens: the published rule, its derivatives, and its constant recovered from runs."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mixlaw.laws import Chinchilla, Transfer, fit, observe
from mixlaw.laws.evaluate import loss_on_mixture, share_gradient, token_gradient
from mixlaw.laws.fit_repetition import distinct_tokens, fit_repetition
from mixlaw.laws.repetition import R_STAR, Repetition
from mixlaw.trial import MixlawError

UNIQUE = np.array([20e9, 5e9, np.inf])
N, D = np.array([1e9, 2e9]), np.array([100e9, 30e9])
P = np.array([[0.5, 0.3, 0.2], [0.1, 0.2, 0.7]])
FORMS = {
    "transfer": (
        Transfer(E=0.5, A=150.0, B=800.0, alpha_N=0.3, alpha_D=0.33, rho=0.7, weights=(1.0, 0.3, 0.2), own=0),
        0,
    ),
    "chinchilla": (Chinchilla(E=0.5, A=150.0, B=800.0, alpha_N=0.3, alpha_D=0.33), 1),
}


def test_the_papers_equation_5() -> None:
    """U = 20B, three repetitions: D' = 20B + 20B R* (1 - exp(-3 / R*))."""
    tokens = Repetition().worth(np.array([[80e9]]), np.array([20e9]))
    assert tokens[0, 0] == pytest.approx(20e9 * (1 + 15.387756 * (1 - np.exp(-3 / 15.387756))))
    assert Repetition().worth(np.array([[1e20]]), np.array([20e9]))[0, 0] == pytest.approx(20e9 * (1 + R_STAR))


def test_up_to_one_pass_nothing_changes() -> None:
    effective, shares = Repetition().effective(D, P, np.array([60e9, 30e9, 21e9]))
    np.testing.assert_allclose(effective, D, rtol=1e-15)
    np.testing.assert_allclose(shares, P, rtol=1e-15)
    for form, own in FORMS.values():
        unlimited = loss_on_mixture(form, own, N, D, P, np.full(3, np.inf))
        np.testing.assert_allclose(unlimited, loss_on_mixture(form, own, N, D, P), rtol=1e-15)


def test_a_domain_without_data_counts_nothing_and_infinity_counts_all() -> None:
    assert Repetition().effective(D, P, np.array([0.0, np.inf, np.inf]))[0] == pytest.approx([50e9, 27e9])
    full, shares = Repetition(R_star=np.inf).effective(D, P, UNIQUE)
    np.testing.assert_allclose(full, D)
    np.testing.assert_allclose(shares, P)
    with pytest.raises(MixlawError, match="R_star must be above 0"):
        Repetition(R_star=0.0)


@pytest.mark.parametrize("name", FORMS)
def test_derivatives_go_through_the_repetition(name: str) -> None:
    form, own = FORMS[name]
    by_share, by_token = (of(form, own, N, D, P, UNIQUE) for of in (share_gradient, token_gradient))
    for j in range(3):
        step = 1e-6 * np.eye(3)[j]
        ends = [loss_on_mixture(form, own, N, D, P + sign * step, UNIQUE) for sign in (1, -1)]
        np.testing.assert_allclose(by_share[:, j], (ends[0] - ends[1]) / 2e-6, rtol=1e-5, atol=1e-12)
        more = 1e-5 * D
        ends = [_with_tokens(form, own, sign * more, j) for sign in (1, -1)]
        np.testing.assert_allclose(by_token[:, j], (ends[0] - ends[1]) / (2 * more), rtol=1e-4, atol=1e-22)


def _with_tokens(form: Transfer | Chinchilla, own: int, more: np.ndarray, domain: int) -> np.ndarray:
    tokens = D[:, None] * P
    tokens[:, domain] += more
    total = tokens.sum(axis=1)
    return loss_on_mixture(form, own, N, total, tokens / total[:, None], UNIQUE)


@settings(max_examples=60, deadline=None)
@given(st.floats(0, 1e13), st.floats(1e3, 1e13), st.floats(0.1, 1e4))
def test_repeats_are_worth_less_than_new_but_never_harm(tokens: float, unique: float, R_star: float) -> None:
    rule = Repetition(R_star=R_star)
    worth = rule.worth(np.array([[tokens], [2 * tokens]]), np.array([unique]))[:, 0]
    assert worth[0] <= tokens * (1 + 1e-12)
    assert worth[0] <= worth[1] <= unique * (1 + R_star) * (1 + 1e-12)


def repeating(plant: Callable, R_star: float, epochs: tuple[float, ...]) -> tuple:
    """A law of fresh runs, and runs that repeat one language as R* has it."""
    planted = plant(noise=0.003, n_random=20, seed=1)
    observed = observe(planted.table)
    fresh = observed.keep(observed.fresh)
    rng, rows = np.random.default_rng(0), observed.keep(observed.fresh & (observed.shares.max(axis=1) > 0.99))
    passes = np.where(rows.shares > 0, rng.choice(epochs, (len(rows), 1)), 1.0)
    unique = np.where(passes > 1, rows.D[:, None] * rows.shares / passes, np.inf)
    losses = {
        t: loss_on_mixture(planted.laws[t], k, rows.N, rows.D, rows.shares, unique, Repetition(R_star=R_star))
        * np.exp(0.003 * rng.normal(size=len(rows)))
        for k, t in enumerate(planted.languages)
    }
    return fit(fresh, "transfer", n_bootstrap=30), dataclasses.replace(rows, epochs=passes, losses=losses)


def test_the_constant_is_recovered(plant: Callable) -> None:
    law, rows = repeating(plant, R_star=4.0, epochs=(4.0, 10.0, 30.0))
    found = fit_repetition(law, rows, n_bootstrap=40)
    assert found.R_star.identified
    assert found.R_star.lower < 4.0 < found.R_star.upper
    assert found.R_star.value == pytest.approx(4.0, rel=0.25)
    assert found.repetition.R_star == found.R_star.value


def test_few_repeats_do_not_identify_it(plant: Callable) -> None:
    law, rows = repeating(plant, R_star=500.0, epochs=(1.6,))
    found = fit_repetition(law, rows, n_bootstrap=40)
    assert found.R_star.upper is None
    assert "open above" in found.R_star.reason


def test_fresh_runs_alone_are_refused(plant: Callable) -> None:
    observed = observe(plant().table)
    fresh = observed.keep(observed.fresh)
    with pytest.raises(MixlawError, match="nothing to fit R\\* to"):
        fit_repetition(fit(fresh, "transfer", n_bootstrap=0), fresh)


def test_distinct_tokens_come_from_the_epochs(plant: Callable) -> None:
    observed = observe(plant().table)
    twice = observed.keep(~observed.fresh)
    distinct = distinct_tokens(twice)
    assert np.nanmin(distinct) == pytest.approx(5e5)
    assert np.isinf(distinct[twice.shares == 0]).all()


def test_predictions_take_available_tokens(plant: Callable) -> None:
    law = fit(observe(plant().table), "transfer", n_bootstrap=5)
    shares = {"python": 0.5, "java": 0.5}
    plenty, scarce = (
        law.predict(2e5, 2e6, shares, "python", available={"python": tokens, "cobol": 1.0}) for tokens in (1e9, 1e5)
    )
    assert plenty.loss == law.predict(2e5, 2e6, shares, "python").loss
    assert scarce.loss > plenty.loss
    assert scarce.lower < scarce.loss < scarce.upper
