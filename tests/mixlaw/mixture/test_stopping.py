from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest

from mixlaw.corpus import Corpus
from mixlaw.mixture import RowPlan, stopped_when_used_up
from mixlaw.trial import MixlawError, ModelShape, Recipe, Trial

TRIAL = Trial(
    model=ModelShape(name="t", n_layers=1, d_model=32, n_heads=1, d_ff=64),
    train_tokens=100 * 64 * 8,
    shares={"python": 0.75, "go": 0.25},
    recipe=Recipe(learning_rate=1e-3, batch_tokens=64 * 8, seq_len=64),
    label="short",
)


def epochs(trial: Trial, corpus: Corpus) -> dict[str, float]:
    return RowPlan.of(trial, corpus, max_epochs=1000).epochs()


def test_a_trial_stops_with_the_last_whole_step_before_a_language_repeats(counted: Callable[..., Corpus]) -> None:
    corpus = counted(python=10**6, go=64 * 61 + 1)  # 61 rows of go, two in each step
    stopped, domain = stopped_when_used_up(TRIAL, corpus)
    assert (stopped.n_steps, domain) == (30, "go")
    assert epochs(stopped, corpus)["go"] <= 1
    assert epochs(dataclasses.replace(TRIAL, train_tokens=31 * 512), corpus)["go"] > 1
    assert (stopped.trial_id, stopped.label) != (TRIAL.trial_id, "")


def test_a_trial_that_repeats_nothing_is_left_as_it_is(counted: Callable[..., Corpus]) -> None:
    assert stopped_when_used_up(TRIAL, counted(python=10**6, go=64 * 200 + 1)) == (TRIAL, "")


def test_what_a_trial_repeats_on_purpose_does_not_stop_it(counted: Callable[..., Corpus]) -> None:
    twice = dataclasses.replace(TRIAL, unique_tokens={"go": 64 * 100})
    assert stopped_when_used_up(twice, counted(python=10**6, go=10**6)) == (twice, "")
    assert epochs(twice, counted(python=10**6, go=10**6))["go"] == 2
    # A limit that the corpus does not reach is no repetition on purpose.
    assert stopped_when_used_up(twice, counted(python=10**6, go=64 * 61 + 1))[1] == "go"


def test_less_than_a_step_is_refused(counted: Callable[..., Corpus]) -> None:
    with pytest.raises(MixlawError, match=r"short: go has 64 training tokens, not enough .* --when-used-up repeat"):
        stopped_when_used_up(TRIAL, counted(python=10**6, go=65))
