"""The Pareto front: mixtures of which none is better both on average and for the target that fares worst."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from mixlaw.laws import Prediction
from mixlaw.search.recommendation import Gain, with_nan, without_nan
from mixlaw.store import atomic_write
from mixlaw.trial import MixlawError

FORMAT, VERSION = "mixlaw-front", 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Worst:
    """The target that fares worst against the reference: its loss over the reference's, less 1."""

    target: str
    change: float
    """0.01 is 1% worse than at the reference, -0.01 is 1% better."""
    lower: float
    upper: float
    """90% interval of the worst target's change, whichever it is, over the bootstrap laws; NaN without."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontPoint:
    """One mixture of the front."""

    shares: Mapping[str, float]
    mean: Prediction
    gain: Gain
    """Of the mean loss over the reference."""
    worst: Worst


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """From the mixture with the least mean loss to the one whose worst target fares best."""

    law: str
    N: float
    D: float
    weights: Mapping[str, float]
    reference: Mapping[str, float]
    reference_mean: Prediction
    points: tuple[FrontPoint, ...]
    extrapolates: str
    n_trials: int

    def save(self, path: Path) -> None:
        """Write as JSON, whole or not at all."""
        atomic_write(path, (json.dumps(self.to_json(), indent=2) + "\n").encode())

    def to_json(self) -> dict[str, Any]:
        """Plain literals; the inverse of `from_json`. NaN becomes null."""
        return {"format": FORMAT, "version": VERSION, **cast(dict[str, Any], without_nan(dataclasses.asdict(self)))}

    @classmethod
    def load(cls, path: Path) -> Front:
        """Read a front. Raises MixlawError when the file is none."""
        try:
            data = json.loads(path.read_text())
            if data["format"] != FORMAT or data["version"] != VERSION:
                raise ValueError(f"format {data['format']} version {data['version']}")
            return cls.from_json(data)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise MixlawError(f"{path} is not a front ({error!r}); make one with: mixlaw search --pareto") from error

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Front:
        """The inverse of `to_json`."""
        fields: dict[str, Any] = {f.name: data[f.name] for f in dataclasses.fields(cls)}
        fields["reference_mean"] = Prediction(**with_nan(fields["reference_mean"]))
        fields["points"] = tuple(_point(point) for point in fields["points"])
        return cls(**fields)


def _point(data: Mapping[str, Any]) -> FrontPoint:
    worst: dict[str, Any] = dict(data["worst"])
    return FrontPoint(
        shares=data["shares"],
        mean=Prediction(**with_nan(data["mean"])),
        gain=Gain(**with_nan(data["gain"])),
        worst=Worst(target=worst.pop("target"), **with_nan(worst)),
    )
