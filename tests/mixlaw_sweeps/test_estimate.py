from __future__ import annotations

import dataclasses

import pytest

from mixlaw.model import ladder
from mixlaw.trial import Recipe, Trial
from mixlaw_sweeps.estimate import Estimate, study_seconds

COST = Estimate(
    params_non_embedding=1,
    flops=1.0,
    seconds=10.0,
    train_seconds=8.0,
    compile_seconds=2.0,
    disk_bytes=1,
    checkpoint_bytes=1,
    max_epochs=None,
)
RECIPE = Recipe(learning_rate=1e-3, batch_tokens=4_096, seq_len=256)
TRIALS = [
    Trial(model=ladder("25k"), train_tokens=40_960, shares={"python": 1.0}, recipe=RECIPE, seed=seed)
    for seed in range(5)
]


def seconds(at_once: int, **options: object) -> float:
    costs = [COST] * len(TRIALS)
    return study_seconds(TRIALS, costs, None, at_once=at_once, hardware="h200", **options)  # type: ignore[arg-type]


def test_each_process_compiles_a_shape_once_and_trials_fill_the_slots() -> None:
    assert seconds(1) == 5 * 10 + 2
    assert seconds(2) == 3 * 10 + 2  # three on one, two on the other
    assert seconds(5) == 10 + 2
    assert seconds(9) == seconds(5)


def test_steps_from_a_trunk_are_not_trained_again() -> None:
    spared = {trial.trial_id: trial.n_steps // 2 for trial in TRIALS[1:]}
    assert seconds(1, spared=spared) == pytest.approx(seconds(1) - 4 * 4.0)


def test_here_the_start_of_the_study_counts() -> None:
    here = study_seconds(TRIALS, [dataclasses.replace(COST, compile_seconds=0.0)] * 5, None, at_once=1)
    assert here > 5 * 10


def test_small_trials_share_a_device_and_a_large_one_takes_it_whole() -> None:
    small, large = (dataclasses.replace(COST, compile_seconds=0.0, per_device=n) for n in (4, 1))
    took = study_seconds(TRIALS, [small] * 5, None, at_once=1, hardware="h200")
    assert took == 2 * 10  # four side by side, then one
    took = study_seconds(TRIALS, [large, small, small, small, small], None, at_once=1, hardware="h200")
    assert took == 2 * 10
    assert study_seconds(TRIALS, [large, *[small] * 4], None, at_once=2, hardware="h200") == 10
