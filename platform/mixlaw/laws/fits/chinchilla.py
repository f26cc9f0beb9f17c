"""Fit a Chinchilla law: the exact global optimum of the Huber loss on log residuals.

For given exponents the prediction is linear in E, A and B, so the problem is searched by variable projection: on a
grid over both exponents the other three are solved for, all grid points in one batch; then the local minima of the
grid are polished with all five parameters free and analytic derivatives.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mixlaw.laws.fits.rows import middle
from mixlaw.laws.fits.solver import Problem, minimise, no_prior
from mixlaw.laws.forms import Array, Chinchilla

DELTA = 1e-3
"""Huber's delta on log residuals, as Hoffmann et al. 2022 used it."""
MIN_EXPONENT, MAX_EXPONENT = 0.01, 3.0
"""Limits of the exponents: a fit that ends on one has not identified it."""
_MIN_TERM = 1e-5  # of the smallest loss: a term that small is absent
_GRID = np.geomspace(0.02, 2.5, 12)
_FROM_START, _POLISHED = 20, 8


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    """(n,) arrays: parameters, training tokens, loss in nats per token."""

    N: Array
    D: Array
    loss: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class ChinchillaFit:
    """The law, the sum of Huber losses it reaches, and whether it satisfies the optimality conditions."""

    law: Chinchilla
    objective: float
    converged: bool


def fit_chinchilla(N: Array, D: Array, loss: Array, *, delta: float = DELTA, logarithms: bool = True) -> ChinchillaFit:
    """The global optimum over E, A, B >= 0 and exponents in [0.01, 3].

    `N`, `D`, `loss` are (n,) arrays of plain counts and nats per token, n >= 5 (checked by `mixlaw.laws.fit`).
    Without `logarithms` residuals are differences of losses, and `delta` is in nats.
    """
    rows = _Rows(N=N, D=D, loss=loss)
    grid = _problem(rows, delta, frozen=(3, 4), logarithms=logarithms)
    starts = _grid_starts(loss)
    rough = minimise(grid, starts, max_iterations=_FROM_START, tolerance=1e-4)
    best = _local_minima(rough.theta, rough.objective)
    solution = minimise(_problem(rows, delta, logarithms=logarithms), best)
    winner = int(np.argmin(solution.objective))
    return ChinchillaFit(
        law=_laws(solution.theta[winner : winner + 1], rows)[0],
        objective=float(solution.objective[winner]),
        converged=bool(solution.converged[winner]),
    )


def refit_chinchilla(
    start: Chinchilla, N: Array, D: Array, loss: Array, counts: Array, *, delta: float = DELTA
) -> tuple[Chinchilla, ...]:
    """One law per row of `counts` (R, n): the rows counted that many times, started from `start`."""
    rows = _Rows(N=N, D=D, loss=loss)
    theta = np.repeat(_theta(start, rows)[None], len(counts), axis=0)
    return _laws(minimise(_problem(rows, delta), theta, counts=counts, tolerance=1e-6).theta, rows)


