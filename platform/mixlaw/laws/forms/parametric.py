"""Forms whose formula is written once, for a batch of parameter values: loss and gradients follow from it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Self

import numpy as np

from mixlaw.laws.forms.form import Array, Gradients

LEAST_SHARE = 1e-12
"""Stands in for a share of 0 where a power or logarithm of it is taken: slopes at 0 stay finite."""


class BatchedForm(ABC):
    """`loss` and the derivatives by parameters from `batch`; a form adds the derivatives by p, N and D."""

    __slots__ = ()

    @property
    @abstractmethod
    def parameters(self) -> Array:
        """(P,) values."""

    @abstractmethod
    def with_parameters(self, values: Array) -> Self:
        """The same form with other parameter values, (P,)."""

    @abstractmethod
    def batch(self, values: Array, N: Array, D: Array, p: Array) -> tuple[Array, Array]:
        """Loss (R, n) and its derivatives by the parameters (R, n, P), for values (R, P)."""

    @abstractmethod
    def by_inputs(self, N: Array, D: Array, p: Array) -> tuple[Array, Array, Array]:
        """Derivatives of the loss by shares (n, M), by N (n,) and by D (n,)."""

    def loss(self, N: Array, D: Array, p: Array) -> Array:
        """(n,) nats per token."""
        return self.batch(self.parameters[None], N, D, p)[0][0]

    def gradients(self, N: Array, D: Array, p: Array) -> Gradients:
        """All derivatives of `loss`."""
        shares, by_N, by_D = self.by_inputs(N, D, p)
        by_parameter = self.batch(self.parameters[None], N, D, p)[1][0]
        return Gradients(parameters=by_parameter, shares=shares, N=by_N, D=by_D)


def powers(scale: Array, exponent: Array, x: Array) -> tuple[Array, Array]:
    """A x**-alpha and its derivative by alpha, both (R, n), for A, alpha (R, 1) and x (n,)."""
    term = scale * x**-exponent
    return term, -term * np.log(x)


def harmonic(C: Array, gamma: Array, p: Array) -> tuple[Array, Array, Array]:
    """1 / sum_i C_i p_i**gamma_i (R, n) and its derivatives by C and gamma (R, n, M), for C, gamma (R, M).

    The mixture term of arXiv:2507.09404. Shares below `LEAST_SHARE` count as that.
    """
    log_p = np.log(np.maximum(p, LEAST_SHARE))
    raised = np.exp(gamma[:, None, :] * log_p)
    value = 1 / np.einsum("rnm,rm->rn", raised, C)
    by_C = -(value**2)[:, :, None] * raised
    return value, by_C, by_C * C[:, None, :] * log_p


def harmonic_by_shares(C: Array, gamma: Array, p: Array) -> Array:
    """(n, M) derivatives of the same term by the shares, for C, gamma (M,)."""
    p = np.maximum(p, LEAST_SHARE)
    raised = C * p**gamma
    return -(raised.sum(axis=1, keepdims=True) ** -2) * gamma * raised / p
