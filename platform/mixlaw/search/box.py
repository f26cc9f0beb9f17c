"""Bounds of the shares, and mixtures that keep to them to the last bit."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from mixlaw.laws.forms import Array

_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """Bounds of the shares, (M,) each: lower <= p <= upper, sum of p = 1 is possible."""

    lower: Array
    upper: Array

    def project(self, p: Array) -> Array:
        """(M,) the mixture within the bounds that is nearest to `p`: clip(p + shift) with the shift that sums to 1."""
        low, high = float((self.lower - p).min()) - 1.0, float((self.upper - p).max()) + 1.0
        for _ in range(100):
            middle = (low + high) / 2
            too_much = np.clip(p + middle, self.lower, self.upper).sum() > 1
            low, high = (low, middle) if too_much else (middle, high)
        return self.settle(np.clip(p + (low + high) / 2, self.lower, self.upper))

    def place(self, portions: Array) -> Array:
        """(M,) a mixture from portions (M,) that sum to 1: the least shares, and what is left by portion, capped."""
        return self.project(self.lower + (1 - self.lower.sum()) * portions)

    def place_many(self, portions: Array) -> Array:
        """(n, M) `place` for portions (n, M), within 1e-9 of the bounds: for screening, not for an answer."""
        return self.project_many(self.lower + (1 - self.lower.sum()) * portions)

    def project_many(self, p: Array) -> Array:
        """(n, M) `project` for p (n, M), within 1e-9 of the bounds and the sum."""
        low: Array = (self.lower - p).min(axis=1) - 1.0
        high: Array = (self.upper - p).max(axis=1) + 1.0
        for _ in range(36):
            middle: Array = (low + high) / 2
            too_much = np.clip(p + middle[:, None], self.lower, self.upper).sum(axis=1) > 1
            low, high = np.where(too_much, low, middle), np.where(too_much, middle, high)
        return np.clip(p + ((low + high) / 2)[:, None], self.lower, self.upper)

    def settle(self, p: Array) -> Array:
        """(M,) `p`, which all but meets the bounds and the sum, made to meet them: no bound is crossed by one bit, and
        the exact sum rounds to 1 or its neighbour."""
        # What an optimiser leaves of a share at its bound is rounding, and would print as 3e-17.
        p = np.where(p < self.lower + _ROUNDING, self.lower, np.where(p > self.upper - _ROUNDING, self.upper, p))
        for _ in range(2 * len(p) + 4):
            missing = 1.0 - math.fsum(p)
            if missing == 0:
                break
            room = self.upper - p if missing > 0 else p - self.lower
            enough = np.where(room >= abs(missing), p, -1.0)
            j = int(np.argmax(enough if enough.max() >= 0 else room))
            p[j] = np.clip(p[j] + missing, self.lower[j], self.upper[j])
        return p

    def binding(self, p: Array) -> list[int]:
        """Indices of the shares that lie on a bound other than 0 and 1."""
        on_lower = (p <= self.lower + 1e-9) & (self.lower > 0)
        on_upper = (p >= self.upper - 1e-9) & (self.upper < 1)
        return [int(j) for j in np.flatnonzero(on_lower | on_upper)]
