"""Chinchilla: one language, one loss surface over model size and data."""

# ruff: noqa: N815 (alpha_N and alpha_D are the field's own symbols)
from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np

from mixlaw.laws.forms.form import Array, Gradients


@dataclass(frozen=True, slots=True, kw_only=True)
class Chinchilla:
    """L(N, D) = E + A / N**alpha_N + B / D**alpha_D, nats per token (Hoffmann et al. 2022, arXiv:2203.15556, Eq. 2).

    N and D are plain counts (parameters, tokens), not billions. Shares are ignored: D is of the one language.
    """

    name: ClassVar[str] = "chinchilla"
    formula: ClassVar[str] = "E + A / N^alpha_N + B / D^alpha_D"
    source: ClassVar[str] = "Hoffmann et al. 2022, arXiv:2203.15556, Eq. 2; arXiv:2512.13472, Eq. 1"

    E: float
    A: float
    B: float
    alpha_N: float
    alpha_D: float

    @classmethod
    def from_scales(cls, *, N_c: float, D_c: float, alpha_N: float, alpha_D: float, L_inf: float) -> Self:
        """From the paper's Eq. 1, (N_c / N)**alpha_N + (D_c / D)**alpha_D + L_inf."""
        return cls(E=L_inf, A=N_c**alpha_N, B=D_c**alpha_D, alpha_N=alpha_N, alpha_D=alpha_D)

    @property
    def N_c(self) -> float:
        """Parameters at which the model-size term is 1 nat (Eq. 1)."""
        return self.A ** (1 / self.alpha_N)

    @property
    def D_c(self) -> float:
        """Tokens at which the data term is 1 nat (Eq. 1)."""
        return self.B ** (1 / self.alpha_D)

    @property
    def parameter_names(self) -> tuple[str, ...]:
        """E, A, B, alpha_N, alpha_D."""
        return tuple(f.name for f in dataclasses.fields(self))

    @property
    def parameters(self) -> Array:
        """(5,) in the order of the fields."""
        return np.array([self.E, self.A, self.B, self.alpha_N, self.alpha_D])

    def with_parameters(self, values: Array) -> Self:
        """The same form with other values, (5,)."""
        return dataclasses.replace(self, **dict(zip(self.parameter_names, map(float, values), strict=True)))

    def loss(self, N: Array, D: Array, p: Array) -> Array:
        """(n,) nats per token; `p` is ignored."""
        return self.E + self.A * N**-self.alpha_N + self.B * D**-self.alpha_D

    def gradients(self, N: Array, D: Array, p: Array) -> Gradients:
        """All derivatives of `loss`; those by shares are 0."""
        x, y = N**-self.alpha_N, D**-self.alpha_D
        by_parameter = [np.ones_like(x), x, y, -self.A * x * np.log(N), -self.B * y * np.log(D)]
        return Gradients(
            parameters=np.stack(by_parameter, axis=1),
            shares=np.zeros_like(p),
            N=-self.alpha_N * self.A * x / N,
            D=-self.alpha_D * self.B * y / D,
        )

    def to_json(self) -> dict[str, Any]:
        """A plain dict of literals."""
        return dataclasses.asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The inverse of `to_json`."""
        return cls(**{name: float(value) for name, value in data.items()})
