"""Fit Transfer laws: Huber loss on log residuals with a weak, fixed prior; many starts and replicates in one batch.

What is fixed a priori, in natural logarithms (standard deviations; the means are below):

- w_j (transfer weights): 1.0 around their own mean over j, and that mean 2.0 around 0.1, so that a weight that the
  runs say little about takes the value that is common for this target;
- alpha_N, alpha_D: 0.5 around 0.35 (Chinchilla's and most published laws lie within a factor of 1.5 of that);
- rho: 0.5 around 0.6, and at most 1 (additive data);
- E: 1.0 around half of the lowest loss seen.

The prior is weighed against the data with the noise sigma of the log residuals, estimated once by their median
absolute deviation in a first pass; Huber's delta is 1.345 sigma, which gives 95% efficiency under normal noise.
With a few dozen accurate runs the prior is negligible where the data speak; `prior_dominated` names the parameters
for which it supplies more than half of the information.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mixlaw.laws.fits.chinchilla import MAX_EXPONENT, MIN_EXPONENT
from mixlaw.laws.fits.rows import EFFICIENT, FIRST_SIGMA, MixtureRows, middle, noise
from mixlaw.laws.fits.solver import Prior, Problem, minimise
from mixlaw.laws.forms import Array, Transfer

_COMMON_WEIGHT, _COMMON_SPREAD, _WEIGHT_SPREAD = 0.1, 2.0, 1.0
_EXPONENT, _EXPONENT_SPREAD = 0.35, 0.5
_E_FRACTION, _E_SPREAD = 0.5, 1.0
_NO_SHARE = 1e-30
_RHO, _RHO_SPREAD, LEAST_RHO, MOST_RHO = 0.6, 0.5, 0.1, 1.0
_N_SHAPE = 6
"""Parameters before the weights."""
_OF_SIZE = (1, 3)
"""A and alpha_N among them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferFit:
    """The law, its penalised objective in units of sigma, the noise sigma, and what the prior decided."""

    law: Transfer
    objective: float
    sigma: float
    """Standard deviation of log residuals, i.e. relative noise of one run's loss."""
    prior_dominated: tuple[str, ...]
    converged: bool
    absent: tuple[str, ...] = ()
    """A and alpha_N where all rows have one N."""


def fit_transfer(rows: MixtureRows) -> TransferFit:
    """The best of 27 starts, then refined with the noise that it shows."""
    rough = minimise(_problem(rows, FIRST_SIGMA), _starts(rows), max_iterations=40, tolerance=1e-4)
    first = minimise(_problem(rows, FIRST_SIGMA), rough.best(3), tolerance=1e-6)
    sigma = _noise(rows, first.best(1))
    problem = _problem(rows, sigma)
    last = minimise(problem, first.best(3), tolerance=1e-8)
    theta = last.best(1)
    return TransferFit(
        law=_laws(theta, rows)[0],
        objective=float(last.objective.min()) / sigma**2,
        sigma=sigma,
        prior_dominated=_prior_dominated(problem, theta, rows),
        converged=bool(last.converged[np.argmin(last.objective)]),
        absent=() if rows.varies_N else ("A", "alpha_N"),
    )


def refit_transfer(law: Transfer, rows: MixtureRows, counts: Array, rng: np.random.Generator) -> tuple[Transfer, ...]:
    """One law per row of `counts` (R, n), started from the fitted `law` and with its noise.

    The prior's centre is drawn anew for each law (randomise, then optimise: Bardsley et al. 2014), so that a
    parameter that rests on the prior varies as much as the prior allows and does not look certain.
    """
    theta = np.repeat(_theta(law, rows)[None], len(counts), axis=0)
    sigma = _noise(rows, theta[:1])
    problem = _problem(rows, sigma)
    centres = problem.prior.draws(len(counts), sigma, rng)
    return _laws(minimise(problem, theta, counts=counts, centres=centres, tolerance=1e-6).theta, rows)


def _problem(rows: MixtureRows, sigma: float) -> Problem:
    """theta = log of E, A N_0^-alpha_N, B D_0^-alpha_D, alpha_N, alpha_D, rho, weights; N_0, D_0 geometric means."""
    log_N, log_D = np.log(rows.N / middle(rows.N)), np.log(rows.D / middle(rows.D))
    log_others = np.log(np.maximum(rows.shares[:, rows.others], _NO_SHARE))
    log_own = np.log(np.maximum(rows.shares[:, rows.own], _NO_SHARE)) if rows.own is not None else None

    def model(theta: Array) -> tuple[Array, Array]:
        alpha_N, alpha_D = np.exp(theta[:, 3:4]), np.exp(theta[:, 4:5])
        rho = np.exp(theta[:, 5:6])
        # (R, n, M - 1): each other domain's term of the sum; the target's own has weight 1.
        terms = np.exp(theta[:, None, _N_SHAPE:] + rho[:, :, None] * log_others[None])
        own = np.exp(rho * log_own) if log_own is not None else np.zeros((len(theta), len(log_D)))
        counted = own + terms.sum(axis=2)
        log_counted = log_D + np.log(counted) / rho
        E = np.exp(theta[:, 0:1])
        size = np.exp(theta[:, 1:2] - alpha_N * log_N) * rows.varies_N
        data = np.exp(theta[:, 2:3] - alpha_D * log_counted)
        total = E + size + data
        size, data = size / total, data / total
        slope = -alpha_D * data  # of the log loss in log S
        by_own = own * log_own if log_own is not None else 0.0
        by_rho = slope * (((terms * log_others[None]).sum(axis=2) + by_own) / counted - np.log(counted) / rho)
        shape = [E / total, size, data, -size * alpha_N * log_N, -data * alpha_D * log_counted, by_rho]
        by_weight = (slope / (rho * counted))[:, :, None] * terms
        return np.log(total), np.concatenate([np.stack(shape, axis=2), by_weight], axis=2)

    prior = _prior(rows, sigma)
    lowest = float(np.log(rows.loss.min()))
    n_weights = len(rows.others)
    exponent = np.log([MIN_EXPONENT, MAX_EXPONENT])
    lower = [lowest - 12.0] * 3 + [exponent[0]] * 2 + [np.log(LEAST_RHO)] + [np.log(1e-5)] * n_weights
    upper = [lowest + 7.0] * 3 + [exponent[1]] * 2 + [np.log(MOST_RHO)] + [np.log(1e2)] * n_weights
    return Problem(
        model=model,
        log_loss=np.log(rows.loss),
        delta=EFFICIENT * sigma,
        lower=np.array(lower),
        upper=np.array(upper),
        prior=prior,
        frozen=() if rows.varies_N else _OF_SIZE,
    )


