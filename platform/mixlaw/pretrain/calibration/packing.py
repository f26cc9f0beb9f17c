"""How many trials share a GPU: as many as train most tokens a second together, by measurement, if they have room.

A small model's kernels leave a GPU idle between them and do not fill it while they run; another process's may run then.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import torch

from mixlaw.pretrain.calibration.speed import measured_speeds
from mixlaw.pretrain.calibration.workload import Speed, Workload
from mixlaw.pretrain.machine.compiled import wants_compile
from mixlaw.pretrain.machine.hardware import device_of
from mixlaw.pretrain.machine.memory import memory_of, micro_batch_tokens
from mixlaw.pretrain.placement import Placement
from mixlaw.trial import ModelShape, Trial

CANDIDATES = (1, 2, 4, 8)
NEAR_TIE = 1.05
"""Fewer trials are preferred while more of them do not bring this many times the tokens: each ends sooner."""
CONTEXT_BYTES = 600_000_000
"""Of CUDA, in each process: half a gigabyte or so, and its libraries' workspaces."""
FRAGMENTATION = 1.1
"""What an allocator holds, over what is asked of it."""
SECONDS_EACH = 3.0
"""Of clocking one workload at one candidate."""
Measured = Callable[[Sequence[Workload], int], Mapping[Workload, Speed]]
"""Speeds of workloads, that many processes of each side by side; one that has no room is left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Packing:
    """What was measured of one workload, and what follows."""

    trials_per_gpu: int
    rates: Mapping[int, float] = field(default_factory=dict[int, float])
    """Tokens per second of all trials together, by how many they are; none where only one has room."""


def choose(rates: Mapping[int, float], most: int) -> int:
    """The number of trials with most tokens per second in total, at most `most`; the least of those nearly as good."""
    allowed = {n: rate for n, rate in rates.items() if n <= most}
    best = max(allowed.values(), default=0.0)
    return min((n for n, rate in allowed.items() if best < NEAR_TIE * rate), default=1)


def most_that_fit(trial_bytes: float, device_bytes: float) -> int:
    """Trials that have room on a device side by side, at least one; `trial_bytes` as `machine.memory` has it.

    Trials of several kinds have room as well: each kind leaves its number's part of the device to one trial.
    """
    return max(1, int(device_bytes // (FRAGMENTATION * trial_bytes + CONTEXT_BYTES)))


def pack(most: Mapping[Workload, int], measured: Measured | None = None) -> dict[Workload, Packing]:
    """Measure each workload at the candidates that have room (`most`), and choose.

    A workload to which twice as many brought nothing is not tried with more. Nothing is measured where one has room.
    Raises MixlawError when the measuring processes fail.
    """
    timed = measured or _on_this_device
    rates: dict[Workload, dict[int, float]] = {work: {} for work in most}
    for n in CANDIDATES:
        todo = [work for work in most if most[work] >= max(2, n) and _may_gain(rates[work], n)]
        if not todo:
            break
        for work, speed in timed(todo, n).items():
            rates[work][n] = n * tokens_per_second(work, speed)
    return {work: Packing(trials_per_gpu=choose(rates[work], most[work]), rates=rates[work]) for work in most}


def pack_trials(trials: Sequence[Trial], vocab_size: int, placement: Placement) -> dict[ModelShape, Packing]:
    """`pack`, by shape, for trials placed like that on this machine's GPU, by what of its memory is free.

    Where trials of one shape differ (in their batch, or in whether they are compiled), by the least number among them.
    Raises MixlawError without a GPU, or when the measuring processes fail.
    """
    device = device_of(placement)
    free = torch.cuda.mem_get_info(device)[0]
    most: dict[Workload, int] = {}
    works = workloads_of(trials, vocab_size, placement, device)
    for trial, work in zip(trials, works, strict=True):
        room = most_that_fit(memory_of(trial, vocab_size, placement, device).total, free)
        most[work] = min(room, most.get(work, room))
    packed, found = pack(most), dict[ModelShape, Packing]()
    for trial, work in zip(trials, works, strict=True):
        found[trial.model] = min(packed[work], found.get(trial.model, packed[work]), key=lambda p: p.trials_per_gpu)
    return found


def workloads_of(
    trials: Sequence[Trial], vocab_size: int, placement: Placement, device: torch.device
) -> list[Workload]:
    """What decides each trial's speed, placed like that."""
    return [
        Workload.of(
            trial,
            vocab_size,
            compiled=wants_compile(trial, placement, device, vocab_size),
            micro_batch_tokens=micro_batch_tokens(trial, placement, device),
        )
        for trial in trials
    ]


def tokens_per_second(work: Workload, speed: Speed) -> float:
    """Of one process, a step being one pass: the optimiser weighs most there."""
    tokens = work.rows * work.seq_len
    return tokens / speed.training(tokens, 1)


def _may_gain(rates: Mapping[int, float], n: int) -> bool:
    before = [rates.get(earlier) for earlier in CANDIDATES if earlier < n]
    if None in before:  # so many had no room
        return False
    return len(before) < 2 or (before[-1] or 0.0) >= NEAR_TIE * (before[-2] or 0.0)


def _on_this_device(workloads: Sequence[Workload], at_once: int) -> Mapping[Workload, Speed]:
    return measured_speeds(workloads, at_once=at_once, seconds_each=SECONDS_EACH)
