"""Transfer: one target's loss, with other languages' tokens counted at a transfer weight."""

# ruff: noqa: N815 (alpha_N and alpha_D are the field's own symbols)
from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np

from mixlaw.laws.forms.form import Array, Gradients

_LEAST_SHARE = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """L(N, D; p) = E + A / N**alpha_N + B / (D S)**alpha_D, S = (sum_j w_j p_j**rho)**(1 / rho), for one target.

    S counts the data that matter for the target, in shares of its own: w = 1 for its own domain (index `own`; None
    for a target that is no training domain: then B and the scale of w are one quantity, and the geometric mean of w
    is 1). With rho = 1 a token of domain j is worth w_j >= 0 tokens of the target's own, however many there are; with
    rho below 1 (a constant elasticity of substitution, as economists say: Arrow et al. 1961) the first tokens of every
    domain are worth most, so that a little of the target's own cannot be replaced by much of another, and several
    auxiliary domains help more than one. S is concave in p, so L is convex in p and has one optimum. A constant eps in
    the sum would add nothing at rho = 1: shares sum to 1, so it is the same law with other weights and another B.
    """

    name: ClassVar[str] = "transfer"
    formula: ClassVar[str] = "E + A / N^alpha_N + B / (D S)^alpha_D, S = (sum_j w_j p_j^rho)^(1/rho), w_own = 1"
    source: ClassVar[str] = "this project; data counted by transfer as in Hernandez et al. 2021, arXiv:2102.01293"

    E: float
    A: float
    B: float
    alpha_N: float
    alpha_D: float
    rho: float = 1.0
    weights: tuple[float, ...]
    own: int | None

    @property
    def others(self) -> tuple[int, ...]:
        """Indices of the fitted weights: all domains but the target's own."""
        return tuple(j for j in range(len(self.weights)) if j != self.own)

    @property
    def parameter_names(self) -> tuple[str, ...]:
        """E, A, B, alpha_N, alpha_D, rho, then w_j of every domain but the target's own."""
        return ("E", "A", "B", "alpha_N", "alpha_D", "rho", *(f"w_{j}" for j in self.others))

    @property
    def parameters(self) -> Array:
        """(P,) in the order of `parameter_names`."""
        weights = [self.weights[j] for j in self.others]
        return np.array([self.E, self.A, self.B, self.alpha_N, self.alpha_D, self.rho, *weights])

    def with_parameters(self, values: Array) -> Self:
        """The same form with other values, (P,)."""
        E, A, B, alpha_N, alpha_D, rho, *others = map(float, values)
        weights = list(self.weights)
        for j, weight in zip(self.others, others, strict=True):
            weights[j] = weight
        changes: dict[str, Any] = {"E": E, "A": A, "B": B, "alpha_N": alpha_N, "alpha_D": alpha_D, "rho": rho}
        return dataclasses.replace(self, **changes, weights=tuple(weights))

    def loss(self, N: Array, D: Array, p: Array) -> Array:
        """(n,) nats per token; infinite where nothing in the mixture counts for the target."""
        with np.errstate(divide="ignore"):
            return self.E + self.A * N**-self.alpha_N + self.B * (D * self._counted(p)) ** -self.alpha_D

    def gradients(self, N: Array, D: Array, p: Array) -> Gradients:
        """All derivatives of `loss`."""
        # The slope in a share of 0 is infinite for rho below 1: a tiny share stands in for none.
        p = np.maximum(p, _LEAST_SHARE)
        counted, raised = self._counted(p), p**self.rho
        weighed = raised * np.array(self.weights)
        total = weighed.sum(axis=1)
        x = N**-self.alpha_N
        y = (D * counted) ** -self.alpha_D
        slope = -self.alpha_D * self.B * y  # of the loss in log S
        by_rho = slope * ((weighed * np.log(p)).sum(axis=1) / total - np.log(total) / self.rho) / self.rho
        shape = [np.ones_like(x), x, y, -self.A * x * np.log(N), -self.B * y * np.log(D * counted), by_rho]
        by_weight = (slope / (self.rho * total))[:, None] * raised[:, list(self.others)]
        return Gradients(
            parameters=np.concatenate([np.stack(shape, axis=1), by_weight], axis=1),
            shares=(slope / total)[:, None] * weighed / p,
            N=-self.alpha_N * self.A * x / N,
            D=slope / D,
        )

    def _counted(self, p: Array) -> Array:
        return (p**self.rho @ np.array(self.weights)) ** (1 / self.rho)

    def to_json(self) -> dict[str, Any]:
        """A plain dict of literals."""
        return {**dataclasses.asdict(self), "weights": list(self.weights)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The inverse of `to_json`."""
        fields: dict[str, Any] = {**data, "weights": tuple(map(float, data["weights"]))}
        return cls(**fields)