def _prior(rows: MixtureRows, sigma: float) -> Prior:
    n_weights = len(rows.others)
    size = _N_SHAPE + n_weights
    mean, precision = np.zeros(size), np.zeros((size, size))
    mean[0], precision[0, 0] = np.log(_E_FRACTION * rows.loss.min()), _E_SPREAD**-2
    mean[3:5], precision[3, 3], precision[4, 4] = np.log(_EXPONENT), _EXPONENT_SPREAD**-2, _EXPONENT_SPREAD**-2
    mean[5], precision[5, 5] = np.log(_RHO), _RHO_SPREAD**-2
    if n_weights:
        average = np.full((n_weights, n_weights), 1 / n_weights)
        # Without an own domain the weights' mean is only a choice of unit for B: hold it at 1.
        spread, common = (_COMMON_SPREAD, _COMMON_WEIGHT) if rows.own is not None else (1e-3, 1.0)
        precision[_N_SHAPE:, _N_SHAPE:] = (
            np.eye(n_weights) - average
        ) * _WEIGHT_SPREAD**-2 + average / n_weights * spread**-2
        mean[_N_SHAPE:] = np.log(common)
    return Prior(mean=mean, precision=precision * sigma**2)


def _starts(rows: MixtureRows) -> Array:
    """(27, P): exponents of 0.15, 0.4 and 1, weights of 0.01, 0.1 and 0.7, the typical loss in three terms."""
    level, starts = np.log(np.median(rows.loss)), list[list[float]]()
    for alpha_N in (0.15, 0.4, 1.0):
        for alpha_D in (0.15, 0.4, 1.0):
            for weight in (0.01, 0.1, 0.7):
                terms = [level + np.log(0.5), level + np.log(0.2), level + np.log(0.3) - 1.5 * alpha_D]
                shape = [np.log(alpha_N), np.log(alpha_D), np.log(_RHO)]
                starts.append([*terms, *shape, *[np.log(weight)] * len(rows.others)])
    return np.array(starts)


def _noise(rows: MixtureRows, theta: Array) -> float:
    residual = _problem(rows, FIRST_SIGMA).model(theta)[0][0] - np.log(rows.loss)
    return noise(residual, theta.shape[1])


def _prior_dominated(problem: Problem, theta: Array, rows: MixtureRows) -> tuple[str, ...]:
    """Parameters of which the prior, and not the data, supplies most of the information (MacKay 1992's gamma)."""
    jacobian = problem.model(theta)[1][0]
    information: Array = jacobian.T @ jacobian + problem.prior.precision + 1e-14 * np.eye(theta.shape[1])
    covariance = np.diagonal(np.linalg.inv(information))
    from_prior = np.diagonal(problem.prior.precision) * covariance
    names = ["E", "A", "B", "alpha_N", "alpha_D", "rho", *(f"w_{j}" for j in rows.others)]
    absent = [] if rows.varies_N else [names[i] for i in _OF_SIZE]
    dominated = [n for n, share in zip(names, from_prior, strict=True) if share > 0.5 and n not in absent]
    # A is a level at N = 1 and B at D = 1: without the exponent they are not known either.
    partners = {"alpha_N": "A", "alpha_D": "B"}
    dominated += [partners[name] for name in dominated if name in partners]
    return tuple(name for name in names if name in dominated)


def _theta(law: Transfer, rows: MixtureRows) -> Array:
    size, data = law.A * middle(rows.N) ** -law.alpha_N, law.B * middle(rows.D) ** -law.alpha_D
    weights = [law.weights[j] for j in rows.others]
    return np.log(np.maximum([law.E, size, data, law.alpha_N, law.alpha_D, law.rho, *weights], 1e-300))


def _laws(theta: Array, rows: MixtureRows) -> tuple[Transfer, ...]:
    """Natural parameters from the logarithms, each row of `theta` a law."""
    natural = np.exp(theta)
    natural[:, 1] *= middle(rows.N) ** natural[:, 3] * rows.varies_N
    natural[:, 2] *= middle(rows.D) ** natural[:, 4]
    blank = Transfer(E=0.0, A=0.0, B=0.0, alpha_N=0.0, alpha_D=0.0, weights=(1.0,) * rows.shares.shape[1], own=rows.own)
    return tuple(blank.with_parameters(values) for values in natural)
