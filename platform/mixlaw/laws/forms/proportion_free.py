"""Proportion-free: the paper's law with every constant fitted, for one target's loss."""

# ruff: noqa: N815 (alpha_N and alpha_D are the field's own symbols)
from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np

from mixlaw.laws.forms.form import Array
from mixlaw.laws.forms.parametric import BatchedForm

_PER_DOMAIN = ("alpha_N", "alpha_D", "L_inf")
_LEAST_GROWTH = 1e-3  # tau below about -2 could make D_x negative: there the data are worth next to nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class ProportionFree(BatchedForm):
    """L(N, D; p) = A N**-alpha_N(p) + B D_x**-alpha_D(p) + L_inf(p), nats per token, for one target.

    Equations 6 and 7 of arXiv:2512.13472 with gamma fixed at 1 and everything else fitted to the target's own loss:
    alpha_N(p), alpha_D(p), L_inf(p) are p-weighted means of per-domain values (M-tuples), and
    D_x = D (1 + sum over i < j of p_i p_j tau_ij). Only tau_ij + tau_ji matters, so tau holds the M (M - 1) / 2 sums
    in the order (0, 1), (0, 2), ..., (1, 2), ...; gamma and tau are one quantity, so gamma is none of the parameters.
    N and D are divided by `N_unit` and `D_unit` first, as in `Proportion`; the fit takes the middle of its data.
    The published law, with tau measured from pairs of languages, is `Proportion`.
    """

    name: ClassVar[str] = "proportion-free"
    formula: ClassVar[str] = "A N^-alpha_N(p) + B (D (1 + sum_i<j p_i p_j tau_ij))^-alpha_D(p) + L_inf(p), tau fitted"
    source: ClassVar[str] = "arXiv:2512.13472, Eq. 6 and 7, with tau fitted for each target"

    A: float
    B: float
    alpha_N: tuple[float, ...]
    alpha_D: tuple[float, ...]
    L_inf: tuple[float, ...]
    tau: tuple[float, ...]
    N_unit: float
    D_unit: float

    @property
    def parameter_names(self) -> tuple[str, ...]:
        """A, B, then alpha_N_j, alpha_D_j and L_inf_j of every domain, then tau_i_j of every pair."""
        m = len(self.L_inf)
        per_domain = [f"{name}_{j}" for name in _PER_DOMAIN for j in range(m)]
        return ("A", "B", *per_domain, *(f"tau_{i}_{j}" for i in range(m) for j in range(i + 1, m)))

    @property
    def parameters(self) -> Array:
        """(2 + 3 M + M (M - 1) / 2,) in the order of `parameter_names`."""
        return np.array([self.A, self.B, *self.alpha_N, *self.alpha_D, *self.L_inf, *self.tau])

    def with_parameters(self, values: Array) -> Self:
        """The same form with other values, (P,)."""
        m = len(self.L_inf)
        alpha_N, alpha_D, L_inf, tau = (tuple(map(float, part)) for part in _split(values, m)[2:])
        changes: dict[str, Any] = {"alpha_N": alpha_N, "alpha_D": alpha_D, "L_inf": L_inf, "tau": tau}
        return dataclasses.replace(self, A=float(values[0]), B=float(values[1]), **changes)

    def batch(self, values: Array, N: Array, D: Array, p: Array) -> tuple[Array, Array]:
        """Loss (R, n) and its derivatives by the parameters (R, n, P), for values (R, P)."""
        A, B, alpha_N, alpha_D, L_inf, tau = _split(values, p.shape[1])
        pairs, log_n, share = _pairs(p), np.log(N / self.N_unit), p[None]
        growth = 1 + tau @ pairs.T
        bounded = np.maximum(growth, _LEAST_GROWTH)
        by_data = np.where(growth > _LEAST_GROWTH, 1 / bounded, 0.0)
        log_d = np.log(D / self.D_unit) + np.log(bounded)
        mean_D = alpha_D @ p.T
        x, y = np.exp(-(alpha_N @ p.T) * log_n), np.exp(-mean_D * log_d)
        by_tau = (-B * y * mean_D * by_data)[:, :, None] * pairs
        parts = [np.stack([x, y], axis=2), (-A * x * log_n)[:, :, None] * share, (-B * y * log_d)[:, :, None] * share]
        jacobian = np.concatenate([*parts, np.broadcast_to(share, (len(values), *p.shape)), by_tau], axis=2)
        return A * x + B * y + L_inf @ p.T, jacobian

    def by_inputs(self, N: Array, D: Array, p: Array) -> tuple[Array, Array, Array]:
        """Derivatives by shares (n, M), N (n,) and D (n,)."""
        alpha_N, alpha_D, matrix = p @ np.array(self.alpha_N), p @ np.array(self.alpha_D), self._matrix()
        log_n, growth = np.log(N / self.N_unit), 1 + np.sum((p @ matrix) * p, axis=1) / 2
        bounded = np.maximum(growth, _LEAST_GROWTH)
        log_d = np.log(D / self.D_unit * bounded)
        size, data = self.A * np.exp(-alpha_N * log_n), self.B * np.exp(-alpha_D * log_d)
        by_growth = np.where(growth > _LEAST_GROWTH, -alpha_D * data / bounded, 0.0)
        shares = (
            np.outer(-size * log_n, self.alpha_N)
            + np.outer(-data * log_d, self.alpha_D)
            + np.array(self.L_inf)
            + by_growth[:, None] * (p @ matrix)
        )
        return shares, -alpha_N * size / N, -alpha_D * data / D

    def _matrix(self) -> Array:
        """(M, M), symmetric: tau_ij in both places."""
        m = len(self.L_inf)
        matrix = np.zeros((m, m))
        matrix[np.triu_indices(m, 1)] = self.tau
        return matrix + matrix.T

    def rescaled(self, *, N: float, D: float) -> Self:
        """The law whose loss at (N n, D d) is this one's at (n, d)."""
        return dataclasses.replace(self, N_unit=self.N_unit * N, D_unit=self.D_unit * D)

    def to_json(self) -> dict[str, Any]:
        """A plain dict of literals."""
        return {**dataclasses.asdict(self), **{name: list(getattr(self, name)) for name in (*_PER_DOMAIN, "tau")}}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The inverse of `to_json`."""
        tuples: dict[str, Any] = {name: tuple(map(float, data[name])) for name in (*_PER_DOMAIN, "tau")}
        fields: dict[str, Any] = {**data, **tuples}
        return cls(**fields)


def _split(values: Array, m: int) -> list[Array]:
    """A, B, alpha_N, alpha_D, L_inf and tau along the last axis."""
    return np.split(values, [1, 2, 2 + m, 2 + 2 * m, 2 + 3 * m], axis=-1)


def _pairs(p: Array) -> Array:
    """(n, M (M - 1) / 2) products p_i p_j of i < j."""
    first, second = np.triu_indices(p.shape[1], 1)
    return p[:, first] * p[:, second]
