"""The rows that a law of mixtures is fitted to, their middle, and the noise that a fit leaves in them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mixlaw.laws.forms import Array

FIRST_SIGMA = 0.02
"""Relative noise of one run's loss before anything is known of it."""
_LEAST_SIGMA = 1e-4
EFFICIENT = 1.345
"""Huber's delta in units of sigma for 95% efficiency under normal noise (Huber 1981)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MixtureRows:
    """Rows of one target: N, D, loss (n,), shares (n, M) and the index of its own domain, None if it has none."""

    N: Array
    D: Array
    shares: Array
    loss: Array
    own: int | None

    @property
    def others(self) -> list[int]:
        """Domains whose weight is fitted."""
        return [j for j in range(self.shares.shape[1]) if j != self.own]

    @property
    def varies_N(self) -> bool:
        """Without a second model size the law has no term in N: A = 0."""
        return len(np.unique(self.N)) > 1


def middle(values: Array) -> float:
    """The geometric mean."""
    return float(np.exp(np.mean(np.log(values))))


def noise(residual: Array, n_fitted: int) -> float:
    """Relative noise of a run: median absolute deviation, widened for the parameters that were fitted."""
    n = len(residual)
    spared = max(n - n_fitted, n / 4)
    return max(1.4826 * float(np.median(np.abs(residual))) * float(np.sqrt(n / spared)), _LEAST_SIGMA)
