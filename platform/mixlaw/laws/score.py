"""How well a law predicts runs that it was not fitted to."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from mixlaw.laws.bootstrap import quantiles
from mixlaw.laws.fitted import FittedLaw
from mixlaw.laws.forms import Array
from mixlaw.laws.held_out import relative_error
from mixlaw.laws.observed.cells import numbers, require_columns
from mixlaw.laws.observed.table import late, run_index
from mixlaw.laws.predicted_rows import law_columns, law_rows
from mixlaw.trial import MixlawError

_NORMAL_90 = 1.6449
"""Standard deviations to either end of a 90% interval."""
_RESAMPLES, _CHUNK = 1000, 2_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetScore:
    """One target's errors, or their mean over targets; NaN where there is nothing to measure."""

    n_rows: int
    n_missing: int
    """Rows without a loss of the target, left out."""
    error: float
    """Mean relative error, percent."""
    error_lower: float
    error_upper: float
    """Ends of its 90% interval: runs drawn anew with replacement, the same for all targets."""
    spearman: float
    """Rank correlation of predicted and measured loss, from -1 to 1."""
    regret: float
    """Nats: measured loss of the row that is predicted best (the mean over ties), less the least measured loss."""
    coverage: float
    """Percent of rows inside the law's 90% interval widened by the noise of a run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Scores by target, and their plain mean over targets."""

    targets: Mapping[str, TargetScore]
    mean: TargetScore
    n_runs: int
    by_run: bool
    """Rows were resampled by run; without the run's column in the table each row counted as one."""
    varies: tuple[str, ...]
    """Of N and D, what differs between the rows: ranks and regret then compare scales as well as mixtures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    """One target on all n rows of the table."""

    measured: Array
    """(n,) nats per token, NaN where missing."""
    predicted: Array
    """(n, 3): loss, lower and upper end of the law's interval."""
    noise: float

    @property
    def known(self) -> npt.NDArray[np.bool_]:
        return np.isfinite(self.measured)


def score(law: FittedLaw, table: pl.DataFrame, *, min_fraction: float | None = None, seed: int = 0) -> Score:
    """Compare the law's predictions with the losses in a table of its columns.

    A loss that is empty, NaN or not positive is left out, for that target only; `min_fraction` leaves out checkpoints
    before that fraction of their run, as in the fit. Raises MixlawError for rows that the
    law cannot read and a target without any loss.
    """
    columns = law_columns(law)
    require_columns(table, columns.targets)
    if min_fraction is not None:
        table = _late_rows(law, table, min_fraction)
    N, D, p = law_rows(law, table)
    by_run = columns.group is not None and columns.group in table.columns
    run = run_index(table, columns if by_run else dataclasses.replace(columns, group=None), N, p)
    rows = {t: _rows(law, table, t, (N, D, p)) for t in law.targets}
    errors = np.stack([relative_error(r.predicted[:, 0], r.measured) for r in rows.values()], axis=1)
    resampled = _resampled_errors(errors, run, np.random.default_rng(seed))
    scores = {t: _target_score(rows[t], errors[:, i], resampled[:, i]) for i, t in enumerate(rows)}
    return Score(
        targets=scores,
        mean=_mean_score(list(scores.values()), resampled.mean(axis=1)),
        n_runs=int(run.max()) + 1,
        by_run=by_run,
        varies=tuple(name for name, values in (("N", N), ("D", D)) if len(np.unique(values)) > 1),
    )


def _late_rows(law: FittedLaw, table: pl.DataFrame, fraction: float) -> pl.DataFrame:
    columns = law_columns(law)
    require_columns(table, () if columns.group is None else (columns.group,))
    N, D, p = law_rows(law, table)
    return table.filter(pl.Series(late(columns, run_index(table, columns, N, p), D, fraction)))


