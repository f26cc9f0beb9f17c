"""Kill -9 of raylets under `mixlaw run` on a cluster: of a node that trains, then of the driver's own.

Workers and drivers are killed in `test_run.py`; all of them again and again, at random, by `make soak`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from mixlaw.corpus import Corpus
from mixlaw.pretrain import Placement, read_progress, train_trial
from mixlaw.store import read_results
from mixlaw.trial import Trial

pytestmark = [pytest.mark.integration, pytest.mark.timeout(900)]  # on a loaded machine; 40 s on a quiet one

STUDY = """
from mixlaw_sweeps.studies import Scale

def one(scale: Scale):
    return [scale.trial("one", "one", "25k", 1_228_800, {"python": 0.5, "text": 0.5})]
"""


def command(corpus: Corpus, folder: Path, *options: str) -> list[str]:
    path = folder / "study.py"
    path.write_text(STUDY)
    words = [sys.executable, "-m", "mixlaw_sweeps", "run", f"{path}:one", *options, "--precision", "fp32"]
    return [*words, "--corpus", str(corpus.path), "--out", str(folder / "out"), "--max-epochs", "1000",
            "--validation-tokens", "4096", "--checkpoint-seconds", "0.5"]  # fmt: skip


def wait_until_trained(out: Path, since: float) -> None:
    """Until a trial has a checkpoint and a process that trains it since then."""
    until = time.monotonic() + 240
    while True:
        told = [read_progress(path.parent) for path in out.glob("trials/*/checkpoints")]
        if any(progress and progress.updated > since for progress in told) and list(out.glob("trials/*/*/step-*")):
            return
        assert time.monotonic() < until, "nothing trained for four minutes"
        time.sleep(0.05)


def undisturbed(out: Path, corpus: Corpus, calm: Path) -> dict[str, dict[str, float]]:
    """The losses of the study's trials, trained here."""
    placement = Placement.of(out=calm, device="cpu", precision="fp32", compile="off", validation_tokens=4096)
    expected: dict[str, dict[str, float]] = {}
    for asked in json.loads((out / "studies" / "one.json").read_text()):
        trial = Trial.from_json({name: value for name, value in asked.items() if name != "trial_id"})
        result = train_trial(trial, corpus, placement)
        held_out = {f"loss_{m.domain}": m.loss_nats for m in result.measurements}
        expected[trial.trial_id] = {"train_loss": result.train_loss, **held_out}
    return expected


def test_raylets_that_are_killed_change_no_loss_and_no_command_hangs(
    tiny_corpus: Corpus, tmp_path: Path, nodes: Any
) -> None:
    out = tmp_path / "out"
    driver = subprocess.Popen(
        command(tiny_corpus, tmp_path, "--address", nodes.address),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
        text=True,
    )
    wait_until_trained(out, since=0.0)
    nodes.kill_node()
    wait_until_trained(out, since=time.time())  # on the node that came in its place
    nodes.kill_head()
    _, told = driver.communicate(timeout=240)
    assert driver.returncode == 2, told
    assert "Ray on this machine has died" in told
    again = subprocess.run(command(tiny_corpus, tmp_path), capture_output=True, text=True, timeout=240, check=False)
    assert again.returncode == 0, again.stderr
    expected = undisturbed(out, tiny_corpus, tmp_path / "calm")
    rows = {row["trial_id"]: row for row in read_results(out).to_dicts()}
    assert {name: {column: rows[name][column] for column in losses} for name, losses in expected.items()} == expected
    assert len(rows) == len(expected) == 1
