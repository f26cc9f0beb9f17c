"""`mixlaw corpus build` on Ray Data: the same bytes as in one process, also when it was killed on the way."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mixlaw.corpus import Corpus, build

pytestmark = pytest.mark.integration
WORDS = ("total", "width", "index", "count", "left", "right", "node", "table")
SPEC = """
name: several
vocab_size: 320
max_train_tokens: 300000
max_validation_tokens: 5000
shard_tokens: 20000
validation: [held]
sources:
"""


def write_spec(folder: Path) -> Path:
    """Eight projects of two languages, 1.5 MB in all, their token files small enough to be several."""
    generator = random.Random(0)
    lines = [SPEC]
    for project in ("held", *(f"p{number}" for number in range(7))):
        for ending in ("py", "go"):
            for number in range(20):
                words = " ".join(f"{generator.choice(WORDS)}_{generator.randrange(500)}" for _ in range(300))
                path = folder / project / f"file{number}.{ending}"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text("\n".join(words[at : at + 60] for at in range(0, len(words), 60)))
        lines.append(
            f"  - {{project: {project}, kind: folder, path: {project}, licence: MIT, languages: [python, go]}}\n"
        )
    spec = folder / "several.yaml"
    spec.write_text("".join(lines))
    return spec


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def command(spec: Path, out: Path) -> list[str]:
    return [sys.executable, "-m", "mixlaw_sweeps", "corpus", "build", str(spec), "--out", str(out), "--cpus", "2"]


def test_ray_data_gives_the_bytes_of_one_process_whether_killed_or_not(tmp_path: Path) -> None:
    spec = write_spec(tmp_path / "sources")
    alone = build(spec, tmp_path / "alone")
    assert max(shard.number for shard in alone.shards) > 2, "several token files make one stream"
    assert alone.n_tokens("go", "train") == len(alone.tokens("go", "train"))
    killed = subprocess.Popen(
        [*command(spec, tmp_path / "ray"), "--no-decontaminate"], start_new_session=True, stderr=subprocess.DEVNULL
    )
    _wait_for(tmp_path / ".ray.building" / "work" / "documents", "*.json")
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait()
    done = subprocess.run(
        [*command(spec, tmp_path / "ray"), "--no-decontaminate"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert contents(tmp_path / "ray") == contents(tmp_path / "alone")
    assert "INFO" not in done.stderr, "Ray is quiet"
    Corpus.open(tmp_path / "ray").verify()


def test_a_mistake_in_a_task_is_one_message(tmp_path: Path) -> None:
    spec = write_spec(tmp_path / "sources")
    (tmp_path / "sources" / "rows.jsonl").write_text('{"text": "a"}\nnot JSON\n')
    spec.write_text(
        spec.read_text() + "  - {project: bad, kind: jsonl, path: rows.jsonl, licence: MIT, languages: [go]}\n"
    )
    done = subprocess.run(command(spec, tmp_path / "out"), capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "rows.jsonl" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def _wait_for(folder: Path, pattern: str) -> None:
    deadline = time.monotonic() + 120
    while not list(folder.glob(pattern)):
        assert time.monotonic() < deadline, "the build did not begin"
        time.sleep(0.01)
