"""Processes that train side by side and clock themselves, each only while all of them are busy.

Each is led by lines on its standard input, and answers every one with a line of JSON: it gets ready (builds, compiles),
goes, clocks itself once all go, and stops once all have clocked themselves.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import torch

from mixlaw.model import initialise
from mixlaw.pretrain.calibration.workload import Speed, Workload
from mixlaw.pretrain.group import Group
from mixlaw.pretrain.loop import accumulate_gradients, build_decoder
from mixlaw.pretrain.machine.allocator import keep_freed_memory
from mixlaw.pretrain.machine.hardware import autocast, device_of, precision_of
from mixlaw.pretrain.optimiser import adamw, update
from mixlaw.pretrain.placement import Placement
from mixlaw.trial import MixlawError, Recipe, Trial

_WARM_COMPILE_SECONDS = 3.0
"""A process that finds the shape in the compiler's cache pays this at most, and the measurement has filled it."""


class NoRoom(MixlawError):  # noqa: N818 - the name says what happened
    """So many processes do not fit the device's memory."""


class SideBySide:
    """`at_once` processes of one thread each on this machine's device, as a context: they end with it.

    On a CPU they tell CPU seconds, as if they had it to themselves, or wall seconds with `wall`; on a GPU wall seconds.
    """

    def __init__(self, at_once: int, *, wall: bool = False) -> None:
        self._at_once, self._wall = at_once, wall
        self._processes: list[subprocess.Popen[str]] = []
        self._errors = tempfile.TemporaryFile("w+")  # noqa: SIM115 - closed by __exit__

    def __enter__(self) -> Self:
        self._start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()
        self._errors.close()

    def _start(self) -> None:
        command = [sys.executable, "-m", "mixlaw.pretrain.calibration.side_by_side", "wall" if self._wall else "cpu"]
        self._processes = [
            subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                text=True,
                env=os.environ | {"OMP_NUM_THREADS": "1"},
            )
            for _ in range(self._at_once)
        ]
        self._answers()

    def _end(self) -> None:
        for process in self._processes:
            process.kill()
        for process in self._processes:
            process.communicate()
        self._processes = []

    def timed(self, work: Workload, seconds: float) -> Speed:
        """The mean speed of the processes, each clocked for about so many seconds while the others are busy.

        Raises NoRoom when they do not fit the device's memory, and MixlawError when a process fails.
        """
        if not self._processes:  # they ended for want of memory
            self._start()
        self._ask(json.dumps({"work": work.name, "seconds": seconds}))
        self._ask("go")
        self._ask("clock")
        found = [Clocked(**answer) for answer in self._ask("stop")]
        if not all_busy(found):
            raise MixlawError("measuring the speed of this machine failed: its processes were not busy side by side")
        return _mean([Speed(**one.speed) for one in found])

    def _ask(self, line: str) -> list[dict[str, Any]]:
        for process in self._processes:
            assert process.stdin
            with contextlib.suppress(BrokenPipeError):  # the missing answer tells
                process.stdin.write(line + "\n")
                process.stdin.flush()
        return self._answers()

    def _answers(self) -> list[dict[str, Any]]:
        lines = [process.stdout.readline() for process in self._processes if process.stdout]
        if not all(lines):
            self._errors.seek(0)
            last = (self._errors.read().strip().splitlines() or ["no message"])[-1]
            raise MixlawError(f"measuring the speed of this machine failed: {last}")
        answers = [json.loads(line) for line in lines]
        if any("no_room" in answer for answer in answers):
            self._end()
            raise NoRoom(f"{self._at_once} at once do not fit this device's memory")
        return answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocked:
    """What a process tells of itself: times are the machine's monotonic clock."""

    speed: dict[str, Any]
    busy: tuple[float, float]
    clocked: tuple[float, float]


def all_busy(found: Sequence[Clocked]) -> bool:
    """Whether all were busy whenever one clocked itself."""
    from_, until = max(one.busy[0] for one in found), min(one.busy[1] for one in found)
    return all(from_ <= one.clocked[0] and one.clocked[1] <= until for one in found)


def _mean(speeds: Sequence[Speed]) -> Speed:
    def of(name: str) -> float:
        return sum(getattr(speed, name) for speed in speeds) / len(speeds)

    return Speed(token=of("token"), step=of("step"), held_out_token=of("held_out_token"), compiling=of("compiling"))


# From here on: what one of the processes does.


