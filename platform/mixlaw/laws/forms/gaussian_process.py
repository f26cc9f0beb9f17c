"""A Gaussian process: a smooth function of logarithms of the shares, with no formula behind it."""

# ruff: noqa: N815 (N and D are the field's own symbols)
from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Self

import numpy as np

from mixlaw.laws.forms.form import Array, Gradients
from mixlaw.laws.forms.frozen_arrays import FrozenArrays

_MAX_CELLS = 4_000_000  # rows times inputs at once
_ROOT_5 = float(np.sqrt(5.0))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GaussianProcess(FrozenArrays):
    """log L = base + slopes . z + sum_i a_i k(z, z_i) + sum_k b_k cos(w_k . z + phi_k), L in nats per token.

    z are the logarithms log(p_j + least_share), and log N and log D where the runs vary them, standardised by `centre`
    and `spread`. k is the Matern kernel of smoothness 5/2 with a length for each input (Rasmussen and Williams 2006,
    Eq. 4.17), z_i are the training inputs, and base, slopes and a are what Gaussian process regression gives for a
    linear mean with a wide prior (their Sections 2.2 and 2.7). The cosines are a function drawn from the prior (Rahimi
    and Recht 2007): 0 in the point estimate, and what differs from replicate to replicate where there are no runs.
    Where it is not varied, N or D is ignored. Nothing makes the loss fall with N or D beyond the runs.
    """

    name: ClassVar[str] = "gaussian-process"
    formula: ClassVar[str] = "exp(base + slopes . z + sum_i a_i k(z, z_i)), z = log(p + least_share), log N, log D"
    source: ClassVar[str] = "Rasmussen and Williams 2006, Eq. 2.25 and 4.17, on log shares"

    least_share: float
    with_N: bool
    with_D: bool
    centre: Array
    """(d,), d = M, plus 1 for each of N and D that is varied."""
    spread: Array
    """(d,)"""
    lengths: Array
    """(d,), in units of `spread`."""
    signal: float
    """Standard deviation of the kernel's part, in log loss."""
    linear: float
    """Prior standard deviation of base and slopes, in log loss."""
    noise: float
    """Standard deviation of a run's log loss around the process."""
    inputs: Array
    """(n, d), standardised."""
    coefficients: Array
    """(n,): a."""
    base: float
    slopes: Array
    """(d,)"""
    frequencies: Array
    """(m, d): w."""
    phases: Array
    """(m,): phi."""
    amplitudes: Array
    """(m,): b."""

    @property
    def n_domains(self) -> int:
        """M."""
        return len(self.centre) - self.with_N - self.with_D

    @property
    def parameter_names(self) -> tuple[str, ...]:
        """base, then slope_j of every domain, then slope_N and slope_D where they are inputs; not the kernel's part."""
        scales = [f"slope_{name}" for name, used in (("N", self.with_N), ("D", self.with_D)) if used]
        return ("base", *(f"slope_{j}" for j in range(self.n_domains)), *scales)

    @property
    def parameters(self) -> Array:
        """(1 + d,)."""
        return np.array([self.base, *self.slopes])

    def with_parameters(self, values: Array) -> Self:
        """The same process around another linear mean, (1 + d,)."""
        return replace(self, base=float(values[0]), slopes=np.array(values[1:]))

    def loss(self, N: Array, D: Array, p: Array) -> Array:
        """(n,) nats per token."""
        z = self._standardised(N, D, p)
        return np.concatenate([np.empty(0), *(np.exp(self._log_loss(z[rows])) for rows in self._chunks(len(z)))])

    def gradients(self, N: Array, D: Array, p: Array) -> Gradients:
        """All derivatives of `loss`; those by an input that is not used are 0."""
        z = self._standardised(N, D, p)
        loss = self.loss(N, D, p)[:, None]
        by_z = np.concatenate([np.empty((0, z.shape[1])), *(self._slope(z[rows]) for rows in self._chunks(len(z)))])
        by_raw = loss * by_z / self.spread
        m = self.n_domains
        return Gradients(
            parameters=loss * np.concatenate([np.ones_like(loss), z], axis=1),
            shares=by_raw[:, :m] / (p + self.least_share),
            N=by_raw[:, m] / N if self.with_N else np.zeros_like(N),
            D=by_raw[:, -1] / D if self.with_D else np.zeros_like(D),
        )

    def _standardised(self, N: Array, D: Array, p: Array) -> Array:
        raw = raw_inputs(N, D, p, least_share=self.least_share, with_N=self.with_N, with_D=self.with_D)
        return (raw - self.centre) / self.spread

    def _chunks(self, n: int) -> list[slice]:
        size = max(1, _MAX_CELLS // len(self.inputs))
        return [slice(i, i + size) for i in range(0, n, size)]

    def _log_loss(self, z: Array) -> Array:
        near = self.signal**2 * matern(distances(z / self.lengths, self.inputs / self.lengths)) @ self.coefficients
        return self.base + z @ self.slopes + near + np.cos(z @ self.frequencies.T + self.phases) @ self.amplitudes

    def _slope(self, z: Array) -> Array:
        """(n, d) derivatives of the log loss by z."""
        pull = matern_pull(distances(z / self.lengths, self.inputs / self.lengths)) * self.coefficients
        near = -(self.signal**2) * (pull.sum(axis=1, keepdims=True) * z - pull @ self.inputs) / self.lengths**2
        waves = -(np.sin(z @ self.frequencies.T + self.phases) * self.amplitudes) @ self.frequencies
        return self.slopes + near + waves


def raw_inputs(N: Array, D: Array, p: Array, *, least_share: float, with_N: bool, with_D: bool) -> Array:
    """(n, d) logarithms before they are standardised."""
    scales = [np.log(values)[:, None] for values, used in ((N, with_N), (D, with_D)) if used]
    return np.concatenate([np.log(p + least_share), *scales], axis=1)


def distances(x: Array, y: Array) -> Array:
    """(n, m) Euclidean distances between rows of x (n, d) and y (m, d)."""
    squared = np.sum(x**2, axis=1)[:, None] + np.sum(y**2, axis=1) - 2 * x @ y.T
    return np.sqrt(np.maximum(squared, 0.0))


def matern(r: Array) -> Array:
    """Matern correlation of smoothness 5/2 at distance r in units of its length."""
    s = _ROOT_5 * r
    return (1 + s + s**2 / 3) * np.exp(-s)


def matern_pull(r: Array) -> Array:
    """-(d matern / d r) / r, which is finite at r = 0."""
    s = _ROOT_5 * r
    return 5 / 3 * (1 + s) * np.exp(-s)
