"""The Ray Train entry: the same loop in this process, or in a worker group with FSDP."""

from __future__ import annotations

import logging
import math
import os
import shutil
from pathlib import Path
from typing import Any, cast

import ray.data
import ray.train
import ray.train.torch
import torch
import torch.distributed as dist

from mixlaw.corpus import Corpus
from mixlaw.mixture import RowPlan
from mixlaw.mixture.ray_stream import RayFeed, in_order, planned_dataset
from mixlaw.pretrain.calibration.matrix_rate import full_speed
from mixlaw.pretrain.checkpoints.checkpoint import Checkpoints
from mixlaw.pretrain.checkpoints.sole_writer import sole_writer
from mixlaw.pretrain.checkpoints.trunk import Trunk
from mixlaw.pretrain.curves import Curves
from mixlaw.pretrain.loop import train_trial
from mixlaw.pretrain.machine.hardware import device_of, precision_of
from mixlaw.pretrain.machine.memory import memory_explained
from mixlaw.pretrain.placement import Placement
from mixlaw.pretrain.progress import Report, both, progress_file
from mixlaw.pretrain.result import TrainingResult
from mixlaw.trial import MixlawError, Trial

log = logging.getLogger(__name__)


def run_with_ray_train(
    trial: Trial, corpus_path: Path, placement: Placement, on_step: Report | None = None
) -> TrainingResult:
    """Train a trial with Ray Train: in this process for one worker, in a worker group for several.

    A group that lost a process is started again, up to `placement.lost_process_retries` times, and goes on from the
    last checkpoint; then it is an OSError, since it is the machines that failed. What the training itself raises
    (TrainingDiverged, MixlawError, a bug) is raised here at once. How far it is stands in the trial's folder
    (`read_progress`); `on_step` is told as well, which only this process can be: it is not called in a worker group.
    """
    last = ""
    for attempt in range(placement.lost_process_retries + 1):
        try:
            return _fit(trial, corpus_path, placement, on_step)
        except ray.train.WorkerGroupError as error:
            if not _lost_a_process(error):
                raise _cause(error) from None
            last = "it lost a process"
            log.warning("trial %s lost a process (start %d): %s", trial.trial_id, attempt + 1, error)
        except ray.train.ControllerError as error:
            if isinstance(error.controller_failure, MixlawError):
                raise error.controller_failure from None
            last = f"its worker group did not start or ended: {error.controller_failure}"
            log.warning("trial %s has no worker group (start %d): %s", trial.trial_id, attempt + 1, error)
    raise OSError(
        f"trial {trial.label or trial.trial_id} was started {placement.lost_process_retries + 1} times and is not "
        f"done, at the last start {last}; see Ray's logs for why (memory is the usual reason), then run the study "
        "again: it goes on from the last checkpoint"
    )


def _fit(trial: Trial, corpus_path: Path, placement: Placement, on_step: Report | None) -> TrainingResult:
    os.environ.setdefault("RAY_TRAIN_HEALTH_CHECK_INTERVAL_S", "0.3")
    for name in ("ray.train", "ray.data"):  # they announce local mode and every stream, for every trial
        logging.getLogger(name).setLevel(logging.ERROR)
    # Ray's own record of the run. Ours are the checkpoints, so nothing of it is kept or read again.
    scratch = placement.trial_folder(trial.trial_id) / "ray_train"
    shutil.rmtree(scratch, ignore_errors=True)
    with sole_writer(placement.trial_folder(trial.trial_id), _rank_lock(0)):
        Trunk.of(trial, placement).exchange(trial, placement)
        first_step = max(Checkpoints.of(trial, placement).steps(), default=0)
    streams = _streams(trial, corpus_path.absolute(), placement, first_step)
    trainer = ray.train.torch.TorchTrainer(
        _train_process,
        train_loop_config={
            "trial": trial.to_json(),
            "corpus": str(corpus_path.absolute()),
            "placement": placement,
            "first_step": first_step if streams else None,
            "on_step": on_step if placement.workers == 1 else None,
        },
        datasets=streams,
        dataset_config=ray.train.DataConfig(datasets_to_split=[], execution_options=in_order()),
        scaling_config=_scaling(placement),
        run_config=ray.train.RunConfig(
            name="run",
            storage_path=str(scratch.absolute()),
            failure_config=ray.train.FailureConfig(max_failures=0, controller_failure_limit=3),
            logging_config=ray.train.LoggingConfig(log_level="ERROR"),
        ),
    )
    try:
        returned = trainer.fit().return_value
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return TrainingResult.from_json(cast(dict[str, Any], returned))