@dataclass(frozen=True, slots=True, kw_only=True)
class _Training:
    """One step in its parts."""

    gradients: Callable[[], Any]
    step: Callable[[], Any]
    forward: Callable[[], Any]

    @classmethod
    def of(cls, work: Workload, device: torch.device) -> _Training:
        placement = Placement(
            out=Path(),
            device="cpu" if device.type == "cpu" else "cuda",
            compile="on" if work.compiled else "off",
        )
        precision = precision_of(placement, device)
        rows = torch.randint(0, work.vocab_size, (work.rows, work.seq_len + 1), device=device)
        recipe = Recipe(learning_rate=1e-4, batch_tokens=work.rows * work.seq_len, seq_len=work.seq_len)
        trial = Trial(model=work.shape, train_tokens=recipe.batch_tokens, shares={"python": 1.0}, recipe=recipe)
        decoder = build_decoder(trial, work.vocab_size, placement, Group(), device)
        initialise(decoder, seed=0)
        optimiser = adamw(decoder, recipe)

        def forward() -> None:
            with torch.no_grad(), autocast(device, precision):
                decoder(rows[:, :-1], rows[:, 1:])

        return cls(
            gradients=lambda: accumulate_gradients(decoder, rows, len(rows), precision),
            step=lambda: update(decoder, optimiser, 1e-4, 1.0).item(),
            forward=forward,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clock:
    device: torch.device
    wall: bool

    def now(self) -> float:
        if self.device.type == "cuda":
            torch.cuda.synchronize(self.device)
        return time.perf_counter() if self.wall or self.device.type == "cuda" else time.process_time()

    def of(self, act: Callable[[], Any]) -> float:
        started = self.now()
        act()
        return self.now() - started

    def mean(self, acts: Sequence[Callable[[], Any]], seconds: float) -> list[float]:
        """Seconds of each of some acts that take turns."""
        n, spent = 0, [0.0] * len(acts)
        while n < 2 or sum(spent) < seconds:
            spent = [before + self.of(act) for before, act in zip(spent, acts, strict=True)]
            n += 1
        return [each / n for each in spent]


def _clocked(training: _Training, work: Workload, clock: _Clock, first: float, seconds: float) -> Speed:
    part = max(0.2, (seconds - first) / 2)
    token, step = clock.mean((training.gradients, training.step), part)
    (held_out,) = clock.mean((training.forward,), part / 4)
    tokens, steady = work.rows * work.seq_len, token + step + held_out
    compiling = min(_WARM_COMPILE_SECONDS, max(0.0, first - steady)) if work.compiled else 0.0
    return Speed(token=token / tokens, step=step, held_out_token=held_out / tokens, compiling=compiling)


def _serve(say: Callable[[dict[str, Any]], None], *, wall: bool) -> None:
    torch.set_num_threads(1)
    keep_freed_memory()
    clock = _Clock(device=device_of(Placement(out=Path())), wall=wall)
    say({})
    while line := sys.stdin.readline():
        asked = json.loads(line)
        try:
            _answer(Workload.from_name(asked["work"]), asked["seconds"], clock, say)
        except torch.OutOfMemoryError:
            say({"no_room": True})


def _answer(work: Workload, seconds: float, clock: _Clock, say: Callable[[dict[str, Any]], None]) -> None:
    training = _Training.of(work, clock.device)
    first = sum(map(clock.of, (training.gradients, training.step, training.forward)))
    say({})
    sys.stdin.readline()  # go
    training.gradients()
    busy_from = time.monotonic()
    say({})
    _train_until_told(training)  # clock
    clocked_from = time.monotonic()
    speed = _clocked(training, work, clock, first, seconds)
    clocked = (clocked_from, time.monotonic())
    say({})
    _train_until_told(training)  # stop
    busy = (busy_from, time.monotonic())
    say(dataclasses.asdict(Clocked(speed=dataclasses.asdict(speed), busy=busy, clocked=clocked)))


def _train_until_told(training: _Training) -> None:
    # Nothing of the next line can be in Python's own buffer: a line is sent when the last one has been answered.
    while not select.select([sys.stdin], [], [], 0)[0]:
        training.gradients()
        training.step()
    sys.stdin.readline()


def _main() -> None:
    # Answers go out on a copy of standard output, so that a library which prints there does not spoil them.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)

    def say(answer: dict[str, Any]) -> None:
        print(json.dumps(answer), file=answers, flush=True)

    _serve(say, wall=sys.argv[1] == "wall")


if __name__ == "__main__":
    _main()
