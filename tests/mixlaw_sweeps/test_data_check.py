from __future__ import annotations

import dataclasses
from collections.abc import Callable

from mixlaw.corpus import Corpus
from mixlaw.trial import ModelShape, Recipe, Trial
from mixlaw_sweeps.data_check import stop_when_used_up

TRIAL = Trial(
    model=ModelShape(name="t", n_layers=1, d_model=32, n_heads=1, d_ff=64),
    train_tokens=100 * 64 * 8,
    shares={"python": 0.75, "go": 0.25},
    recipe=Recipe(learning_rate=1e-3, batch_tokens=64 * 8, seq_len=64),
    label="short",
)


def test_the_launcher_says_what_is_cut_short_and_runs_equal_trials_once(counted: Callable[..., Corpus]) -> None:
    longer = dataclasses.replace(TRIAL, train_tokens=2 * TRIAL.train_tokens, label="long")
    trials, told = stop_when_used_up([TRIAL, longer], counted(python=10**6, go=64 * 61 + 1))
    assert [trial.label for trial in trials] == ["short"]
    assert told == [
        "short stops after 30 of 100 steps (15,360 tokens), when go is used up",
        "long stops after 30 of 200 steps (15,360 tokens), when go is used up",
    ]
