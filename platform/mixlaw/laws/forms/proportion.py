"""Proportion: the paper's law of one mixture loss, as published."""

# ruff: noqa: N815 (alpha_N and alpha_D are the field's own symbols)
from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np

from mixlaw.laws.forms.form import Array, Gradients


@dataclass(frozen=True, slots=True, kw_only=True)
class Proportion:
    """L(N, D; p) = A N**-alpha_N(p) + B D_x**-alpha_D(p) + L_inf(p), nats per token (arXiv:2512.13472, Eq. 6, 7).

    alpha_N(p), alpha_D(p), L_inf(p) are p-weighted means of the per-language values (M-tuples);
    D_x = D (1 + gamma * sum over i != j of p_i p_j tau_ij), tau as fractions (0.01 = 1%), zero on its diagonal.
    N and D are divided by `N_unit` and `D_unit` first: A and B are shared by languages with different exponents, so
    the choice of unit is part of the law (the paper counts in billions).

    It gives one loss for the whole mixture: minimising it also rewards languages that are merely easy (low L_inf).
    """

    name: ClassVar[str] = "proportion"
    formula: ClassVar[str] = "A N^-alpha_N(p) + B (D (1 + gamma sum_ij p_i p_j tau_ij))^-alpha_D(p) + L_inf(p)"
    source: ClassVar[str] = "arXiv:2512.13472, Eq. 6 and 7"

    A: float
    B: float
    gamma: float
    alpha_N: tuple[float, ...]
    alpha_D: tuple[float, ...]
    L_inf: tuple[float, ...]
    tau: tuple[tuple[float, ...], ...]
    N_unit: float = 1e9
    D_unit: float = 1e9

    @property
    def parameter_names(self) -> tuple[str, ...]:
        """A, B, gamma, then alpha_N_j, alpha_D_j and L_inf_j of every domain; tau is measured, not fitted."""
        per_domain = [f"{name}_{j}" for name in ("alpha_N", "alpha_D", "L_inf") for j in range(len(self.alpha_N))]
        return ("A", "B", "gamma", *per_domain)

    @property
    def parameters(self) -> Array:
        """(3 + 3 M,) in the order of `parameter_names`."""
        return np.array([self.A, self.B, self.gamma, *self.alpha_N, *self.alpha_D, *self.L_inf])

    def with_parameters(self, values: Array) -> Self:
        """The same form with other values, (3 + 3 M,)."""
        A, B, gamma = map(float, values[:3])
        alpha_N, alpha_D, L_inf = (tuple(map(float, part)) for part in np.split(values[3:], 3))
        return dataclasses.replace(self, A=A, B=B, gamma=gamma, alpha_N=alpha_N, alpha_D=alpha_D, L_inf=L_inf)

    def synergy(self, p: Array) -> Array:
        """(n,) sum over i != j of p_i p_j tau_ij."""
        return np.sum((p @ np.array(self.tau)) * p, axis=1)

    def loss(self, N: Array, D: Array, p: Array) -> Array:
        """(n,) nats per token; NaN where gamma and tau make D_x negative."""
        with np.errstate(invalid="ignore"):
            data = (D / self.D_unit * (1 + self.gamma * self.synergy(p))) ** -(p @ np.array(self.alpha_D))
        size = (N / self.N_unit) ** -(p @ np.array(self.alpha_N))
        return self.A * size + self.B * data + p @ np.array(self.L_inf)

    def gradients(self, N: Array, D: Array, p: Array) -> Gradients:
        """All derivatives of `loss`."""
        n, tau = N / self.N_unit, np.array(self.tau)
        growth = 1 + self.gamma * self.synergy(p)
        d = D / self.D_unit * growth
        alpha_N, alpha_D = p @ np.array(self.alpha_N), p @ np.array(self.alpha_D)
        x, y = n**-alpha_N, d**-alpha_D
        by_alpha_N, by_alpha_D = -self.A * x * np.log(n), -self.B * y * np.log(d)
        by_growth = -self.B * alpha_D * y / growth
        three = np.stack([x, y, by_growth * self.synergy(p)], axis=1)
        return Gradients(
            parameters=np.concatenate([three, by_alpha_N[:, None] * p, by_alpha_D[:, None] * p, p], axis=1),
            shares=by_alpha_N[:, None] * np.array(self.alpha_N)
            + by_alpha_D[:, None] * np.array(self.alpha_D)
            + np.array(self.L_inf)
            + (by_growth * self.gamma)[:, None] * (p @ (tau + tau.T)),
            N=-self.A * alpha_N * x / N,
            D=-self.B * alpha_D * y / D,
        )

    def to_json(self) -> dict[str, Any]:
        """A plain dict of literals."""
        fields = dataclasses.asdict(self)
        lists: dict[str, Any] = {name: list(fields[name]) for name in ("alpha_N", "alpha_D", "L_inf")}
        return {**fields, **lists, "tau": [list(row) for row in self.tau]}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The inverse of `to_json`."""
        fields: dict[str, Any] = dict(data)
        for name in ("alpha_N", "alpha_D", "L_inf"):
            fields[name] = tuple(map(float, fields[name]))
        fields["tau"] = tuple(tuple(map(float, row)) for row in fields["tau"])
        return cls(**fields)
