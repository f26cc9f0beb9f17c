"""One trial in two processes at once, as after the kill of a driver whose processes outlive it; Ray's own failures."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from ray.exceptions import NodeDiedError, RayTaskError, WorkerCrashedError

from mixlaw import store
from mixlaw.corpus import Corpus
from mixlaw.model import ladder
from mixlaw.pretrain import Placement, ray_train, read_progress, train_trial
from mixlaw.trial import Recipe, Trial
from mixlaw_sweeps.run_trial import run_trial

TRIAL = Trial(
    model=ladder("25k"),
    shares={"python": 1.0},
    train_tokens=200 * 256,
    recipe=Recipe(learning_rate=1e-3, batch_tokens=256, seq_len=64),
    corpus="tiny",
    label="twice",
)
RUN = """
import json, sys
from pathlib import Path
from mixlaw.pretrain import Placement
from mixlaw.trial import Trial
from mixlaw_sweeps.run_trial import run_trial
trial, corpus, out = Trial.from_json(json.loads(sys.argv[1])), Path(sys.argv[2]), Path(sys.argv[3])
placement = Placement.of(out=out, device="cpu", precision="fp32", validation_tokens=512, checkpoint_seconds=0.05)
print(run_trial(trial, corpus, placement))
"""


def start(corpus: Corpus, out: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", RUN, json.dumps(TRIAL.to_json()), str(corpus.path), str(out)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def wait_until_trained(folder: Path) -> int:
    """The process that trains, once it has a checkpoint."""
    until = time.monotonic() + 120
    while not list(folder.glob("checkpoints/step-*")):
        assert time.monotonic() < until, "no checkpoint within two minutes"
        time.sleep(0.02)
    progress = read_progress(folder)
    assert progress
    return progress.pid


def losses(out: Path) -> dict[str, float]:
    (row,) = store.read_results(out).to_dicts()
    assert row["status"] == "finished"
    return {"train": row["train_loss"], **{domain: row[f"loss_{domain}"] for domain in ("python", "text")}}


@pytest.fixture(scope="module")
def undisturbed(tiny_corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> dict[str, float]:
    placement = Placement.of(out=tmp_path_factory.mktemp("calm"), device="cpu", precision="fp32", validation_tokens=512)
    result = train_trial(TRIAL, tiny_corpus, placement)
    held_out = {m.domain: m.loss_nats for m in result.measurements}
    return {"train": result.train_loss, **{domain: held_out[domain] for domain in ("python", "text")}}


@pytest.mark.integration
def test_an_orphan_and_its_successor_write_one_result_and_never_at_once(
    tiny_corpus: Corpus, tmp_path: Path, undisturbed: dict[str, float]
) -> None:
    out = tmp_path / "out"
    folder = out / "trials" / TRIAL.trial_id
    orphan = start(tiny_corpus, out)
    assert wait_until_trained(folder) == orphan.pid
    successor = start(tiny_corpus, out)
    assert orphan.communicate(timeout=240)[0] == "finished\n"
    part = store.part_path(out, TRIAL.trial_id, "validation")
    written = part.stat().st_mtime_ns, part.stat().st_ino
    assert successor.communicate(timeout=240)[0] == "finished\n"
    assert (part.stat().st_mtime_ns, part.stat().st_ino) == written
    progress = read_progress(folder)
    assert progress
    assert progress.pid == orphan.pid, "the successor trained what was finished"
    assert losses(out) == undisturbed


@pytest.mark.integration
def test_a_successor_takes_over_where_the_orphan_is_killed(
    tiny_corpus: Corpus, tmp_path: Path, undisturbed: dict[str, float]
) -> None:
    out = tmp_path / "out"
    orphan = start(tiny_corpus, out)
    wait_until_trained(out / "trials" / TRIAL.trial_id)
    successor = start(tiny_corpus, out)
    orphan.kill()
    assert successor.communicate(timeout=240)[0] == "finished\n"
    orphan.communicate()
    assert losses(out) == undisturbed
    kept = {path.name for path in (out / "trials" / TRIAL.trial_id).iterdir() if not path.name.startswith(".")}
    assert "checkpoints" not in kept


def a_task_that_failed(cause: Exception) -> RayTaskError:
    return RayTaskError("read", "", cause)


@pytest.mark.parametrize(
    "error", [NodeDiedError("gone"), WorkerCrashedError(), a_task_that_failed(WorkerCrashedError())], ids=type
)
def test_a_node_that_died_is_no_failed_trial(
    error: Exception, tiny_corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(type(error)):
        run_with(error, tiny_corpus, tmp_path, monkeypatch)
    assert store.read_rows(tmp_path, TRIAL.trial_id, "validation") is None


def test_a_bug_in_a_task_is_one(tiny_corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bug = a_task_that_failed(ValueError("a bug"))
    assert run_with(bug, tiny_corpus, tmp_path, monkeypatch) == "failed"


def run_with(error: Exception, corpus: Corpus, out: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(ray_train, "_fit", fail)
    return run_trial(TRIAL, corpus.path, Placement.of(out=out, device="cpu"))
