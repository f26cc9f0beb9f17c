"""Seconds that scheduling costs: the way from the command to the first step, and a study of trials that train nothing.

    python benchmarks/scheduling.py CORPUS [--trials 200] [--markdown docs/benchmarks/training.md]

To the first step: until the file is there that the first step of a tiny, uncompiled trial leaves. Once from the shell,
everything new but the disk's cache; once from the launcher's start in a session whose processes are ready (a warm
worker: it has imported what a trial needs and not trained yet); once in the session's next study, whose processes are
new, because Tune ends its own with a study.

A no-op trial goes through everything but training: Tune hands it to a process, Ray Train's local mode runs the loop's
place, the result row is written. The breakdown is of the same trials: the parts are timed inside the trial's process,
the rest is Ray Tune's. CPU seconds are those of all processes together, Ray's included: on a busy machine only they
say what it costs.
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import datetime
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import polars as pl
import psutil
import ray
from markdown_section import write_section
from ray import tune

from mixlaw import store
from mixlaw.corpus import Corpus
from mixlaw.pretrain import Placement, hardware_name
from mixlaw.pretrain.machine.hardware import device_of
from mixlaw.trial import Trial
from mixlaw_sweeps.launch import launch
from mixlaw_sweeps.ray_session import ray_session
from mixlaw_sweeps.studies import TINY
from mixlaw_sweeps.tune_study import search_space, trial_resources


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A row of the table."""

    what: str
    seconds: float
    cpu_seconds: float | None = None


class Clock:
    """Wall seconds since it was made, and CPU seconds of this process and all below it."""

    def __init__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), cpu_seconds()

    def part(self, what: str, *, per: float = 1.0) -> Part:
        """What has passed until now, divided by `per`."""
        wall, cpu = time.perf_counter() - self._wall, cpu_seconds() - self._cpu
        return Part(what=what, seconds=wall / per, cpu_seconds=cpu / per)


_seen: dict[tuple[int, float], float] = {}
"""CPU seconds by process id and start, also of processes that have ended since."""
_looking = threading.Lock()


def cpu_seconds() -> float:
    """Of this process and all below it so far; of those that ended, as when they were last looked at."""
    with _looking:
        for one in [psutil.Process(), *psutil.Process().children(recursive=True)]:
            with contextlib.suppress(psutil.NoSuchProcess):
                times = one.cpu_times()
                _seen[one.pid, one.create_time()] = times.user + times.system
        return sum(_seen.values())


def keep_looking() -> None:
    """Twice a second, so that little of a process that ends is missed."""
    while True:
        cpu_seconds()
        time.sleep(0.5)


def main() -> None:
    """Measure, show and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--trials", type=int, default=200)
    parser.add_argument("--markdown", type=Path, help="put the table under its heading in this file")
    options = parser.parse_args()
    corpus, slots = Corpus.open(options.corpus), os.cpu_count() or 1
    threading.Thread(target=keep_looking, daemon=True).start()
    parts = [imports("the launcher", "mixlaw_sweeps.launch"), imports("a trial's process", "mixlaw_sweeps.ready")]
    parts.append(command_to_first_step(options.corpus))
    with tempfile.TemporaryDirectory() as folder:
        clock = Clock()
        with ray_session(num_cpus=slots, trains=True):
            parts.append(clock.part("start of Ray"))
            wait_until_ready(slots)
            parts.append(clock.part("start of Ray, until its processes are ready"))
            placement = Placement.of(out=Path(folder), validation_tokens=1_024, compile="off")
            parts += in_session(corpus, placement, slots)
            parts += no_op_study([short(corpus, seed) for seed in range(options.trials)], placement, slots)
    text = markdown(parts, options.trials, slots)
    print(text)
    if options.markdown:
        write_section(options.markdown, "Scheduling", text)


def imports(whose: str, module: str) -> Part:
    """In a new process, its own start included."""
    clock = Clock()
    subprocess.run([sys.executable, "-c", f"import {module}"], check=True)
    return clock.part(f"imports of {whose}")


def command_to_first_step(corpus: Path) -> Part:
    """`mixlaw run` from the shell; it is stopped after the first step."""
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, "-m", "mixlaw_sweeps", "run", "single-language", "--languages", "python"]
        places = ["--corpus", str(corpus), "--out", out, "--validation-tokens", "1024"]
        clock = Clock()
        running = subprocess.Popen([*command, *places], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while not any(Path(out).glob("trials/*/progress.json")):
            if running.poll() is not None:
                raise SystemExit("the command ended before its first step")
            time.sleep(0.01)
        part = clock.part("the command, from the shell to the first step")
        running.send_signal(signal.SIGINT)
        running.wait()
    return part


def wait_until_ready(slots: int) -> None:
    """Until every process that Ray started beforehand has no import left to do: it then uses no CPU."""
    idle = 0
    while idle < 3:
        before = cpu_seconds()
        time.sleep(1.0)
        idle = idle + 1 if cpu_seconds() - before < 0.1 * slots else 0


def in_session(corpus: Corpus, placement: Placement, slots: int) -> list[Part]:
    """From the launcher's start to the first step, and a real tiny trial amortised."""
    ready = to_first_step("launch to the first step, its process ready", [short(corpus, 1_000)], corpus, placement)
    new = to_first_step(
        "launch to the first step, next study in the session", [short(corpus, 1_001)], corpus, placement
    )
    trials = [short(corpus, 2_000 + seed) for seed in range(16 * slots)]
    clock = Clock()
    launch(trials, corpus, placement)
    return [ready, new, clock.part(f"a real trial of one step, of {len(trials)}, amortised", per=len(trials))]


