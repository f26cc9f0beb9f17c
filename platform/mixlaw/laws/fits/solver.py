"""Robust regression of many problems at once: Huber loss on log residuals, damped Newton steps, box limits, a prior.

A batch of R problems (starts, grid points or bootstrap replicates) shares rows and model and differs in starts and
row weights, so every step is a few matrix products over the whole batch: this is what makes an exact global search
and hundreds of replicates cheap on one core.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mixlaw.laws.forms import Array

Flags = npt.NDArray[np.bool_]
Model = Callable[[Array], tuple[Array, Array]]
"""Parameters (R, P) -> log predictions (R, n) and their Jacobian (R, n, P)."""

Curvature = Callable[[Array, Array, Array], Array]
"""Parameters (R, P), Jacobian (R, n, P), weights (R, n) -> weighted sum of second log derivatives (R, P, P)."""

_MAX_BATCH_ELEMENTS = 500_000  # of a Jacobian: what stays in the cache is several times faster
_MAX_DAMPING = 1e8
_MIN_DAMPING = 1e-7


@dataclass(frozen=True, slots=True, kw_only=True)
class Prior:
    """A quadratic penalty (theta - mean)^T precision (theta - mean) / 2, in units of squared log residuals."""

    mean: Array
    """(P,)"""
    precision: Array
    """(P, P), positive semi-definite."""

    def draws(self, n: int, sigma: float, rng: np.random.Generator) -> Array:
        """(n, P) centres drawn from a prior that was weighed against data of relative noise `sigma`.

        Parameters without a prior stay at its mean, where it does not act.
        """
        values, vectors = np.linalg.eigh(self.precision / sigma**2)
        spread = np.where(values > 1e-9, 1 / np.sqrt(np.maximum(values, 1e-9)), 0.0)
        return self.mean + (rng.normal(size=(n, len(values))) * spread) @ vectors.T


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Minimise sum_i counts_i huber(model_i(theta) - log_loss_i; delta) + prior, within lower <= theta <= upper.

    huber(r; delta) = r**2 / 2 where abs(r) <= delta, else delta (abs(r) - delta / 2).
    """

    model: Model
    log_loss: Array
    """(n,)"""
    delta: float
    lower: Array
    """(P,)"""
    upper: Array
    """(P,)"""
    prior: Prior
    frozen: tuple[int, ...] = ()
    """Parameters that stay where they start."""
    curvature: Curvature | None = None
    """Wanted where delta is far below the noise: most residuals then add no curvature but through the model's own,
    and without it the descent along a valley is slow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """Where each problem of the batch ended."""

    theta: Array
    """(R, P)"""
    objective: Array
    """(R,)"""
    converged: Flags
    """(R,): no further step promises to lower the objective."""

    def best(self, count: int) -> Array:
        """(count, P): the parameters of the lowest objectives, best first."""
        return self.theta[np.argsort(self.objective, kind="stable")[:count]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Data:
    """What differs between the problems of a batch: row weights (R, n) and the prior's centres (R, P)."""

    counts: Array
    centres: Array

    def keep(self, rows: npt.NDArray[np.intp]) -> _Data:
        return _Data(counts=self.counts[rows], centres=self.centres[rows])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Local:
    """Objective and its local quadratics at a batch of points."""

    value: Array
    gradient: Array
    newton: Array
    majorant: Array

    def where(self, chosen: Flags, other: _Local) -> _Local:
        """Rows of self where chosen, of `other` elsewhere."""
        return _Local(
            value=np.where(chosen, self.value, other.value),
            gradient=np.where(chosen[:, None], self.gradient, other.gradient),
            newton=np.where(chosen[:, None, None], self.newton, other.newton),
            majorant=np.where(chosen[:, None, None], self.majorant, other.majorant),
        )

    def keep(self, rows: Flags) -> _Local:
        return _Local(
            value=self.value[rows],
            gradient=self.gradient[rows],
            newton=self.newton[rows],
            majorant=self.majorant[rows],
        )


def no_prior(size: int) -> Prior:
    """A prior that says nothing about `size` parameters."""
    return Prior(mean=np.zeros(size), precision=np.zeros((size, size)))


