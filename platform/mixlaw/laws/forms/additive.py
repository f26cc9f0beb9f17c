"""Additive: a mixture term beside the terms of model size and data."""

# ruff: noqa: N815 (alpha_N and alpha_D are the field's own symbols)
from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np

from mixlaw.laws.forms.form import Array
from mixlaw.laws.forms.parametric import BatchedForm, harmonic, harmonic_by_shares, powers


@dataclass(frozen=True, slots=True, kw_only=True)
class Additive(BatchedForm):
    """L(N, D; p) = E + 1 / sum_i C_i p_i**gamma_i + A / N**alpha_N + B / D**alpha_D, nats per token, for one target.

    The additive law of Shukor et al. 2025 (arXiv:2507.09404), with their h, alpha and beta written p, alpha_N and
    alpha_D. The best mixture is the same at every N and D. At one N and D the last two terms are part of E (A and B
    are 0): E + 1 / sum_i C_i p_i**gamma_i. For gamma_i below 1 the first tokens of a domain are worth most; the slope
    at a share of 0 is then infinite, and given as that at 1e-12.
    """

    name: ClassVar[str] = "additive"
    formula: ClassVar[str] = "E + 1 / sum_i C_i p_i^gamma_i + A / N^alpha_N + B / D^alpha_D"
    source: ClassVar[str] = "Shukor et al. 2025, arXiv:2507.09404, additive law"

    E: float
    A: float
    B: float
    alpha_N: float
    alpha_D: float
    C: tuple[float, ...]
    gamma: tuple[float, ...]

    @property
    def parameter_names(self) -> tuple[str, ...]:
        """E, A, B, alpha_N, alpha_D, then C_j and gamma_j of every domain."""
        per_domain = [f"{name}_{j}" for name in ("C", "gamma") for j in range(len(self.C))]
        return ("E", "A", "B", "alpha_N", "alpha_D", *per_domain)

    @property
    def parameters(self) -> Array:
        """(5 + 2 M,) in the order of `parameter_names`."""
        return np.array([self.E, self.A, self.B, self.alpha_N, self.alpha_D, *self.C, *self.gamma])

    def with_parameters(self, values: Array) -> Self:
        """The same form with other values, (5 + 2 M,)."""
        E, A, B, alpha_N, alpha_D = map(float, values[:5])
        C, gamma = (tuple(map(float, part)) for part in np.split(values[5:], 2))
        return dataclasses.replace(self, E=E, A=A, B=B, alpha_N=alpha_N, alpha_D=alpha_D, C=C, gamma=gamma)

    def batch(self, values: Array, N: Array, D: Array, p: Array) -> tuple[Array, Array]:
        """Loss (R, n) and its derivatives by the parameters (R, n, P), for values (R, P)."""
        E, A, B, alpha_N, alpha_D = (values[:, i : i + 1] for i in range(5))
        C, gamma = np.split(values[:, 5:], 2, axis=1)
        mixture, by_C, by_gamma = harmonic(C, gamma, p)
        size, by_alpha_N = powers(A, alpha_N, N)
        data, by_alpha_D = powers(B, alpha_D, D)
        scalars = [np.ones_like(size), N**-alpha_N, D**-alpha_D, by_alpha_N, by_alpha_D]
        jacobian = np.concatenate([np.stack(scalars, axis=2), by_C, by_gamma], axis=2)
        return E + mixture + size + data, jacobian

    def by_inputs(self, N: Array, D: Array, p: Array) -> tuple[Array, Array, Array]:
        """Derivatives by shares (n, M), N (n,) and D (n,)."""
        by_N = -self.alpha_N * self.A * N ** (-self.alpha_N - 1)
        by_D = -self.alpha_D * self.B * D ** (-self.alpha_D - 1)
        return harmonic_by_shares(np.array(self.C), np.array(self.gamma), p), by_N, by_D

    def rescaled(self, *, N: float, D: float) -> Self:
        """The law whose loss at (N n, D d) is this one's at (n, d)."""
        return dataclasses.replace(self, A=self.A * N**self.alpha_N, B=self.B * D**self.alpha_D)

    def to_json(self) -> dict[str, Any]:
        """A plain dict of literals."""
        return {**dataclasses.asdict(self), "C": list(self.C), "gamma": list(self.gamma)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The inverse of `to_json`."""
        tuples: dict[str, Any] = {name: tuple(map(float, data[name])) for name in ("C", "gamma")}
        fields: dict[str, Any] = {**data, **tuples}
        return cls(**fields)
