"""Fit a Gaussian process: hyperparameters by marginal likelihood, then the process of all rows.

The hyperparameters (a length per input, and the standard deviations of the kernel, of the linear mean and of the
noise) maximise the marginal likelihood (Rasmussen and Williams 2006, Eq. 5.8 and 5.9) by L-BFGS with analytic
gradients, with weak log-normal priors: lengths 1.0 around the square root of the number of inputs, so that an input
which does not matter gets a long one; signal and linear 1.5 around the losses' spread; noise 2.0 around 0.1 of it.
They are found on at most 300 rows, and the process is then conditioned on all rows (the caller keeps them below
`MOST_ROWS`: time grows with their cube).

Replicates keep the hyperparameters. Each draws a function from the prior, weighs the rows anew (a row of weight c has
its noise variance divided by c) and is conditioned on what the drawn function leaves (Matheron's rule: Wilson et al.
2020, arXiv:2002.09309): they agree where there are runs and differ where there are none.
"""

# ruff: noqa: N815 (N and D are the field's own symbols)
from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import scipy.linalg
import scipy.optimize

from mixlaw.laws.fits.rows import MixtureRows
from mixlaw.laws.forms import Array, GaussianProcess
from mixlaw.laws.forms.gaussian_process import distances, matern, matern_pull, raw_inputs

LEAST_SHARES = (1e-3, 1e-2)
"""Candidates for `least_share`; the marginal likelihood chooses."""
MOST_ROWS = 1500
_MOST_FOR_LENGTHS, _MOST_ITERATIONS = 300, 150
_N_WAVES = 128
_LEAST_WEIGHT, _JITTER = 1e-6, 1e-10
_SEED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessFit:
    """The law, minus its log marginal likelihood (with priors, of the rows that its lengths were found on)."""

    law: GaussianProcess
    objective: float
    converged: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Process:
    """Hyperparameters, in units of the standardised inputs and of log loss."""

    least_share: float
    lengths: Array
    signal: float
    linear: float
    noise: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Inputs:
    """Standardised inputs z (n, d) and how they were made."""

    z: Array
    centre: Array
    spread: Array
    with_N: bool
    with_D: bool


def fit_process(rows: MixtureRows) -> ProcessFit:
    """The process of n >= 2 rows."""
    found = [_hyperparameters(rows, least_share) for least_share in LEAST_SHARES]
    process, objective, converged = min(found, key=lambda candidate: candidate[1])
    law = _conditioned(process, rows, np.ones((1, len(rows.loss))), None)[0]
    return ProcessFit(law=law, objective=objective, converged=converged)


def refit_process(
    law: GaussianProcess, rows: MixtureRows, counts: Array, rng: np.random.Generator
) -> tuple[GaussianProcess, ...]:
    """One law per row of `counts` (R, n), each around a function drawn from the prior."""
    process = _Process(
        least_share=law.least_share, lengths=law.lengths, signal=law.signal, linear=law.linear, noise=law.noise
    )
    return _conditioned(process, rows, counts, rng)


def thinned(n: int, most: int) -> npt.NDArray[np.bool_]:
    """(n,) flags of at most `most` rows, drawn by a fixed seed."""
    chosen = np.zeros(n, dtype=bool)
    chosen[np.random.default_rng(_SEED).permutation(n)[:most]] = True
    return chosen


def _inputs(rows: MixtureRows, least_share: float) -> _Inputs:
    with_N, with_D = bool(np.ptp(np.log(rows.N)) > 1e-9), bool(np.ptp(np.log(rows.D)) > 1e-9)
    raw = raw_inputs(rows.N, rows.D, rows.shares, least_share=least_share, with_N=with_N, with_D=with_D)
    spread = raw.std(axis=0)
    spread = np.where(spread > 1e-9, spread, 1.0)
    centre = raw.mean(axis=0)
    return _Inputs(z=(raw - centre) / spread, centre=centre, spread=spread, with_N=with_N, with_D=with_D)


def _hyperparameters(rows: MixtureRows, least_share: float) -> tuple[_Process, float, bool]:
    """And minus their log marginal likelihood, and whether that is a minimum."""
    chosen = thinned(len(rows.loss), _MOST_FOR_LENGTHS)
    z = _inputs(rows, least_share).z[chosen]
    log_loss = np.log(rows.loss[chosen])
    unit = max(float(log_loss.std()), 1e-6)
    target, d = (log_loss - log_loss.mean()) / unit, z.shape[1]
    middle = np.array([*[0.5 * np.log(d)] * d, 0.0, 0.0, np.log(0.1)])
    spread = np.array([*[1.0] * d, 1.5, 1.5, 2.0])
    found = cast(Any, scipy.optimize.minimize)(
        _negative_log_likelihood,
        middle,
        args=(z, target, middle, spread),
        jac=True,
        method="L-BFGS-B",
        bounds=[*[(-3.0, 7.0)] * d, (-5.0, 5.0), (-5.0, 5.0), (-7.0, 2.0)],
        options={"maxiter": _MOST_ITERATIONS},
    )
    theta = np.exp(np.array(found.x))
    process = _Process(
        least_share=least_share,
        lengths=theta[:d],
        signal=float(theta[d]) * unit,
        linear=float(theta[d + 1]) * unit,
        noise=float(theta[d + 2]) * unit,
    )
    return process, float(found.fun), bool(found.success)


