"""Trials that are stopped, by the real loop: what planted rows do to a loss, and what the message says."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from mixlaw.corpus import Corpus
from mixlaw.pretrain import Placement, TrainingDiverged, train_trial
from mixlaw.pretrain.progress import Step
from mixlaw.pretrain.spike import BEFORE, LASTING, lasting_spike
from mixlaw.trial import MixlawError, Trial

MakeTrial = Callable[..., Trial]
STEPS, TURN = 220, 170


class Turning:
    """Rows of one token over and over, from step TURN on rows of chance: the loss leaps from near 0 past ln V."""

    def __init__(self, trial: Trial, vocab_size: int, first_step: int = 0) -> None:
        self._shape = (trial.recipe.batch_rows, trial.recipe.seq_len + 1)
        self._vocab_size = vocab_size
        self.first_step = first_step

    def batches(self) -> Iterator[Any]:
        generator = np.random.default_rng(0)
        for step in range(self.first_step, STEPS):
            high = 1 if step < TURN else self._vocab_size
            yield generator.integers(0, high, self._shape).astype(np.uint16)


class KilledError(Exception):
    """Stands for whatever ends a process."""


def test_a_loss_that_leaps_and_stays_ends_the_trial(
    tiny_corpus: Corpus, make_trial: MakeTrial, placement: Placement
) -> None:
    trial, losses = make_trial(steps=STEPS, label="leaper"), list[float]()

    def report(at: Step) -> None:
        losses.append(at.loss)
        if len(losses) == TURN - 9:
            raise KilledError

    often = dataclasses.replace(placement, checkpoint_seconds=0.0)
    with pytest.raises(KilledError):
        train_trial(trial, tiny_corpus, often, report=report, feed=Turning(trial, tiny_corpus.vocab_size))
    rest = Turning(trial, tiny_corpus.vocab_size, first_step=TURN - 9)
    with pytest.raises(TrainingDiverged) as stopped:
        train_trial(trial, tiny_corpus, placement, report=report, feed=rest)
    assert len(losses) == TURN + LASTING - 1, "the losses before the kill count, the step that settles it is not told"
    message = str(stopped.value)
    assert f"leaper diverged at step {TURN + LASTING} of {STEPS}, learning rate " in message
    assert f"in every step since {TURN + 1} " in message
    assert f"the last good checkpoint is that of step {TURN - 9};" in message


def test_the_rule_can_be_switched_off(tiny_corpus: Corpus, make_trial: MakeTrial, placement: Placement) -> None:
    trial = make_trial(steps=STEPS)
    calm = dataclasses.replace(placement, stop_on_spike=False)
    assert train_trial(trial, tiny_corpus, calm, feed=Turning(trial, tiny_corpus.vocab_size)).n_steps == STEPS


@pytest.mark.parametrize("learning_rate", [3e-3, 3e-2])
def test_an_ordinary_trial_is_never_stopped(
    tiny_corpus: Corpus, make_trial: MakeTrial, placement: Placement, learning_rate: float
) -> None:
    """On real rows, and at ten times the learning rate as well."""
    trial = make_trial(steps=BEFORE + 2 * LASTING, learning_rate=learning_rate)
    train_trial(trial, tiny_corpus, placement)
    losses = pl.read_parquet(placement.trial_folder(trial.trial_id) / "history.parquet")["loss_nats"].to_list()
    assert len(losses) == trial.n_steps
    assert lasting_spike(losses) is None
    assert lasting_spike([*losses, *(3 * loss for loss in losses[-LASTING:])]) is not None


def test_a_divergence_names_the_last_good_checkpoint(
    tiny_corpus: Corpus, make_trial: MakeTrial, placement: Placement, monkeypatch: pytest.MonkeyPatch
) -> None:
    trial, often = make_trial(), dataclasses.replace(placement, checkpoint_seconds=0.0)

    def explode(at: Step) -> None:
        if at.step == 5:  # from here on every update is without bound
            monkeypatch.setattr("mixlaw.pretrain.loop.learning_rate", lambda recipe, step, n_steps: 1e30)

    with pytest.raises(TrainingDiverged, match=r"loss .*; the last good checkpoint is that of step [5-9]; lower"):
        train_trial(trial, tiny_corpus, often, report=explode)


@pytest.mark.parametrize("z_loss", [-1e-4, float("nan"), float("inf")])
def test_a_senseless_z_loss_is_refused(make_trial: MakeTrial, z_loss: float) -> None:
    with pytest.raises(MixlawError, match="z_loss must be 0"):
        dataclasses.replace(make_trial().recipe, z_loss=z_loss)


def test_z_loss_is_part_of_a_trial_only_where_it_is_used(
    tiny_corpus: Corpus, make_trial: MakeTrial, placement: Placement, tmp_path: Path
) -> None:
    plain = make_trial()
    with_term = dataclasses.replace(plain, recipe=dataclasses.replace(plain.recipe, z_loss=1e-2))
    assert with_term.trial_id != plain.trial_id
    assert Trial.from_json(with_term.to_json()) == with_term
    before = {key: value for key, value in plain.to_json()["recipe"].items() if key != "z_loss"}
    assert Trial.from_json(plain.to_json() | {"recipe": before}).trial_id == plain.trial_id
    first, second = (train_trial(trial, tiny_corpus, placement) for trial in (plain, with_term))
    assert second.train_loss == pytest.approx(first.train_loss, abs=0.05), "the term itself is not in the loss"
    assert second.train_loss != first.train_loss
