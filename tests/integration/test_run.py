"""`mixlaw run` for real: Ray Tune, trials in reused processes, kills at bad moments."""

from __future__ import annotations

import functools
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import psutil
import pytest

from mixlaw.corpus import Corpus
from mixlaw.laws import fit, observe
from mixlaw.pretrain import Placement, train_trial
from mixlaw.store import read_results
from mixlaw.trial import MixlawError, Trial

pytestmark = pytest.mark.integration

STUDY = """
from dataclasses import replace
from mixlaw_sweeps.studies import Scale

def grid(scale: Scale):
    return [scale.trial("grid", f"{l} {t}", "25k", t, {l: 1.0}) for l in ("python", "go") for t in (20_480, 40_960)]

def long(scale: Scale):
    return [scale.trial("long", l, "25k", 1_228_800, {l: 0.5, "text": 0.5}) for l in ("python", "go")]

def lone(scale: Scale):
    trial = scale.trial("lone", "go", "25k", 614_400, {"go": 1.0})
    # At high rates, what two workers round otherwise than one grows from step to step.
    return [replace(trial, recipe=replace(trial.recipe, learning_rate=5e-4))]

def diverging(scale: Scale):
    fine = scale.trial("diverging", "fine", "25k", 20_480, {"rust": 1.0})
    wild = replace(fine, label="wild", recipe=replace(fine.recipe, learning_rate=1e30, clip_norm=1e30))
    return [fine, wild]
"""


class Mixlaw:
    """The command line on one corpus and one folder."""

    def __init__(self, corpus: Corpus, folder: Path) -> None:
        self.corpus, self.out, self.study = corpus.path, folder / "out", folder / "study.py"
        self.study.write_text(STUDY)

    def command(self, study: str, *options: str) -> list[str]:
        run = [sys.executable, "-m", "mixlaw_sweeps", "run", f"{self.study}:{study}", *options]
        return [*run, "--corpus", str(self.corpus), "--out", str(self.out), "--max-epochs", "1000",
                "--validation-tokens", "4096"]  # fmt: skip

    def run(self, study: str, *options: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(self.command(study, *options), capture_output=True, text=True, timeout=240, check=False)

    def start(self, study: str, *options: str) -> subprocess.Popen[bytes]:
        command = self.command(study, "--checkpoint-seconds", "0.5", *options)
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)

    def losses(self) -> pl.DataFrame:
        table = read_results(self.out, evaluation="validation").sort("label")
        return table.select("label", "trial_id", "train_loss", "loss_python", "loss_go", "loss_text")

    def wait_for_a_checkpoint(self) -> None:
        until = time.monotonic() + 120
        while not list(self.out.glob("trials/*/checkpoints/step-*")):
            assert time.monotonic() < until, "no checkpoint within two minutes"
            time.sleep(0.05)


@pytest.fixture
def mixlaw(tiny_corpus: Corpus, tmp_path: Path) -> Mixlaw:
    return Mixlaw(tiny_corpus, tmp_path)


def test_a_study_runs_and_a_second_run_reuses_it(mixlaw: Mixlaw) -> None:
    first = mixlaw.run("grid")
    assert first.returncode == 0, first.stderr
    assert "4 trials finished, 0 were finished before" in first.stdout
    table = read_results(mixlaw.out)
    assert table["status"].to_list() == ["finished"] * 4
    # Each language is learnt by the model that saw it, and more by the one that saw more.
    by_label = {row["label"]: row for row in table.iter_rows(named=True)}
    assert by_label["python 40960"]["loss_python"] < by_label["python 20480"]["loss_python"]
    assert by_label["python 40960"]["loss_python"] < by_label["go 40960"]["loss_python"]
    assert (mixlaw.out / "trials" / table["trial_id"][0] / "model" / "config.json").exists()
    written = {path: path.stat().st_mtime_ns for path in (mixlaw.out / "results").iterdir()}
    second = mixlaw.run("grid")
    assert "0 trials finished, 4 were finished before" in second.stdout
    assert {path: path.stat().st_mtime_ns for path in (mixlaw.out / "results").iterdir()} == written


