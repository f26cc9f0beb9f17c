"""A study through Ray Tune's own calls, as docs/studies.md shows them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import ray
from ray import tune

from mixlaw.corpus import Corpus
from mixlaw.pretrain import Placement
from mixlaw.store import read_results
from mixlaw.trial import Trial
from mixlaw_sweeps import search_space, trainable
from mixlaw_sweeps.ray_session import ray_session
from mixlaw_sweeps.studies import TINY

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module", autouse=True)
def _ray() -> Iterator[None]:
    with ray_session(num_cpus=2, trains=True):
        yield


def trials() -> list[Trial]:
    return [TINY.trial("tuned", language, "25k", 4_096, {language: 1.0}) for language in ("python", "go")]


def test_tuner_and_run_take_a_study_as_an_ordinary_search_space(tiny_corpus: Corpus, tmp_path: Path) -> None:
    first = Placement.of(out=tmp_path / "tuner", validation_tokens=2_048)
    tuner = tune.Tuner(
        trainable(tiny_corpus.path, first),
        param_space=search_space(trials()),
        run_config=tune.RunConfig(storage_path=str(tmp_path / "ray"), verbose=0),
    )
    grid = tuner.fit()
    assert [result.metrics["status"] for result in grid if result.metrics] == ["finished", "finished"]
    second = Placement.of(out=tmp_path / "run", validation_tokens=2_048)
    tune.run(
        trainable(tiny_corpus.path, second),
        config=search_space(trials()),
        storage_path=str(tmp_path / "ray"),
        verbose=0,
    )
    losses = [read_results(p.out).sort("label").select("label", "trial_id", "loss_python") for p in (first, second)]
    assert losses[0]["label"].to_list() == ["go", "python"]
    assert losses[0].equals(losses[1])


def test_a_process_of_a_training_session_has_imported_what_a_trial_needs() -> None:
    @ray.remote
    def imported() -> bool:
        import sys

        return "mixlaw.pretrain.loop" in sys.modules

    assert ray.get(imported.remote())
