"""Errors that matter: on runs that the law was not fitted to, at a larger N, at a larger D, of other mixtures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mixlaw.laws.evaluate import loss_on_mixture
from mixlaw.laws.families import Family
from mixlaw.laws.forms import Array
from mixlaw.laws.observations import Observations
from mixlaw.trial import SHARE_TOLERANCE, MixlawError

Mask = npt.NDArray[np.bool_]
_FOLDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldOut:
    """Mean relative error in percent over the rows left out, or None and the reason why it could not be measured."""

    error: float | None
    standard_error: float | None
    """Over runs, as if they were independent."""
    n_rows: int
    reason: str = ""


def held_out_errors(
    family: Family, observed: Observations, targets: Sequence[str], seed: int
) -> dict[str, dict[str, HeldOut]]:
    """By target and by what was left out: `largest-N`, `largest-D` and `mixtures` (five folds)."""
    by_split: dict[str, dict[str, HeldOut]] = {}
    splits: dict[str, Callable[[], list[Mask]]] = {
        "largest-N": lambda: _largest(observed.N, "model size"),
        "largest-D": lambda: _largest(observed.D, "number of tokens"),
        "mixtures": lambda: _mixture_folds(observed.shares, seed),
    }
    for name, split in splits.items():
        try:
            errors = _errors(family, observed, targets, split())
        except MixlawError as unmeasurable:
            none = HeldOut(error=None, standard_error=None, n_rows=0, reason=str(unmeasurable))
            by_split[name] = dict.fromkeys(targets, none)
        else:
            by_split[name] = {t: _summary(errors[t], observed.run) for t in targets}
    return {t: {name: by_split[name][t] for name in splits} for t in targets}


def relative_error(predicted: Array, measured: Array) -> Array:
    """(n,) percent."""
    return 100 * np.abs(predicted / measured - 1)


def _errors(family: Family, observed: Observations, targets: Sequence[str], folds: list[Mask]) -> dict[str, Array]:
    """(n,) percent by target, NaN for rows that were never left out."""
    errors = {t: np.full(len(observed), np.nan) for t in targets}
    for left_out in folds:
        train = observed.keep(~left_out)
        family.check(train, targets)
        _require_same_scales(family, observed, train, targets)
        points = family.point(train, targets)
        for t in targets:
            rows = left_out & family.rows(observed, t)
            test = observed.keep(rows)
            predicted = loss_on_mixture(points[t].form, observed.own(t), test.N, test.D, test.shares)
            errors[t][rows] = relative_error(predicted, family.losses(test, t))
    return errors


def _require_same_scales(family: Family, observed: Observations, train: Observations, targets: Sequence[str]) -> None:
    """Raise MixlawError where N or D varies among a target's rows, but not among those left to fit it to."""
    for target in targets:
        everything, left = (rows.keep(family.rows(rows, target)) for rows in (observed, train))
        if (everything.varies_N and not left.varies_N) or (everything.varies_D and not left.varies_D):
            raise MixlawError(f"a single model size or number of tokens is left for {target}: no slope in it")


def _summary(errors: Array, run: npt.NDArray[np.intp]) -> HeldOut:
    rows = np.isfinite(errors)
    if not rows.any():
        return HeldOut(error=None, standard_error=None, n_rows=0, reason="none of the runs left out measured it")
    per_run = np.array([errors[rows & (run == r)].mean() for r in np.unique(run[rows])])
    spread = float(per_run.std(ddof=1) / np.sqrt(len(per_run))) if len(per_run) > 1 else None
    return HeldOut(error=float(errors[rows].mean()), standard_error=spread, n_rows=int(rows.sum()))


def _largest(values: Array, what: str) -> list[Mask]:
    if len(np.unique(values)) < 3:
        raise MixlawError(f"fewer than three values of the {what}: without the largest no slope is left")
    return [values == values.max()]


def _mixture_folds(shares: Array, seed: int) -> list[Mask]:
    """Whole mixtures are left out, never single-language runs."""
    if not shares.shape[1]:
        raise MixlawError("there are no shares: all runs had the same data")
    mixed = shares.max(axis=1) < 1 - SHARE_TOLERANCE
    distinct, index = np.unique(shares.round(6), axis=0, return_inverse=True)
    mixtures = np.unique(index[mixed])
    if len(mixtures) < _FOLDS:
        raise MixlawError(f"{len(mixtures)} distinct mixtures: at least {_FOLDS} are needed to leave some out")
    fold = np.full(len(distinct), -1)
    fold[np.random.default_rng(seed).permutation(mixtures)] = np.arange(len(mixtures)) % _FOLDS
    return [fold[index] == f for f in range(_FOLDS)]
