"""Data mixing: an exponential of the shares, at one model size and one number of tokens."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np

from mixlaw.laws.forms.form import Array
from mixlaw.laws.forms.parametric import BatchedForm


@dataclass(frozen=True, slots=True, kw_only=True)
class DataMixing(BatchedForm):
    """L(p) = c + k exp(sum_j t_j p_j), nats per token, for one target (Ye et al. 2024, arXiv:2403.16952).

    It holds at the N and D that it was fitted at: both are ignored. Their paper reaches other scales by nesting it: the
    loss of every mixture is first carried to the wanted number of steps and model size by power laws of its own, and
    the law is then fitted to those extrapolated losses. That is a procedure and no closed form, and is not done here.
    Shares sum to 1, so k and the mean of t are one quantity: the fit holds the mean of t at 0.
    """

    name: ClassVar[str] = "data-mixing"
    formula: ClassVar[str] = "c + k exp(sum_j t_j p_j), at one N and D"
    source: ClassVar[str] = "Ye et al. 2024, arXiv:2403.16952"

    c: float
    k: float
    t: tuple[float, ...]

    @property
    def parameter_names(self) -> tuple[str, ...]:
        """c, k, then t_j of every domain."""
        return ("c", "k", *(f"t_{j}" for j in range(len(self.t))))

    @property
    def parameters(self) -> Array:
        """(2 + M,) in the order of `parameter_names`."""
        return np.array([self.c, self.k, *self.t])

    def with_parameters(self, values: Array) -> Self:
        """The same form with other values, (2 + M,)."""
        c, k, *t = map(float, values)
        return dataclasses.replace(self, c=c, k=k, t=tuple(t))

    def batch(self, values: Array, N: Array, D: Array, p: Array) -> tuple[Array, Array]:
        """Loss (R, n) and its derivatives by the parameters (R, n, P), for values (R, P)."""
        c, k, t = values[:, 0:1], values[:, 1:2], values[:, 2:]
        growth = np.exp(t @ p.T)
        by_t = (k * growth)[:, :, None] * p
        return c + k * growth, np.concatenate([np.stack([np.ones_like(growth), growth], axis=2), by_t], axis=2)

    def by_inputs(self, N: Array, D: Array, p: Array) -> tuple[Array, Array, Array]:
        """Derivatives by shares (n, M), and 0 for N and D (n,)."""
        t = np.array(self.t)
        return np.outer(self.k * np.exp(p @ t), t), np.zeros_like(N), np.zeros_like(D)

    def rescaled(self, *, N: float, D: float) -> Self:
        """Itself: it knows no units of N and D."""
        return self

    def to_json(self) -> dict[str, Any]:
        """A plain dict of literals."""
        return {**dataclasses.asdict(self), "t": list(self.t)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The inverse of `to_json`."""
        return cls(c=float(data["c"]), k=float(data["k"]), t=tuple(map(float, data["t"])))
