"""From anybody's table of runs to arrays, with everything refused that would make a fit meaningless."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np
import numpy.typing as npt
import polars as pl

from mixlaw.laws.forms import Array
from mixlaw.laws.observed.cells import numbers, require_columns, row_name, row_names, some
from mixlaw.laws.observed.columns import RunColumns
from mixlaw.laws.observed.observations import Observations, numbered
from mixlaw.laws.observed.own_domain import match_domains
from mixlaw.laws.observed.scales import scales
from mixlaw.trial import MixlawError

_SUM_TOLERANCE, _ROUNDING = 0.02, 1e-6
_PERCENT = (95.0, 105.0)
_SAME_SHARE = 6
"""Decimals to which two mixtures of one run agree."""
_LAST_BITS = 1 - 1e-9


def observe_runs(
    table: pl.DataFrame, columns: RunColumns, *, min_fraction: float | None = None, allow_missing: bool = False
) -> Observations:
    """The rows of a table as arrays; domains are its weight columns, targets its loss columns.

    N and D are plain counts; one that is absent is 1 for every row, and one that is missing follows from the FLOPs by
    C = 6 N D. Shares within 0.02 of a sum of 1 are rescaled. A run is a value of the group column, an N and a mixture:
    rows of one group with another N or mixture are other runs; without a group every row is a run of its own.
    `min_fraction` keeps rows with D >= that fraction of the largest D of their run.

    Raises MixlawError for an unknown column, cells that are no numbers, shares that are negative or do not sum to 1,
    counts in millions or billions, FLOPs more than 3 times off 6 N D, and a loss that is empty, NaN or not positive
    (`allow_missing` leaves it out, for that target only).
    """
    if not columns.targets:
        raise MixlawError("no target: name the columns of the losses to fit, as in --targets loss_a,loss_b")
    group = () if columns.group is None else (columns.group,)
    require_columns(table, (*columns.targets, *group))
    N, D, shares = rows_to_predict(table, columns)
    everything = Observations(
        domains=columns.weights,
        labels=tuple(row_name(i) for i in range(len(table))),
        run=run_index(table, columns, N, shares),
        N=N,
        D=D,
        shares=shares,
        losses={t: numbers(table, t) for t in columns.targets},
        loss_se={t: np.full(len(table), np.nan) for t in columns.targets},
        epochs=np.ones_like(shares),
        own_domain=match_domains(columns.targets, columns.weights),
        columns=columns,
        notes=_share_notes(table, columns),
    )
    observed = everything
    if min_fraction is not None:
        observed = everything.keep(late(columns, everything.run, everything.D, min_fraction))
    _check_losses(observed, allow_missing)
    return observed


def rows_to_predict(table: pl.DataFrame, columns: RunColumns) -> tuple[Array, Array, Array]:
    """N, D (n,) and shares (n, M) of a table that need not have losses. Raises MixlawError as `observe_runs` does."""
    require_columns(table, columns.weights)
    N, D = scales(table, columns)
    return N, D, _shares(table, columns)


def run_index(table: pl.DataFrame, columns: RunColumns, N: Array, shares: Array) -> npt.NDArray[np.intp]:
    """(n,) index of the run that each row belongs to."""
    if columns.group is None:
        return np.arange(len(table), dtype=np.intp)
    group = table[columns.group]
    if group.is_null().any():
        raise MixlawError(
            f"column {columns.group!r} names the run of a row; it is empty in {row_names(group.is_null().to_numpy())}"
        )
    mixtures = [tuple(row) for row in shares.round(_SAME_SHARE).tolist()]
    keys: list[Hashable] = list(zip(map(str, group), N.tolist(), mixtures, strict=True))
    return numbered(keys)


def late(columns: RunColumns, run: npt.NDArray[np.intp], D: Array, fraction: float) -> npt.NDArray[np.bool_]:
    """(n,) rows at this fraction of their run's last token count, or later; `run`, `D` (n,).

    Raises MixlawError without a group or tokens, and for a fraction that is none.
    """
    if columns.group is None or not columns.has_D:
        raise MixlawError(
            "--min-fraction compares checkpoints of a run: it needs --group, the column that names the run, and the "
            "tokens of each checkpoint (--tokens, or --flops with --params)"
        )
    if not 0 < fraction <= 1:
        raise MixlawError(f"--min-fraction must be above 0 and at most 1, as in 0.25, got {fraction:g}")
    last = np.zeros(int(run.max()) + 1)
    np.maximum.at(last, run, D)
    return fraction * last[run] * _LAST_BITS <= D


def _shares(table: pl.DataFrame, columns: RunColumns) -> Array:
    """(n, M), each row rescaled to sum to exactly 1 but for rounding."""
    given, total = _given_shares(table, columns)
    return given / total[:, None] if columns.weights else given


def _given_shares(table: pl.DataFrame, columns: RunColumns) -> tuple[Array, Array]:
    """(n, M) shares as they stand in the table, checked, and their (n,) sums."""
    if not columns.weights:
        return np.zeros((len(table), 0)), np.ones(len(table))
    given = np.stack([numbers(table, w) for w in columns.weights], axis=1)
    for name, column in zip(columns.weights, given.T, strict=True):
        if not np.isfinite(column).all():
            raise MixlawError(f"share {name!r} is empty in {row_names(~np.isfinite(column))}; write 0 for none")
        if column.min() < 0:
            raise MixlawError(f"share {name!r} is negative in {row_names(column < 0)}; shares are >= 0 and sum to 1")
    total = given.sum(axis=1)
    off = np.abs(total - 1) > _SUM_TOLERANCE
    if off.any():
        first = int(np.flatnonzero(off)[0])
        percent = _PERCENT[0] <= np.median(total) <= _PERCENT[1]
        advice = "were they given in percent? divide by 100" if percent else "name every weight column, or correct them"
        raise MixlawError(
            f"shares must sum to 1; they do not in {row_names(off)} ({row_name(first)}: {total[first]:g}); {advice}"
        )
    return given, total


def _share_notes(table: pl.DataFrame, columns: RunColumns) -> tuple[str, ...]:
    given, total = _given_shares(table, columns)
    notes: list[str] = []
    away = np.abs(total - 1)
    if away.max() > _ROUNDING:
        notes.append(
            f"shares were rescaled to sum to 1; furthest off was {row_name(int(away.argmax()))}, by {away.max():.2g}"
        )
    if unused := [name for name, column in zip(columns.weights, given.T, strict=True) if column.max() == 0]:
        notes.append(f"{', '.join(unused)} has no share in any row: what the law says of it is a guess")
    return tuple(notes)


def _check_losses(observed: Observations, allow_missing: bool) -> None:
    """Make every loss that is none NaN; refuse them unless allowed."""
    for target, loss in observed.losses.items():
        bad = ~(loss > 0) | ~np.isfinite(loss)
        names = [label for label, is_bad in zip(observed.labels, bad, strict=True) if is_bad]
        if bad.all():
            raise MixlawError(f"no row has a loss {target!r} that is a positive number; name another column")
        if names and not allow_missing:
            raise MixlawError(
                f"loss {target!r} is empty, NaN or not a positive number in {some(names)}; correct it, or leave such "
                "rows out for that target with --allow-missing"
            )
        loss[bad] = np.nan
