"""The automatic choice: every form is judged on rows left out of its fit, and the best are weighed together.

Each candidate is fitted without the largest models, without the longest training and without some mixtures in turn
(`mixlaw.laws.splits`), and predicts what was left out. The weights are those, >= 0 and summing to 1, whose weighted
prediction has the least mean relative error over these rows, every split counting the same, with a small
penalty that draws equals to equal weights (stacking: Wolpert 1992; Yao et al. 2018). The error that is reported for
the ensemble is measured on each fold with weights found on the other folds only.

Where the model size varies but too few sizes are there to leave the largest out, nothing tells how the forms go on
beyond them: then nothing is averaged, and the form with the least error is the law.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from scipy.optimize import minimize  # pyright: ignore[reportMissingTypeStubs, reportUnknownVariableType]

from mixlaw.laws.families.family import Family, require_enough
from mixlaw.laws.forms import Array
from mixlaw.laws.held_out import HeldOut, Predictions, held_out_predictions, not_measured, summary
from mixlaw.laws.observed.observations import Observations
from mixlaw.laws.splits import LARGEST_N, Mask, splits
from mixlaw.trial import MixlawError

_DRAWN = 0.05
"""Times the error of the best candidate: the penalty on unequal weights."""
_LEAST_WEIGHT = 0.03
_MOST_ERROR = 3.0
"""Times the error of the best candidate: one beyond is left out of the ensemble."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A form that was considered."""

    law: str
    """Its family."""
    weight: float
    """0 if it is not in the ensemble."""
    held_out: Mapping[str, HeldOut]
    """By what was left out, mean over targets."""
    reason: str = ""
    """Why it could not be judged."""

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Candidate:
        """The inverse of `dataclasses.asdict`."""
        held_out = {name: HeldOut(**held) for name, held in data["held_out"].items()}
        return cls(law=data["law"], weight=data["weight"], held_out=held_out, reason=data["reason"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The candidates and their weights, and how well the ensemble predicts."""

    candidates: tuple[Candidate, ...]
    held_out: Mapping[str, Mapping[str, HeldOut]]
    """Of the ensemble, by target and by what was left out."""

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Choice:
        """The inverse of `dataclasses.asdict`."""
        held_out = {t: {s: HeldOut(**held) for s, held in by_split.items()} for t, by_split in data["held_out"].items()}
        return cls(candidates=tuple(map(Candidate.from_json, data["candidates"])), held_out=held_out)

    @property
    def weights(self) -> dict[str, float]:
        """By law, the positive ones, heaviest first."""
        chosen = sorted((c for c in self.candidates if c.weight > 0), key=lambda c: -c.weight)
        return {candidate.law: candidate.weight for candidate in chosen}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fold:
    """Rows left out together, as all candidates predict them: (C, n) losses by target, NaN for the other rows."""

    split: str
    predicted: Mapping[str, Array]

    def residuals(self, observed: Observations) -> Array:
        """(rows, C) log residuals of all targets."""
        parts = [np.log(losses / observed.losses[target]).T for target, losses in self.predicted.items()]
        stacked = np.concatenate(parts)
        return stacked[np.isfinite(stacked).all(axis=1)]

    def weighed(self, weights: Array) -> dict[str, Array]:
        """(n,) losses by target, as the ensemble with these weights (C,) predicts them."""
        return {target: weights @ losses for target, losses in self.predicted.items()}


def choose(
    families: Sequence[Family],
    observed: Observations,
    targets: Sequence[str],
    *,
    seed: int,
    progress: Callable[[str], None],
) -> Choice:
    """Judge the families, which must take the same rows for a target, and weigh them.

    Raises MixlawError when none can be fitted, with each one's reason.
    """
    ways = splits(observed, seed)
    judged, refused = _judge(families, observed, targets, ways, progress)
    if not judged:
        reasons = "; ".join(dict.fromkeys(f"{name}: {reason}" for name, reason in refused.items()))
        raise MixlawError(f"no law can be fitted and judged: {reasons}")
    names = tuple(judged)
    folds = _folds(judged, targets)
    blend = not observed.varies_N or any(fold.split == LARGEST_N for fold in folds)
    weights = dict(zip(names, _weights(folds, observed, blend=blend).tolist(), strict=True))
    unmeasured = {s: why if isinstance(why, str) else "" for s, why in ways.items()}
    candidates = [
        Candidate(law=name, weight=weights[name], held_out=_errors(_of(folds, i), observed, targets, unmeasured))
        for i, name in enumerate(names)
    ]
    candidates += [Candidate(law=name, weight=0.0, held_out={}, reason=why) for name, why in refused.items()]
    ensemble = [(fold.split, fold.weighed(_weights(_others(fold, folds), observed, blend=blend))) for fold in folds]
    held_out = {t: _errors(ensemble, observed, [t], unmeasured) for t in targets}
    return Choice(candidates=tuple(candidates), held_out=held_out)


def _judge_one(
    family: Family, observed: Observations, targets: Sequence[str], ways: Mapping[str, list[Mask] | str]
) -> tuple[dict[str, Predictions], dict[str, str]]:
    """Predictions by split, and the reasons by split where there are none."""
    try:
        family.check(observed, targets)
        require_enough(family, observed, targets)
    except MixlawError as unfit:
        return {}, dict.fromkeys(ways, str(unfit))
    predictions: dict[str, Predictions] = {}
    failed: dict[str, str] = {}
    for split, folds in ways.items():
        try:
            if not isinstance(folds, str):
                predictions[split] = held_out_predictions(family, observed, targets, folds)
        except MixlawError as unfit:
            failed[split] = str(unfit)
    return predictions, failed


def _judge(
    families: Sequence[Family],
    observed: Observations,
    targets: Sequence[str],
    ways: Mapping[str, list[Mask] | str],
    progress: Callable[[str], None],
) -> tuple[dict[str, dict[str, Predictions]], dict[str, str]]:
    """Predictions by family and split, and the families that could not be judged where others could, with reasons."""
    judged: dict[str, dict[str, Predictions]] = {}
    failed: dict[str, dict[str, str]] = {}
    for i, family in enumerate(families, start=1):
        progress(f"{family.name}: held-out errors, law {i} of {len(families)}")
        judged[family.name], failed[family.name] = _judge_one(family, observed, targets, ways)
    usable = {split for predictions in judged.values() for split in predictions}
    refused = {
        name: next(iter(failed[name].values()), "nothing could be left out to judge it")
        for name, predictions in judged.items()
        if not usable or set(predictions) != usable
    }
    return {name: predictions for name, predictions in judged.items() if name not in refused}, refused


def _folds(judged: Mapping[str, Mapping[str, Predictions]], targets: Sequence[str]) -> list[_Fold]:
    first = next(iter(judged.values()))
    return [
        _Fold(
            split=split,
            predicted={t: np.stack([predictions[split][t][f] for predictions in judged.values()]) for t in targets},
        )
        for split in first
        for f in range(len(first[split][targets[0]]))
    ]


def _of(folds: Sequence[_Fold], candidate: int) -> list[tuple[str, dict[str, Array]]]:
    """What one candidate predicts, fold by fold."""
    return [(fold.split, {t: losses[candidate] for t, losses in fold.predicted.items()}) for fold in folds]


def _errors(
    folds: Sequence[tuple[str, Mapping[str, Array]]],
    observed: Observations,
    targets: Sequence[str],
    unmeasured: Mapping[str, str],
) -> dict[str, HeldOut]:
    """By split, mean over targets."""
    found: dict[str, HeldOut] = {}
    for split, why in unmeasured.items():
        here = [predicted for name, predicted in folds if name == split]
        if not here:
            found[split] = not_measured(why or "too little was left to fit a law to")
            continue
        by_target = [[predicted[t] for predicted in here] for t in targets]
        found[split] = summary(by_target, [observed.losses[t] for t in targets], observed.run)
    return found


def _others(fold: _Fold, folds: Sequence[_Fold]) -> Sequence[_Fold]:
    return [other for other in folds if other is not fold] or folds


def _weights(folds: Sequence[_Fold], observed: Observations, *, blend: bool) -> Array:
    """(C,) the weights of least error on these folds; without `blend` all of it on the best. See the module."""
    by_split: dict[str, list[Array]] = {}
    for fold in folds:
        by_split.setdefault(fold.split, []).append(fold.residuals(observed))
    parts = [part for residuals in by_split.values() if len(part := np.concatenate(residuals))]
    errors = np.mean([np.mean(np.abs(part), axis=0) for part in parts], axis=0)
    if not blend:
        return np.eye(len(errors))[int(np.argmin(errors))]
    kept = np.flatnonzero(errors <= _MOST_ERROR * errors.min())
    weights = np.zeros(len(errors))
    weights[kept] = _least([part[:, kept] for part in parts], float(errors.min()))
    weights[weights < _LEAST_WEIGHT] = 0.0
    return weights / weights.sum()


def _least(parts: Sequence[Array], scale: float) -> Array:
    """(C,) the point of the simplex with the least mean absolute residual, splits (rows, C) counting the same.

    Rounded within half of `scale` of 0, so that it has a gradient; equals are drawn together.
    """
    size, width = parts[0].shape[1], scale / 2

    def objective(w: Array) -> float:
        rounded = [np.mean(np.hypot(part @ w, width)) for part in parts]
        return float(np.mean(rounded)) / scale + _DRAWN * float(w @ w)

    def gradient(w: Array) -> Array:
        slopes = [part.T @ (part @ w / np.hypot(part @ w, width)) / len(part) for part in parts]
        return np.mean(slopes, axis=0) / scale + 2 * _DRAWN * w

    def excess(w: Array) -> float:
        return float(w.sum()) - 1

    found = cast("Callable[..., Any]", minimize)(
        objective,
        np.full(size, 1 / size),
        jac=gradient,
        method="SLSQP",
        bounds=[(0.0, 1.0)] * size,
        constraints=[{"type": "eq", "fun": excess, "jac": np.ones_like}],
        options={"ftol": 1e-10, "maxiter": 200},
    )
    weights = np.clip(np.array(found.x, dtype=np.float64), 0.0, 1.0)
    return weights / weights.sum()
