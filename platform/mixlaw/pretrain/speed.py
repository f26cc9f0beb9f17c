"""How fast this machine trains: measured per shape in half a minute at most, remembered per machine and version.

What is measured is what a study does: as many processes at once as it would run, compiled where it would be, the
passes over micro-batches, the optimiser and the held-out loss by themselves.
"""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

import mixlaw
from mixlaw.model import flops_per_token, initialise, ladder, training_flops
from mixlaw.pretrain.allocator import keep_freed_memory
from mixlaw.pretrain.group import Group
from mixlaw.pretrain.hardware import device_of, hardware_name, precision_of
from mixlaw.pretrain.loop import accumulate_gradients, build_decoder
from mixlaw.pretrain.optimiser import adamw, update
from mixlaw.pretrain.placement import CPU_MICRO_BATCH_TOKENS, Placement
from mixlaw.store import atomic_write
from mixlaw.trial import MixlawError, ModelShape, Recipe, Trial

BUDGET_SECONDS = 30.0
"""Of all shapes together."""
_MICRO_TOKENS = {"cpu": CPU_MICRO_BATCH_TOKENS, "cuda": 16_384}
_LARGEST = {"cpu": "3M", "cuda": "60M"}
_SURE_RATE = {"cpu": 5e10, "cuda": 1e14}
"""FLOP/s that are reached anyway: for whether the first shape can be measured in the time."""
_FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """What decides the speed of one process."""

    shape: ModelShape
    vocab_size: int
    seq_len: int
    compiled: bool

    @classmethod
    def of(cls, trial: Trial, vocab_size: int, *, compiled: bool) -> Workload:
        """A trial's."""
        shape = dataclasses.replace(trial.model, name="")
        return cls(shape=shape, vocab_size=vocab_size, seq_len=trial.recipe.seq_len, compiled=compiled)

    @property
    def flops(self) -> float:
        """Of training on one token."""
        return training_flops(self.shape, self.vocab_size, self.seq_len, 1)

    @property
    def name(self) -> str:
        """In the file of what was measured."""
        return json.dumps(dataclasses.asdict(self), sort_keys=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """Seconds of one process among as many as a study runs: CPU seconds on a CPU, as if nothing else ran there."""

    token: float
    """Forward and backward."""
    step: float
    """The optimiser, once a step."""
    held_out_token: float
    """Forward."""
    compiling: float
    """Of a process that meets the shape, the compiler's cache warm."""

    def training(self, tokens: int, steps: int) -> float:
        """Seconds of so many tokens in so many steps."""
        return tokens * self.token + steps * self.step


def calibrate(
    workloads: Sequence[Workload], *, at_once: int = 1, budget_seconds: float = BUDGET_SECONDS
) -> dict[Workload, Speed]:
    """The speed of every workload: remembered, measured now, or by FLOPs from the nearest one that was measured.

    Raises MixlawError when the measuring processes fail.
    """
    device = device_of(Placement(out=Path()))
    file, known = _remembered(device, at_once)
    missing = [work for work in dict.fromkeys(workloads) if work.name not in known]
    if missing:
        known |= _measured_by_processes(missing, at_once, budget_seconds)
        atomic_write(file, json.dumps({name: dataclasses.asdict(speed) for name, speed in known.items()}).encode())
    return {work: known[work.name] for work in workloads}


def _remembered(device: torch.device, at_once: int) -> tuple[Path, dict[str, Speed]]:
    machine = f"{hardware_name(device)}, {os.cpu_count()} cores, torch {torch.__version__}"
    what = f"{_FORMAT}, mixlaw {mixlaw.__version__}, {at_once} at once, {machine}"
    words = "".join(letter if letter.isalnum() else "-" for letter in what)
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    file = home / "mixlaw" / "speed" / f"{words}.json"
    try:
        return file, {name: Speed(**numbers) for name, numbers in json.loads(file.read_text()).items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return file, {}


def _measured_by_processes(workloads: Sequence[Workload], at_once: int, seconds: float) -> dict[str, Speed]:
    asked = json.dumps({"seconds": seconds, "workloads": [dataclasses.asdict(work) for work in workloads]})
    command, environment = [sys.executable, "-m", "mixlaw.pretrain.speed", asked], os.environ | {"OMP_NUM_THREADS": "1"}
    with tempfile.TemporaryFile("w+") as errors:
        processes = [
            subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True, env=environment)
            for _ in range(at_once)
        ]
        outputs = [process.communicate()[0] for process in processes]
        if any(process.returncode for process in processes):
            errors.seek(0)
            last = (errors.read().strip().splitlines() or ["no message"])[-1]
            raise MixlawError(f"measuring the speed of this machine failed: {last}")
    found = [[Speed(**numbers) for numbers in json.loads(output.splitlines()[-1])] for output in outputs]
    return {work.name: _mean(speeds) for work, speeds in zip(workloads, zip(*found, strict=True), strict=True)}


def _mean(speeds: Sequence[Speed]) -> Speed:
    numbers = [dataclasses.asdict(speed) for speed in speeds]
    return Speed(**{name: sum(each[name] for each in numbers) / len(numbers) for name in numbers[0]})


def measure(workloads: Sequence[Workload], seconds: float) -> list[Speed]:
    """In this process, smallest first, as many as there is time for; the others by FLOPs from the largest of these."""
    device = device_of(Placement(out=Path()))
    ends, found = time.monotonic() + seconds, dict[Workload, Speed]()
    todo = sorted(dict.fromkeys(workloads), key=lambda work: work.flops)
    for n_left, work in zip(range(len(todo), 0, -1), todo, strict=True):
        left, micro = ends - time.monotonic(), _rows(work.seq_len, device) * work.seq_len
        nearest = next(reversed(found.items()), None)
        per_token = scaled(nearest[1], nearest[0], work).token if nearest else work.flops / _SURE_RATE[device.type]
        if 6 * per_token * micro > left:
            break
        try:
            found[work] = _timed(work, device, left / n_left)
        except torch.cuda.OutOfMemoryError:
            break
    if not found:
        stand_in = dataclasses.replace(todo[0], shape=ladder(_LARGEST[device.type]))
        found[stand_in] = _timed(stand_in, device, seconds)
    largest, speed = next(reversed(found.items()))
    return [found.get(work) or scaled(speed, largest, work) for work in workloads]


def scaled(speed: Speed, measured: Workload, wanted: Workload) -> Speed:
    """By FLOPs: the rate of FLOPs of a machine is flat from a certain size on."""
    times = wanted.flops / measured.flops
    forward = flops_per_token(wanted.shape, wanted.vocab_size, wanted.seq_len)
    forward /= flops_per_token(measured.shape, measured.vocab_size, measured.seq_len)
    return Speed(
        token=speed.token * times,
        step=speed.step * times,
        held_out_token=speed.held_out_token * forward,
        compiling=speed.compiling,
    )


def _rows(seq_len: int, device: torch.device) -> int:
    return max(1, _MICRO_TOKENS[device.type] // seq_len)


def _timed(work: Workload, device: torch.device, seconds: float) -> Speed:
    torch.set_num_threads(1)
    keep_freed_memory()
    placement = Placement(out=Path(), device="cpu" if device.type == "cpu" else "cuda")
    precision = precision_of(placement, device)
    rows = torch.randint(0, work.vocab_size, (_rows(work.seq_len, device), work.seq_len + 1), device=device)
    recipe = Recipe(learning_rate=1e-4, batch_tokens=rows[:, 1:].numel(), seq_len=work.seq_len)
    trial = Trial(model=work.shape, train_tokens=recipe.batch_tokens, shares={"python": 1.0}, recipe=recipe)

    def build() -> tuple[Callable[[], Any], Callable[[], Any], Callable[[], Any]]:
        as_asked = dataclasses.replace(placement, compile="on" if work.compiled else "off")
        decoder = build_decoder(trial, work.vocab_size, as_asked, Group(), device)
        initialise(decoder, seed=0)
        optimiser = adamw(decoder, recipe)

        def forward() -> None:
            with torch.no_grad(), torch.autocast(device.type, torch.bfloat16, enabled=precision == "bf16"):
                decoder(rows[:, :-1], rows[:, 1:])

        return (
            lambda: accumulate_gradients(decoder, rows, len(rows), precision),
            lambda: update(decoder, optimiser, 1e-4, 1.0).item(),
            forward,
        )

    gradients, step, forward = build()
    first = sum(_seconds_of(act, device) for act in (gradients, step, forward))
    part = max(0.2, (seconds - first) / 2)
    token, update_step = _alternating(gradients, step, device, part)
    held_out = _mean_of(forward, device, part / 4)
    tokens = recipe.batch_tokens
    steady = token + update_step + held_out
    compiling = min(_WARM_COMPILE_SECONDS, max(0.0, first - steady)) if work.compiled else 0.0
    return Speed(token=token / tokens, step=update_step, held_out_token=held_out / tokens, compiling=compiling)


_WARM_COMPILE_SECONDS = 3.0
"""A process that finds the shape in the compiler's cache pays this at most, and the measurement has filled it."""


def _alternating(
    first: Callable[[], Any], second: Callable[[], Any], device: torch.device, seconds: float
) -> tuple[float, float]:
    """Mean seconds of each of two acts that take turns."""
    n, spent = 0, [0.0, 0.0]
    while n < 2 or sum(spent) < seconds:
        spent = [spent[0] + _seconds_of(first, device), spent[1] + _seconds_of(second, device)]
        n += 1
    return spent[0] / n, spent[1] / n


def _mean_of(act: Callable[[], Any], device: torch.device, seconds: float) -> float:
    n, spent = 0, 0.0
    while n < 2 or spent < seconds:
        spent, n = spent + _seconds_of(act, device), n + 1
    return spent / n


def _seconds_of(act: Callable[[], Any], device: torch.device) -> float:
    started = _clock(device)
    act()
    return _clock(device) - started


def _clock(device: torch.device) -> float:
    if device.type == "cpu":
        return time.process_time()
    torch.cuda.synchronize(device)
    return time.perf_counter()


def _main(asked: Mapping[str, Any]) -> None:
    workloads = [Workload(**work | {"shape": ModelShape(**work["shape"])}) for work in asked["workloads"]]
    print(json.dumps([dataclasses.asdict(speed) for speed in measure(workloads, asked["seconds"])]))


if __name__ == "__main__":
    _main(json.loads(sys.argv[1]))
