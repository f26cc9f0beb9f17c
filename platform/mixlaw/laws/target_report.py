"""How well one target's law was fitted: a part of the law file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mixlaw.laws.held_out import HeldOut


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetReport:
    """How one target's law was fitted and what it can do."""

    n_rows: int
    n_runs: int
    objective: float
    converged: bool
    in_sample_error: float
    """Mean relative error, percent, over the fitted rows."""
    noise: float
    """Standard deviation of log residuals (from their median absolute deviation): relative scatter of a run."""
    held_out: Mapping[str, HeldOut]
    """By what was left out: largest-N, largest-D, mixtures."""
    prior_dominated: tuple[str, ...] = ()
    """Parameters on which the runs say less than the prior does."""
    absent: tuple[str, ...] = ()
    """Parameters that play no part, because N or D was the same in all rows."""

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> TargetReport:
        """The inverse of `dataclasses.asdict`."""
        fields: dict[str, Any] = dict(data)
        fields["held_out"] = {name: HeldOut(**held) for name, held in fields["held_out"].items()}
        fields |= {name: tuple(fields[name]) for name in ("prior_dominated", "absent")}
        return cls(**fields)
