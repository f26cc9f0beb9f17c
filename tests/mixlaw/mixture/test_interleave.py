from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mixlaw.mixture.fair import fair_schedule
from mixlaw.mixture.interleave import PERIOD, WINDOW, Interleave, quantised
from mixlaw.trial import DOMAINS, normalize

WEIGHTS = st.one_of(st.floats(0.05, 1), st.floats(1e-9, 1e-2), st.sampled_from([1.0, 0.5, 0.25, 1 / 3, 1e-4]))
SHARES = st.dictionaries(st.sampled_from(DOMAINS), WEIGHTS, min_size=1).map(normalize)
PLACES = st.sampled_from([0, PERIOD, 7 * PERIOD, 123_456 * PERIOD]) | st.integers(0, 10**12)
"""The seams of the order's period, and anywhere else."""


def counted(interleave: Interleave, start: int, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Rows of each domain before each of n + 1 rows from `start` on, (n + 1, domains); and the codes of those n."""
    codes, _ = interleave.assign(np.arange(start, start + n))
    before = np.zeros((n + 1, len(interleave.domains)), np.int64)
    np.cumsum(codes[:, None] == np.arange(len(interleave.domains)), axis=0, out=before[1:])
    return before + np.array(list(interleave.counts(start).values())), codes


@given(SHARES, PLACES)
@settings(max_examples=80, deadline=None)
def test_any_thousand_rows_hold_every_domain_to_within_one_row(shares: dict[str, float], place: int) -> None:
    before, _ = counted(Interleave.of(shares), max(0, place - 3_000), 6_000)
    in_window = before[WINDOW:] - before[:-WINDOW]
    assert np.abs(in_window - WINDOW * np.array(list(shares.values()))).max() <= 1 + 1e-6


def test_the_windows_of_a_whole_period_are_exact() -> None:
    shares = normalize(dict(zip(DOMAINS, (1, 1.3, 0.7, 2.9, 0.011, 3.3, 1 / 7, 0.5, 0.0625), strict=True)))
    before, _ = counted(Interleave.of(shares), 0, PERIOD + 2 * WINDOW)
    in_window = before[WINDOW:] - before[:-WINDOW]
    assert np.abs(in_window - WINDOW * np.array(list(shares.values()))).max() < 1
    assert (before[PERIOD] == quantised(list(shares.values()))).all()


@given(SHARES)
@settings(max_examples=40, deadline=None)
def test_every_prefix_is_within_three_rows(shares: dict[str, float]) -> None:
    before, _ = counted(Interleave.of(shares), 0, 20_000)
    assert np.abs(before - np.arange(20_001)[:, None] * np.array(list(shares.values()))).max() < 3


@given(SHARES, PLACES)
@settings(max_examples=40, deadline=None)
def test_a_rank_is_the_number_of_earlier_rows_of_the_domain(shares: dict[str, float], place: int) -> None:
    interleave = Interleave.of(shares)
    start = max(0, place - 1_500)
    before, codes = counted(interleave, start, 3_000)
    _, ranks = interleave.assign(np.arange(start, start + 3_000))
    assert (ranks == before[np.arange(3_000), codes]).all()
    assert list(interleave.counts(start + 3_000).values()) == before[-1].tolist()


@given(SHARES, st.lists(st.integers(0, 10**12), min_size=1, max_size=20))
@settings(max_examples=40, deadline=None)
def test_any_row_is_found_without_replaying(shares: dict[str, float], rows: list[int]) -> None:
    interleave = Interleave.of(shares)
    codes, ranks = interleave.assign(np.array(rows))
    for row, code, rank in zip(rows, codes, ranks, strict=True):
        before, after = interleave.counts(row), interleave.counts(row + 1)
        domain = interleave.domains[code]
        assert rank == before[domain]
        assert after == before | {domain: rank + 1}


@given(SHARES)
@settings(max_examples=60, deadline=None)
def test_shares_count_to_six_decimals_and_none_is_lost(shares: dict[str, float]) -> None:
    rows = quantised(list(shares.values()))
    assert rows.sum() == PERIOD
    assert rows.min() >= 1
    assert np.abs(rows / PERIOD - np.array(list(shares.values()))).max() < len(shares) / PERIOD


@pytest.mark.parametrize("large", [(0.5, 0.5 - 7e-9), (0.3 + 1e-9, 0.3 + 1e-9, 0.4 - 9e-9), (0.9995, 0.0005 - 7e-9)])
def test_what_shares_below_a_millionth_get_is_taken_from_where_it_does_not_show(large: tuple[float, ...]) -> None:
    before, _ = counted(Interleave(tuple(DOMAINS[: len(large) + 4]), (*large, 1e-9, 2e-9, 3e-9, 1e-9)), 0, PERIOD)
    assert before[-1].min() == 1
    in_window = before[WINDOW:] - before[:-WINDOW]
    assert np.abs(in_window[:, : len(large)] - WINDOW * np.array(large)).max() < 1 + 1e-5


@given(st.integers(1, 6), st.lists(st.integers(1, 200), min_size=1, max_size=9))
@settings(max_examples=100, deadline=None)
def test_a_fair_schedule_is_never_a_turn_ahead_or_behind(per_step: int, turns: list[int]) -> None:
    steps = max(*turns, -(-sum(turns) // per_step))
    rest = steps * per_step - sum(turns)
    turns = [*turns, *([steps] * (rest // steps)), rest % steps]
    order = fair_schedule([n for n in turns if n], steps)
    had = np.cumsum((order[:, :, None] == np.arange(len([n for n in turns if n]))).sum(axis=1), axis=0)
    assert np.diff(had, axis=0, prepend=0).max() <= 1
    due = np.arange(1, steps + 1)[:, None] * np.array([n for n in turns if n]) / steps
    assert np.abs(had - due).max() < 1


def test_turns_that_do_not_fill_the_steps_are_refused() -> None:
    with pytest.raises(ValueError, match="do not fill"):
        fair_schedule([3, 4], 5)
