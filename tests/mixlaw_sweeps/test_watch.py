"""How far a study is, and what people see of it."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from mixlaw.pretrain import Placement
from mixlaw.pretrain.progress import Step, progress_file
from mixlaw.trial import ModelShape, Recipe, Trial
from mixlaw_sweeps.console import Remaining, running_table
from mixlaw_sweeps.watch import Running, Watch

TRIAL = Trial(
    model=ModelShape(name="t", n_layers=1, d_model=32, n_heads=1, d_ff=64),
    train_tokens=100 * 512,
    shares={"go": 1.0},
    recipe=Recipe(learning_rate=1e-3, batch_tokens=512, seq_len=64),
    label="go [small]",
)
STEP = Step(step=25, n_steps=100, loss=2.5, gradient_norm=1.0, learning_rate=1e-3, tokens_per_second=1_000.0)


class VocabularyOnly:
    vocab_size = 320


class Told:
    """What Tune hands to a callback: a trial with its configuration."""

    def __init__(self, trial: Trial) -> None:
        self.config = {"trial": trial.to_json()}


@pytest.fixture
def study(tmp_path: Path) -> tuple[Watch, list[Trial], Placement]:
    trials = [dataclasses.replace(TRIAL, seed=seed) for seed in range(4)]
    placement = Placement(out=tmp_path)
    return Watch(trials, VocabularyOnly(), placement), trials, placement  # type: ignore[arg-type]


def say(trial: Trial, placement: Placement, step: int) -> None:
    report = progress_file(placement.trial_folder(trial.trial_id), batch_tokens=512, full_speed=4_000.0)
    report(dataclasses.replace(STEP, step=step, n_steps=trial.n_steps))


def test_work_done_is_ended_trials_and_parts_of_running_ones(study: tuple[Watch, list[Trial], Placement]) -> None:
    watch, trials, placement = study
    assert watch.look() == (0.0, "0/4 trials", [])
    told: list[Any] = [Told(trial) for trial in trials]
    watch.on_trial_start(0, [], told[0])
    watch.on_trial_start(0, [], told[1])
    watch.on_trial_complete(0, [], told[0])
    say(trials[1], placement, 50)
    done, note, running = watch.look()
    assert (done, note) == (pytest.approx(1.5 / 4), "1/4 trials")
    assert [(one.label, one.progress and one.progress.step) for one in running] == [("go [small]", 50)]


def test_what_an_earlier_run_left_counts_and_is_not_shown_as_running(tmp_path: Path) -> None:
    trials, placement = [dataclasses.replace(TRIAL, seed=seed) for seed in range(2)], Placement(out=tmp_path)
    say(trials[0], placement, 50)
    watch = Watch(trials, VocabularyOnly(), placement)  # type: ignore[arg-type]
    assert watch.look()[0] == pytest.approx(0.25)
    started: Any = Told(trials[0])
    watch.on_trial_start(0, [], started)
    assert [one.progress for one in watch.look()[2]] == [None]


def test_of_a_branch_only_its_own_steps_count(tmp_path: Path) -> None:
    recipe = dataclasses.replace(TRIAL.recipe, schedule="wsd", warmup_tokens=512 * 4)
    long = dataclasses.replace(TRIAL, recipe=recipe)
    short, placement = dataclasses.replace(long, train_tokens=50 * 512), Placement(out=tmp_path)
    own = 10 / 110  # the last fifth of 50 steps, beside all 100 of the trunk
    say(short, placement, 40)
    assert Watch([long, short], VocabularyOnly(), placement).look()[0] == 0.0  # type: ignore[arg-type]
    say(short, placement, 45)
    watch = Watch([long, short], VocabularyOnly(), placement)  # type: ignore[arg-type]
    assert watch.look()[0] == pytest.approx(own / 2)


def test_only_folders_of_running_trials_are_read(
    study: tuple[Watch, list[Trial], Placement], monkeypatch: pytest.MonkeyPatch
) -> None:
    watch, trials, _ = study
    read: list[str] = []
    monkeypatch.setattr("mixlaw_sweeps.watch.read_progress", lambda folder: read.append(folder.name))
    started: Any = Told(trials[2])
    watch.on_trial_start(0, [], started)
    watch.look()
    assert read == [trials[2].trial_id]


def test_the_table_shows_speed_utilisation_and_time_left_of_so_many(
    study: tuple[Watch, list[Trial], Placement],
) -> None:
    watch, trials, placement = study
    for trial in trials[:3]:
        started: Any = Told(trial)
        watch.on_trial_start(0, [], started)
    say(trials[0], placement, 25)
    console = Console(width=100, record=True)
    console.print(running_table(watch.look()[2], most=2))
    lines = [line.split() for line in console.export_text().splitlines()]
    assert lines[1] == ["go", "[small]", "25/100", "2.5000", "1k", "25%", "38", "s"]
    assert lines[2] == ["go", "[small]", "starts"]
    assert lines[3] == ["and", "1", "more"]
    assert running_table([Running(label="x", progress=None)], most=9).row_count == 1


def test_the_time_left_counts_only_what_this_run_did() -> None:
    now = [0.0]
    left = Remaining(clock=lambda: now[0])
    assert left(0.5) == "time left unknown"
    now[0] = 60.0
    assert left(0.75) == "about 60 s left"
