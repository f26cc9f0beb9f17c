"""Errors that matter: on runs that the law was not fitted to, at a larger N, at a larger D, of other mixtures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mixlaw.laws.evaluate import loss_on_mixture
from mixlaw.laws.families.family import Family
from mixlaw.laws.forms import Array
from mixlaw.laws.observed.observations import Observations
from mixlaw.laws.splits import Mask
from mixlaw.trial import MixlawError

Predictions = dict[str, list[Array]]
"""By target, for each fold (n,) losses in nats per token of the rows left out, NaN elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldOut:
    """Mean relative error in percent over the rows left out, or None and the reason why it could not be measured."""

    error: float | None
    standard_error: float | None
    """Over runs, as if they were independent."""
    n_rows: int
    reason: str = ""


def held_out_errors(
    family: Family, observed: Observations, targets: Sequence[str], splits: Mapping[str, list[Mask] | str]
) -> dict[str, dict[str, HeldOut]]:
    """By target and by what was left out, for `splits` as `mixlaw.laws.splits.splits` gives them."""
    by_split: dict[str, dict[str, HeldOut]] = {}
    for name, folds in splits.items():
        try:
            if isinstance(folds, str):
                raise MixlawError(folds)
            predicted = held_out_predictions(family, observed, targets, folds)
        except MixlawError as unmeasurable:
            by_split[name] = dict.fromkeys(targets, not_measured(str(unmeasurable)))
        else:
            by_split[name] = {t: summary([predicted[t]], [family.losses(observed, t)], observed.run) for t in targets}
    return {t: {name: by_split[name][t] for name in splits} for t in targets}


def held_out_predictions(
    family: Family, observed: Observations, targets: Sequence[str], folds: Sequence[Mask]
) -> Predictions:
    """What the family predicts of rows left out of its fit. Raises MixlawError where too little is left to fit."""
    predictions: Predictions = {t: [] for t in targets}
    for left_out in folds:
        train = observed.keep(~left_out)
        family.check(train, targets)
        _require_same_scales(family, observed, train, targets)
        points = family.point(train, targets)
        for t in targets:
            rows = left_out & family.rows(observed, t)
            test = observed.keep(rows)
            predicted = np.full(len(observed), np.nan)
            predicted[rows] = loss_on_mixture(points[t].form, observed.own(t), test.N, test.D, test.shares)
            predictions[t].append(predicted)
    return predictions


def relative_error(predicted: Array, measured: Array) -> Array:
    """(n,) percent."""
    return 100 * np.abs(predicted / measured - 1)


def summary(predicted: Sequence[Sequence[Array]], measured: Sequence[Array], run: npt.NDArray[np.intp]) -> HeldOut:
    """The mean error over targets, of folds (n,) of predictions for each, and its standard error over runs."""
    errors = [
        np.stack([relative_error(fold, losses) for fold in folds])
        for folds, losses in zip(predicted, measured, strict=True)
    ]
    per_target = [float(np.nanmean(error)) for error in errors if np.isfinite(error).any()]
    if not per_target:
        return not_measured("none of the runs left out measured it")
    stacked = np.concatenate(errors)
    of_run = (stacked[:, run == r] for r in np.unique(run))
    per_run = np.array([np.nanmean(part) for part in of_run if np.isfinite(part).any()])
    spread = float(per_run.std(ddof=1) / np.sqrt(len(per_run))) if len(per_run) > 1 else None
    n_rows = int(np.isfinite(stacked).any(axis=0).sum())
    return HeldOut(error=float(np.mean(per_target)), standard_error=spread, n_rows=n_rows)


def not_measured(reason: str) -> HeldOut:
    """There is no error, and why."""
    return HeldOut(error=None, standard_error=None, n_rows=0, reason=reason)


def _require_same_scales(family: Family, observed: Observations, train: Observations, targets: Sequence[str]) -> None:
    """Raise MixlawError where N or D varies among a target's rows, but not among those left to fit it to."""
    for target in targets:
        everything, left = (rows.keep(family.rows(rows, target)) for rows in (observed, train))
        if (everything.varies_N and not left.varies_N) or (everything.varies_D and not left.varies_D):
            raise MixlawError(f"a single model size or number of tokens is left for {target}: no slope in it")