def to_first_step(what: str, trials: list[Trial], corpus: Corpus, placement: Placement) -> Part:
    """Until the first step's progress file is there."""
    file = placement.trial_folder(trials[0].trial_id) / "progress.json"
    seen: list[Part] = []
    stop = threading.Event()
    clock = Clock()

    def look() -> None:
        while not seen and not stop.wait(0.01):
            if file.exists():
                seen.append(clock.part(what))

    thread = threading.Thread(target=look)
    thread.start()
    launch(trials, corpus, placement)
    stop.set()
    thread.join()
    return seen[0] if seen else clock.part(what)


def no_op_study(trials: list[Trial], placement: Placement, slots: int) -> list[Part]:
    """Wall seconds a trial, times the slots; and what is spent inside the trial's process."""
    marks = placement.out / "marks"
    marks.mkdir()
    train_nothing = with_resources(no_op(marks, placement), placement)
    clock = Clock()
    tune.Tuner(
        train_nothing,
        param_space=search_space(trials),
        tune_config=tune.TuneConfig(reuse_actors=True),
        run_config=tune.RunConfig(name="no-op", storage_path=str(placement.out / "tune"), verbose=0),
    ).fit()
    whole = clock.part(f"a no-op trial of {len(trials)}, amortised", per=len(trials))
    times = pl.concat([pl.read_parquet(path) for path in marks.glob("*.parquet")])
    assert len(times) == len(trials)
    local, writing = (cast(float, times[name].mean()) / slots for name in ("local_mode", "writing"))
    return [
        whole,
        Part(what="of it: Ray Train's local mode", seconds=local),
        Part(what="of it: writing the result row", seconds=writing),
        Part(
            what=f"of it: Ray Tune ({times['pid'].n_unique()} processes in all)",
            seconds=whole.seconds - local - writing,
        ),
    ]


def no_op(marks: Path, placement: Placement) -> Callable[[dict[str, Any]], None]:
    """A trainable with the trial's way through Train and the results, and nothing trained."""

    def train_nothing(config: dict[str, Any]) -> None:
        import ray.train.torch

        trial = Trial.from_json(config["trial"])
        started = time.perf_counter()
        trainer = ray.train.torch.TorchTrainer(
            lambda: {"loss": 0.0},
            scaling_config=ray.train.ScalingConfig(num_workers=0),
            run_config=ray.train.RunConfig(name="run", storage_path=str(placement.out / "train" / trial.trial_id)),
        )
        trainer.fit()
        trained = time.perf_counter()
        store.write_rows(placement.out / "no-op", trial.trial_id, "validation", [{"status": "finished"}])
        times = {"local_mode": trained - started, "writing": time.perf_counter() - trained, "pid": os.getpid()}
        pl.DataFrame([times]).write_parquet(marks / f"{trial.trial_id}.parquet")
        tune.report({"status": "finished"})

    return train_nothing


def with_resources(function: Callable[..., Any], placement: Placement) -> Callable[..., Any]:
    """As the launcher asks for."""
    return cast(Callable[..., Any], tune.with_resources(function, trial_resources(placement)))


def short(corpus: Corpus, seed: int) -> Trial:
    """One step of the smallest model."""
    trial = TINY.trial("scheduling", f"seed {seed}", "25k", 2_048, {"python": 1.0}, seed=seed)
    return dataclasses.replace(trial, corpus=corpus.fingerprint)


def markdown(parts: list[Part], n: int, slots: int) -> str:
    """The section."""
    device = device_of(Placement(out=Path()))
    return "\n".join(
        [
            f"Measured on {datetime.date.today()} on {hardware_name(device)}, Ray {ray.__version__}, Python",
            f"{sys.version.split()[0]}: `python benchmarks/scheduling.py CORPUS --trials {n}`, {slots} trials at once.",
            f"Load average at the end {os.getloadavg()[0]:.1f}.",
            "",
            "| what | seconds | CPU seconds of all processes |",
            "| --- | ---: | ---: |",
            *map(row, parts),
        ]
    )


def row(part: Part) -> str:
    """Of the table."""
    cpu = "" if part.cpu_seconds is None else f"{part.cpu_seconds:.2f}"
    return f"| {part.what} | {part.seconds:.2f} | {cpu} |"


if __name__ == "__main__":
    main()