def _negative_log_likelihood(
    theta: Array, z: Array, target: Array, middle: Array, spread: Array
) -> tuple[float, Array]:
    """And its gradient, by the logarithms of lengths, signal, linear and noise."""
    d, n = z.shape[1], len(z)
    lengths, (signal, linear, noise) = np.exp(theta[:d]), np.exp(2 * theta[d:])
    near = z / lengths
    r = distances(near, near)
    smooth, straight = signal * matern(r), linear * (z @ z.T + 1)
    factor = _factor(smooth + straight + (noise + _JITTER) * np.eye(n))
    inverse = _solved(factor, np.eye(n))
    alpha = inverse @ target
    away = (theta - middle) / spread
    value = target @ alpha / 2 + np.log(np.diagonal(factor)).sum() + away @ away / 2
    pressure = np.outer(alpha, alpha) - inverse
    weighed = pressure * (signal * matern_pull(r))
    # Of squared differences of every input, without an (n, n, d) array.
    by_lengths = weighed.sum(axis=1) @ near**2 - np.sum(near * (weighed @ near), axis=0)
    by_levels = [np.sum(pressure * smooth), np.sum(pressure * straight), noise * np.trace(pressure)]
    return float(value), away / spread - np.concatenate([by_lengths, by_levels])


def _conditioned(
    process: _Process, rows: MixtureRows, counts: Array, rng: np.random.Generator | None
) -> tuple[GaussianProcess, ...]:
    """The process given the rows, with noise variance over counts; around a drawn function where `rng` is given."""
    inputs = _inputs(rows, process.least_share)
    z, near = inputs.z, inputs.z / process.lengths
    prior = process.signal**2 * matern(distances(near, near)) + process.linear**2 * (z @ z.T + 1)
    frequencies, phases = _waves(process, z.shape[1])
    log_loss = np.log(rows.loss)
    middle = float(log_loss.mean())
    shape = z.shape[1] + 1 + _N_WAVES
    drawn = np.zeros((len(counts), shape)) if rng is None else rng.normal(size=(len(counts), shape))
    # The drawn function: a linear part and waves, with the prior's standard deviations.
    linear = process.linear * drawn[:, : z.shape[1] + 1]
    amplitudes = process.signal * np.sqrt(2 / _N_WAVES) * drawn[:, z.shape[1] + 1 :]
    values = linear[:, :1] + linear[:, 1:] @ z.T + amplitudes @ np.cos(z @ frequencies.T + phases).T
    laws: list[GaussianProcess] = []
    for weights, line, waves, value in zip(counts, linear, amplitudes, values, strict=True):
        noise = process.noise**2 / np.maximum(weights, _LEAST_WEIGHT) + _JITTER * process.signal**2
        coefficients = _solved(_factor(prior + np.diag(noise)), log_loss - middle - value)
        laws.append(
            GaussianProcess(
                least_share=process.least_share,
                with_N=inputs.with_N,
                with_D=inputs.with_D,
                centre=inputs.centre,
                spread=inputs.spread,
                lengths=process.lengths,
                signal=process.signal,
                linear=process.linear,
                noise=process.noise,
                inputs=z,
                coefficients=coefficients,
                base=middle + float(line[0] + process.linear**2 * coefficients.sum()),
                slopes=line[1:] + process.linear**2 * (z.T @ coefficients),
                frequencies=frequencies,
                phases=phases,
                amplitudes=waves,
            )
        )
    return tuple(laws)


def _factor(matrix: Array) -> Array:
    """Lower Cholesky factor."""
    return np.array(scipy.linalg.cholesky(matrix, lower=True), dtype=np.float64)


def _solved(factor: Array, target: Array) -> Array:
    return np.array(scipy.linalg.cho_solve((factor, True), target), dtype=np.float64)


def _waves(process: _Process, d: int) -> tuple[Array, Array]:
    """Frequencies (m, d) and phases (m,) of the Matern kernel: a multivariate t of 5 degrees of freedom."""
    rng = np.random.default_rng(_SEED)
    scale = np.sqrt(5 / rng.chisquare(5, size=(_N_WAVES, 1)))
    return rng.normal(size=(_N_WAVES, d)) * scale / process.lengths, rng.uniform(0, 2 * np.pi, size=_N_WAVES)
