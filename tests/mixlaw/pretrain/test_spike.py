"""What is called a lasting spike, and what is not."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mixlaw.pretrain.spike import BEFORE, LASTING, lasting_spike


def ordinary(steps: int, noise: float, seed: int = 0) -> list[float]:
    """A loss that falls from 6 to about 2 with normal noise."""
    generator = random.Random(seed)
    return [2 + 4 * math.exp(-step / 100) + generator.gauss(0, noise) for step in range(steps)]


def found_at(losses: list[float]) -> int | None:
    """The first step, from 1, after which there is a spike."""
    return next((step for step in range(1, len(losses) + 1) if lasting_spike(losses[:step])), None)


@pytest.mark.parametrize("noise", [0.0, 0.01, 0.1, 0.3])
@pytest.mark.parametrize("seed", [0, 1])
def test_an_ordinary_run_has_none(noise: float, seed: int) -> None:
    assert found_at(ordinary(1_000, noise, seed)) is None


@pytest.mark.parametrize("noise", [0.0, 0.01, 0.1])
def test_a_loss_that_stays_up_is_found_once_it_has_lasted(noise: float) -> None:
    losses = ordinary(500, noise)
    losses[300:] = [loss + 3 for loss in losses[300:]]
    assert found_at(losses) == 300 + LASTING
    spike = lasting_spike(losses[: 300 + LASTING])
    assert spike is not None
    assert spike.began == 301
    assert spike.usual < spike.limit < min(losses[300:])
    assert f"above {spike.limit:g} in every step since 301" in spike.told(losses)


@pytest.mark.parametrize("steps", [1, LASTING - 1])
def test_a_spike_that_heals_is_left_alone(steps: int) -> None:
    losses = ordinary(500, 0.01)
    losses[300 : 300 + steps] = [loss * 4 for loss in losses[300 : 300 + steps]]
    assert found_at(losses) is None


def test_a_step_of_less_than_a_fifth_is_left_alone() -> None:
    losses = [2.0] * 300 + [2.39] * 300
    assert found_at(losses) is None


@given(st.lists(st.floats(0.1, 20), max_size=BEFORE + LASTING - 1))
def test_a_short_run_has_none(losses: list[float]) -> None:
    assert lasting_spike(losses) is None


@given(st.lists(st.floats(0.1, 20), min_size=BEFORE + LASTING, max_size=BEFORE + LASTING), st.floats(0.01, 100))
def test_the_rule_knows_no_unit(losses: list[float], scale: float) -> None:
    """Nats or bits: the same runs are stopped, but for the last digit."""
    spike, scaled = lasting_spike(losses), lasting_spike([loss * scale for loss in losses])
    if spike and min(losses[-LASTING:]) > 1.001 * spike.limit:
        assert scaled is not None
        assert scaled.limit == pytest.approx(spike.limit * scale)
