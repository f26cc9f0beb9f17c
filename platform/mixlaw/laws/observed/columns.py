"""What the columns of anybody's table of runs mean."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mixlaw.trial import MixlawError


@dataclass(frozen=True, slots=True, kw_only=True)
class RunColumns:
    """Names of columns, exactly as they are in the table, spaces and all.

    Raises MixlawError for a column that is named twice.
    """

    targets: tuple[str, ...]
    """Losses, nats per token."""
    weights: tuple[str, ...] = ()
    """Shares of the training tokens; none where every run had the same data."""
    params: str | None = None
    """N, parameters of the model, a plain count."""
    tokens: str | None = None
    """D, training tokens, a plain count."""
    flops: str | None = None
    """C, training FLOPs: gives whichever of N and D is missing, by C = 6 N D (Kaplan et al. 2020, arXiv:2001.08361)."""
    group: str | None = None
    """Which rows are checkpoints of one run."""

    def __post_init__(self) -> None:
        single = [name for name in (self.params, self.tokens, self.flops, self.group) if name is not None]
        twice = [name for name, n in Counter([*self.targets, *self.weights, *single]).items() if n > 1]
        if twice:
            raise MixlawError(f"column {', '.join(map(repr, twice))} is named twice; a column has one meaning")

    @property
    def has_N(self) -> bool:
        """N is given, or follows from FLOPs and tokens."""
        return self.params is not None or (self.flops is not None and self.tokens is not None)

    @property
    def has_D(self) -> bool:
        """D is given, or follows from FLOPs and parameters."""
        return self.tokens is not None or (self.flops is not None and self.params is not None)

    def to_json(self) -> dict[str, Any]:
        """A plain dict of literals; `from_json` is its exact inverse."""
        return dataclasses.asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> RunColumns:
        """The inverse of `to_json`."""
        lists: dict[str, Any] = {name: tuple(data[name]) for name in ("targets", "weights")}
        return cls(**{**data, **lists})
