"""What every export is made of: shares as decimals that sum to 1, tokens, paths."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from mixlaw.search.recommendation import Recommendation
from mixlaw.trial import MixlawError

_DIGITS = 12
PLACEHOLDER = "DATA"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mix:
    """A mixture as it is written out."""

    N: float
    D: float
    shares: Mapping[str, Decimal]
    """Every domain of the law, of 12 digits at most; they sum to 1 exactly."""
    paths: Mapping[str, str]
    """Every domain; a placeholder DATA/<domain> where the user gave none."""
    available: Mapping[str, float]
    max_epochs: float

    @property
    def used(self) -> dict[str, Decimal]:
        """Domains with a share above 0: loaders refuse a weight of 0."""
        return {domain: share for domain, share in self.shares.items() if share > 0}

    def tokens(self, domain: str) -> int:
        """Training tokens of a domain, rounded down."""
        return int(self.shares[domain] * Decimal(self.D))

    def epochs(self, domain: str) -> float | None:
        """Passes over the domain's distinct tokens; None where their number is not known."""
        available = self.available.get(domain, 0.0)
        return self.tokens(domain) / available if available else None


def mix_of(found: Recommendation, paths: Mapping[str, str] | None = None) -> Mix:
    """A recommendation as it is written out. Raises MixlawError for paths of domains that it does not have."""
    unknown = [domain for domain in paths or {} if domain not in found.shares]
    if unknown:
        raise MixlawError(f"paths name {', '.join(unknown)}; the mixture has {', '.join(found.shares)}")
    return Mix(
        N=found.N,
        D=found.D,
        shares=decimals(found.shares, kept=found.binding),
        paths={domain: f"{PLACEHOLDER}/{domain}" for domain in found.shares} | dict(paths or {}),
        available=found.available,
        max_epochs=found.max_epochs,
    )


def decimals(shares: Mapping[str, float], kept: tuple[str, ...] = ()) -> dict[str, Decimal]:
    """Shares to 12 digits that sum to 1 exactly: rounded down, the rest given to the largest that lies on no limit."""
    unit = Decimal(1).scaleb(-_DIGITS)
    rounded = {domain: Decimal(repr(share)).quantize(unit, rounding=ROUND_FLOOR) for domain, share in shares.items()}
    free = [domain for domain in shares if domain not in kept] or list(shares)
    largest = max(free, key=lambda domain: shares[domain])
    rounded[largest] += 1 - sum(rounded.values())
    return rounded


def written(share: Decimal) -> str:
    """A share without trailing zeros or an exponent."""
    return f"{share.normalize():f}"