def _rows(law: FittedLaw, table: pl.DataFrame, target: str, where: tuple[Array, Array, Array]) -> _Rows:
    losses = numbers(table, target)
    measured = np.where((losses > 0) & np.isfinite(losses), losses, np.nan)
    if np.isnan(measured).all():
        raise MixlawError(f"no row has a loss {target!r} that is a positive number; there is nothing to score")
    return _Rows(
        measured=measured,
        predicted=law.predict_rows(*where, {target: 1.0}),
        noise=law.report[target].noise,
    )


def _target_score(rows: _Rows, errors: Array, resampled: Array) -> TargetScore:
    known = rows.known
    measured, predicted = rows.measured[known], rows.predicted[known]
    lower, upper = quantiles(resampled[np.isfinite(resampled)])
    return TargetScore(
        n_rows=int(known.sum()),
        n_missing=int((~known).sum()),
        error=float(errors[known].mean()),
        error_lower=lower,
        error_upper=upper,
        spearman=_spearman(predicted[:, 0], measured),
        regret=float(measured[predicted[:, 0] == predicted[:, 0].min()].mean() - measured.min()),
        coverage=_coverage(predicted, measured, rows.noise),
    )


def _mean_score(scores: Sequence[TargetScore], resampled: Array) -> TargetScore:
    lower, upper = quantiles(resampled[np.isfinite(resampled)])

    def mean(values: Sequence[float]) -> float:
        return float(np.mean(values))

    return TargetScore(
        n_rows=sum(s.n_rows for s in scores),
        n_missing=sum(s.n_missing for s in scores),
        error=mean([s.error for s in scores]),
        error_lower=lower,
        error_upper=upper,
        spearman=mean([s.spearman for s in scores]),
        regret=mean([s.regret for s in scores]),
        coverage=mean([s.coverage for s in scores]),
    )


def _resampled_errors(errors: Array, run: npt.NDArray[np.intp], rng: np.random.Generator) -> Array:
    """(R, T): each target's mean error over runs drawn with replacement; NaN where none of its runs was drawn."""
    n_runs, known = int(run.max()) + 1, np.isfinite(errors)
    sums, counts = np.zeros((n_runs, errors.shape[1])), np.zeros((n_runs, errors.shape[1]))
    np.add.at(sums, run, np.where(known, errors, 0.0))
    np.add.at(counts, run, known.astype(float))
    parts: list[Array] = []
    for size in _chunks(n_runs):
        drawn = rng.multinomial(n_runs, np.full(n_runs, 1 / n_runs), size=size).astype(float)
        with np.errstate(invalid="ignore", divide="ignore"):
            parts.append(drawn @ sums / (drawn @ counts))
    return np.concatenate(parts)


def _chunks(n_runs: int) -> list[int]:
    """Numbers of resamples at a time, so that a large table needs no more than some megabytes."""
    size = min(_RESAMPLES, max(1, _CHUNK // n_runs))
    return [min(size, _RESAMPLES - done) for done in range(0, _RESAMPLES, size)]


def _spearman(predicted: Array, measured: Array) -> float:
    """Pearson's correlation of the ranks, ties at their mean rank; NaN where one of them does not vary."""
    a, b = (_ranks(v) - (len(v) + 1) / 2 for v in (predicted, measured))
    scale = float(np.sqrt(np.sum(a**2) * np.sum(b**2)))
    return float(np.sum(a * b)) / scale if scale else float("nan")


def _ranks(values: Array) -> Array:
    """(n,) from 1; equal values share their mean rank."""
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(counts) - (counts - 1) / 2)[place]


def _coverage(predicted: Array, measured: Array, noise: float) -> float:
    """Percent of rows whose log loss lies in the law's interval and a run's noise, added as independent errors."""
    if not np.isfinite(predicted).all():
        return float("nan")
    residual, run = np.log(measured / predicted[:, 0]), _NORMAL_90 * noise
    below = np.hypot(np.log(predicted[:, 0] / predicted[:, 1]), run)
    above = np.hypot(np.log(predicted[:, 2] / predicted[:, 0]), run)
    return 100 * float(np.mean((-below <= residual) & (residual <= above)))
