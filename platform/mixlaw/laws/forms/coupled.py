"""Coupled: every term depends on the mixture through one count of useful data, and size and data limit each other."""

# ruff: noqa: N815 (alpha_N and alpha_D are the field's own symbols)
from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np

from mixlaw.laws.forms.form import Array
from mixlaw.laws.forms.parametric import LEAST_SHARE, BatchedForm

_SCALARS = ("E", "A", "B", "alpha_N", "alpha_D", "beta_E", "beta_N", "beta_D", "gamma")
_LEAST = 1e-300  # in place of 0, where both terms are absent: a logarithm is taken


@dataclass(frozen=True, slots=True, kw_only=True)
class Coupled(BatchedForm):
    """L(N, D; p) = E S**-beta_E + (A N**-alpha_N S**-beta_N + B D**-alpha_D S**-beta_D)**gamma, nats per token.

    S(p) = sum_j w_j p_j**rho_j / sum_j w_j r_j**rho_j counts the data that are of use to the target, 1 at the reference
    mixture r. With rho_j below 1 the first tokens of a domain are worth most. gamma couples the shortage of parameters
    and that of data (Kaplan et al. 2020, arXiv:2001.08361, Eq. 1.5, where E = 0 and gamma = alpha_D): above 1 they make
    each other worse; 1 makes them add up as in the Chinchilla law. With all beta 0 the mixture plays no part: that is
    the law for runs on one kind of data, and the shares may then be (n, 0).
    """

    name: ClassVar[str] = "coupled"
    formula: ClassVar[str] = (
        "E S^-beta_E + (A N^-alpha_N S^-beta_N + B D^-alpha_D S^-beta_D)^gamma, "
        "S = sum_j w_j p_j^rho_j / sum_j w_j r_j^rho_j"
    )
    source: ClassVar[str] = "this project; coupling as in Kaplan et al. 2020, arXiv:2001.08361, Eq. 1.5"

    E: float
    A: float
    B: float
    alpha_N: float
    alpha_D: float
    beta_E: float
    beta_N: float
    beta_D: float
    gamma: float
    rho: tuple[float, ...]
    w: tuple[float, ...]
    reference: tuple[float, ...]
    """Shares at which S is 1; not fitted."""

    @property
    def parameter_names(self) -> tuple[str, ...]:
        """The nine scalars, then rho_j and w_j of every domain."""
        return (*_SCALARS, *(f"{name}_{j}" for name in ("rho", "w") for j in range(len(self.w))))

    @property
    def parameters(self) -> Array:
        """(9 + 2 M,) in the order of `parameter_names`."""
        return np.array([*(getattr(self, name) for name in _SCALARS), *self.rho, *self.w])

    def with_parameters(self, values: Array) -> Self:
        """The same form with other values, (9 + 2 M,)."""
        scalars: dict[str, Any] = dict(zip(_SCALARS, map(float, values[:9]), strict=True))
        rho, w = (tuple(map(float, part)) for part in np.split(values[9:], 2))
        return dataclasses.replace(self, **scalars, rho=rho, w=w)

    def batch(self, values: Array, N: Array, D: Array, p: Array) -> tuple[Array, Array]:
        """Loss (R, n) and its derivatives by the parameters (R, n, P), for values (R, P)."""
        E, A, B, alpha_N, alpha_D, beta_E, beta_N, beta_D, gamma = (values[:, i : i + 1] for i in range(9))
        rho, w = np.split(values[:, 9:], 2, axis=1)
        log_S, by_rho, by_w = _log_useful(rho, w, p, np.array(self.reference))
        floor = np.exp(-beta_E * log_S)
        size = np.exp(-alpha_N * np.log(N) - beta_N * log_S)
        data = np.exp(-alpha_D * np.log(D) - beta_D * log_S)
        total = np.maximum(A * size + B * data, _LEAST)
        limited = total**gamma
        slope = gamma * limited / total  # of the loss in A * size, and in B * data
        by_log_S = -beta_E * E * floor - slope * (beta_N * A * size + beta_D * B * data)
        scalars = [
            floor,
            slope * size,
            slope * data,
            -slope * A * size * np.log(N),
            -slope * B * data * np.log(D),
            -E * floor * log_S,
            -slope * A * size * log_S,
            -slope * B * data * log_S,
            limited * np.log(total),
        ]
        per_domain = [by_log_S[:, :, None] * by_rho, by_log_S[:, :, None] * by_w]
        return E * floor + limited, np.concatenate([np.stack(scalars, axis=2), *per_domain], axis=2)

    def by_inputs(self, N: Array, D: Array, p: Array) -> tuple[Array, Array, Array]:
        """Derivatives by shares (n, M), N (n,) and D (n,)."""
        rho, w = np.array(self.rho), np.array(self.w)
        log_S = _log_useful(rho[None], w[None], p, np.array(self.reference))[0][0]
        size = self.A * np.exp(-self.alpha_N * np.log(N) - self.beta_N * log_S)
        data = self.B * np.exp(-self.alpha_D * np.log(D) - self.beta_D * log_S)
        total = np.maximum(size + data, _LEAST)
        slope = self.gamma * total ** (self.gamma - 1)
        by_log_S = -self.beta_E * self.E * np.exp(-self.beta_E * log_S)
        by_log_S -= slope * (self.beta_N * size + self.beta_D * data)
        p = np.maximum(p, LEAST_SHARE)
        worth = w * p**rho
        shares = by_log_S[:, None] * rho * worth / (p * np.sum(worth, axis=1, keepdims=True))
        return shares, -slope * self.alpha_N * size / N, -slope * self.alpha_D * data / D

    def rescaled(self, *, N: float, D: float) -> Self:
        """The law whose loss at (N n, D d) is this one's at (n, d)."""
        return dataclasses.replace(self, A=self.A * N**self.alpha_N, B=self.B * D**self.alpha_D)

    def to_json(self) -> dict[str, Any]:
        """A plain dict of literals."""
        return {**dataclasses.asdict(self), **{name: list(getattr(self, name)) for name in ("rho", "w", "reference")}}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The inverse of `to_json`."""
        tuples: dict[str, Any] = {name: tuple(map(float, data[name])) for name in ("rho", "w", "reference")}
        fields: dict[str, Any] = {**data, **tuples}
        return cls(**fields)


def _log_useful(rho: Array, w: Array, p: Array, reference: Array) -> tuple[Array, Array, Array]:
    """log S (R, n) and its derivatives by rho and w (R, n, M), for rho, w (R, M); 0 and (R, n, 0) without domains."""
    if not w.shape[1]:
        empty = np.zeros((len(w), len(p), 0))
        return np.zeros((len(w), len(p))), empty, empty
    here, by_rho, by_w = _log_sum(rho, w, p)
    there, by_rho_there, by_w_there = _log_sum(rho, w, reference[None])
    return here - there, by_rho - by_rho_there, by_w - by_w_there


def _log_sum(rho: Array, w: Array, p: Array) -> tuple[Array, Array, Array]:
    """log sum_j w_j p_j**rho_j (R, n) and its derivatives by rho and w (R, n, M)."""
    log_p = np.log(np.maximum(p, LEAST_SHARE))
    raised = np.exp(rho[:, None, :] * log_p)
    total = np.einsum("rnm,rm->rn", raised, w)
    by_w = raised / total[:, :, None]
    return np.log(total), by_w * w[:, None, :] * log_p, by_w
