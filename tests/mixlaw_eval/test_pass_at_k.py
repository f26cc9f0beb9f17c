"""pass@k against its definition, intervals against their coverage, the paired test against known differences."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest

from mixlaw_eval.pass_at_k import estimate, paired_difference, pass_at_k


@pytest.mark.parametrize(("n", "c", "k"), [(1, 1, 1), (5, 0, 2), (5, 2, 1), (5, 2, 3), (6, 5, 2), (8, 3, 8), (7, 7, 3)])
def test_it_is_the_share_of_draws_of_k_that_hold_a_pass(n: int, c: int, k: int) -> None:
    draws = list(combinations([True] * c + [False] * (n - c), k))
    assert pass_at_k(n, c, k) == pytest.approx(sum(map(any, draws)) / len(draws))


def test_too_few_samples_are_nan_and_never_one() -> None:
    found = pass_at_k([1, 5, 10], [1, 5, 10], 10)
    assert np.isnan(found[:2]).all()
    assert found[2] == 1.0


def test_many_samples_do_not_overflow() -> None:
    # C(2000, 1000) has 601 digits; the product has none of them.
    assert 0 < float(pass_at_k(2000, 1, 1000)) == pytest.approx(0.5)


@pytest.mark.parametrize(("n", "c", "k"), [(5, 6, 1), (5, -1, 1), (5, 2, 0)])
def test_what_cannot_be_is_refused(n: int, c: int, k: int) -> None:
    with pytest.raises(ValueError, match="pass@k needs"):
        pass_at_k(n, c, k)


def test_the_interval_is_that_of_the_mean() -> None:
    scores = np.repeat([0.0, 1.0], [60, 40])
    found = estimate(scores, seed=1)
    half = 1.96 * math.sqrt(0.4 * 0.6 / 100)
    assert (found.value, found.problems) == (0.4, 100)
    assert found.lower == pytest.approx(0.4 - half, abs=0.015)
    assert found.upper == pytest.approx(0.4 + half, abs=0.015)
    assert estimate(scores, seed=1) == found


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    generator = np.random.default_rng(0)
    held = 0
    for trial in range(300):
        found = estimate(generator.random(120) < 0.3, seed=trial, draws=500)
        held += found.lower <= 0.3 <= found.upper
    assert 0.90 <= held / 300 <= 0.98


def test_none_of_161_is_not_certainly_zero() -> None:
    found = estimate(np.zeros(161))
    assert (found.value, found.lower) == (0.0, 0.0)
    assert found.upper == pytest.approx(1 - 0.025 ** (1 / 161))


def test_a_problem_shared_by_languages_is_drawn_whole() -> None:
    # Ten languages that agree on every problem know no more than one language does.
    one = np.random.default_rng(2).integers(0, 2, 80).astype(float)
    alone, ten = estimate(one, seed=3), estimate(np.repeat(one[:, None], 10, axis=1), seed=3)
    assert (ten.value, ten.lower, ten.upper) == pytest.approx((alone.value, alone.lower, alone.upper))
    independent = np.random.default_rng(4).integers(0, 2, (80, 10)).astype(float)
    spread = estimate(independent, seed=3)
    assert spread.upper - spread.lower < 0.6 * (alone.upper - alone.lower)


def test_the_macro_mean_weighs_languages_alike_and_leaves_absent_problems_out() -> None:
    table = np.array([[1.0, 0.0], [1.0, math.nan], [1.0, math.nan], [0.0, math.nan]])
    assert estimate(table).value == pytest.approx((0.75 + 0.0) / 2)


def test_a_language_without_scores_makes_the_mean_unknown() -> None:
    assert math.isnan(estimate([[1.0, math.nan], [0.0, math.nan]]).value)
    assert math.isnan(estimate([]).value)


def test_the_same_results_do_not_differ() -> None:
    scores = np.random.default_rng(5).integers(0, 2, 100).astype(float)
    same = paired_difference(scores, scores)
    assert (same.value, same.lower, same.upper, same.p_value) == (0.0, 0.0, 0.0, 1.0)


def test_a_clear_difference_is_found_and_its_sign_kept() -> None:
    worse, better = np.repeat([0.0, 1.0], [80, 20]), np.repeat([0.0, 1.0], [50, 50])
    found = paired_difference(better, worse, seed=1)
    assert found.value == pytest.approx(0.3)
    assert found.lower > 0.2
    assert found.p_value < 0.001
    assert paired_difference(worse, better, seed=1).value == pytest.approx(-0.3)


def test_the_p_value_of_few_problems_is_the_exact_one() -> None:
    # Three problems of three won: of the 8 sign flips two are as far from 0.
    found = paired_difference([1.0, 1.0, 1.0], [0.0, 0.0, 0.0], draws=40_000)
    assert found.p_value == pytest.approx(0.25, abs=0.01)


def test_chance_alone_is_called_a_difference_as_often_as_the_level_says() -> None:
    generator = np.random.default_rng(6)
    tables = generator.integers(0, 2, (300, 2, 60, 3)).astype(float)
    called = sum(paired_difference(a, b, seed=i, draws=400).p_value < 0.05 for i, (a, b) in enumerate(tables))
    assert called / 300 < 0.09


def test_only_problems_of_both_count() -> None:
    found = paired_difference([1.0, 1.0, math.nan], [0.0, math.nan, 0.0])
    assert (found.value, found.problems) == (1.0, 1)
