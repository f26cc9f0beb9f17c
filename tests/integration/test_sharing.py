"""Trials that share a GPU, as Ray and Tune schedule them: a GPU that Ray is told of, on which nothing computes."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import ray
from ray import tune

from mixlaw.pretrain import Placement
from mixlaw.pretrain.calibration.packing import Packing
from mixlaw.trial import MixlawError, ModelShape, Trial
from mixlaw_sweeps import search_space
from mixlaw_sweeps.ray_session import quiet_ray
from mixlaw_sweeps.sharing import on_a_gpu
from mixlaw_sweeps.studies import TINY
from mixlaw_sweeps.tune_study import resources_of

pytestmark = pytest.mark.integration
WAIT_SECONDS = 120.0


@pytest.fixture(scope="module", autouse=True)
def _ray_with_a_gpu() -> Iterator[None]:
    quiet_ray()
    ray.init(address="local", num_cpus=1, num_gpus=1, include_dashboard=False, log_to_driver=False)
    yield
    ray.shutdown()


def trial_of(size: str, seed: int) -> Trial:
    return TINY.trial("sharing", size, size, 4_096, {"go": 1.0}, seed=seed)


def test_three_small_trials_hold_a_gpu_together_and_a_large_one_alone(tmp_path: Path) -> None:
    small, large = [trial_of("25k", seed) for seed in range(3)], trial_of("1M", 0)

    def meet(config: dict[str, Any]) -> None:
        trial = Trial.from_json(config["trial"])
        (tmp_path / trial.trial_id).touch()
        present = {path.name for path in tmp_path.iterdir()}
        if trial == large:
            assert not present & {t.trial_id for t in small} or all(
                (tmp_path / f"{t.trial_id}-left").exists() for t in small
            )
        else:
            ends = (
                time.monotonic() + WAIT_SECONDS
            )  # each waits for the others: one after another, they would never meet
            while not all((tmp_path / t.trial_id).exists() for t in small):
                assert time.monotonic() < ends, "the three were not let in together"
                time.sleep(0.05)
            (tmp_path / f"{trial.trial_id}-left").touch()
        tune.report({"gpu_ids": ray.get_gpu_ids()})

    placement = Placement.of(out=tmp_path, device="cuda")
    sharing = {small[0].model: 3}
    grid = tune.Tuner(
        tune.with_resources(meet, resources_of(placement, sharing)),
        param_space=search_space([*small, large]),
        tune_config=tune.TuneConfig(reuse_actors=True),
        run_config=tune.RunConfig(storage_path=str(tmp_path / "ray"), verbose=0),
    ).fit()
    assert not grid.errors
    assert [result.metrics["gpu_ids"] for result in grid if result.metrics] == [[0]] * 4


def test_what_a_measurement_on_a_gpu_finds_or_says_arrives() -> None:
    trials, placement = [trial_of("25k", 0)], Placement.of(out=Path(), device="cuda")

    def found(trials: Sequence[Trial], vocab: int, placement: Placement) -> dict[ModelShape, Packing]:
        assert ray.get_gpu_ids() == [0]
        return {trial.model: Packing(trials_per_gpu=4, rates={1: 1.0, 4: 3.9}) for trial in trials}

    def failed(trials: Sequence[Trial], vocab: int, placement: Placement) -> dict[ModelShape, Packing]:
        raise MixlawError("no CUDA device on this machine")

    assert on_a_gpu(found, trials, 512, placement)[trials[0].model].rates == {1: 1.0, 4: 3.9}
    with pytest.raises(MixlawError, match=r"^no CUDA device on this machine$"):
        on_a_gpu(failed, trials, 512, placement)
