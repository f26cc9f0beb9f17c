"""The answer of a search: shares, what they are predicted to do, and how sure that is."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from mixlaw.laws import Prediction
from mixlaw.store import atomic_write
from mixlaw.trial import MixlawError

FORMAT, VERSION = "mixlaw-recommendation", 2
NEGLIGIBLE = 1e-5
"""Nats: a smaller predicted gain is no gain."""

_CAVEATS = {
    "proportion": "Mind that this law's one mixture loss is also lowered by giving tokens to languages that are easy.",
    "chinchilla": "Mind that this law knows no transfer between languages.",
}
"""What must be said of an answer, by the form of the law that it rests on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """How much lower the recommended mixture's mean loss is than the reference's, in nats; positive is better."""

    nats: float
    mean: float
    """Over the bootstrap laws; NaN without, as are the next three."""
    lower: float
    """5% quantile over the bootstrap laws of the gain of the recommended shares: what a robust search raises."""
    upper: float
    probability: float
    """Fraction of the bootstrap laws under which it is a gain at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marginal:
    """Nats of mean loss that more tokens of one domain would save, at fixed N and with repeated tokens worth less."""

    nats: float
    lower: float
    upper: float
    """90% interval over the bootstrap laws; NaN without."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """A mixture for N parameters and D tokens."""

    law: str
    """The law's form."""
    goal: str
    """`mean`: the least mean loss; `robust`: the highest lower end of the gain."""
    N: float
    D: float
    weights: Mapping[str, float]
    """Of the targets, summing to 1."""
    shares: Mapping[str, float]
    share_intervals: Mapping[str, tuple[float, float]]
    """5% and 95% quantiles of each share over the optima (of the mean loss) of the bootstrap laws; empty without."""
    reference: Mapping[str, float]
    """Uniform, as far as the limits allow."""
    predicted: Mapping[str, Prediction]
    """By target, at the recommended shares."""
    reference_predicted: Mapping[str, Prediction]
    mean: Prediction
    """Weighted mean loss at the recommended shares."""
    reference_mean: Prediction
    gain: Gain
    binding: tuple[str, ...]
    """Domains whose share lies on a limit."""
    available: Mapping[str, float]
    """Distinct tokens by domain, for those that were said to be limited."""
    max_epochs: float
    """Passes over the available tokens that were allowed."""
    epochs: Mapping[str, float]
    """Passes over the available tokens at the recommended shares."""
    marginal: Mapping[str, Marginal]
    """By domain: what `marginal_tokens` more of it would save."""
    marginal_tokens: float
    """A billion, or 1% of a budget below 100 billion."""
    run_noise: float
    """Nats: scatter of the mean loss of a single run around the law."""
    law_error: float | None
    """Nats: mean error of the law's losses on mixtures left out of its fit; None where that was not measured."""
    extrapolates: str
    """How far N and D lie beyond the fitted runs; empty when within."""
    n_trials: int

    @property
    def verdict(self) -> str:
        """One honest sentence or two: is it better than uniform, and can the runs tell."""
        gain, words = self.gain, _gain_in_words(self)
        if abs(gain.nats) < NEGLIGIBLE and self.goal == "robust":
            answer = "Stay with uniform: no mixture within the limits is better under 95% of the bootstrap laws."
        elif gain.nats < -NEGLIGIBLE:
            answer = f"Worse than uniform by {-gain.nats:.4f} nats: the limits allow nothing better."
        elif gain.nats < NEGLIGIBLE:
            answer = "No better than uniform: within the limits the law knows no mixture with a lower mean loss."
        elif gain.lower != gain.lower:
            answer = f"Predicted {words}; the law was fitted without bootstrap, so how sure that is is unknown."
        elif gain.lower > 0:
            answer = f"Better than uniform: {words}."
        else:
            answer = f"The runs cannot tell it from uniform: {words}."
        if NEGLIGIBLE <= gain.nats < self.run_noise:
            answer += f" A single pair of runs need not show it: they scatter by about {self.run_noise:.4f} nats."
        if self.law_error is not None and NEGLIGIBLE <= gain.nats < self.law_error:
            answer += (
                f" On mixtures left out of its fit the law is off by {self.law_error:.4f} nats, more than this gain: "
                "train both before trusting it."
            )
        return " ".join(part for part in (answer, _CAVEATS.get(self.law, ""), self.extrapolates) if part)

    def save(self, path: Path) -> None:
        """Write as JSON, whole or not at all."""
        atomic_write(path, (json.dumps(self.to_json(), indent=2) + "\n").encode())

    def to_json(self) -> dict[str, Any]:
        """Plain literals, with the verdict; the inverse of `from_json`. NaN becomes null."""
        body = cast(dict[str, Any], without_nan(dataclasses.asdict(self)))
        return {"format": FORMAT, "version": VERSION, **body, "verdict": self.verdict}

    @classmethod
    def load(cls, path: Path) -> Recommendation:
        """Read a recommendation. Raises MixlawError when the file is none."""
        try:
            data = json.loads(path.read_text())
            if data["format"] != FORMAT or data["version"] != VERSION:
                raise ValueError(f"format {data['format']} version {data['version']}, not {FORMAT} version {VERSION}")
            return cls.from_json(data)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise MixlawError(f"{path} is not a recommendation ({error!r}); make one with: mixlaw search") from error

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Recommendation:
        """The inverse of `to_json`."""
        names = [f.name for f in dataclasses.fields(cls)]
        fields: dict[str, Any] = {name: data[name] for name in names}
        for name in ("predicted", "reference_predicted"):
            fields[name] = {t: Prediction(**with_nan(p)) for t, p in fields[name].items()}
        for name in ("mean", "reference_mean"):
            fields[name] = Prediction(**with_nan(fields[name]))
        fields["gain"] = Gain(**with_nan(fields["gain"]))
        fields["marginal"] = {d: Marginal(**with_nan(m)) for d, m in fields["marginal"].items()}
        fields["share_intervals"] = {d: (ends[0], ends[1]) for d, ends in fields["share_intervals"].items()}
        fields["binding"] = tuple(fields["binding"])
        return cls(**fields)


def _gain_in_words(recommendation: Recommendation) -> str:
    gain = recommendation.gain
    percent = 100 * gain.nats / recommendation.reference_mean.loss
    words = f"mean loss lower by {gain.nats:.4f} nats ({percent:.2f}%)"
    if gain.lower != gain.lower:
        return words
    return (
        f"{words}, 90% interval {gain.lower:.4f} to {gain.upper:.4f}, a gain under {100 * gain.probability:.0f}% of "
        "the bootstrap laws"
    )


def without_nan(value: object) -> object:
    """The same literals, NaN as None: JSON has no NaN."""
    if isinstance(value, float):
        return None if value != value else value
    if isinstance(value, dict):
        return {k: without_nan(v) for k, v in cast(dict[str, object], value).items()}
    if isinstance(value, (list, tuple)):
        return [without_nan(v) for v in cast(list[object], value)]
    return value


def with_nan(values: Mapping[str, float | None]) -> dict[str, float]:
    """The same numbers, None as NaN."""
    return {name: float("nan") if value is None else value for name, value in values.items()}
