"""Several processes on one storage: no trial is lost, none is sampled twice, and what a kill leaves is resumed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import optuna
import pytest

from mixlaw.laws import FittedLaw
from mixlaw.search import search

WORKER = """
import sys
from pathlib import Path
from mixlaw.laws import FittedLaw
from mixlaw.search import search
found = search(FittedLaw.load(Path(sys.argv[1])), N=1.5e9, D=350e9, n_trials=120, storage=sys.argv[2])
print(repr(found.mean.loss))
"""


def test_two_processes_share_one_study(plant: Callable[..., FittedLaw], tmp_path: Path) -> None:
    law = plant("transfer", 3)
    law.save(tmp_path / "law.json")
    storage = f"sqlite:///{tmp_path}/study.db"
    command = [sys.executable, "-c", WORKER, str(tmp_path / "law.json"), storage]
    workers = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    ended = [(*worker.communicate(timeout=120), worker.returncode) for worker in workers]
    assert [code for _, _, code in ended] == [0, 0], ended
    losses = [float(out) for out, _, _ in ended]
    assert losses[0] == pytest.approx(losses[1], abs=1e-9)
    study = optuna.load_study(study_name="mixlaw-proportions", storage=storage)
    trials = study.get_trials()
    assert [t.number for t in trials] == list(range(len(trials)))
    assert {t.state for t in trials} == {optuna.trial.TrialState.COMPLETE}
    sampled = [t for t in trials if not t.user_attrs.get("polished")]
    assert 120 <= len(sampled) <= 120 + 25
    # Both may begin with the reference.
    assert len({tuple(t.params.values()) for t in sampled}) >= len(sampled) - 1
    assert study.best_value == pytest.approx(losses[0], abs=1e-9)


def test_a_killed_worker_leaves_nothing_that_hinders_the_next(plant: Callable[..., FittedLaw], tmp_path: Path) -> None:
    law, storage = plant("transfer", 3), f"sqlite:///{tmp_path}/study.db"
    search(law, N=1.5e9, D=350e9, n_trials=30, storage=storage)
    study = optuna.load_study(study_name="mixlaw-proportions", storage=storage)
    study.ask()  # a trial that was asked for and never told
    found = search(law, N=1.5e9, D=350e9, n_trials=40, storage=storage)
    sampled = [t for t in study.get_trials() if t.state.is_finished() and not t.user_attrs.get("polished")]
    assert len(sampled) == 40
    assert found.mean.loss == pytest.approx(study.best_value, abs=1e-9)
