"""What a study will cost: FLOPs exactly, time from a measured or published rate, disk from the parameter count."""

from __future__ import annotations

import dataclasses
import heapq
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from mixlaw.corpus import Corpus
from mixlaw.mixture import RowPlan
from mixlaw.model import checkpoint_bytes, count_parameters, export_bytes, training_flops
from mixlaw.pretrain import Placement
from mixlaw.pretrain.calibration.packing import pack_trials, workloads_of
from mixlaw.pretrain.calibration.speed import calibrate
from mixlaw.pretrain.calibration.workload import Speed
from mixlaw.pretrain.machine.hardware import device_of
from mixlaw.trial import MEASURED, MixlawError, ModelShape, Trial
from mixlaw_sweeps.hardware import HARDWARE
from mixlaw_sweeps.launch import settle_compile
from mixlaw_sweeps.sharing import is_measured
from mixlaw_sweeps.watch import by_cost

UTILISATION = 0.4
"""Model FLOPs utilisation assumed on a named GPU: what published trainers reach at 1B parameters and more."""
NOMINAL_VOCABULARY = 32_000
"""Assumed where no corpus says it (LLaMA-2's)."""
TRIAL_SECONDS = 0.5
"""That Ray, opening the corpus, and writing model and result add to a trial (docs/benchmarks/training.md)."""
START_SECONDS = 9.0
"""From the command to the first step: Ray, its first processes, their imports (the same page)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """The cost of one trial."""

    params_non_embedding: int
    flops: float
    seconds: float
    """With its measurement and what is added to every trial; its training alone would take `train_seconds`."""
    train_seconds: float
    compile_seconds: float
    """More, in a process that meets the shape."""
    disk_bytes: int
    """The exported model, float32."""
    checkpoint_bytes: int
    """One checkpoint: float32 weights and AdamW's two moments."""
    max_epochs: float | None
    """Passes over the domain that is repeated most; None without a corpus."""
    per_device: int = 1
    """Trials like it that share a device (a GPU; on CPUs each has its own)."""


def estimate(
    trials: Sequence[Trial],
    corpus: Corpus | None,
    *,
    hardware: str = "this",
    max_epochs: float = 4.0,
    at_once: int | None = None,
    placement: Placement | None = None,
) -> list[Estimate]:
    """One estimate per trial, run as `placement` says with `at_once` of them side by side (as many as fit).

    Several on one GPU count as one here: how many, `placement` says, or it is measured as `mixlaw run` does.

    Raises MixlawError for unknown hardware, or a trial that the corpus cannot feed.
    """
    if hardware != "this" and hardware not in HARDWARE:
        raise MixlawError(f"unknown hardware {hardware!r}; known are this, {', '.join(HARDWARE)}")
    vocab = corpus.vocab_size if corpus else NOMINAL_VOCABULARY
    placement = placement or Placement.of(out=Path())
    speeds: list[Speed | None] = [None] * len(trials)
    sharing = [1] * len(trials)
    if hardware == "this":
        settled = settle_compile(trials, corpus, placement) if corpus else placement
        sharing = _sharing(trials, vocab, settled)
        beside = None if settled.device == "cuda" else at_once or slots_for(hardware, placement)
        speeds = _speeds(trials, vocab, settled, [beside or n for n in sharing])
    held_out = placement.validation_tokens * (len([d for d in MEASURED if d in corpus.domains]) if corpus else 1)
    return [
        dataclasses.replace(
            _one(trial, corpus, vocab, max_epochs, _seconds(trial, vocab, speed, hardware, held_out)), per_device=n
        )
        for trial, speed, n in zip(trials, speeds, sharing, strict=True)
    ]


