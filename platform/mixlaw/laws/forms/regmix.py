"""RegMix: regressions of the loss on the shares, at one model size and one number of tokens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

import numpy as np
import numpy.typing as npt

from mixlaw.laws.forms.form import Array, Gradients
from mixlaw.laws.forms.frozen_arrays import FrozenArrays

Indices = npt.NDArray[np.intp]
_MAX_CELLS = 4_000_000  # rows times trees at once


@dataclass(frozen=True, slots=True, kw_only=True)
class RegMixLinear:
    """L(p) = sum_j w_j p_j, nats per token, for one target (Liu et al. 2024, arXiv:2407.01492, linear regression).

    It holds at the N and D that it was fitted at: both are ignored. w_j is the loss after training on domain j alone.
    An intercept is part of every w_j, because shares sum to 1. Its optimum always lies in a corner: one domain alone,
    or whatever the limits allow.
    """

    name: ClassVar[str] = "regmix-linear"
    formula: ClassVar[str] = "sum_j w_j p_j, at one N and D"
    source: ClassVar[str] = "Liu et al. 2024, arXiv:2407.01492, linear regression"

    weights: tuple[float, ...]

    @property
    def parameter_names(self) -> tuple[str, ...]:
        """w_j of every domain."""
        return tuple(f"w_{j}" for j in range(len(self.weights)))

    @property
    def parameters(self) -> Array:
        """(M,)."""
        return np.array(self.weights)

    def with_parameters(self, values: Array) -> Self:
        """The same form with other values, (M,)."""
        return replace(self, weights=tuple(map(float, values)))

    def loss(self, N: Array, D: Array, p: Array) -> Array:
        """(n,) nats per token; N and D are ignored."""
        return p @ np.array(self.weights)

    def gradients(self, N: Array, D: Array, p: Array) -> Gradients:
        """All derivatives of `loss`; those by N and D are 0."""
        shares = np.tile(np.array(self.weights), (len(p), 1))
        return Gradients(parameters=p.copy(), shares=shares, N=np.zeros_like(N), D=np.zeros_like(D))

    def to_json(self) -> dict[str, Any]:
        """A plain dict of literals."""
        return {"weights": list(self.weights)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The inverse of `to_json`."""
        return cls(weights=tuple(map(float, data["weights"])))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RegMixTrees(FrozenArrays):
    """L(p) = base + sum of regression trees of the shares, nats per token, for one target.

    RegMix's gradient-boosted trees (Liu et al. 2024, arXiv:2407.01492; LightGBM, Ke et al. 2017). It holds at the N
    and D that it was fitted at: both are ignored. The law is piecewise constant: its derivatives by the shares are 0
    wherever they exist, so a search has to sample mixtures and compare them, as RegMix does. It cannot extrapolate:
    beyond the mixtures of the runs it repeats the loss of the nearest ones.

    Nodes of all trees are in one list. From node i the next is `left[i]` where the share of domain `feature[i]` is at
    most `threshold[i]`, else `right[i]`; a leaf is its own successor and adds `value[i]`.
    """

    name: ClassVar[str] = "regmix-trees"
    formula: ClassVar[str] = "base + sum of regression trees of p, at one N and D"
    source: ClassVar[str] = "Liu et al. 2024, arXiv:2407.01492, LightGBM regression"

    base: float
    roots: Indices
    """(T,) first node of each tree."""
    feature: Indices
    """(nodes,)"""
    threshold: Array
    left: Indices
    right: Indices
    value: Array

    @property
    def parameter_names(self) -> tuple[str, ...]:
        """Only base: the trees' nodes are no quantities that a reader could compare."""
        return ("base",)

    @property
    def parameters(self) -> Array:
        """(1,)."""
        return np.array([self.base])

    def with_parameters(self, values: Array) -> Self:
        """The same trees on another base, (1,)."""
        return replace(self, base=float(values[0]))

    def loss(self, N: Array, D: Array, p: Array) -> Array:
        """(n,) nats per token; N and D are ignored."""
        chunk = max(1, _MAX_CELLS // max(len(self.roots), 1))
        parts = [self._sum_of_leaves(p[i : i + chunk]) for i in range(0, len(p), chunk)]
        return self.base + np.concatenate([np.empty(0), *parts])

    def gradients(self, N: Array, D: Array, p: Array) -> Gradients:
        """1 by base, 0 by everything else."""
        zero = np.zeros_like(N)
        return Gradients(parameters=np.ones((len(p), 1)), shares=np.zeros_like(p), N=zero, D=zero)

    def _sum_of_leaves(self, p: Array) -> Array:
        rows = np.arange(len(p))[:, None]
        node = np.tile(self.roots, (len(p), 1))
        while True:
            goes_left = p[rows, self.feature[node]] <= self.threshold[node]
            after = np.where(goes_left, self.left[node], self.right[node])
            if np.array_equal(after, node):
                return self.value[node].sum(axis=1)
            node = after
