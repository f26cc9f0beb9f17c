"""The exact global optimum, on planted data with outliers and against the plain method."""

from __future__ import annotations

import dataclasses
import time

import numpy as np
import pytest
from scipy.optimize import minimize

from mixlaw.laws import Chinchilla, fit_chinchilla
from mixlaw.laws.fits.chinchilla import refit_chinchilla

TRUTH = Chinchilla(E=1.8, A=480.0, B=2100.0, alpha_N=0.35, alpha_D=0.37)


def noisy(n: int = 240, seed: int = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    N, D = 10 ** rng.uniform(7.6, 10.2, n), 10 ** rng.uniform(8.5, 11.5, n)
    loss = TRUTH.loss(N, D, np.ones((n, 1))) * np.exp(0.004 * rng.standard_t(2.5, size=n))
    return N, D, loss


def huber(law: Chinchilla, N: np.ndarray, D: np.ndarray, loss: np.ndarray, delta: float = 1e-3) -> float:
    size = np.abs(np.log(law.loss(N, D, np.ones((len(N), 1))) / loss))
    return float(np.sum(np.where(size <= delta, size**2 / 2, delta * (size - delta / 2))))


def test_no_start_of_the_plain_method_does_better() -> None:
    """Hoffmann et al.'s way: L-BFGS from many starts on log-sum-exp parameters."""
    N, D, loss = noisy()
    fit = fit_chinchilla(N, D, loss)
    assert fit.objective == pytest.approx(huber(fit.law, N, D, loss), rel=1e-9)
    log_N, log_D = np.log(N), np.log(D)

    def objective(theta: np.ndarray) -> float:
        a, b, e, alpha_N, alpha_D = theta
        log_loss = np.logaddexp(np.logaddexp(a - alpha_N * log_N, b - alpha_D * log_D), e)
        size = np.abs(log_loss - np.log(loss))
        return float(np.sum(np.where(size <= 1e-3, size**2 / 2, 1e-3 * (size - 5e-4))))

    rng = np.random.default_rng(1)
    near = np.array([np.log(TRUTH.A), np.log(TRUTH.B), np.log(TRUTH.E), TRUTH.alpha_N, TRUTH.alpha_D])
    starts = [near + rng.normal(size=5) * [1, 1, 0.3, 0.05, 0.05] for _ in range(6)]
    best = min(minimize(objective, s, method="L-BFGS-B", options={"ftol": 1e-13}).fun for s in starts)
    assert fit.converged
    assert fit.objective <= best * (1 + 1e-6)


def test_residuals_may_be_of_losses_rather_than_of_their_logarithms() -> None:
    N, D, loss = noisy()
    fit = fit_chinchilla(N, D, loss, logarithms=False)

    def objective(law: Chinchilla) -> float:
        size = np.abs(law.loss(N, D, np.ones((len(N), 1))) - loss)
        return float(np.sum(np.where(size <= 1e-3, size**2 / 2, 1e-3 * (size - 5e-4))))

    assert fit.converged
    assert fit.objective == pytest.approx(objective(fit.law), rel=1e-9)
    assert fit.objective < objective(fit_chinchilla(N, D, loss).law)
    for name in ("E", "A", "B", "alpha_N", "alpha_D"):
        for factor in (0.9999, 1.0001):
            moved = dataclasses.replace(fit.law, **{name: factor * getattr(fit.law, name)})
            assert objective(moved) >= fit.objective


def test_it_is_fast_enough_to_be_repeated() -> None:
    """Loose bounds for a busy machine; the true figures are in docs/laws.md."""
    N, D, loss = noisy()
    started = time.perf_counter()
    fit = fit_chinchilla(N, D, loss)
    assert time.perf_counter() - started < 3
    counts = np.random.default_rng(0).multinomial(240, np.full(240, 1 / 240), size=1000).astype(float)
    started = time.perf_counter()
    laws = refit_chinchilla(fit.law, N, D, loss, counts)
    assert time.perf_counter() - started < 10
    alpha_N = np.array([law.alpha_N for law in laws])
    assert np.quantile(alpha_N, 0.05) < TRUTH.alpha_N < np.quantile(alpha_N, 0.95)


def test_a_replicate_is_as_good_as_a_fit_from_scratch() -> None:
    N, D, loss = noisy()
    fit = fit_chinchilla(N, D, loss)
    keep = np.random.default_rng(2).random(240) < 0.6
    (refit,) = refit_chinchilla(fit.law, N, D, loss, keep.astype(float)[None])
    scratch = fit_chinchilla(N[keep], D[keep], loss[keep])
    assert huber(refit, N[keep], D[keep], loss[keep]) <= scratch.objective * (1 + 1e-4)


@pytest.mark.parametrize("scale", [1e-3, 1.0, 1e3])
def test_units_of_counts_do_not_matter(scale: float) -> None:
    N, D, loss = noisy(80)
    plain, scaled = fit_chinchilla(N, D, loss), fit_chinchilla(N * scale, D * scale, loss)
    assert scaled.objective == pytest.approx(plain.objective, rel=1e-6)
    assert scaled.law.alpha_N == pytest.approx(plain.law.alpha_N, rel=1e-3)


def test_a_law_without_a_floor_gets_none() -> None:
    N, D, _ = noisy(100)
    law = Chinchilla(E=0.0, A=20.0, B=30.0, alpha_N=0.15, alpha_D=0.12)
    fit = fit_chinchilla(N, D, law.loss(N, D, np.ones((100, 1))))
    assert fit.law.E < 1e-2
    assert fit.law.alpha_N == pytest.approx(0.15, rel=0.02)


@pytest.mark.parametrize("seed", range(6))
def test_a_small_noisy_grid_still_gets_its_optimum(seed: int) -> None:
    """Noise ten times delta and few rows: nearly an L1 fit, whose valleys stall a descent without curvature."""
    rng = np.random.default_rng(seed)
    N, D = np.repeat([5e4, 1e5, 2e5, 4e5], 3), np.tile([5e5, 1e6, 2e6], 4)
    law = Chinchilla(E=1.0, A=30.0, B=200.0, alpha_N=0.3, alpha_D=0.35)
    loss = law.loss(N, D, np.ones((12, 1))) * np.exp(0.01 * rng.normal(size=12))
    fit = fit_chinchilla(N, D, loss)
    assert fit.converged
    near = [Chinchilla(**{**fit.law.to_json(), **move}) for move in _moves(fit.law, rng)]
    assert fit.objective <= min(huber(other, N, D, loss) for other in near) * (1 + 1e-9)


def _moves(law: Chinchilla, rng: np.random.Generator) -> list[dict[str, float]]:
    names = law.parameter_names
    scales = 10 ** rng.uniform(-5, -1, size=(500, 1))
    factors = np.exp(scales * rng.normal(size=(500, len(names))))
    return [dict(zip(names, law.parameters * f, strict=True)) for f in factors]
