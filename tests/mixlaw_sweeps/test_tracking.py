"""What a tracker is told, and what a person is told whose tracker cannot be."""

from __future__ import annotations

import dataclasses
import sys
import time
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from ray import tune
from ray.tune.logger import LoggerCallback

from mixlaw.pretrain import Placement
from mixlaw.pretrain.progress import Step, progress_file
from mixlaw.trial import MixlawError, ModelShape, Recipe, Trial
from mixlaw_sweeps.options import Tracker
from mixlaw_sweeps.tracking import Told, ToldMlflow, last_word, run_name, telling_tune, trackers

TRIAL = Trial(
    model=ModelShape(name="t", n_layers=1, d_model=32, n_heads=1, d_ff=64),
    train_tokens=100 * 512,
    shares={"go": 1.0},
    recipe=Recipe(learning_rate=1e-3, batch_tokens=512, seq_len=64),
    label="go",
)
STEP = Step(step=25, n_steps=100, loss=2.5, gradient_norm=1.0, learning_rate=1e-3, tokens_per_second=1_000.0)
OF_TUNE: Any = SimpleNamespace(config={"trial": TRIAL.to_json()})
RESULT = {
    "step": 25, "train/loss": 2.5, "status": "running", "trial_name": TRIAL.trial_id, "label": "go", "error": "",
    "training_iteration": 3, "pid": 17, "config": {"trial": {}},
}  # fmt: skip


class Recorder(LoggerCallback):
    """One of Ray's callbacks, as far as it is told; with an error it fails whatever it is told."""

    def __init__(self, error: Exception | None = None) -> None:
        self.told: list[tuple[Any, ...]] = []
        self.tags: dict[str, str] | None = None
        self.error = error

    def _hear(self, *what: Any) -> None:
        self.told.append(what)
        if self.error:
            raise self.error

    def setup(self, *args: Any, **info: Any) -> None:
        self._hear("setup")

    def log_trial_start(self, trial: Any) -> None:
        self._hear("start", self.tags)

    def log_trial_result(self, iteration: int, trial: Any, result: dict[str, Any]) -> None:
        self._hear("result", result)

    def log_trial_end(self, trial: Any, failed: bool = False) -> None:
        self._hear("end", failed)


def wandb_stand_in(mode: str, login: Any) -> ModuleType:
    module = ModuleType("wandb")
    module.__file__ = "wandb/__init__.py"
    vars(module).update(setup=lambda: SimpleNamespace(settings=SimpleNamespace(mode=mode)), login=login)
    return module


@pytest.mark.parametrize("tracker", Tracker)
def test_a_tracker_that_is_not_installed_is_said_before_anything_runs(
    tracker: Tracker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, tracker, None)
    with pytest.raises(MixlawError, match=rf'--track {tracker} needs {tracker}: pip install "mixlaw\[{tracker}\]"$'):
        trackers([tracker], "study", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_folder_named_as_the_package_is_not_taken_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "wandb").mkdir()
    monkeypatch.delitem(sys.modules, "wandb", raising=False)
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    with pytest.raises(MixlawError, match="needs wandb"):
        trackers([Tracker.WANDB], "study", tmp_path)
    sys.modules.pop("wandb", None)


def test_without_a_key_nobody_is_asked_for_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []

    def login(*, prompt: bool) -> bool:
        asked.append(prompt)
        return False

    monkeypatch.setitem(sys.modules, "wandb", wandb_stand_in("online", login))
    with pytest.raises(MixlawError, match="run `wandb login`, or set WANDB_API_KEY, or WANDB_MODE=offline"):
        trackers([Tracker.WANDB], "study", tmp_path)
    assert asked == [False]


def test_a_key_that_the_server_refuses_is_said_with_its_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def login(*, prompt: bool) -> bool:
        raise RuntimeError("401\nunauthorized")

    monkeypatch.setitem(sys.modules, "wandb", wandb_stand_in("online", login))
    with pytest.raises(MixlawError, match="--track wandb: 401 unauthorized; see that the key is right"):
        trackers([Tracker.WANDB], "study", tmp_path)


def test_a_tracker_hears_our_metrics_only_at_the_trials_own_steps() -> None:
    inner = Recorder()
    callback = ToldMlflow("mlflow", inner)
    callback.on_trial_start(0, [], OF_TUNE)
    callback.on_trial_result(0, [], OF_TUNE, RESULT)
    callback.on_trial_result(0, [], OF_TUNE, RESULT | {"status": "finished", "step": 100, "held_out/go": 3.0})
    callback.on_trial_complete(0, [], OF_TUNE)
    start, running, finished, end = inner.told
    assert start == ("start", {"trial_id": TRIAL.trial_id})
    about = {"trial_name": TRIAL.trial_id, "trial_id": TRIAL.trial_id, "label": "go", "error": ""}
    assert running[1] == about | {"status": "running", "train/loss": 2.5, "training_iteration": 25}
    assert (finished[1]["training_iteration"], finished[1]["held_out/go"]) == (100, 3.0)
    assert end == ("end", False)
    assert run_name(OF_TUNE) == "go"


def test_a_trial_that_says_it_failed_is_shown_as_failed() -> None:
    inner = Recorder()
    callback = Told("mlflow", inner)
    callback.on_trial_result(0, [], OF_TUNE, RESULT | {"status": "failed"})
    callback.on_trial_complete(0, [], OF_TUNE)
    assert inner.told[-1] == ("end", True)


def test_a_tracker_that_breaks_is_said_once_and_left_alone(capsys: pytest.CaptureFixture[str]) -> None:
    inner = Recorder(ConnectionError("no route"))
    callback = Told("mlflow", inner)
    callback.on_trial_start(0, [], OF_TUNE)
    for _ in range(3):
        callback.on_trial_result(0, [], OF_TUNE, RESULT)
    callback.on_trial_complete(0, [], OF_TUNE)
    callback.on_experiment_end([])
    assert [what for what, *_ in inner.told] == ["start", "end"]
    assert capsys.readouterr().err.count("mlflow: no route; the study goes on without it") == 1


def test_a_tracker_that_cannot_be_reached_stops_the_study_before_it_begins() -> None:
    with pytest.raises(MixlawError, match="--track mlflow: no route; see that it can be reached"):
        Told("mlflow", Recorder(ConnectionError("no route"))).setup()


def test_tune_hears_of_each_word_of_a_trial_once_and_of_none_from_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[dict[str, Any]] = []
    monkeypatch.setattr(tune, "report", told.append)
    placement = Placement(out=tmp_path)
    say = progress_file(placement.trial_folder(TRIAL.trial_id), batch_tokens=512, full_speed=4_000.0, every_seconds=0)
    say(STEP)  # by a process that was killed
    with telling_tune(TRIAL, placement, every_seconds=0.01):
        time.sleep(0.05)
        assert told == []
        say(dataclasses.replace(STEP, step=50, loss=2.25))
    (word,) = told
    assert (word["step"], word["train/loss"], word["status"]) == (50, 2.25, "running")
    assert word["train/utilisation"] == pytest.approx(word["train/tokens_per_second"] / 4_000)


def test_the_last_word_of_a_trial_without_a_result_is_the_step_that_it_reached(tmp_path: Path) -> None:
    placement = Placement(out=tmp_path)
    assert last_word(TRIAL, placement) == {"step": 0, "error": ""}
    progress_file(placement.trial_folder(TRIAL.trial_id), batch_tokens=512)(STEP)
    assert last_word(TRIAL, placement) == {"step": 25, "error": ""}
