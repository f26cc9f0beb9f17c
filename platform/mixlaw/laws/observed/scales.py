"""N and D of anybody's runs: plain counts, checked for units, with FLOPs in place of a missing one."""

from __future__ import annotations

import numpy as np
import polars as pl

from mixlaw.laws.forms import Array
from mixlaw.laws.observed.cells import numbers, require_columns, row_name, row_names
from mixlaw.laws.observed.columns import RunColumns
from mixlaw.laws.observed.observations import LEAST_D, LEAST_N
from mixlaw.trial import MixlawError

_FLOPS_PER_TOKEN = 6.0
"""And parameter, forward and backward: C = 6 N D (Kaplan et al. 2020, arXiv:2001.08361, Table 1)."""
_MOST_OFF = 3.0


def scales(table: pl.DataFrame, columns: RunColumns) -> tuple[Array, Array]:
    """N and D (n,), 1 where neither its column nor the FLOPs say. Raises MixlawError for what are no plain counts."""
    given = [name for name in (columns.params, columns.tokens) if name is not None]
    require_columns(table, given)
    N = None if columns.params is None else _counts(table, columns.params, LEAST_N, "parameters")
    D = None if columns.tokens is None else _counts(table, columns.tokens, LEAST_D, "tokens")
    if columns.flops is None:
        return _or_ones(N, table), _or_ones(D, table)
    return _from_flops(table, columns.flops, N, D)


def _from_flops(table: pl.DataFrame, flops: str, N: Array | None, D: Array | None) -> tuple[Array, Array]:
    if N is not None and D is not None:
        # The FLOPs are a check on units only: a table to predict may do without them.
        if flops in table.columns:
            _check_units(flops, _positive(table, flops), N, D)
        return N, D
    require_columns(table, [flops])
    if N is not None:
        return N, _derived(flops, _positive(table, flops) / (_FLOPS_PER_TOKEN * N), LEAST_D, "tokens")
    if D is not None:
        return _derived(flops, _positive(table, flops) / (_FLOPS_PER_TOKEN * D), LEAST_N, "parameters"), D
    raise MixlawError(
        f"FLOPs ({flops!r}) alone do not say how large a model was and how long it trained; name the parameters or the "
        "tokens too (--params or --tokens)"
    )


def _check_units(name: str, flops: Array, N: Array, D: Array) -> None:
    ratio = float(np.median(flops / (_FLOPS_PER_TOKEN * N * D)))
    if not 1 / _MOST_OFF <= ratio <= _MOST_OFF:
        raise MixlawError(
            f"column {name!r} is {ratio:.3g} times 6 x parameters x tokens in the median row; parameters, tokens and "
            "FLOPs must all be plain counts, of the whole run: correct the one that is not"
        )


def _derived(flops: str, values: Array, least: float, what: str) -> Array:
    bad = values < least
    if bad.any():
        first = int(np.flatnonzero(bad)[0])
        raise MixlawError(
            f"column {flops!r} gives {values[first]:g} {what} in {row_name(first)}, by C = 6 N D; are the FLOPs of the "
            "whole run, and is every column a plain count?"
        )
    return values


def _counts(table: pl.DataFrame, name: str, least: float, what: str) -> Array:
    values = _positive(table, name)
    bad = values < least
    if bad.any():
        first = int(np.flatnonzero(bad)[0])
        raise MixlawError(
            f"column {name!r} must count {what} one by one, at least {least:g}; it does not in {row_names(bad)} "
            f"({row_name(first)}: {values[first]:g}); were they given in millions or billions?"
        )
    return values


def _positive(table: pl.DataFrame, name: str) -> Array:
    values = numbers(table, name)
    bad = ~(values > 0) | ~np.isfinite(values)
    if bad.any():
        raise MixlawError(f"column {name!r} is empty or not a positive number in {row_names(bad)}; correct it")
    return values


def _or_ones(values: Array | None, table: pl.DataFrame) -> Array:
    return np.ones(len(table)) if values is None else values
