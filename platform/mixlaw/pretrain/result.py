"""What training a trial gives."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mixlaw.trial import Measurement


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingResult:
    """Held-out losses and how the training went."""

    measurements: tuple[Measurement, ...]
    train_loss: float
    """Mean over the last 10% of steps, nats per token."""
    tokens_per_second: float
    """Of the loop in the process that finished, all workers together; validation and export left out."""
    train_seconds: float
    """Of the loop in the process that finished."""
    data_seconds: float
    """Of these, waited for rows."""
    precision: str
    hardware: str
    n_steps: int
    resumed_from: int
    """Steps that an earlier process had done; 0 for a training in one go."""

    def to_json(self) -> dict[str, Any]:
        """A plain dict; `from_json` is its inverse."""
        return dataclasses.asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> TrainingResult:
        """The inverse of `to_json`."""
        measurements = tuple(Measurement(**m) for m in data["measurements"])
        rest = {name: value for name, value in data.items() if name != "measurements"}
        return cls(measurements=measurements, **rest)
