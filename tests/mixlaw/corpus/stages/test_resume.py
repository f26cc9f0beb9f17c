"""A build that is killed, wherever it is, goes on where it was and ends with the same bytes."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from mixlaw.corpus import Corpus, build
from mixlaw.trial import MixlawError

KILLED = """
import os, signal, sys
from mixlaw.corpus import build
from mixlaw.corpus.stages.tasks import in_this_process

left = int(sys.argv[3])

def until_killed(task, items):
    global left
    for done in in_this_process(task, items):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        yield done

build(sys.argv[1], sys.argv[2], run_tasks=until_killed)
"""


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def killed_after(tasks: int, spec_file: Path, out: Path) -> None:
    command = [sys.executable, "-c", KILLED, str(spec_file), str(out), str(tasks)]
    assert subprocess.run(command, capture_output=True, check=False).returncode == -signal.SIGKILL


# The small corpus has 3 units, 9 token blocks and 9 token files: each stage is killed once.
@pytest.mark.parametrize("tasks", [2, 7, 20])
def test_finished_work_survives_a_kill(
    tasks: int, spec_file: Path, corpus: Corpus, tmp_path: Path, quiet: Console
) -> None:
    out = tmp_path / "killed"
    killed_after(tasks, spec_file, out)
    work = tmp_path / ".killed.building"
    with pytest.raises(MixlawError, match="not a corpus"):
        Corpus.open(out)
    marks = [*work.glob("work/documents/*.json"), *work.glob("work/encoded/*.npy"), *work.glob("work/shards/*.json")]
    assert len(marks) >= tasks
    before = {path.name: path.stat().st_mtime_ns for path in marks}
    seen: dict[str, int] = {}
    build(spec_file, out, console=quiet, run_tasks=lambda task, items: watched(task, items, work, seen))
    assert before.items() <= seen.items(), "what was finished was not written again"
    assert contents(out) == contents(corpus.path)
    assert not work.exists()


def watched(task: Callable[[Any], None], items: Sequence[Any], work: Path, seen: dict[str, int]) -> Iterator[None]:
    for item in items:
        task(item)
        for path in work.glob("work/*/*"):
            seen[path.name] = path.stat().st_mtime_ns
        yield


def test_a_build_of_something_else_starts_anew(spec_file: Path, tmp_path: Path, quiet: Console) -> None:
    out = tmp_path / "killed"
    killed_after(2, spec_file, out)
    spec_file.write_text(spec_file.read_text().replace("seed: 0", "seed: 1").replace("name: small", "name: other"))
    assert build(spec_file, out, console=quiet).manifest["name"] == "other"


def test_half_written_files_are_not_taken_for_finished_ones(
    spec_file: Path, corpus: Corpus, tmp_path: Path, quiet: Console
) -> None:
    out = tmp_path / "killed"
    killed_after(2, spec_file, out)
    work = tmp_path / ".killed.building" / "work"
    last = sorted(work.glob("documents/*.arrow"))[-1]
    last.write_bytes(last.read_bytes()[:100])
    last.with_suffix(".json").unlink()
    (work / "encoded" / "train-go-00000.tokens").write_bytes(b"half")
    build(spec_file, out, console=quiet)
    assert contents(out) == contents(corpus.path)


def test_an_unreadable_file_is_named_and_nothing_is_left_at_the_target(
    spec_file: Path, tmp_path: Path, quiet: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = spec_file.parent / "two" / "src" / "file3.go"
    read = Path.read_bytes

    def refused(path: Path) -> bytes:
        if path == wanted:
            raise PermissionError(13, "Permission denied", str(path))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refused)
    with pytest.raises(MixlawError, match=r"file3\.go"):
        build(spec_file, tmp_path / "out", console=quiet)
    assert not (tmp_path / "out").exists()
