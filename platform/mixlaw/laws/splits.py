"""What is left out of a fit to judge it: the largest models, the longest training, whole mixtures."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from mixlaw.laws.forms import Array
from mixlaw.laws.observed.observations import Observations
from mixlaw.trial import SHARE_TOLERANCE, MixlawError

Mask = npt.NDArray[np.bool_]

LARGEST_N = "largest-N"
"""The name of that split."""
FOLDS = 5
"""Of the mixtures."""
_LEFT_OUT = (0.1, 0.3)
"""Least fractions of the rows that the largest models make up: a fold each."""
_LATE = 0.7
"""Of the most tokens that a model size was trained on: what comes after is left out."""
_SAME = 1.02
"""Numbers of tokens within this factor are one."""


def splits(observed: Observations, seed: int) -> dict[str, list[Mask] | str]:
    """Rows to leave out, fold by fold, for each of `largest-N`, `largest-D` and `mixtures`; or why there are none.

    `largest-N` has two folds where the sizes allow: the fewest largest sizes that make up 10% of the rows, and 30%.
    `largest-D` leaves out, at every model size, the rows beyond 0.7 of its most tokens. `mixtures` has five folds of
    whole mixtures, never of runs on a single domain; `seed` deals them out.
    """
    ways: dict[str, Callable[[], list[Mask]]] = {
        LARGEST_N: lambda: _largest_sizes(observed.N),
        "largest-D": lambda: _longest(observed.N, observed.D),
        "mixtures": lambda: _mixture_folds(observed.shares, seed),
    }
    found: dict[str, list[Mask] | str] = {}
    for name, way in ways.items():
        try:
            found[name] = way()
        except MixlawError as none:
            found[name] = str(none)
    return found


def _largest_sizes(N: Array) -> list[Mask]:
    sizes = np.unique(N)
    if len(sizes) < 3:
        raise MixlawError("fewer than three values of the model size: without the largest no slope is left")
    folds: dict[float, Mask] = {}
    for fraction in _LEFT_OUT:
        # The largest threshold that leaves out enough rows and keeps two sizes.
        least = next((size for size in sizes[:1:-1] if np.mean(size <= N) >= fraction), sizes[2])
        folds[float(least)] = least <= N
    return list(folds.values())


def _longest(N: Array, D: Array) -> list[Mask]:
    late = np.zeros(len(D), dtype=bool)
    for size in np.unique(N):
        here = size == N
        longest = D[here].max()
        if D[here].min() * _SAME < longest:
            late |= here & (_LATE * _SAME * longest < D)
    if not late.any():
        # Every size has one number of tokens: the longest training over all is left out.
        late = D.max() / _SAME <= D
    if np.mean(late) > 0.6 or len(np.unique(D[~late])) < 2:
        raise MixlawError("fewer than three values of the number of tokens: without the largest no slope is left")
    return [late]


def _mixture_folds(shares: Array, seed: int) -> list[Mask]:
    if not shares.shape[1]:
        raise MixlawError("there are no shares: all runs had the same data")
    mixed = shares.max(axis=1) < 1 - SHARE_TOLERANCE
    distinct, index = np.unique(shares.round(6), axis=0, return_inverse=True)
    mixtures = np.unique(index[mixed])
    if len(mixtures) < FOLDS:
        raise MixlawError(f"{len(mixtures)} distinct mixtures: at least {FOLDS} are needed to leave some out")
    fold = np.full(len(distinct), -1)
    fold[np.random.default_rng(seed).permutation(mixtures)] = np.arange(len(mixtures)) % FOLDS
    return [fold[index] == f for f in range(FOLDS)]
