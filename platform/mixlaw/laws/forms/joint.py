"""Joint: a mixture term, and terms of model size and data whose levels depend on the mixture too."""

# ruff: noqa: N815 (alpha_N and alpha_D are the field's own symbols)
from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np

from mixlaw.laws.forms.form import Array
from mixlaw.laws.forms.parametric import BatchedForm, harmonic, harmonic_by_shares, powers

_PER_DOMAIN = ("C", "gamma", "C_A", "C_B")
_LEAST_SUM = 1e-300  # in place of 0, where a term is absent: its logarithm is taken


@dataclass(frozen=True, slots=True, kw_only=True)
class Joint(BatchedForm):
    """L(N, D; p) = E + 1 / sum_i C_i p_i**gamma_i + A(p) / N**alpha_N + B(p) / D**alpha_D, nats per token.

    A(p) = (sum_i C_A_i p_i)**gamma_A and B(p) = (sum_i C_B_i p_i)**gamma_B, for one target: the joint law of Shukor
    et al. 2025 (arXiv:2507.09404), with their h, alpha and beta written p, alpha_N and alpha_D. The best mixture
    depends on N and D. With all C_A_i equal and all C_B_i equal it is the additive law.
    """

    name: ClassVar[str] = "joint"
    formula: ClassVar[str] = (
        "E + 1 / sum_i C_i p_i^gamma_i + (sum_i C_A_i p_i)^gamma_A / N^alpha_N + (sum_i C_B_i p_i)^gamma_B / D^alpha_D"
    )
    source: ClassVar[str] = "Shukor et al. 2025, arXiv:2507.09404, joint law"

    E: float
    alpha_N: float
    alpha_D: float
    gamma_A: float
    gamma_B: float
    C: tuple[float, ...]
    gamma: tuple[float, ...]
    C_A: tuple[float, ...]
    C_B: tuple[float, ...]

    @property
    def parameter_names(self) -> tuple[str, ...]:
        """E, alpha_N, alpha_D, gamma_A, gamma_B, then C_j, gamma_j, C_A_j and C_B_j of every domain."""
        per_domain = [f"{name}_{j}" for name in _PER_DOMAIN for j in range(len(self.C))]
        return ("E", "alpha_N", "alpha_D", "gamma_A", "gamma_B", *per_domain)

    @property
    def parameters(self) -> Array:
        """(5 + 4 M,) in the order of `parameter_names`."""
        scalars = [self.E, self.alpha_N, self.alpha_D, self.gamma_A, self.gamma_B]
        return np.array([*scalars, *self.C, *self.gamma, *self.C_A, *self.C_B])

    def with_parameters(self, values: Array) -> Self:
        """The same form with other values, (5 + 4 M,)."""
        names = ("E", "alpha_N", "alpha_D", "gamma_A", "gamma_B")
        scalars: dict[str, Any] = dict(zip(names, map(float, values[:5]), strict=True))
        parts = [tuple(map(float, part)) for part in np.split(values[5:], 4)]
        return dataclasses.replace(self, **scalars, **dict(zip(_PER_DOMAIN, parts, strict=True)))

    def batch(self, values: Array, N: Array, D: Array, p: Array) -> tuple[Array, Array]:
        """Loss (R, n) and its derivatives by the parameters (R, n, P), for values (R, P)."""
        E, alpha_N, alpha_D, gamma_A, gamma_B = (values[:, i : i + 1] for i in range(5))
        C, gamma, C_A, C_B = np.split(values[:, 5:], 4, axis=1)
        mixture, by_C, by_gamma = harmonic(C, gamma, p)
        A, B = np.maximum(C_A @ p.T, _LEAST_SUM), np.maximum(C_B @ p.T, _LEAST_SUM)
        size, by_alpha_N = powers(A**gamma_A, alpha_N, N)
        data, by_alpha_D = powers(B**gamma_B, alpha_D, D)
        scalars = [np.ones_like(size), by_alpha_N, by_alpha_D, size * np.log(A), data * np.log(B)]
        by_C_A = (gamma_A * size / A)[:, :, None] * p
        by_C_B = (gamma_B * data / B)[:, :, None] * p
        jacobian = np.concatenate([np.stack(scalars, axis=2), by_C, by_gamma, by_C_A, by_C_B], axis=2)
        return E + mixture + size + data, jacobian

    def by_inputs(self, N: Array, D: Array, p: Array) -> tuple[Array, Array, Array]:
        """Derivatives by shares (n, M), N (n,) and D (n,)."""
        C_A, C_B = np.array(self.C_A), np.array(self.C_B)
        A, B = np.maximum(p @ C_A, _LEAST_SUM), np.maximum(p @ C_B, _LEAST_SUM)
        size, data = A**self.gamma_A * N**-self.alpha_N, B**self.gamma_B * D**-self.alpha_D
        shares = harmonic_by_shares(np.array(self.C), np.array(self.gamma), p)
        shares += np.outer(self.gamma_A * size / A, C_A) + np.outer(self.gamma_B * data / B, C_B)
        return shares, -self.alpha_N * size / N, -self.alpha_D * data / D

    def rescaled(self, *, N: float, D: float) -> Self:
        """The law whose loss at (N n, D d) is this one's at (n, d)."""
        by_A, by_B = N ** (self.alpha_N / self.gamma_A), D ** (self.alpha_D / self.gamma_B)
        C_A, C_B = tuple(c * by_A for c in self.C_A), tuple(c * by_B for c in self.C_B)
        return dataclasses.replace(self, C_A=C_A, C_B=C_B)

    def to_json(self) -> dict[str, Any]:
        """A plain dict of literals."""
        return {**dataclasses.asdict(self), **{name: list(getattr(self, name)) for name in _PER_DOMAIN}}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The inverse of `to_json`."""
        tuples: dict[str, Any] = {name: tuple(map(float, data[name])) for name in _PER_DOMAIN}
        fields: dict[str, Any] = {**data, **tuples}
        return cls(**fields)
