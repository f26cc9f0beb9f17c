from __future__ import annotations

import dataclasses

import numpy as np

from mixlaw.laws import Chinchilla, Transfer

M = 4
LAW = Transfer(E=1.2, A=120.0, B=300.0, alpha_N=0.3, alpha_D=0.33, weights=(0.4, 1.0, 0.1, 0.02), own=1)
BENT = dataclasses.replace(LAW, rho=0.5, weights=(0.4, 1.0, 0.1, 0.2))
CHINCHILLA = Chinchilla(E=1.2, A=120.0, B=300.0, alpha_N=0.3, alpha_D=0.33)


def grid(n: int = 60) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(3)
    return 10 ** rng.uniform(5, 9, n), 10 ** rng.uniform(6, 11, n), rng.dirichlet(np.ones(M), n)


def test_without_others_it_is_chinchilla_of_its_own_tokens() -> None:
    N, D, p = grid()
    alone = dataclasses.replace(LAW, weights=(0.0, 1.0, 0.0, 0.0))
    np.testing.assert_allclose(alone.loss(N, D, p), CHINCHILLA.loss(N, D * p[:, 1], p), rtol=1e-12)


def test_a_constant_in_the_sum_would_be_the_same_law() -> None:
    """Why there is no eps: it is absorbed by the weights and B."""
    N, D, p = grid()
    eps, law = 0.05, LAW
    with_eps = law.E + law.A * N**-law.alpha_N + law.B * (D * (eps + p @ np.array(law.weights))) ** -law.alpha_D
    weights = tuple((w + eps) / (1 + eps) for w in law.weights)
    same = dataclasses.replace(law, B=law.B * (1 + eps) ** -law.alpha_D, weights=weights)
    np.testing.assert_allclose(same.loss(N, D, p), with_eps, rtol=1e-12)


def test_trained_alone_rho_changes_nothing() -> None:
    N, D, _ = grid()
    alone = np.eye(M)[np.ones(len(N), dtype=int)]
    np.testing.assert_allclose(BENT.loss(N, D, alone), CHINCHILLA.loss(N, D, alone), rtol=1e-12)


def test_it_is_convex_in_the_shares() -> None:
    N, D, p = grid(200)
    q = np.roll(p, 1, axis=0)
    middle = BENT.loss(N, D, (p + q) / 2)
    assert (middle <= (BENT.loss(N, D, p) + BENT.loss(N, D, q)) / 2 + 1e-12).all()


def test_a_little_of_the_targets_own_cannot_be_replaced() -> None:
    N, D = np.full(2, 1e8), np.full(2, 1e9)
    p = np.array([[0.99, 0.01, 0.0, 0.0], [0.999, 0.001, 0.0, 0.0]])
    small, smaller = BENT.loss(N, D, p)
    additive = dataclasses.replace(BENT, rho=1.0).loss(N, D, p)
    assert smaller - small > 10 * (additive[1] - additive[0])
