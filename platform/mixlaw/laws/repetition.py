"""Repeated data: what tokens are worth when a domain is passed over more than once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mixlaw.laws.forms import Array
from mixlaw.trial import MixlawError

R_STAR = 15.387756
"""R*_D as Muennighoff et al. fitted it on C4: repetitions after which more of them are worth little."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repetition:
    """D' = U + U R* (1 - exp(-R / R*)), R = D / U - 1 (Muennighoff et al. 2023, arXiv:2305.16264, Eq. 5).

    U are the distinct tokens that exist and R the repetitions beyond the first pass; up to one pass D' = D. Here it
    holds domain by domain: d_j = D p_j tokens of a domain with U_j distinct ones count as d'_j, and a law then gets
    D' = sum_j d'_j and p'_j = d'_j / D'. The next token of a domain is worth exp(-R_j / R*) of a new one.

    Left out of the paper's Eq. 6: the same decay for parameters in excess of what the distinct tokens can use (N',
    with R*_N = 5.309743). The laws here take N as it is.
    """

    R_star: float = R_STAR
    """Repetitions, above 0; infinity counts repeated tokens as new ones."""

    def __post_init__(self) -> None:
        if not self.R_star > 0:
            raise MixlawError(f"R_star must be above 0 repetitions, got {self.R_star:g}; inf counts repeats in full")

    def effective(self, D: Array, p: Array, unique: Array) -> tuple[Array, Array]:
        """D' (n,) tokens and p' (n, M) shares of them, for D (n,), p (n, M) and distinct tokens (n, M) or (M,).

        `unique` is inf for a domain without limit; a domain of 0 distinct tokens counts nothing.
        """
        counted = self.worth(D[:, None] * p, unique)
        total = counted.sum(axis=1)
        return total, counted / np.where(total > 0, total, 1.0)[:, None]

    def worth(self, tokens: Array, unique: Array) -> Array:
        """(n, M) effective tokens d' of `tokens` (n, M), of which `unique` are distinct."""
        repeats = _repeats(tokens, unique)
        with np.errstate(invalid="ignore"):
            # expm1(-x) * -R* keeps its digits for few repeats, and its limit (R) for an infinite R*.
            beyond = repeats if np.isinf(self.R_star) else -self.R_star * np.expm1(-repeats / self.R_star)
            return np.where(repeats > 0, unique * (1 + beyond), np.where(unique > 0, tokens, 0.0))

    def next_token(self, D: Array, p: Array, unique: Array) -> Array:
        """(n, M) what one more token of a domain adds to its d': 1 in the first pass, then exp(-R / R*)."""
        return np.where(unique > 0, np.exp(-_repeats(D[:, None] * p, unique) / self.R_star), 0.0)

    def by_token(self, D: Array, p: Array, unique: Array, by_D: Array, by_p: Array) -> Array:
        """(n, M) derivatives by one more token of each domain, the chain rule through `effective`.

        `by_D` (n,) and `by_p` (n, M) are a loss's derivatives by D' and p' at the effective point.
        """
        total, shares = self.effective(D, p, unique)
        inner = by_D[:, None] + (by_p - np.sum(by_p * shares, axis=1, keepdims=True)) / total[:, None]
        return self.next_token(D, p, unique) * inner


AS_PUBLISHED = Repetition()


def _repeats(tokens: Array, unique: Array) -> Array:
    """(n, M) passes beyond the first; 0 where there is no limit, or nothing at all."""
    known = np.where((unique > 0) & np.isfinite(unique), unique, 1.0)
    return np.where(np.isfinite(unique) & (unique > 0), np.maximum(tokens / known - 1, 0.0), 0.0)
