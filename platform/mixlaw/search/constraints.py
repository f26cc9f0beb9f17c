"""What a mixture may be: fixed, least and greatest shares, available data, no target much worse than a reference."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from mixlaw.laws.forms import Array
from mixlaw.laws.repetition import AS_PUBLISHED, Repetition
from mixlaw.search.box import Box
from mixlaw.trial import MixlawError

_ROUNDING = 1e-12


def _none() -> dict[str, float]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class NoWorseThan:
    """No target's predicted loss may exceed that at a reference mixture by more than `percent`."""

    percent: float
    shares: Mapping[str, float] | None = None
    """The reference, summing to 1; None is the search's own, uniform as near as the limits allow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraints:
    """Constraints as a user gives them; shares are of the training tokens, 0 to 1."""

    fixed: Mapping[str, float] = field(default_factory=_none)
    min_share: Mapping[str, float] = field(default_factory=_none)
    max_share: Mapping[str, float] = field(default_factory=_none)
    available: Mapping[str, float] = field(default_factory=_none)
    """Distinct tokens that exist of a domain; a domain not named is unlimited. Repeated tokens count as worth less
    (see `repetition`), and `max_epochs` caps them."""
    max_epochs: float = 4.0
    """How often available tokens may be repeated; up to four passes are nearly worth new data (Muennighoff et al.
    2023, arXiv:2305.16264)."""
    repetition: Repetition = AS_PUBLISHED
    no_worse_than: NoWorseThan | None = None

    def box(self, domains: Sequence[str], D: float) -> Box:
        """The bounds of every share for a budget of D tokens.

        Raises MixlawError that names every limit that cannot be met.
        """
        wrong = self._misnamed(domains) + self._out_of_range()
        if wrong:
            raise MixlawError(f"limits: {'; '.join(wrong)}")
        lower = np.array([self.fixed.get(d, self.min_share.get(d, 0.0)) for d in domains])
        upper = np.array([self.fixed.get(d, self.max_share.get(d, 1.0)) for d in domains])
        cap = np.array([self._cap(d, D) for d in domains])
        problems = [self._conflict(d, lower[j], upper[j], cap[j], D) for j, d in enumerate(domains)]
        problems += _sums(domains, lower, np.minimum(upper, cap))
        found = [problem for problem in problems if problem]
        if found:
            raise MixlawError(f"no mixture meets the limits: {'; '.join(found)}")
        # A least share that meets the cap but for rounding is what the user wrote, and stays.
        return Box(lower=lower, upper=np.maximum(np.minimum(upper, cap), lower))

    def _cap(self, domain: str, D: float) -> float:
        """The largest share whose tokens, as computed, are not a bit more than the epochs allow."""
        available = self.available.get(domain, np.inf)
        cap = available * self.max_epochs / D
        while np.isfinite(cap) and cap > 0 and cap * D > available * self.max_epochs:
            cap = float(np.nextafter(cap, 0.0))
        return cap

    def _misnamed(self, domains: Sequence[str]) -> list[str]:
        # A corpus may hold more than the law knows: only limits that ask for something are mistakes.
        asked = {**self.fixed, **self.min_share, **self.max_share}
        reference = self.no_worse_than.shares if self.no_worse_than else None
        asked.update({d: share for d, share in (reference or {}).items() if share > 0})
        return [unknown_domain(d, domains) for d in sorted(asked) if d not in domains]

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
        return wrong + (_wrong_reference(self.no_worse_than) if self.no_worse_than else [])

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


def unknown_domain(name: str, domains: Sequence[str]) -> str:
    """What to say of a domain that a law does not know, with the nearest name that it does."""
    near = difflib.get_close_matches(name, domains, n=1)
    hint = f"did you mean {near[0]}?" if near else f"it knows {', '.join(domains)}"
    return f"{name} is not in the law ({hint})"


def _wrong_reference(limit: NoWorseThan) -> list[str]:
    wrong: list[str] = []
    if not limit.percent >= 0:
        wrong.append(f"no_worse_than must be a percentage >= 0, got {limit.percent:g}")
    total = sum(limit.shares.values()) if limit.shares is not None else 1.0
    if not abs(total - 1) < 1e-6 or (limit.shares and min(limit.shares.values()) < 0):
        wrong.append(f"the shares of no_worse_than must be >= 0 and sum to 1, got a sum of {total:g}")
    return wrong


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
