"""What a mixture may be: fixed, least and greatest shares, available data, and no target much worse than uniform."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from mixlaw.laws.forms import Array
from mixlaw.trial import MixlawError

_ROUNDING = 1e-12


def _none() -> dict[str, float]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraints:
    """Constraints as a user gives them; shares are of the training tokens, 0 to 1."""

    fixed: Mapping[str, float] = field(default_factory=_none)
    min_share: Mapping[str, float] = field(default_factory=_none)
    max_share: Mapping[str, float] = field(default_factory=_none)
    available: Mapping[str, float] = field(default_factory=_none)
    """Distinct tokens that exist of a domain; a domain not named is unlimited."""
    max_epochs: float = 4.0
    """How often available tokens may be repeated; up to four passes are nearly worth new data (Muennighoff et al.
    2023, arXiv:2305.16264)."""
    no_worse_than_uniform: float | None = None
    """Percent by which a target's predicted loss may exceed that of the reference mixture; None for no such limit."""

    def box(self, domains: Sequence[str], D: float) -> Box:
        """The bounds of every share for a budget of D tokens.

        Raises MixlawError that names every limit that cannot be met.
        """
        wrong = self._misnamed(domains) + self._out_of_range()
        if wrong:
            raise MixlawError(f"limits: {'; '.join(wrong)}")
        lower = np.array([self.fixed.get(d, self.min_share.get(d, 0.0)) for d in domains])
        upper = np.array([self.fixed.get(d, self.max_share.get(d, 1.0)) for d in domains])
        cap = np.array([self.available.get(d, np.inf) for d in domains]) * self.max_epochs / D
        problems = [self._conflict(d, lower[j], upper[j], cap[j], D) for j, d in enumerate(domains)]
        problems += _sums(domains, lower, np.minimum(upper, cap))
        found = [problem for problem in problems if problem]
        if found:
            raise MixlawError(f"no mixture meets the limits: {'; '.join(found)}")
        return Box(lower=lower, upper=np.minimum(upper, cap))

    def _misnamed(self, domains: Sequence[str]) -> list[str]:
        given = {**self.fixed, **self.min_share, **self.max_share, **self.available}
        known = ", ".join(domains)
        # A corpus may hold more than the law knows: only limits that ask for something are mistakes.
        asked = {d for d in given if d not in domains} - set(self.available)
        return [f"{d} is not in the law (it knows {known})" for d in sorted(asked)]

    def _out_of_range(self) -> list[str]:
        named = {"fixed share": self.fixed, "min_share": self.min_share, "max_share": self.max_share}
        wrong = [
            f"{name} of {d} must be between 0 and 1, got {value:g}"
            for name, shares in named.items()
            for d, value in shares.items()
            if not 0 <= value <= 1
        ]
        wrong += [f"available tokens of {d} must be >= 0, got {v:g}" for d, v in self.available.items() if not v >= 0]
        if not self.max_epochs > 0:
            wrong.append(f"max_epochs must be above 0, got {self.max_epochs:g}")
        worse = self.no_worse_than_uniform
        if worse is not None and not worse >= 0:
            wrong.append(f"no_worse_than_uniform must be a percentage >= 0, got {worse:g}")
        return wrong

    def _conflict(self, domain: str, lower: float, upper: float, cap: float, D: float) -> str:
        kind = "fixed share" if domain in self.fixed else "min_share"
        if lower > upper + _ROUNDING:
            return f"{domain}: min_share {lower:g} is above max_share {upper:g}"
        if lower > cap + _ROUNDING:
            epochs = lower * D / self.available[domain] if self.available[domain] else np.inf
            return (
                f"{domain}: {kind} {lower:g} of {D:g} tokens would take {epochs:.1f} epochs of the "
                f"{self.available[domain]:g} available (at most {self.max_epochs:g})"
            )
        return ""


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
        nearest = np.clip(p + (low + high) / 2, self.lower, self.upper)
        # What an optimiser leaves of a share at its bound is rounding, and would print as 3e-17.
        return self._summing_to_one(np.where(nearest < self.lower + _ROUNDING, self.lower, nearest))

    def place(self, portions: Array) -> Array:
        """(M,) a mixture from portions (M,) that sum to 1: the least shares, and what is left by portion, capped."""
        return self.project(self.lower + (1 - self.lower.sum()) * portions)

    def binding(self, p: Array) -> list[int]:
        """Indices of the shares that lie on a bound other than 0 and 1."""
        on_lower = (p <= self.lower + 1e-9) & (self.lower > 0)
        on_upper = (p >= self.upper - 1e-9) & (self.upper < 1)
        return [int(j) for j in np.flatnonzero(on_lower | on_upper)]

    def _summing_to_one(self, p: Array) -> Array:
        """Rounding goes to the largest share with room for it, so that no bound is crossed even by one bit."""
        missing = 1.0 - p.sum()
        room = self.upper - p if missing > 0 else p - self.lower
        j = int(np.argmax(np.where(room >= abs(missing), p, -1.0)))
        p[j] = np.clip(p[j] + missing, self.lower[j], self.upper[j])
        return p


def _sums(domains: Sequence[str], lower: Array, upper: Array) -> list[str]:
    problems: list[str] = []
    if lower.sum() > 1 + _ROUNDING:
        parts = ", ".join(f"{d} {v:g}" for d, v in zip(domains, lower, strict=True) if v > 0)
        problems.append(f"the least shares sum to {lower.sum():g}, more than 1 ({parts})")
    if upper.sum() < 1 - _ROUNDING:
        parts = ", ".join(f"{d} {v:.3g}" for d, v in zip(domains, upper, strict=True))
        problems.append(
            f"the greatest shares sum to {upper.sum():.3g}, less than 1 ({parts}): lower the token budget, find more "
            "data, or allow more epochs"
        )
    return problems