def _problem(rows: _Rows, delta: float, frozen: tuple[int, ...] = (), *, logarithms: bool = True) -> Problem:
    """theta = E / lowest loss, log A N_0^-alpha_N, log B D_0^-alpha_D, log alpha_N, log alpha_D.

    N_0 and D_0 are geometric means. E is not a logarithm, so that a fit can reach E = 0.
    """
    log_N, log_D = np.log(rows.N / middle(rows.N)), np.log(rows.D / middle(rows.D))
    lowest = rows.loss.min()
    floor, ceiling = np.log(lowest * _MIN_TERM), np.log(rows.loss.max() * 1e3)

    def model(theta: Array) -> tuple[Array, Array]:
        alpha_N, alpha_D = np.exp(theta[:, 3:4]), np.exp(theta[:, 4:5])
        E = theta[:, 0:1] * lowest
        size = np.exp(theta[:, 1:2] - alpha_N * log_N)
        data = np.exp(theta[:, 2:3] - alpha_D * log_D)
        total = E + size + data
        unit = total if logarithms else np.ones_like(total)
        size, data = size / unit, data / unit
        columns = [lowest / unit, size, data, -size * alpha_N * log_N, -data * alpha_D * log_D]
        return np.log(total) if logarithms else total, np.stack(columns, axis=2)

    def curvature(theta: Array, jacobian: Array, weights: Array) -> Array:
        """Each term's own second derivatives, less the outer product of the gradient for log(E + size + data)."""
        result = -jacobian.swapaxes(1, 2) @ (jacobian * weights[:, :, None])
        result *= float(logarithms)
        for level, exponent, log_scale in ((1, 3, log_N), (2, 4, log_D)):
            share = weights * jacobian[:, :, level]
            by_exponent = -np.exp(theta[:, exponent, None]) * log_scale
            mixed = np.sum(share * by_exponent, axis=1)
            result[:, level, level] += np.sum(share, axis=1)
            result[:, level, exponent] += mixed
            result[:, exponent, level] += mixed
            result[:, exponent, exponent] += np.sum(share * (by_exponent**2 + by_exponent), axis=1)
        return result

    return Problem(
        model=model,
        log_loss=np.log(rows.loss) if logarithms else rows.loss,
        delta=delta,
        lower=np.array([0.0, floor, floor, np.log(MIN_EXPONENT), np.log(MIN_EXPONENT)]),
        upper=np.array([rows.loss.max() / lowest, ceiling, ceiling, np.log(MAX_EXPONENT), np.log(MAX_EXPONENT)]),
        prior=no_prior(5),
        frozen=frozen,
        curvature=curvature,
    )


def _grid_starts(loss: Array) -> Array:
    """(144, 5): every pair of exponents, the typical loss shared out between the three terms."""
    alpha_N, alpha_D = np.meshgrid(np.log(_GRID), np.log(_GRID), indexing="ij")
    level = np.full(alpha_N.size, np.log(np.median(loss)))
    E = np.full(alpha_N.size, 0.6)
    return np.stack([E, level + np.log(0.2), level + np.log(0.2), alpha_N.ravel(), alpha_D.ravel()], 1)


def _local_minima(theta: Array, objective: Array) -> Array:
    """The grid points that are no worse than their four neighbours, the best eight of them."""
    surface = np.pad(objective.reshape(len(_GRID), len(_GRID)), 1, constant_values=np.inf)
    inner = surface[1:-1, 1:-1]
    neighbours = [surface[:-2, 1:-1], surface[2:, 1:-1], surface[1:-1, :-2], surface[1:-1, 2:]]
    minimum: NDArray[np.bool_] = np.all([inner <= other for other in neighbours], axis=0).ravel()
    ranked = np.argsort(np.where(minimum, objective, np.inf), kind="stable")
    return theta[ranked[: min(_POLISHED, int(minimum.sum()))]]


def _theta(law: Chinchilla, rows: _Rows) -> Array:
    size, data = law.A * middle(rows.N) ** -law.alpha_N, law.B * middle(rows.D) ** -law.alpha_D
    logarithms = np.log(np.maximum([size, data, law.alpha_N, law.alpha_D], 1e-300))
    return np.concatenate([[law.E / rows.loss.min()], logarithms])


def _laws(theta: Array, rows: _Rows) -> tuple[Chinchilla, ...]:
    log_N, log_D = np.log(middle(rows.N)), np.log(middle(rows.D))
    E = theta[:, 0] * rows.loss.min()
    size, data, alpha_N, alpha_D = np.exp(theta[:, 1:]).T
    A, B = size * np.exp(alpha_N * log_N), data * np.exp(alpha_D * log_D)
    return tuple(
        Chinchilla(E=float(e), A=float(a), B=float(b), alpha_N=float(n), alpha_D=float(d))
        for e, a, b, n, d in zip(E, A, B, alpha_N, alpha_D, strict=True)
    )
