"""`mixlaw corpus build` keeps evaluation texts out."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from mixlaw_eval.parallel import load_tasks
from mixlaw_sweeps.cli import main

SPEC = """
name: small
vocab_size: 260
max_train_tokens: 20000
max_validation_tokens: 5000
validation: [two]
sources:
  - {project: one, kind: folder, path: one, licence: MIT, languages: [python]}
  - {project: two, kind: folder, path: two, licence: MIT, languages: [python]}
"""
Mixlaw = Callable[..., tuple[int, str, str]]


def text(seed: str) -> str:
    generator = random.Random(seed)
    return "".join(f"{seed}_{generator.randrange(999)} = {generator.randrange(10**6)}\n" for _ in range(60))


@pytest.fixture
def mixlaw(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Mixlaw:
    def run(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["mixlaw", *map(str, words)])
        code: object = 0
        try:
            main()
        except SystemExit as left:
            code = left.code or 0
        out, err = capsys.readouterr()
        return int(str(code)), out, " ".join(err.split())

    return run


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    """Two projects; one holds a program of the translation set and the solution of a benchmark."""
    for project in ("one", "two"):
        (tmp_path / project).mkdir()
        for number in range(4):
            (tmp_path / project / f"file{number}.py").write_text(text(f"{project}{number}"))
    task = load_tasks()[0]
    (tmp_path / "one" / "leaked.py").write_text(text("around") + task.sources["python"])
    (tmp_path / "one" / "benchmark.py").write_text(text("beside") + text("solution"))
    record = {"name": "Bench_0", "language": "py", "prompt": text("prompt"), "canonical_solution": text("solution")}
    (tmp_path / "bench.jsonl").write_text(json.dumps(record) + "\n")
    (tmp_path / "spec.yaml").write_text(SPEC)
    return tmp_path / "spec.yaml"


def dropped(mixlaw: Mixlaw, corpus: Path) -> dict[str, tuple[str, str, str]] | None:
    shown = json.loads(mixlaw("corpus", "show", corpus, "--json")[1])["decontamination"]
    return shown and {d["path"]: (d["source"], d["task"], d["kind"]) for d in shown["dropped"]}


def test_the_translation_set_is_kept_out_by_default_and_benchmarks_when_named(
    mixlaw: Mixlaw, spec: Path, tmp_path: Path
) -> None:
    leaked = {"leaked.py": ("translation set", load_tasks()[0].name, "contains")}
    assert mixlaw("corpus", "build", spec, "--cpus", "1", "--out", tmp_path / "a")[0] == 0
    assert dropped(mixlaw, tmp_path / "a") == leaked
    benchmark = ("--decontaminate", tmp_path / "bench.jsonl")
    assert mixlaw("corpus", "build", spec, "--cpus", "1", "--out", tmp_path / "b", *benchmark)[0] == 0
    assert dropped(mixlaw, tmp_path / "b") == leaked | {"benchmark.py": ("bench.jsonl", "Bench_0", "contains")}
    shown = " ".join(mixlaw("corpus", "show", tmp_path / "b")[1].split())
    assert ("bench.jsonl (2 texts)" in shown, "2 dropped" in shown) == (True, True)
    code, _, err = mixlaw("corpus", "build", spec, "--cpus", "1", "--out", tmp_path / "a", *benchmark)
    assert (code != 0, "choose another --out" in err) == (True, True)


def test_it_can_be_switched_off_and_then_that_is_said(mixlaw: Mixlaw, spec: Path, tmp_path: Path) -> None:
    assert mixlaw("corpus", "build", spec, "--cpus", "1", "--out", tmp_path / "a", "--no-decontaminate")[0] == 0
    assert dropped(mixlaw, tmp_path / "a") is None
    assert "may hold them" in " ".join(mixlaw("corpus", "show", tmp_path / "a")[1].split())


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--decontaminate", "nowhere.jsonl"), "nowhere.jsonl: does not exist"),
        (("--decontaminate", "nowhere.jsonl", "--no-decontaminate"), "contradict each other"),
    ],
)
def test_mistakes_are_said(mixlaw: Mixlaw, spec: Path, tmp_path: Path, options: tuple[str, ...], said: str) -> None:
    code, _, err = mixlaw("corpus", "build", spec, "--cpus", "1", "--out", tmp_path / "a", *options)
    assert (code != 0, said in err) == (True, True)
    assert not (tmp_path / "a").exists()
