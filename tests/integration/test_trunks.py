"""`mixlaw run --schedule wsd`: budgets that share a trunk, killed on the way, against each alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import polars as pl
import pytest

from mixlaw.corpus import Corpus
from mixlaw.store import read_results

pytestmark = pytest.mark.integration

STUDY = """
from mixlaw_sweeps.studies import Scale

def budgets(scale: Scale, tokens=(122_880, 245_760, 491_520)):
    return [scale.trial("budgets", f"go {t}", "25k", t, {"go": 1.0}) for t in tokens]

def shortest(scale: Scale):
    return budgets(scale, (122_880,))
"""


def command(study: str, corpus: Corpus, folder: Path) -> list[str]:
    path = folder / "study.py"
    path.write_text(STUDY)
    words = [sys.executable, "-m", "mixlaw_sweeps", "run", f"{path}:{study}", "--schedule", "wsd"]
    return [*words, "--corpus", str(corpus.path), "--out", str(folder / "out"), "--max-epochs", "1000",
            "--validation-tokens", "4096"]  # fmt: skip


def run(study: str, corpus: Corpus, folder: Path) -> str:
    ran = subprocess.run(command(study, corpus, folder), capture_output=True, text=True, timeout=240, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def losses(folder: Path) -> pl.DataFrame:
    return read_results(folder / "out").sort("train_tokens").select("trial_id", "train_loss", "loss_go", "loss_text")


def test_a_killed_study_goes_on_from_its_trunk_to_the_same_losses(tiny_corpus: Corpus, tmp_path: Path) -> None:
    shared, alone = tmp_path / "shared", tmp_path / "alone"
    shared.mkdir()
    alone.mkdir()
    driver = subprocess.Popen(
        command("budgets", tiny_corpus, shared),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    until = time.monotonic() + 120
    while not list((shared / "out").glob("trunks/*/step-*")):
        assert time.monotonic() < until, "no checkpoint of the trunk within two minutes"
        time.sleep(0.05)
    os.kill(driver.pid, signal.SIGKILL)
    driver.wait(timeout=30)
    told = run("budgets", tiny_corpus, shared)
    # 240, 120 and 60 steps; 96 and 48 of the shorter ones come before their decay.
    assert "from shared trunks:" in told
    table = read_results(shared / "out").sort("train_tokens")
    assert table["steps_from_trunk"].to_list() == [48, 96, 0]
    assert not list((shared / "out" / "trunks").iterdir())
    assert "from shared trunks" not in run("shortest", tiny_corpus, alone)
    assert losses(alone).equals(losses(shared).head(1))
