from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from mixlaw.corpus.parallel.programs import Task, arrange, read_tasks
from mixlaw.corpus.parallel.source import ParallelSource
from mixlaw.trial import MixlawError

SOURCE = ParallelSource(path="tasks", licence="MIT", name="s")
PROGRAMS = {"python": "PY\n", "go": "GO\n", "rust": "RS\n"}
TASK = Task(name="sum", source="s", licence="MIT", programs=PROGRAMS)


def test_every_pair_has_python_in_both_directions() -> None:
    texts = [d.text for d in arrange([TASK])["paired-direct"]]
    assert sorted(texts) == sorted(["PY\nGO\n", "GO\nPY\n", "PY\nRS\n", "RS\nPY\n"])


def test_the_prompt_is_the_papers() -> None:
    texts = [d.text for d in arrange([TASK])["paired-prompt"]]
    assert "Please translate the following Python code to Go:\nPY\nAnswer:\nGO\n" in texts
    assert "Please translate the following Rust code to Python:\nRS\nAnswer:\nPY\n" in texts


def test_the_arrangements_hold_the_same_programs_equally_often() -> None:
    arranged = arrange([TASK])
    apart = Counter(d.text for d in arranged["shuffled"])
    assert apart == {"PY\n": 4, "GO\n": 2, "RS\n": 2}
    for organisation in ("paired-direct", "paired-prompt"):
        together = "".join(d.text for d in arranged[organisation])
        assert {text: together.count(text) for text in apart} == apart


def test_a_folder_of_tasks(tmp_path: Path) -> None:
    for name in ("main.py", "main.go", "notes.md"):
        (tmp_path / "tasks" / "sum").mkdir(parents=True, exist_ok=True)
        (tmp_path / "tasks" / "sum" / name).write_text(name)
    (tmp_path / "tasks" / "without-python").mkdir()
    (tmp_path / "tasks" / "without-python" / "a.go").write_text("x")
    (task,) = read_tasks(SOURCE, tmp_path)
    assert (task.name, task.programs) == ("sum", {"python": "main.py\n", "go": "main.go\n"})


def test_json_lines_say_the_same(tmp_path: Path) -> None:
    (tmp_path / "tasks").write_text(json.dumps({"task": "sum", **PROGRAMS}) + "\n")
    assert [replace(task, origin="") for task in read_tasks(SOURCE, tmp_path)] == [TASK]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "not JSON"),
        ('{"python": "x"}', 'the key "task"'),
        ('{"task": "a", "cobol": "x"}', "unknown language cobol"),
        ('{"task": "a", "go": "x"}', "no task with a Python program"),
    ],
)
def test_bad_tasks_are_said(tmp_path: Path, line: str, said: str) -> None:
    (tmp_path / "tasks").write_text(line + "\n")
    with pytest.raises(MixlawError, match=said):
        list(read_tasks(SOURCE, tmp_path))
