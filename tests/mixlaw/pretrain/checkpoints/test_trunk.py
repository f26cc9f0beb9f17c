from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
import pytest
import torch

from mixlaw.corpus import Corpus
from mixlaw.mixture import RowPlan
from mixlaw.model import load_decoder
from mixlaw.pretrain import Checkpoints, Placement, TrainingResult, train_trial
from mixlaw.pretrain.checkpoints.trunk import Trunk, steps_from_trunk, trunk_id
from mixlaw.pretrain.progress import Step
from mixlaw.trial import Trial

MakeTrial = Callable[..., Trial]


class KilledError(Exception):
    """Stands for whatever ends a process."""


@pytest.fixture
def budgets(make_trial: MakeTrial) -> list[Trial]:
    """40, 20 and 10 steps, of which 32, 16 and 8 come before the decay."""
    trials = [make_trial(steps=steps) for steps in (40, 20, 10)]
    return [
        dataclasses.replace(t, recipe=dataclasses.replace(t.recipe, warmup_tokens=5 * 256).as_wsd()) for t in trials
    ]


def train(trial: Trial, corpus: Corpus, placement: Placement, kill_at: int | None = None) -> TrainingResult:
    """As the Ray Train entry does: exchange, then train."""

    def report(at: Step) -> None:
        if at.step == kill_at:
            raise KilledError

    Trunk.of(trial, placement).exchange(trial, placement)
    return train_trial(trial, corpus, placement, report=report)


def spared(trial: Trial, placement: Placement, result: TrainingResult) -> int:
    return steps_from_trunk(placement.trial_folder(trial.trial_id), result.resumed_from)


def assert_same(trial: Trial, first: Placement, second: Placement) -> None:
    folders = [placement.trial_folder(trial.trial_id) for placement in (first, second)]
    histories = [pl.read_parquet(folder / "history.parquet") for folder in folders]
    assert histories[0].equals(histories[1])
    models = [load_decoder(folder / "model").state_dict() for folder in folders]
    assert all(torch.equal(models[0][name], models[1][name]) for name in models[0])


def test_a_branch_is_the_run_from_scratch_bit_for_bit(
    tiny_corpus: Corpus, budgets: list[Trial], placement: Placement, tmp_path: Path
) -> None:
    alone = dataclasses.replace(placement, out=tmp_path / "alone")
    trunk = Trunk.of(budgets[0], placement)
    trunk.want([16, 8])
    shared = [train(trial, tiny_corpus, placement) for trial in budgets]
    scratch = [train(trial, tiny_corpus, alone) for trial in budgets]
    assert trunk.laid() == [16, 8]
    assert [result.resumed_from for result in shared] == [0, 16, 8]
    assert [spared(t, placement, r) for t, r in zip(budgets, shared, strict=True)] == [0, 16, 8]
    assert [spared(t, alone, r) for t, r in zip(budgets, scratch, strict=True)] == [0, 0, 0]
    for trial, one, other in zip(budgets, shared, scratch, strict=True):
        assert one.measurements == other.measurements
        assert_same(trial, placement, alone)
    assert not (alone.out / "trunks").exists(), "where nobody asked, nothing is left"


@pytest.mark.parametrize("killed_at", [7, 8, 12, 30, 36])
def test_a_kill_anywhere_on_the_trunk_changes_nothing(
    killed_at: int, tiny_corpus: Corpus, budgets: list[Trial], placement: Placement, tmp_path: Path
) -> None:
    longest, branch, _ = budgets
    trunk = Trunk.of(longest, placement)
    trunk.want([16, 8])
    with pytest.raises(KilledError):
        train(longest, tiny_corpus, placement, kill_at=killed_at)
    laid = [step for step in (16, 8) if step < killed_at or step == killed_at == 8]
    assert trunk.laid() == laid
    again = train(longest, tiny_corpus, placement)
    assert again.resumed_from == max(laid, default=0)
    assert spared(longest, placement, again) == 0, "what it trained itself, it was not spared"
    assert train(branch, tiny_corpus, placement).resumed_from == 16
    alone = dataclasses.replace(placement, out=tmp_path / "alone")
    for trial in (longest, branch):
        train(trial, tiny_corpus, alone)
        assert_same(trial, placement, alone)


def test_a_branch_without_its_point_begins_at_an_earlier_one(
    tiny_corpus: Corpus, budgets: list[Trial], placement: Placement
) -> None:
    longest, branch, shortest = budgets
    Trunk.of(longest, placement).want([8])
    with pytest.raises(KilledError):
        train(longest, tiny_corpus, placement, kill_at=9)
    with pytest.raises(KilledError):
        train(branch, tiny_corpus, placement, kill_at=18)
    result = train(branch, tiny_corpus, placement)
    assert (result.resumed_from, spared(branch, placement, result)) == (8, 8)
    assert train(shortest, tiny_corpus, placement).resumed_from == 8


def test_a_point_killed_before_it_was_handed_over_is_handed_over_later(
    tiny_corpus: Corpus, budgets: list[Trial], placement: Placement
) -> None:
    often = dataclasses.replace(placement, checkpoint_seconds=0.0)
    with pytest.raises(KilledError):
        train(budgets[0], tiny_corpus, often, kill_at=16)
    trunk = Trunk.of(budgets[0], placement)
    trunk.want([16])
    assert trunk.laid() == []
    trunk.exchange(budgets[0], placement)
    assert trunk.laid() == [16]


def test_lending_counts_only_what_was_spared(tiny_corpus: Corpus, budgets: list[Trial], placement: Placement) -> None:
    longest, branch, _ = budgets
    often = dataclasses.replace(placement, checkpoint_seconds=0.0)
    with pytest.raises(KilledError):
        train(branch, tiny_corpus, often, kill_at=5)
    Trunk.of(longest, placement).want([16])
    train(longest, tiny_corpus, placement)
    result = train(branch, tiny_corpus, placement)
    assert (result.resumed_from, spared(branch, placement, result)) == (16, 11)


def test_points_that_nobody_wants_are_dropped(tiny_corpus: Corpus, budgets: list[Trial], placement: Placement) -> None:
    trunk = Trunk.of(budgets[0], placement)
    trunk.want([16, 8])
    train(budgets[0], tiny_corpus, placement)
    Checkpoints.of(budgets[0], placement).remove()
    trunk.want([8])
    assert trunk.laid() == [8]
    assert train(budgets[2], tiny_corpus, placement).resumed_from == 8, "a link outlives the first owner"
    trunk.want([])
    assert not trunk.folder.exists()


def test_only_the_budget_may_differ_on_one_trunk(budgets: list[Trial]) -> None:
    assert len({trunk_id(trial) for trial in budgets}) == 1
    other = [
        dataclasses.replace(budgets[0], seed=1),
        dataclasses.replace(budgets[0], shares={"python": 1.0}),
        dataclasses.replace(budgets[0], recipe=dataclasses.replace(budgets[0].recipe, warmup_tokens=256)),
    ]
    assert len({trunk_id(trial) for trial in (budgets[0], *other)}) == 4


def test_rows_do_not_depend_on_the_budget(tiny_corpus: Corpus, make_trial: MakeTrial) -> None:
    short, long = (RowPlan.of(make_trial(steps=steps), tiny_corpus, max_epochs=100) for steps in (50, 5_000))
    rows = np.arange(short.n_rows)
    for one, other in zip(short.locate(rows), long.locate(rows), strict=True):
        np.testing.assert_array_equal(one, other)