def test_a_diverging_trial_fails_alone_and_the_fit_refuses_to_overlook_it(mixlaw: Mixlaw) -> None:
    ran = mixlaw.run("diverging")
    assert ran.returncode == 2
    assert "1 trials failed" in ran.stderr
    assert "Traceback" not in ran.stderr
    rows = {row["label"]: row for row in read_results(mixlaw.out).iter_rows(named=True)}
    assert rows["fine"]["status"] == "finished"
    assert rows["wild"]["status"] == "failed"
    assert "step" in rows["wild"]["error"]
    assert "learning rate" in rows["wild"]["error"]
    with pytest.raises(MixlawError, match="failed"):
        fit(observe(read_results(mixlaw.out)), "chinchilla")


@pytest.fixture(scope="module")
def undisturbed(tiny_corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> pl.DataFrame:
    calm = Mixlaw(tiny_corpus, tmp_path_factory.mktemp("calm"))
    assert calm.run("long").returncode == 0
    return calm.losses()


def test_a_killed_worker_changes_no_loss(mixlaw: Mixlaw, undisturbed: pl.DataFrame) -> None:
    driver = mixlaw.start("long")
    mixlaw.wait_for_a_checkpoint()
    trials = [p for p in psutil.Process(driver.pid).children(recursive=True) if "ImplicitFunc" in _command(p)]
    assert trials, "no trial process to kill"
    trials[0].send_signal(signal.SIGKILL)
    assert driver.wait(timeout=240) == 0
    assert mixlaw.losses().equals(undisturbed)


def test_a_killed_driver_loses_nothing(mixlaw: Mixlaw, undisturbed: pl.DataFrame) -> None:
    driver = mixlaw.start("long")
    mixlaw.wait_for_a_checkpoint()
    os.kill(driver.pid, signal.SIGKILL)
    driver.wait(timeout=30)
    again = mixlaw.run("long")
    assert again.returncode == 0, again.stderr
    assert mixlaw.losses().equals(undisturbed)


def test_an_interrupted_command_says_that_it_goes_on(mixlaw: Mixlaw, tmp_path: Path) -> None:
    told = tmp_path / "stderr.txt"
    with told.open("wb") as file:
        command = mixlaw.command("lone", "--checkpoint-seconds", "0.5")
        # As a terminal starts it, also where the tests themselves run in the background, where it is ignored.
        heed = functools.partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
        driver = subprocess.Popen(command, stderr=file, preexec_fn=heed)
    mixlaw.wait_for_a_checkpoint()
    driver.send_signal(signal.SIGINT)
    assert driver.wait(timeout=60) == 130, told.read_text()
    assert "stopped; the same command goes on from here" in told.read_text()
    assert "lost" not in told.read_text()


def test_a_killed_run_goes_on_with_another_number_of_workers(mixlaw: Mixlaw, tmp_path: Path) -> None:
    driver = mixlaw.start("lone", "--workers", "2", "--precision", "fp32")
    mixlaw.wait_for_a_checkpoint()
    os.kill(driver.pid, signal.SIGKILL)
    driver.wait(timeout=30)
    (folder,) = mixlaw.out.glob("trials/*")
    saved = json.loads((max(folder.glob("checkpoints/step-*")) / "index.json").read_text())["losses"]
    ran = mixlaw.run("lone", "--workers", "1", "--precision", "fp32")
    assert ran.returncode == 0, ran.stderr
    losses = pl.read_parquet(folder / "history.parquet")["loss_nats"].to_list()
    assert 0 < len(saved) < len(losses) == 300
    assert losses[: len(saved)] == saved, "not trained again"
    trial = Trial.from_json(json.loads((folder / "trial.json").read_text()))
    alone = Placement.of(out=tmp_path / "alone", device="cpu", precision="fp32", validation_tokens=512, compile="off")
    train_trial(trial, Corpus.open(mixlaw.corpus), alone)
    undisturbed = pl.read_parquet(alone.trial_folder(trial.trial_id) / "history.parquet")["loss_nats"].to_list()
    assert losses == pytest.approx(undisturbed, abs=1e-4)


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 300 kB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", folder], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a small file system cannot be mounted here: run as root on Linux")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk_loses_nothing_and_the_same_command_goes_on(mixlaw: Mixlaw, full_disk: Path) -> None:
    mixlaw.out = full_disk / "out"
    first = mixlaw.run("grid")
    assert first.returncode == 2
    assert "No space left on device" in first.stderr
    assert "0 trials failed" in first.stderr
    subprocess.run(["mount", "-o", "remount,size=50m", full_disk], check=True)
    second = mixlaw.run("grid")
    assert second.returncode == 0, second.stderr
    assert read_results(mixlaw.out)["status"].to_list() == ["finished"] * 4


def _command(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""
