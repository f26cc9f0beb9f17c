"""Kill -9 at random moments, again and again: of a trial's process, of the driver, of a node's raylet.

`make soak` for twenty rounds; MIXLAW_SOAK_ROUNDS and MIXLAW_SOAK_SEED for others. The gate's kills of a worker and a
driver are in `tests/integration/test_run.py`, those of raylets in `tests/integration/test_nodes.py`.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import psutil
import pytest

from mixlaw.corpus import Corpus
from mixlaw.pretrain import read_progress
from mixlaw.store import read_results

ROUNDS = int(os.environ.get("MIXLAW_SOAK_ROUNDS", "0"))
SEED = int(os.environ.get("MIXLAW_SOAK_SEED", "0"))
pytestmark = [
    pytest.mark.integration,
    pytest.mark.timeout(1200 + 240 * ROUNDS),
    pytest.mark.skipif(not ROUNDS, reason="it kills for a quarter of an hour: run it with make soak"),
]

STUDY = """
from mixlaw_sweeps.studies import Scale

MIX = {"python": 0.5, "go": 0.5}

def single(scale: Scale):
    return [scale.trial("soak", f"seed {n}", "25k", 409_600, MIX, seed=n) for n in range(4)]

def trunk(scale: Scale):
    return [scale.trial("soak", f"{t} tokens", "25k", t, MIX) for t in (204_800, 409_600, 819_200)]

def group(scale: Scale):
    return [scale.trial("soak", f"seed {n}", "25k", 409_600, MIX, seed=n) for n in range(2)]
"""
KILLS = ("driver", "worker", "raylet")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of study: how many trials, which options, how near its losses are to the undisturbed ones."""

    n_trials: int
    options: tuple[str, ...] = ()
    tolerance: float = 0.0


KINDS = {
    # Two processes go on from a checkpoint with sums over both, for which their order is not ours to choose.
    "group": Kind(n_trials=2, options=("--workers", "2"), tolerance=1e-4),
    "single": Kind(n_trials=4),
    "trunk": Kind(n_trials=3, options=("--schedule", "wsd")),
}


class Study:
    """One study in one folder, run by the command line."""

    def __init__(self, kind: str, corpus: Corpus, folder: Path, address: str) -> None:
        folder.mkdir()
        self.kind = KINDS[kind]
        self.out, study = folder / "out", folder / "study.py"
        study.write_text(STUDY)
        self.command = [
            *(sys.executable, "-m", "mixlaw_sweeps", "run", f"{study}:{kind}", "--corpus", str(corpus.path)),
            *("--out", str(self.out), "--max-epochs", "1000", "--validation-tokens", "4096"),
            *("--checkpoint-seconds", "0.5", "--address", address, *self.kind.options),
        ]
        self.log = folder / "log.txt"
        self.started = 0.0
        self._written: dict[str, int] = {}

    def start(self) -> subprocess.Popen[bytes]:
        self.started = time.time()
        with self.log.open("ab") as log:
            return subprocess.Popen(self.command, stdout=log, stderr=log, start_new_session=True)

    def losses(self) -> pl.DataFrame:
        table = read_results(self.out, evaluation="validation").sort("label")
        return table.select("label", "trial_id", "status", "train_loss", "loss_python", "loss_go", "loss_text")

    def training(self) -> list[psutil.Process]:
        """The processes in which trials are training now, as they say themselves."""
        found: list[psutil.Process] = []
        for folder in self._unfinished():
            progress = read_progress(folder)
            # What an earlier process said is no sign of life.
            if progress and progress.updated > self.started and _is_rays(progress.pid):
                found.append(psutil.Process(progress.pid))
        return found

    def count_finished(self) -> int:
        """How many trials have a result; fails if one that had was trained and written again."""
        for part in (self.out / "results").glob("[!.]*.parquet"):
            written = part.stat().st_mtime_ns
            assert self._written.setdefault(part.name, written) == written, f"{part.name} was written twice"
        return len(self._written)

    def agrees_with(self, expected: pl.DataFrame) -> bool:
        """The same trials, all finished, with the same losses."""
        names, losses = ["label", "trial_id", "status"], ["train_loss", "loss_python", "loss_go", "loss_text"]
        found = self.losses()
        if not found.select(names).equals(expected.select(names)):
            return False
        return bool(np.allclose(found.select(losses), expected.select(losses), rtol=0, atol=self.kind.tolerance))

    def _unfinished(self) -> list[Path]:
        done = {part.name.split(".")[0] for part in (self.out / "results").glob("[!.]*.parquet")}
        return [folder for folder in sorted((self.out / "trials").glob("*")) if folder.name not in done]


