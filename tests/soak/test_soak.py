"""Kill -9 at random moments, again and again: of a trial's process, of the driver, of a node's raylet.

`make soak` for twenty rounds; MIXLAW_SOAK_ROUNDS and MIXLAW_SOAK_SEED for others. The gate's kills of a worker and a
driver are in `tests/integration/test_run.py`.
"""

from __future__ import annotations

import contextlib
import os
import random
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import psutil
import pytest

from mixlaw.corpus import Corpus
from mixlaw.store import read_results
from mixlaw_sweeps.ray_session import quiet_ray

ROUNDS = int(os.environ.get("MIXLAW_SOAK_ROUNDS", "0"))
SEED = int(os.environ.get("MIXLAW_SOAK_SEED", "0"))
pytestmark = [
    pytest.mark.integration,
    pytest.mark.timeout(600 + 120 * ROUNDS),
    pytest.mark.skipif(not ROUNDS, reason="it kills for a quarter of an hour: run it with make soak"),
]

N_TRIALS = 4
STUDY = f"""
from mixlaw_sweeps.studies import Scale

def soak(scale: Scale):
    return [scale.trial("soak", f"soak {{n}}", "25k", 409_600, {{"python": 0.5, "go": 0.5}}, seed=n)
            for n in range({N_TRIALS})]
"""
KILLS = ("driver", "worker", "raylet")


class Nodes:
    """A Ray cluster on this machine: a head without CPUs, for the driver, and a node of two that may be killed."""

    def __init__(self) -> None:
        from ray.cluster_utils import Cluster

        self._cluster = Cluster(
            initialize_head=True, head_node_args={"num_cpus": 0, "object_store_memory": 80 * 1024**2}
        )
        self.address = self._cluster.address
        self._node = self._add()

    def kill(self) -> None:
        """Kill -9 of the node's raylet, then clear away what is left of it and start another."""
        process = self._node.all_processes["raylet"][0].process
        os.kill(process.pid, signal.SIGKILL)
        self._cluster.remove_node(self._node, allow_graceful=False)
        self._node = self._add()

    def stop(self) -> None:
        self._cluster.shutdown()

    def _add(self) -> Any:
        return self._cluster.add_node(num_cpus=2, object_store_memory=80 * 1024**2)


@pytest.fixture
def nodes(monkeypatch: pytest.MonkeyPatch) -> Iterator[Nodes]:
    monkeypatch.setenv("RAY_AUTH_MODE", "token")
    monkeypatch.setenv("RAY_AUTH_TOKEN", secrets.token_hex(32))
    monkeypatch.setenv("RAY_memory_monitor_refresh_ms", "0")
    quiet_ray()
    started = Nodes()
    yield started
    started.stop()


class Study:
    """One study in one folder, run by the command line."""

    def __init__(self, corpus: Corpus, folder: Path, address: str) -> None:
        folder.mkdir()
        self.out, study = folder / "out", folder / "study.py"
        study.write_text(STUDY)
        self.command = [
            *(sys.executable, "-m", "mixlaw_sweeps", "run", f"{study}:soak", "--corpus", str(corpus.path)),
            *("--out", str(self.out), "--max-epochs", "1000", "--validation-tokens", "4096"),
            *("--checkpoint-seconds", "0.5", "--address", address),
        ]
        self.log = folder / "log.txt"
        self._written: dict[str, int] = {}

    def start(self) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            return subprocess.Popen(self.command, stdout=log, stderr=log, start_new_session=True)

    def losses(self) -> pl.DataFrame:
        table = read_results(self.out, evaluation="validation").sort("label")
        return table.select("label", "trial_id", "status", "train_loss", "loss_python", "loss_go", "loss_text")

    def training(self) -> list[psutil.Process]:
        """The processes in which a trial is training now."""
        found: list[psutil.Process] = []
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                if "ImplicitFunc" in " ".join(process.cmdline()) and self._is_ours(process):
                    found.append(process)
        return found

    def count_finished(self) -> int:
        """How many trials have a result; fails if one that had was trained and written again."""
        for part in (self.out / "results").glob("*.parquet"):
            with contextlib.suppress(OSError):
                written = part.stat().st_mtime_ns
                assert self._written.setdefault(part.name, written) == written, f"{part.name} was written twice"
        return len(self._written)

    def _is_ours(self, process: psutil.Process) -> bool:
        return any(str(self.out) in file.path for file in process.open_files())


def test_no_kill_loses_a_trial_counts_one_twice_or_changes_a_loss(
    tiny_corpus: Corpus, tmp_path: Path, nodes: Nodes
) -> None:
    calm = Study(tiny_corpus, tmp_path / "calm", nodes.address)
    assert calm.start().wait(timeout=300) == 0, calm.log.read_text()
    expected, chance = calm.losses(), random.Random(SEED)
    assert expected["status"].to_list() == ["finished"] * N_TRIALS
    started, n_studies, kills = time.monotonic(), 0, list(KILLS)
    killed = 0
    while killed < ROUNDS:
        n_studies += 1
        study = Study(tiny_corpus, tmp_path / f"study-{n_studies}", nodes.address)
        driver = study.start()
        while not ended(study, driver):
            if driver.poll() is not None:
                driver = study.start()  # the same command goes on
            if killed < ROUNDS and until_training(study, driver, chance.uniform(0.2, 3.0)):
                kill = kills[killed % 3]
                killed += kill_one(kill, study, driver, nodes, chance)
                done = f"{study.count_finished()}/{N_TRIALS} trials finished"
                print(f"{time.monotonic() - started:6.1f} s  kill {killed:2d}: {kill:6s}  study {n_studies}, {done}")
        assert study.losses().equals(expected), f"{study.losses()} differs from {expected}"
        print(f"{time.monotonic() - started:6.1f} s  study {n_studies}: every loss is the undisturbed one, bit for bit")


def ended(study: Study, driver: subprocess.Popen[bytes]) -> bool:
    """Whether the command ended well, in which case all trials are there."""
    if driver.poll() is None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            driver.wait(timeout=0.1)
    return driver.poll() == 0 and study.count_finished() == N_TRIALS


def until_training(study: Study, driver: subprocess.Popen[bytes], then: float) -> bool:
    """Wait until a trial trains and `then` seconds longer; False if the command ended meanwhile."""
    limit = time.monotonic() + 120
    while driver.poll() is None:
        assert time.monotonic() < limit, "nothing trained for two minutes"
        study.count_finished()
        if study.training():
            time.sleep(then)
            return driver.poll() is None
        time.sleep(0.1)
    return False


def kill_one(what: str, study: Study, driver: subprocess.Popen[bytes], nodes: Nodes, chance: random.Random) -> bool:
    """Kill it; False where there was nothing left to kill."""
    if what == "driver":
        driver.kill()
        driver.wait()
    elif what == "raylet":
        nodes.kill()
    else:
        training = study.training()
        if not training:
            return False
        chance.choice(sorted(training, key=lambda process: process.pid)).kill()
    return True
