"""The rivals' forms against their papers' formulas, written out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from mixlaw.laws import Proportion
from mixlaw.laws.families.regmix import as_arrays, fit_trees
from mixlaw.laws.forms import Additive, DataMixing, Joint, ProportionFree

N, D = np.array([2e8]), np.array([5e9])
P = np.array([[0.5, 0.3, 0.2]])


def test_data_mixing() -> None:
    law = DataMixing(c=1.5, k=0.7, t=(0.2, -1.0, 0.4))
    expected = 1.5 + 0.7 * np.exp(0.2 * 0.5 - 1.0 * 0.3 + 0.4 * 0.2)
    np.testing.assert_allclose(law.loss(N, D, P), expected, rtol=1e-14)


def test_additive() -> None:
    law = Additive(E=1.1, A=90.0, B=200.0, alpha_N=0.3, alpha_D=0.35, C=(1.0, 2.0, 3.0), gamma=(0.5, 0.6, 0.7))
    mixture = 1 / (1.0 * 0.5**0.5 + 2.0 * 0.3**0.6 + 3.0 * 0.2**0.7)
    np.testing.assert_allclose(law.loss(N, D, P), 1.1 + mixture + 90 / 2e8**0.3 + 200 / 5e9**0.35, rtol=1e-13)


def joint(C_A: tuple[float, ...], C_B: tuple[float, ...]) -> Joint:
    return Joint(
        E=1.1,
        alpha_N=0.3,
        alpha_D=0.35,
        gamma_A=0.9,
        gamma_B=1.2,
        C=(1.0, 2.0, 3.0),
        gamma=(0.5, 0.6, 0.7),
        C_A=C_A,
        C_B=C_B,
    )


def test_joint() -> None:
    mixture = 1 / (1.0 * 0.5**0.5 + 2.0 * 0.3**0.6 + 3.0 * 0.2**0.7)
    A, B = (100 * 0.5 + 120 * 0.3 + 90 * 0.2) ** 0.9, (60 * 0.5 + 50 * 0.3 + 70 * 0.2) ** 1.2
    found = joint((100.0, 120.0, 90.0), (60.0, 50.0, 70.0)).loss(N, D, P)
    np.testing.assert_allclose(found, 1.1 + mixture + A / 2e8**0.3 + B / 5e9**0.35, rtol=1e-13)


def test_joint_with_equal_levels_is_additive() -> None:
    shape = {"E": 1.1, "alpha_N": 0.3, "alpha_D": 0.35, "C": (1.0, 2.0, 3.0), "gamma": (0.5, 0.6, 0.7)}
    additive = Additive(A=100.0**0.9, B=50.0**1.2, **shape)
    np.testing.assert_allclose(joint((100.0,) * 3, (50.0,) * 3).loss(N, D, P), additive.loss(N, D, P), rtol=1e-13)


def test_proportion_of_one_language_is_its_own_law() -> None:
    law = Proportion(
        A=0.4,
        B=0.6,
        gamma=0.8,
        alpha_N=(0.3, 0.25, 0.35),
        alpha_D=(0.3, 0.28, 0.33),
        L_inf=(0.5, 0.3, 0.2),
        tau=((0.0, 0.1, 0.05), (0.2, 0.0, 0.1), (0.03, 0.02, 0.0)),
    )
    expected = 0.4 * 0.2**-0.35 + 0.6 * 5.0**-0.33 + 0.2
    np.testing.assert_allclose(law.loss(N, D, np.eye(3)[2:]), expected, rtol=1e-12)
    np.testing.assert_allclose(law.synergy(np.array([[0.5, 0.5, 0.0]])), 0.25 * 0.1 + 0.25 * 0.2)


def test_proportion_free_is_the_papers_law_with_gamma_1() -> None:
    shape = {"A": 0.4, "B": 0.6, "alpha_N": (0.3, 0.25, 0.35), "alpha_D": (0.3, 0.28, 0.33), "L_inf": (0.5, 0.3, 0.2)}
    tau = ((0.0, 0.1, 0.05), (0.2, 0.0, 0.1), (0.03, 0.02, 0.0))
    published = Proportion(**shape, gamma=1.0, tau=tau)
    free = ProportionFree(**shape, tau=(0.1 + 0.2, 0.05 + 0.03, 0.1 + 0.02), N_unit=1e9, D_unit=1e9)
    np.testing.assert_allclose(free.loss(N, D, P), published.loss(N, D, P), rtol=1e-13)


def test_trees_predict_what_lightgbm_predicts() -> None:
    lightgbm = pytest.importorskip("lightgbm")
    rng = np.random.default_rng(0)
    p = np.round(rng.dirichlet(np.ones(5), 300), 3)
    loss = 3 + np.sin(4 * p[:, 0]) - p[:, 1] ** 2
    booster = lightgbm.train({"verbosity": -1, "num_threads": 1}, lightgbm.Dataset(p, loss), num_boost_round=60)
    law = as_arrays(0.0, booster.dump_model())
    for q in (p, rng.dirichlet(np.ones(5), 200)):
        found = law.loss(np.ones(len(q)), np.ones(len(q)), q)
        np.testing.assert_allclose(found, booster.predict(q), rtol=1e-12)


def test_trees_stop_early_on_runs_they_were_not_trained_on() -> None:
    pytest.importorskip("lightgbm")
    rng = np.random.default_rng(1)
    p = rng.dirichlet(np.ones(4), 200)
    noise = 3 + rng.normal(size=200)
    assert len(fit_trees(p, noise).roots) < 50
    assert len(fit_trees(p, 3 + p[:, 0]).roots) > 200
    assert fit_trees(p, noise) == fit_trees(p, noise)