def slots_for(hardware: str, placement: Placement | None = None) -> int:
    """Trials at once when nothing is said: as many as Ray fits on this machine's CPUs; GPUs, which may be shared."""
    if hardware != "this":
        return 1
    placement = placement or Placement.of(out=Path())
    if placement.device == "cuda":
        return max(1, torch.cuda.device_count() // placement.workers)
    return max(1, int((os.cpu_count() or 1) // (placement.cpus_per_worker * placement.workers)))


def study_seconds(
    trials: Sequence[Trial],
    costs: Sequence[Estimate],
    corpus: Corpus | None,
    *,
    at_once: int,
    hardware: str = "this",
    spared: Mapping[str, int] | None = None,
) -> float:
    """Wall time from the command to the last result: the trials in the launcher's order, each where it is free first.

    A process compiles every shape once. `spared` are steps by trial_id that come from a shared trunk. Each of the
    `at_once` devices has as many slots as the smallest trials that share one; a larger trial takes several.
    """
    cost_of = dict(zip([trial.trial_id for trial in trials], costs, strict=True))
    most = max((cost.per_device for cost in costs), default=1)
    free: list[tuple[float, int]] = [(0.0, slot) for slot in range(at_once * most)]
    met: set[tuple[int, ModelShape]] = set()
    for trial in by_cost(trials, corpus) if corpus else trials:
        cost, part = cost_of[trial.trial_id], (spared or {}).get(trial.trial_id, 0) / trial.n_steps
        taken = [heapq.heappop(free) for _ in range(most // cost.per_device)]
        (now, _), slot = taken[-1], min(slot for _, slot in taken)
        compiling = 0.0 if (slot, trial.model) in met else cost.compile_seconds
        met.add((slot, trial.model))
        ends = now + cost.seconds - part * cost.train_seconds + compiling
        for _, slot in taken:
            heapq.heappush(free, (ends, slot))
    return max(ended for ended, _ in free) + (START_SECONDS if hardware == "this" else 0.0)


def _sharing(trials: Sequence[Trial], vocab: int, placement: Placement) -> list[int]:
    if is_measured(placement):
        packed = pack_trials(trials, vocab, placement)
        return [packed[trial.model].trials_per_gpu for trial in trials]
    asked = placement.trials_per_gpu
    return [asked if placement.device == "cuda" and asked != "auto" else 1] * len(trials)


def _speeds(trials: Sequence[Trial], vocab: int, placement: Placement, beside: Sequence[int]) -> list[Speed | None]:
    """Of each trial, `beside` as many like it."""
    works = workloads_of(trials, vocab, placement, device_of(placement))
    speeds = {
        n: calibrate([work for work, m in zip(works, beside, strict=True) if m == n], at_once=n) for n in set(beside)
    }
    return [speeds[n][work] for work, n in zip(works, beside, strict=True)]


def _seconds(
    trial: Trial, vocab: int, speed: Speed | None, hardware: str, held_out_tokens: int
) -> tuple[float, float, float]:
    """Of training, of measuring, of compiling."""
    flops = training_flops(trial.model, vocab, trial.recipe.seq_len, trial.trained_tokens)
    if speed is None:
        return flops / (HARDWARE[hardware] * UTILISATION), 0.0, 0.0
    training = speed.training(trial.trained_tokens, trial.n_steps)
    return training, held_out_tokens * speed.held_out_token + TRIAL_SECONDS, speed.compiling


def _one(
    trial: Trial, corpus: Corpus | None, vocab: int, max_epochs: float, seconds: tuple[float, float, float]
) -> Estimate:
    training, measuring, compiling = seconds
    epochs = RowPlan.of(trial, corpus, max_epochs=max_epochs).epochs() if corpus else None
    return Estimate(
        params_non_embedding=count_parameters(trial.model, vocab).non_embedding,
        flops=training_flops(trial.model, vocab, trial.recipe.seq_len, trial.trained_tokens),
        seconds=training + measuring,
        train_seconds=training,
        compile_seconds=compiling,
        disk_bytes=export_bytes(trial.model, vocab),
        checkpoint_bytes=checkpoint_bytes(trial.model, vocab),
        max_epochs=max(epochs.values()) if epochs else None,
    )
