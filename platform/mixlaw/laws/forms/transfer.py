"""Transfer: one target's loss, with other languages' tokens counted at a transfer weight."""

# ruff: noqa: N815 (alpha_N and alpha_D are the field's own symbols)
from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np

from mixlaw.laws.forms.form import Array, Gradients


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """L(N, D; p) = E + A / N**alpha_N + B / (D * sum_j w_j p_j)**alpha_D, nats per token, for one target.

    A token of domain j counts as w_j >= 0 tokens of the target's own domain, for which w = 1 (index `own`; None for
    a target that is no training domain: then B and the scale of w are one quantity, and the geometric mean of w is
    1). A constant eps inside the sum would add nothing: shares sum to 1, so eps + sum_j w_j p_j =
    sum_j (w_j + eps) p_j, which after dividing by 1 + eps is the same law with another B.
    """

    name: ClassVar[str] = "transfer"
    formula: ClassVar[str] = "E + A / N^alpha_N + B / (D sum_j w_j p_j)^alpha_D, w_own = 1"
    source: ClassVar[str] = "this project; data counted by transfer as in Hernandez et al. 2021, arXiv:2102.01293"

    E: float
    A: float
    B: float
    alpha_N: float
    alpha_D: float
    weights: tuple[float, ...]
    own: int | None

    @property
    def others(self) -> tuple[int, ...]:
        """Indices of the fitted weights: all domains but the target's own."""
        return tuple(j for j in range(len(self.weights)) if j != self.own)

    @property
    def parameter_names(self) -> tuple[str, ...]:
        """E, A, B, alpha_N, alpha_D, then w_j of every domain but the target's own."""
        return ("E", "A", "B", "alpha_N", "alpha_D", *(f"w_{j}" for j in self.others))

    @property
    def parameters(self) -> Array:
        """(P,) in the order of `parameter_names`."""
        weights = [self.weights[j] for j in self.others]
        return np.array([self.E, self.A, self.B, self.alpha_N, self.alpha_D, *weights])

    def with_parameters(self, values: Array) -> Self:
        """The same form with other values, (P,)."""
        E, A, B, alpha_N, alpha_D, *others = map(float, values)
        weights = list(self.weights)
        for j, weight in zip(self.others, others, strict=True):
            weights[j] = weight
        changes: dict[str, Any] = {"E": E, "A": A, "B": B, "alpha_N": alpha_N, "alpha_D": alpha_D}
        return dataclasses.replace(self, **changes, weights=tuple(weights))

    def loss(self, N: Array, D: Array, p: Array) -> Array:
        """(n,) nats per token; infinite where nothing in the mixture counts for the target."""
        with np.errstate(divide="ignore"):
            return self.E + self.A * N**-self.alpha_N + self.B * (D * self._counted(p)) ** -self.alpha_D

    def gradients(self, N: Array, D: Array, p: Array) -> Gradients:
        """All derivatives of `loss`."""
        counted = self._counted(p)
        x = N**-self.alpha_N
        y = (D * counted) ** -self.alpha_D
        slope = -self.alpha_D * self.B * y / counted
        five = [np.ones_like(x), x, y, -self.A * x * np.log(N), -self.B * y * np.log(D * counted)]
        return Gradients(
            parameters=np.concatenate([np.stack(five, axis=1), slope[:, None] * p[:, list(self.others)]], axis=1),
            shares=slope[:, None] * np.array(self.weights),
            N=-self.alpha_N * self.A * x / N,
            D=slope * counted / D,
        )

    def _counted(self, p: Array) -> Array:
        return p @ np.array(self.weights)

    def to_json(self) -> dict[str, Any]:
        """A plain dict of literals."""
        return {**dataclasses.asdict(self), "weights": list(self.weights)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The inverse of `to_json`."""
        fields: dict[str, Any] = {**data, "weights": tuple(map(float, data["weights"]))}
        return cls(**fields)
