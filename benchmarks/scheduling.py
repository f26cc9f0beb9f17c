"""Seconds that scheduling costs: a study of trials that train nothing, and the way from the command to the first step.

    python benchmarks/scheduling.py CORPUS [--trials 200] [--markdown docs/benchmarks/training.md]

A no-op trial goes through everything but training: Tune hands it to a process, Ray Train's local mode runs the loop's
place, the result row is written. The breakdown is of the same trials: the parts are timed inside the trial's process,
the rest is Ray Tune's. `first step` is of real tiny trials: from the launcher's start to the file that the first step
leaves, in a fresh session and again with its processes warm.
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import polars as pl
import ray
from markdown_section import write_section
from ray import tune

from mixlaw import store
from mixlaw.corpus import Corpus
from mixlaw.pretrain import Placement, hardware_name
from mixlaw.pretrain.hardware import device_of
from mixlaw.trial import Trial
from mixlaw_sweeps.launch import launch
from mixlaw_sweeps.ray_session import ray_session
from mixlaw_sweeps.studies import TINY
from mixlaw_sweeps.tune_study import search_space, trial_resources


def main() -> None:
    """Measure, show and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--trials", type=int, default=200)
    parser.add_argument("--markdown", type=Path, help="put the table under its heading in this file")
    options = parser.parse_args()
    corpus, slots = Corpus.open(options.corpus), os.cpu_count() or 1
    parts: list[tuple[str, float]] = [("imports of the command's process", seconds_of_imports())]
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        with ray_session(num_cpus=slots):
            parts.append(("start of Ray", time.perf_counter() - started))
            placement = Placement.of(out=Path(folder), validation_tokens=1_024, compile="off")
            parts += first_steps(corpus, placement, slots)
            parts += no_op_study([short(corpus, seed) for seed in range(options.trials)], placement, slots)
    text = markdown(parts, options.trials, slots)
    print(text)
    if options.markdown:
        write_section(options.markdown, "Scheduling", text)


def seconds_of_imports() -> float:
    """Of Ray, torch and the launcher, in a new process, its own start included."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import mixlaw_sweeps.launch"], check=True)
    return time.perf_counter() - started


def first_steps(corpus: Corpus, placement: Placement, slots: int) -> list[tuple[str, float]]:
    """From the launcher's start to the first step, and a real tiny trial amortised."""
    cold = seconds_to_first_step([short(corpus, 1_000)], corpus, placement)
    warm = seconds_to_first_step([short(corpus, 1_001)], corpus, placement)
    trials = [short(corpus, 2_000 + seed) for seed in range(8 * slots)]
    started = time.perf_counter()
    launch(trials, corpus, placement)
    each = (time.perf_counter() - started) * slots / len(trials)
    return [
        ("launch to the first step, session fresh", cold),
        ("launch to the first step, next study in the session", warm),
        ("a real trial of one step, with validation and export", each),
    ]


def seconds_to_first_step(trials: list[Trial], corpus: Corpus, placement: Placement) -> float:
    """Until the first step's progress file is there."""
    file = placement.trial_folder(trials[0].trial_id) / "progress.json"
    seen: list[float] = []
    stop = threading.Event()

    def look() -> None:
        while not stop.wait(0.01):
            if file.exists():
                seen.append(time.perf_counter())
                return

    thread = threading.Thread(target=look)
    started = time.perf_counter()
    thread.start()
    launch(trials, corpus, placement)
    stop.set()
    thread.join()
    return (seen[0] if seen else time.perf_counter()) - started


def no_op_study(trials: list[Trial], placement: Placement, slots: int) -> list[tuple[str, float]]:
    """Wall seconds a trial, times the slots; and what is spent inside the trial's process."""
    marks = placement.out / "marks"
    marks.mkdir()
    train_nothing = with_resources(no_op(marks, placement), placement)
    started = time.perf_counter()
    tune.Tuner(
        train_nothing,
        param_space=search_space(trials),
        tune_config=tune.TuneConfig(reuse_actors=True),
        run_config=tune.RunConfig(name="no-op", storage_path=str(placement.out / "tune"), verbose=0),
    ).fit()
    whole = (time.perf_counter() - started) / len(trials)
    times = pl.concat([pl.read_parquet(path) for path in marks.glob("*.parquet")])
    assert len(times) == len(trials)
    local, writing = times["local_mode"].mean(), times["writing"].mean()
    inside = (cast(float, local) + cast(float, writing)) / slots
    return [
        (f"a no-op trial of {len(trials)}, amortised (wall)", whole),
        ("of it: Ray Train's local mode", cast(float, local) / slots),
        ("of it: writing the result row", cast(float, writing) / slots),
        (f"of it: Ray Tune ({times['pid'].n_unique()} processes in all)", whole - inside),
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


def markdown(parts: list[tuple[str, float]], n: int, slots: int) -> str:
    """The section."""
    device = device_of(Placement(out=Path()))
    return "\n".join(
        [
            f"Measured on {datetime.date.today()} on {hardware_name(device)}, Ray {ray.__version__}, Python",
            f"{sys.version.split()[0]}: `python benchmarks/scheduling.py CORPUS --trials {n}`, {slots} trials at once.",
            "",
            "| what | seconds |",
            "| --- | ---: |",
            *(f"| {what} | {seconds:.2f} |" for what, seconds in parts),
        ]
    )


if __name__ == "__main__":
    main()
