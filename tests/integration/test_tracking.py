"""`mixlaw run --track`: what Tune is told by real trials, and what the real trackers keep of it."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ray import tune

from mixlaw.corpus import Corpus
from mixlaw.pretrain import Placement
from mixlaw.store import DOMAINS, read_results
from mixlaw.trial import Trial
from mixlaw_sweeps.launch import launch
from mixlaw_sweeps.options import Tracker
from mixlaw_sweeps.ray_session import ray_session
from mixlaw_sweeps.studies import TINY
from mixlaw_sweeps.tracking import trackers

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module", autouse=True)
def _ray() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("WANDB_MODE", "offline")
        for name in ("MLFLOW_TRACKING_URI", "MLFLOW_EXPERIMENT_NAME", "MLFLOW_EXPERIMENT_ID", "WANDB_DIR"):
            environment.delenv(name, raising=False)
        with ray_session(num_cpus=2):
            yield


class Listener(tune.Callback):
    """Keeps what Tune is told."""

    def __init__(self) -> None:
        self.told: dict[str, list[dict[str, Any]]] = {}

    def on_trial_result(self, iteration: int, trials: Any, trial: Any, result: dict[str, Any], **info: Any) -> None:
        self.told.setdefault(result["label"], []).append(result)


def study(*languages: str) -> list[Trial]:
    return [TINY.trial("shown", language, "25k", 8_192, {language: 1.0}) for language in languages]


def installed(tracker: Tracker) -> Any:
    return pytest.importorskip(tracker, reason=f'{tracker} is not installed: pip install "mixlaw[{tracker}]"')


def held_out(out: Path, label: str) -> dict[str, float]:
    (row,) = [row for row in read_results(out).iter_rows(named=True) if row["label"] == label]
    return {f"held_out/{domain}": row[f"loss_{domain}"] for domain in DOMAINS if f"loss_{domain}" in row}


def test_trials_report_while_they_train_and_their_losses_at_the_end(tiny_corpus: Corpus, tmp_path: Path) -> None:
    placement, listener = Placement.of(out=tmp_path, validation_tokens=2_048), Listener()
    trials = study("python", "go")
    outcome = launch(trials, tiny_corpus, placement, max_concurrent=1, trackers=[listener])
    assert len(outcome.finished) == 2
    for trial in trials:
        *running, last = listener.told[trial.label]
        assert running
        assert all(0 < word["step"] <= trial.n_steps and word["train/loss"] > 0 for word in running)
        assert (last["status"], last["step"]) == ("finished", trial.n_steps)
        assert {name: last[name] for name in last if name.startswith("held_out/")} == held_out(tmp_path, trial.label)


def test_mlflow_keeps_curves_literals_and_losses(tiny_corpus: Corpus, tmp_path: Path) -> None:
    installed(Tracker.MLFLOW)
    client = importlib.import_module("mlflow").MlflowClient(f"sqlite:///{tmp_path}/mlflow.db")
    (trial,) = study("rust")
    callbacks = trackers([Tracker.MLFLOW], "shown", tmp_path)
    launch([trial], tiny_corpus, Placement.of(out=tmp_path, validation_tokens=2_048), trackers=callbacks)
    (run,) = client.search_runs([client.get_experiment_by_name("shown").experiment_id])
    assert (run.info.run_name, run.info.status, run.data.tags["trial_id"]) == ("rust", "FINISHED", trial.trial_id)
    assert run.data.params["trial/recipe/learning_rate"] == str(trial.recipe.learning_rate)
    losses = held_out(tmp_path, "rust")
    assert {name: run.data.metrics[name] for name in losses} == pytest.approx(losses)
    steps = [point.step for point in client.get_metric_history(run.info.run_id, "train/loss")]
    assert 0 < steps[-1] <= trial.n_steps


def test_wandb_offline_leaves_a_run_to_send_later(tiny_corpus: Corpus, tmp_path: Path) -> None:
    installed(Tracker.WANDB)
    (trial,) = study("java")
    callbacks = trackers([Tracker.WANDB], "shown", tmp_path)
    launch([trial], tiny_corpus, Placement.of(out=tmp_path, validation_tokens=2_048), trackers=callbacks)
    (kept,) = (tmp_path / "wandb").glob("offline-run-*/*.wandb")
    words = kept.read_bytes()
    for word in (trial.trial_id, "shown", "train/loss", "held_out/java"):
        assert word.encode() in words, word
