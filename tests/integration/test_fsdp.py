"""Training by several real processes: FSDP2 over gloo, under torchrun (whose script this is) and Ray Train."""

from __future__ import annotations

import dataclasses
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import torch
import torch.distributed as dist
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves

from mixlaw.corpus import Corpus
from mixlaw.model import load_decoder
from mixlaw.pretrain import (
    Checkpoints,
    Placement,
    TrainingDiverged,
    TrainingResult,
    read_progress,
    run_with_ray_train,
    train_trial,
)
from mixlaw.pretrain.progress import Step
from mixlaw.trial import Trial

pytestmark = pytest.mark.integration

GOLDEN: dict[str, Any] = json.loads((Path(__file__).parents[1] / "golden" / "losses.json").read_text())
TRIAL = Trial.from_json(GOLDEN["trial"])


def placed(out: Path, **options: Any) -> Placement:
    return Placement.of(out=out, device="cpu", precision="fp32", validation_tokens=512, **options)


def losses(out: Path, trial: Trial = TRIAL) -> list[float]:
    return pl.read_parquet(out / "trials" / trial.trial_id / "history.parquet")["loss_nats"].to_list()


def held_out(result: TrainingResult) -> list[float]:
    return [m.loss_nats for m in result.measurements]


class StopError(Exception):
    """Raised by the report: the process ends as if by a bug."""


class Reductions(TorchDispatchMode):
    """The element types of the gradients that are summed over processes."""

    def __init__(self) -> None:
        super().__init__()
        self.types: set[str] = set()

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        if "reduce_scatter" in str(func):
            self.types |= {str(t.dtype) for t in tree_leaves(args) if isinstance(t, torch.Tensor)}
        return func(*args, **(kwargs or {}))


def torchrun(
    out: Path, corpus: Corpus, stop_at: int = 0, processes: int = 2, trial: Trial = TRIAL, **options: Any
) -> int:
    command = [sys.executable, "-m", "torch.distributed.run", "--standalone", f"--nproc-per-node={processes}", __file__]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    arguments = [str(out), str(corpus.path), str(stop_at), json.dumps(trial.to_json()), json.dumps(options)]
    return subprocess.run([*command, *arguments], env=environment, check=False).returncode


def one_of_several(out: Path, corpus: Path, stop_at: int, trial: Trial, options: dict[str, Any]) -> None:
    """What torchrun starts in every process."""
    dist.init_process_group("gloo")
    rank, world = dist.get_rank(), dist.get_world_size()

    def report(at: Step) -> None:
        if at.step == stop_at:
            raise StopError

    placement = placed(out, workers=world, loader="mapped", checkpoint_seconds=0.0 if stop_at else 1e9)
    placement = dataclasses.replace(placement, **options)
    with Reductions() as reductions:
        result = train_trial(trial, Corpus.open(corpus), placement, rank=rank, world=world, report=report)
    (out / f"result-{rank}.json").write_text(json.dumps(result.to_json()))
    (out / f"reduced-{rank}.json").write_text(json.dumps(sorted(reductions.types)))
    dist.destroy_process_group()


@pytest.fixture(scope="module")
def alone(tiny_corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, TrainingResult]:
    """One process, in one go."""
    out = tmp_path_factory.mktemp("alone")
    return out, train_trial(TRIAL, tiny_corpus, placed(out))


def test_two_processes_give_the_loss_of_one(
    alone: tuple[Path, TrainingResult], tiny_corpus: Corpus, tmp_path: Path
) -> None:
    assert torchrun(tmp_path, tiny_corpus) == 0
    out, expected = alone
    assert losses(tmp_path) == pytest.approx(losses(out), abs=1e-5)
    assert losses(tmp_path) == pytest.approx(GOLDEN["losses"], abs=1e-4)
    for rank in (0, 1):
        result = TrainingResult.from_json(json.loads((tmp_path / f"result-{rank}.json").read_text()))
        assert held_out(result) == pytest.approx(held_out(expected), abs=1e-5)
        assert result.measurements[0].loss_se == pytest.approx(expected.measurements[0].loss_se, abs=1e-5)
    weights = [load_decoder(o / "trials" / TRIAL.trial_id / "model").embedding.weight for o in (out, tmp_path)]
    torch.testing.assert_close(weights[1], weights[0], atol=1e-4, rtol=0)