def _is_rays(pid: int) -> bool:
    with contextlib.suppress(psutil.Error):
        return "ray::" in " ".join(psutil.Process(pid).cmdline())
    return False


def test_no_kill_loses_a_trial_counts_one_twice_or_changes_a_loss(
    tiny_corpus: Corpus, tmp_path: Path, nodes: Any
) -> None:
    chance, started, killed, n_studies = random.Random(SEED), time.monotonic(), 0, 0
    expected: dict[str, pl.DataFrame] = {}
    kinds = itertools.cycle(KINDS)
    while killed < ROUNDS:
        kind = next(kinds)
        if kind not in expected:
            expected[kind] = undisturbed(kind, tiny_corpus, tmp_path / f"calm-{kind}", nodes)
        n_studies += 1
        study = Study(kind, tiny_corpus, tmp_path / f"study-{n_studies}", nodes.address)
        began, before = time.monotonic(), killed
        for what in disturbed(study, nodes, chance, ROUNDS - killed, first=killed):
            killed += 1
            done = f"{study.count_finished()}/{study.kind.n_trials} trials finished"
            print(
                f"{time.monotonic() - started:6.1f} s  kill {killed:2d}: {what:6s}  study {n_studies}, {kind}, {done}"
            )
        assert study.agrees_with(expected[kind]), f"{study.losses()} differs from {expected[kind]}"
        same = "bit for bit" if study.losses().equals(expected[kind]) else f"within {study.kind.tolerance}"
        print(
            f"{time.monotonic() - started:6.1f} s  study {n_studies}, {kind}: {study.kind.n_trials} trials in "
            f"{time.monotonic() - began:.0f} s, {killed - before} kills, the undisturbed losses {same}"
        )


def undisturbed(kind: str, corpus: Corpus, folder: Path, nodes: Any) -> pl.DataFrame:
    """The losses of the same study without any kill."""
    calm = Study(kind, corpus, folder, nodes.address)
    assert calm.start().wait(timeout=600) == 0, calm.log.read_text()
    losses = calm.losses()
    assert losses["status"].to_list() == ["finished"] * calm.kind.n_trials
    return losses


MOST_KILLS = 7
"""Of one study, so that every kind of study has its share."""


def disturbed(study: Study, nodes: Any, chance: random.Random, left: int, first: int) -> Iterator[str]:
    """Run a study to its end, starting the command anew whenever it has ended; tells each kill."""
    driver, killed = study.start(), 0
    try:
        while not ended(study, driver):
            if driver.poll() is not None:
                driver = study.start()
            if killed < min(left, MOST_KILLS) and until_training(study, driver, chance.uniform(0.2, 3.0)):
                what = KILLS[(first + killed) % len(KILLS)]
                if kill_one(what, study, driver, nodes, chance):
                    killed += 1
                    yield what
    finally:
        driver.kill()
        driver.wait()


def ended(study: Study, driver: subprocess.Popen[bytes]) -> bool:
    """Whether the command ended well, in which case all trials are there."""
    study.count_finished()
    if driver.poll() is None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            driver.wait(timeout=0.1)
    return driver.poll() == 0 and study.count_finished() == study.kind.n_trials


def until_training(study: Study, driver: subprocess.Popen[bytes], then: float) -> bool:
    """Wait until a trial trains and `then` seconds longer; False if the command ended meanwhile."""
    limit = time.monotonic() + 300
    while driver.poll() is None:
        assert time.monotonic() < limit, f"nothing trained for five minutes: {study.log.read_text()[-4000:]}"
        study.count_finished()
        if study.training():
            time.sleep(then)
            return driver.poll() is None
        time.sleep(0.1)
    return False


def kill_one(what: str, study: Study, driver: subprocess.Popen[bytes], nodes: Any, chance: random.Random) -> bool:
    """Kill it; False where there was nothing left to kill."""
    if what == "driver":
        driver.kill()
        driver.wait()
    elif what == "raylet":
        nodes.kill_node()
    else:
        training = study.training()
        if not training:
            return False
        chance.choice(sorted(training, key=lambda process: process.pid)).kill()
    return True