def _streams(trial: Trial, corpus_path: Path, placement: Placement, first_step: int) -> dict[str, Any]:
    """A dataset of planned rows per training process, or none where each reads its own."""
    if not placement.streams_rows or first_step >= trial.n_steps:
        return {}
    # Whether the epochs are acceptable was decided before anything was launched.
    plan = RowPlan.of(trial, Corpus.open(corpus_path), max_epochs=math.inf)
    world = placement.workers
    return {
        _shard_name(rank): planned_dataset(plan, corpus_path, rank=rank, world=world, first_step=first_step)
        for rank in range(world)
    }


def _shard_name(rank: int) -> str:
    return f"rows-{rank}"


def _scaling(placement: Placement) -> ray.train.ScalingConfig:
    if placement.workers == 1:
        return ray.train.ScalingConfig(num_workers=0)
    gpus = placement.gpus_per_worker
    resources = {"CPU": float(placement.cpus_per_worker), **({"GPU": gpus} if gpus else {})}
    return ray.train.ScalingConfig(num_workers=placement.workers, use_gpu=gpus > 0, resources_per_worker=resources)


def _train_process(config: dict[str, Any]) -> dict[str, Any]:
    """What every process of the group runs, and this one in local mode."""
    trial, placement = Trial.from_json(config["trial"]), cast(Placement, config["placement"])
    rank, world = _rank_and_world(placement)
    with sole_writer(placement.trial_folder(trial.trial_id), _rank_lock(rank)):
        return _train_as(rank, world, trial, placement, config)


def _train_as(rank: int, world: int, trial: Trial, placement: Placement, config: dict[str, Any]) -> dict[str, Any]:
    corpus = Corpus.open(config["corpus"])
    curves = Curves.of(trial, placement) if rank == 0 else None
    report = _reports(trial, corpus, placement, curves, config["on_step"]) if curves else None
    feed = None
    if config["first_step"] is not None:
        shard = cast(ray.data.DataIterator, ray.train.get_dataset_shard(_shard_name(rank)))
        local_rows = trial.recipe.batch_rows // world
        feed = RayFeed(shard=shard, first_step=config["first_step"], local_rows=local_rows)
    with memory_explained(trial, corpus.vocab_size, placement):
        result = train_trial(trial, corpus, placement, rank=rank, world=world, report=report, feed=feed)
    if curves:
        curves.end(result.n_steps, result.measurements)
    return result.to_json()


def _rank_lock(rank: int) -> str:
    """Of the processes that write checkpoints: a group that lost one may still have others when the next one starts."""
    return f"rank-{rank}"


def _reports(trial: Trial, corpus: Corpus, placement: Placement, curves: Curves, on_step: Report | None) -> Report:
    """How far it is, in its folder; its curves; and whoever else wants to know."""
    device = device_of(placement)
    torch.set_num_threads(placement.threads_per_worker)
    speed = full_speed(trial, corpus.vocab_size, device, precision_of(placement, device), placement.workers)
    folder, batch_tokens = placement.trial_folder(trial.trial_id), trial.recipe.batch_tokens
    report = both(progress_file(folder, batch_tokens=batch_tokens, full_speed=speed), curves)
    return both(report, on_step) if on_step else report


def _rank_and_world(placement: Placement) -> tuple[int, int]:
    if placement.workers == 1:
        return 0, 1
    context = ray.train.get_context()
    return context.get_world_rank(), context.get_world_size()


def _lost_a_process(error: ray.train.WorkerGroupError) -> bool:
    """Whether Ray found a process dead or deaf, which explains the others' errors: their collectives broke off.

    They hear of a dead node at once and Ray some seconds later, so theirs may be all there is.
    """
    failures = error.worker_failures.values()
    gone = any(type(failure).__name__.startswith("WorkerHealthCheck") for failure in failures)
    return gone or all(_broke_off(failure) for failure in failures)


def _broke_off(failure: Exception) -> bool:
    """Whether a collective lost its peer: torch has an error of its own for that with NCCL, and none with gloo."""
    signs = ("Connection closed by peer", "Connection reset by peer", "Connection refused")
    return isinstance(failure, dist.DistError) or any(sign in str(failure) for sign in signs)


def _cause(error: ray.train.WorkerGroupError) -> Exception:
    """The failure to show: a MixlawError if there is one, else that of the lowest rank which was not just cut off."""
    raised = [failure for _, failure in sorted(error.worker_failures.items()) if not _broke_off(failure)]
    return next((failure for failure in raised if isinstance(failure, MixlawError)), raised[0])