def test_bf16_recomputed_is_reduced_in_float32_and_stays_near(
    alone: tuple[Path, TrainingResult], tiny_corpus: Corpus, tmp_path: Path
) -> None:
    rough = dataclasses.replace(placed(tmp_path / "one"), precision="bf16")
    train_trial(TRIAL, tiny_corpus, rough)
    two = tmp_path / "two"
    assert torchrun(two, tiny_corpus, precision="bf16", activation_checkpointing=True) == 0
    for rank in (0, 1):
        assert json.loads((two / f"reduced-{rank}.json").read_text()) == ["torch.float32"]
    assert losses(two) == pytest.approx(losses(rough.out), abs=2e-3)
    assert losses(two) != pytest.approx(losses(alone[0]), abs=1e-7), "it was bf16"


def test_a_trial_goes_on_in_any_number_of_processes(tiny_corpus: Corpus, tmp_path: Path) -> None:
    """One, two, three (which divides no matrix evenly), one; broken off after a step in each but the last."""
    trial = dataclasses.replace(
        TRIAL, recipe=dataclasses.replace(TRIAL.recipe, batch_tokens=12 * 64), train_tokens=20 * 12 * 64
    )
    whole, out = tmp_path / "whole", tmp_path / "out"
    train_trial(trial, tiny_corpus, placed(whole))

    def stop(at: Step) -> None:
        if at.step == 4:
            raise StopError

    with pytest.raises(StopError):
        train_trial(trial, tiny_corpus, placed(out, checkpoint_seconds=0.0), report=stop)
    for processes, stop_at in ((2, 9), (3, 14)):
        assert torchrun(out, tiny_corpus, stop_at, processes, trial) != 0
        assert Checkpoints.of(trial, placed(out)).steps()[0] == stop_at
    assert train_trial(trial, tiny_corpus, placed(out)).resumed_from == 14
    assert losses(out, trial) == pytest.approx(losses(whole, trial), abs=1e-4)


@pytest.fixture(scope="module")
def ray_on_two_cpus() -> Iterator[None]:
    from mixlaw_sweeps.ray_session import ray_session

    with ray_session(num_cpus=2):
        yield


def test_ray_train_in_this_process_is_the_same_loop(
    alone: tuple[Path, TrainingResult], tiny_corpus: Corpus, tmp_path: Path, ray_on_two_cpus: None
) -> None:
    result = run_with_ray_train(TRIAL, tiny_corpus.path, placed(tmp_path))
    assert result.measurements == alone[1].measurements
    progress = read_progress(tmp_path / "trials" / TRIAL.trial_id)
    assert progress is not None
    assert progress.n_steps == 20
    left = {path.name for path in (tmp_path / "trials" / TRIAL.trial_id).iterdir()}
    assert left == {"history.parquet", "model", "progress.json", ".rank-0.lock"}


def test_a_group_that_loses_a_process_goes_on_from_its_checkpoint(
    tiny_corpus: Corpus, tmp_path: Path, ray_on_two_cpus: None
) -> None:
    trial = dataclasses.replace(TRIAL, train_tokens=200 * 512)
    one, two = tmp_path / "one", tmp_path / "two"
    train_trial(trial, tiny_corpus, placed(one))
    killer = threading.Thread(target=kill_a_worker, args=(two / "trials" / trial.trial_id, 10))
    killer.start()
    result = run_with_ray_train(trial, tiny_corpus.path, placed(two, workers=2, checkpoint_seconds=0.1))
    killer.join()
    assert 0 < result.resumed_from < 200
    assert losses(two, trial) == pytest.approx(losses(one, trial), abs=1e-4)


def test_a_group_that_diverges_is_not_started_again(
    tiny_corpus: Corpus, tmp_path: Path, ray_on_two_cpus: None, caplog: pytest.LogCaptureFixture
) -> None:
    hot = dataclasses.replace(TRIAL, recipe=dataclasses.replace(TRIAL.recipe, learning_rate=1e30))
    with pytest.raises(TrainingDiverged, match=r"diverged at step \d+ of 20"):
        run_with_ray_train(hot, tiny_corpus.path, placed(tmp_path, workers=2, loader="mapped"))
    assert "lost a process" not in caplog.text


def kill_a_worker(folder: Path, step: int) -> None:
    """kill -9 one training process once the trial is past a step."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        progress = read_progress(folder)
        if progress and progress.step >= step and list((folder / "checkpoints").glob("step-*")):
            os.kill(progress.pid, signal.SIGKILL)
            return
        time.sleep(0.05)


if __name__ == "__main__":
    told = (json.loads(text) for text in sys.argv[4:])
    one_of_several(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), Trial.from_json(next(told)), next(told))
