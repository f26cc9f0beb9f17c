"""`mixlaw evaluate` for real: checkpoints of a run, every suite, Ray tasks, a kill, the report."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest

from mixlaw.corpus import Corpus
from mixlaw.store import read_results
from mixlaw_eval.parallel import load_tasks

pytestmark = pytest.mark.integration

STUDY = """
def grid(scale):
    return [scale.trial("grid", label, "25k", 10_240, {label: 0.5, "go": 0.5}) for label in ("python", "rust")]
"""
ECHO = {
    "python": "import sys\nprint(sys.stdin.read(), end='')\n",
    "javascript": "process.stdout.write(require('fs').readFileSync(0, 'utf8'));\n",
}
RECORD = {
    "name": "HumanEval_0_twice",
    "language": "py",
    "prompt": 'def twice(x):\n    """Two times x."""\n',
    "tests": "assert twice(2) == 4\n",
    "stop_tokens": ["\ndef", "\n#"],
}


def mixlaw(*words: str | Path) -> list[str]:
    return [sys.executable, "-m", "mixlaw_sweeps", *map(str, words)]


def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(mixlaw(*words), capture_output=True, text=True, timeout=280, check=False)


@pytest.fixture(scope="module")
def out(tiny_corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of two trials."""
    folder = tmp_path_factory.mktemp("run")
    (folder / "study.py").write_text(STUDY)
    done = run("run", f"{folder / 'study.py'}:grid", "--corpus", tiny_corpus.path, "--out", folder / "out",
               "--max-epochs", "1000", "--validation-tokens", "4096")  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder / "out"


@pytest.fixture(scope="module")
def parallel_set(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One task that can be run, in two languages, short enough for a context of 256."""
    folder = tmp_path_factory.mktemp("set")
    (folder / "echo").mkdir()
    (folder / "echo" / "echo.py").write_text(ECHO["python"])
    (folder / "echo" / "echo.js").write_text(ECHO["javascript"])
    (folder / "echo" / "cases.yaml").write_text("- {input: 'a', output: 'a'}\n")
    return folder


def needs_a_sandbox() -> None:
    if shutil.which("bwrap") is None:
        pytest.skip("bubblewrap is not installed; get it with: apt-get install bubblewrap")
    if shutil.which("node") is None:
        pytest.skip("node is not installed; get it with: apt-get install nodejs")


def evaluations(out: Path) -> list[str]:
    table = read_results(out).filter(pl.col("evaluation") != "validation")
    return sorted(set(table["evaluation"].to_list()))


def test_every_suite_on_every_checkpoint_of_a_run(out: Path, parallel_set: Path, tmp_path: Path) -> None:
    needs_a_sandbox()
    records = tmp_path / "records.jsonl"
    records.write_text("\n".join(json.dumps(RECORD | {"name": f"HumanEval_{i}_twice"}) for i in range(3)) + "\n")
    done = run("evaluate", out, "--suite", "all", "--parallel-set", parallel_set, "--records", records,
               "--too-long", "leave-out", "--max-tokens", "16", "--prompt", "none")  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert evaluations(out) == [
        "humaneval-as-published/python",
        "humaneval/python",
        "translated/javascript-python",
        "translated/python-javascript",
        "translation/javascript-python",
        "translation/python-javascript",
    ]
    table = read_results(out).filter(pl.col("evaluation") == "humaneval/python")
    assert table["problems"].to_list() == [3, 3]
    assert table["pass_at_1"].to_list() == [0.0, 0.0]  # models of 25k parameters
    assert (table["pass_at_1_upper"] > 0.5).all()  # three failures say little
    translated = read_results(out).filter(pl.col("evaluation") == "translated/python-javascript")
    assert translated["pass_at_1"].to_list() == [0.0, 0.0]
    assert translated["bleu"].is_between(0, 100).all()
    report = run("report", out)
    assert report.returncode == 0, report.stderr
    assert (out / "figures" / "pass_at_1_humaneval.svg").exists()
    assert (out / "figures" / "translated_bleu.svg").exists()


def test_a_killed_evaluation_goes_on(out: Path, tmp_path: Path) -> None:
    """The second run scores only what the first did not: both together ask each pair once."""
    model, work, few = next((out / "trials").glob("*/model")), tmp_path / "work", tmp_path / "few.jsonl"
    few.write_text("\n".join(json.dumps({"task": task.name, **task.sources}) for task in load_tasks()[:5]))
    options = ("--parallel-set", few, "--too-long", "window", "--prompt", "none", "--json")
    command = mixlaw("evaluate", model, *options, "--work", work)
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        until = time.monotonic() + 120
        while not (lines := written(work)):
            assert time.monotonic() < until, "nothing was kept within two minutes"
            assert process.poll() is None, "it ended by itself"
            time.sleep(0.02)
        os.kill(process.pid, signal.SIGKILL)
    before = len(written(work))
    assert before >= len(lines) > 0
    done = subprocess.run(command, capture_output=True, text=True, timeout=280, check=False)
    assert done.returncode == 0, done.stderr
    keys = [json.loads(line)[0] for line in written(work)]
    assert len(keys) == len(set(keys)) > before
    fresh = run("evaluate", model, *options, "--work", tmp_path / "other")
    losses = [row_losses(output) for output in (done.stdout, fresh.stdout)]
    assert losses[0] == pytest.approx(losses[1], abs=1e-5)


def written(work: Path) -> Sequence[bytes]:
    """Whole lines only."""
    return [
        line for path in work.glob("*.jsonl") for line in path.read_bytes().splitlines(True) if line.endswith(b"\n")
    ]


def row_losses(output: str) -> list[float]:
    rows = json.loads(output)
    return [value for row in rows for name, value in sorted(row.items()) if name.startswith("loss_")]


def test_a_checkpoint_that_cannot_be_read_does_not_stop_the_others(out: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(next((out / "trials").glob("*/model")), broken)
    (broken / "model.safetensors").write_bytes(b"no")
    good = next((out / "trials").glob("*/model")).parent
    done = run("evaluate", broken, good, "--suite", "samples")
    assert done.returncode == 2
    assert "1 of 2 checkpoints could not be evaluated" in " ".join(done.stderr.split())
    assert "holds no weights that can be loaded" in done.stderr
    assert "prompt and continuation" in done.stdout
