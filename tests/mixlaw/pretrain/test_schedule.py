from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mixlaw.pretrain.schedule import branch_step, learning_rate
from mixlaw.trial import MixlawError, Recipe

RECIPE = Recipe(learning_rate=0.01, batch_tokens=64, seq_len=64, warmup_fraction=0.1, decay_fraction=0.2)
WSD = dataclasses.replace(RECIPE, schedule="wsd", warmup_tokens=10 * 64)


def rates(recipe: Recipe, n_steps: int) -> list[float]:
    return [learning_rate(recipe, step, n_steps) for step in range(n_steps)]


def test_cosine_at_known_points() -> None:
    values = rates(RECIPE, 101)
    assert values[0] == pytest.approx(0.001)
    assert values[9] == values[10] == pytest.approx(0.01)
    assert values[55] == pytest.approx(0.0055), "half way down after half of what follows the warm-up"
    assert values[100] == pytest.approx(0.001)


def test_wsd_at_known_points() -> None:
    values = rates(WSD, 100)
    assert values[9:80] == pytest.approx([0.01] * 71)
    assert values[84] == pytest.approx(0.001 + 0.009 * 0.5), "1 - sqrt(1/4)"
    assert values[99] == pytest.approx(0.001)


@given(st.sampled_from([RECIPE, WSD]), st.integers(1, 300))
def test_rates_rise_then_fall_within_bounds(recipe: Recipe, n_steps: int) -> None:
    values = rates(recipe, n_steps)
    peak = values.index(max(values))
    assert values[: peak + 1] == sorted(values[: peak + 1])
    assert values[peak:] == sorted(values[peak:], reverse=True)
    assert all(0 < value <= 0.01 + 1e-12 for value in values)


@given(st.integers(1, 300), st.integers(1, 300))
def test_wsd_does_not_know_its_budget_before_its_decay(n_steps: int, more: int) -> None:
    end = branch_step(WSD, n_steps)
    assert 0 <= end < n_steps
    assert branch_step(WSD, n_steps + more) >= end, "a longer training passes the branch points of shorter ones"
    assert rates(WSD, n_steps)[:end] == rates(WSD, n_steps + more)[:end]
    assert end < 10 or rates(WSD, n_steps)[end] < WSD.learning_rate, "the decay begins at once"


def test_a_warm_up_in_tokens_takes_the_place_of_the_fraction() -> None:
    assert WSD.as_wsd() == WSD
    assert RECIPE.as_wsd().warmup_tokens == 40 * 64, "2 / (1 - 0.95) steps"
    with pytest.raises(MixlawError, match="wsd needs a warm-up"):
        dataclasses.replace(RECIPE, schedule="wsd")
    values = rates(dataclasses.replace(RECIPE, warmup_tokens=3 * 64), 100)
    assert values[:4] == pytest.approx([0.01 / 3, 0.02 / 3, 0.01, 0.01])
