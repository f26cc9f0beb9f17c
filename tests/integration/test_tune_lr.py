"""The search for learning rates in Ray Tune: a bad rate is stopped early and leaves no result."""

from __future__ import annotations

from pathlib import Path

import pytest

from mixlaw.corpus import Corpus
from mixlaw.pretrain import Placement
from mixlaw.store import read_results
from mixlaw_sweeps.launch import launch, status_of
from mixlaw_sweeps.ray_session import ray_session
from mixlaw_sweeps.studies import TINY
from mixlaw_sweeps.tune_lr import cells_of, tune_learning_rates, tuned_runs

pytestmark = pytest.mark.integration


def test_a_bad_rate_is_stopped_early_and_not_recorded_as_finished(tiny_corpus: Corpus, tmp_path: Path) -> None:
    cells = cells_of(TINY, tiny_corpus, sizes=["25k"], tokens=[40 * TINY.batch_tokens])
    placement = Placement.of(out=tmp_path, validation_tokens=2_048)
    with ray_session(num_cpus=1):
        (tried,) = tune_learning_rates(cells, tiny_corpus, placement, n_trials=5, max_concurrent=1)
        first = cells[0].first.recipe.learning_rate
        by_rate = {one.rate: one for one in tried}
        assert [by_rate[first * factor].status for factor in (1, 0.5, 2)] == ["finished"] * 3
        bad = by_rate[first / 4]
        assert bad.status == "stopped"
        assert bad.loss is None
        assert bad.stopped_at
        assert bad.stopped_at[0] in (25, 50)
        trial = cells[0].trial(bad.rate)
        assert status_of(tmp_path, trial) is None
        assert not (placement.trial_folder(trial.trial_id) / "model").exists()
        finished = {run.rate for run in tuned_runs(cells, [tried])}
        assert set(read_results(tmp_path)["learning_rate"]) == finished

        again = tune_learning_rates(cells, tiny_corpus, placement, n_trials=5, max_concurrent=1)
        assert again == [tried]
        assert launch([trial], tiny_corpus, placement).finished == [trial]
    assert status_of(tmp_path, trial) == "finished"