def minimise(
    problem: Problem,
    theta: Array,
    *,
    counts: Array | None = None,
    centres: Array | None = None,
    max_iterations: int = 300,
    tolerance: float = 1e-10,
) -> Solution:
    """Solve the batch from the starts `theta` (R, P). Deterministic.

    `counts` (R, n) weigh the rows (default 1) and `centres` (R, P) replace the prior's mean, problem by problem.
    A problem is done when a full step promises to lower its objective by less than `tolerance` of itself.
    """
    n = len(problem.log_loss)
    counts = np.ones((len(theta), n)) if counts is None else counts
    centres = np.tile(problem.prior.mean, (len(theta), 1)) if centres is None else centres
    chunk = max(1, _MAX_BATCH_ELEMENTS // (n * theta.shape[1]))
    slices = [slice(i, i + chunk) for i in range(0, len(theta), chunk)]
    parts = [
        _minimise_chunk(problem, theta[s], _Data(counts=counts[s], centres=centres[s]), max_iterations, tolerance)
        for s in slices
    ]
    return Solution(
        theta=np.concatenate([part.theta for part in parts]),
        objective=np.concatenate([part.objective for part in parts]),
        converged=np.concatenate([part.converged for part in parts]),
    )


def _minimise_chunk(problem: Problem, start: Array, data: _Data, max_iterations: int, tolerance: float) -> Solution:
    out = np.clip(start, problem.lower, problem.upper)
    local = _evaluate(problem, out, data)
    objective, converged = local.value.copy(), np.zeros(len(out), dtype=bool)
    active, theta, damping = np.arange(len(out)), out.copy(), np.full(len(out), 0.1)
    for _ in range(max_iterations):
        step, promised = _step(problem, theta, local, damping)
        candidate = np.clip(theta + step, problem.lower, problem.upper)
        there = _evaluate(problem, candidate, data.keep(active))
        # With the model's own curvature a quadratic can point uphill: more damping then.
        better = (there.value <= local.value) & (promised >= 0)
        theta, local = np.where(better[:, None], candidate, theta), there.where(better, local)
        damping = np.where(better, np.maximum(damping / 5, _MIN_DAMPING), damping * 4)
        done = (np.abs(promised) <= tolerance * local.value) & (damping < 1) | (damping > _MAX_DAMPING)
        out[active], objective[active] = theta, local.value
        converged[active[done]] = True
        if done.all():
            break
        active, theta, damping, local = active[~done], theta[~done], damping[~done], local.keep(~done)
    return Solution(theta=out, objective=objective, converged=converged)


def _evaluate(problem: Problem, theta: Array, data: _Data) -> _Local:
    """Huber's own second derivative is 0 beyond delta (`newton`); delta / abs(r) there gives an upper bound of the
    objective (`majorant`, as in iteratively reweighted least squares). Their damped sum is fast and safe."""
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        log_prediction, jacobian = problem.model(theta)
        residual = log_prediction - problem.log_loss
        size = np.abs(residual)
        inside = size <= problem.delta
        huber = np.where(inside, residual**2 / 2, problem.delta * (size - problem.delta / 2))
        irls = np.where(inside, 1.0, problem.delta / size)
    away = theta - data.centres
    pull = away @ problem.prior.precision
    value = np.sum(data.counts * huber, axis=1) + np.sum(away * pull, axis=1) / 2
    slope = data.counts * np.clip(residual, -problem.delta, problem.delta)
    transposed = jacobian.swapaxes(1, 2)
    own = 0.0 if problem.curvature is None else problem.curvature(theta, jacobian, slope)
    return _Local(
        value=np.where(np.isfinite(value), value, np.inf),
        gradient=(transposed @ slope[:, :, None])[:, :, 0] + pull,
        newton=transposed @ (jacobian * (data.counts * inside)[:, :, None]) + problem.prior.precision + own,
        majorant=transposed @ (jacobian * (data.counts * irls)[:, :, None]) + problem.prior.precision,
    )


def _step(problem: Problem, theta: Array, local: _Local, damping: Array) -> tuple[Array, Array]:
    """Step (R, P) and how far it promises to lower the objective (R,); parameters held by a limit do not move."""
    held = (theta <= problem.lower) & (local.gradient > 0) | (theta >= problem.upper) & (local.gradient < 0)
    held[:, list(problem.frozen)] = True
    hessian = local.newton + damping[:, None, None] * local.majorant
    diagonal = list(range(theta.shape[1]))
    # The jitter keeps a parameter that no row responds to where it is.
    hessian[:, diagonal, diagonal] += 1e-12 * local.majorant[:, diagonal, diagonal] + 1e-300
    hessian[held[:, :, None] | held[:, None, :]] = 0.0
    hessian[:, diagonal, diagonal] = np.where(held, 1.0, hessian[:, diagonal, diagonal])
    scale = 1 / np.sqrt(np.where(held, 1.0, local.majorant[:, diagonal, diagonal] + 1e-300))
    gradient = np.where(held, 0.0, local.gradient)
    # Damping multiplies the whole matrix: so must what keeps it from being singular, or rounding swallows it.
    jitter = 1e-13 * np.maximum(damping, 1.0)[:, None, None] * np.eye(theta.shape[1])
    scaled = hessian * scale[:, :, None] * scale[:, None, :] + jitter
    step = -np.linalg.solve(scaled, (gradient * scale)[:, :, None])[:, :, 0] * scale
    return np.clip(step, -3.0, 3.0), -np.sum(gradient * step, axis=1) / 2
