from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from mixlaw.corpus.parallel.programs import Task, arrange, programs_by_task, read_tasks
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


def test_json_lines_and_parquet_say_the_same(tmp_path: Path) -> None:
    row = {"task": "sum", **PROGRAMS}
    (tmp_path / "tasks.jsonl").write_text(json.dumps(row) + "\n\n")
    (tmp_path / "tasks.jsonl.gz").write_bytes(gzip.compress(json.dumps(row).encode()))
    pq.write_table(pa.Table.from_pylist([row | {"java": None}]), tmp_path / "tasks.parquet")
    for path in ("tasks.jsonl", "tasks.jsonl.gz", "tasks.parquet", f"file://{tmp_path}/*.parquet"):
        assert list(read_tasks(replace(SOURCE, path=path), tmp_path)) == [replace(TASK, origin=path)]


def test_licence_headers_go_and_programs_of_nothing_else_with_them(tmp_path: Path) -> None:
    licence = "# Copyright 2020 Somebody. All rights reserved.\n"
    programs = {"python": f"\ufeff{licence}\nx = 1\r\n", "go": "package main", "rust": "// Copyright Somebody\n"}
    write_rows(tmp_path, {"task": "a", **programs}, {"task": "b", "python": licence, "go": "package b"})
    (task,) = read_tasks(SOURCE, tmp_path)
    assert (task.name, task.programs) == ("a", {"python": "x = 1\n", "go": "package main\n"})
    as_they_stand = programs_by_task(tmp_path / "tasks")
    assert as_they_stand["a"]["python"] == f"{licence}\nx = 1\n"


def test_tasks_without_a_wanted_pair_are_not_read(tmp_path: Path) -> None:
    write_rows(tmp_path, {"task": "a", "java": "A", "rust": "B"}, {"task": "b", "python": "C", "go": "D"})
    assert [task.name for task in read_tasks(SOURCE, tmp_path)] == ["b"]
    (task,) = read_tasks(replace(SOURCE, pairs=(("rust", "java"),)), tmp_path)
    assert {d.path for d in arrange([task])["paired-direct"]} == {"a/java-rust/0", "a/rust-java/0"}
    for pairs, said in [("csharp", "programs of two languages"), ((("go", "rust"),), "both programs of one of its")]:
        with pytest.raises(MixlawError, match=said):
            list(read_tasks(replace(SOURCE, pairs=pairs), tmp_path))


def test_a_table_with_names_of_its_own(tmp_path: Path) -> None:
    write_rows(tmp_path, {"id": 7, "c#": "A", "go": "B", "cpp": "C", "rust": "D"})
    source = replace(SOURCE, columns={"task": "id", "csharp": "c#", "go": "go"}, pairs="go")
    (task,) = read_tasks(source, tmp_path)
    assert (task.name, task.programs) == ("7", {"csharp": "A\n", "go": "B\n"})


def write_rows(folder: Path, *rows: Mapping[str, object]) -> None:
    (folder / "tasks").write_text("".join(json.dumps(row) + "\n" for row in rows))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "tasks, line 2: not JSON"),
        ("[]", 'tasks, line 2: expected an object with the key "task"'),
        ('{"python": "x"}', 'tasks, line 2: expected the key "task" that names the task'),
        ('{"task": "a", "cobol": "x"}', "tasks, line 2: unknown language cobol; known are python"),
        ('{"task": "a", "go": 3}', "tasks, line 2: the go program is int, not text"),
        ('{"task": "a", "go": "\\ud800"}', "tasks, line 2: the go program holds half of a surrogate pair"),
    ],
)
def test_bad_rows_are_said_when_they_come(tmp_path: Path, line: str, said: str) -> None:
    (tmp_path / "tasks").write_text(json.dumps({"task": "sum", **PROGRAMS}) + "\n" + line + "\n")
    read = read_tasks(SOURCE, tmp_path)
    assert next(read).name == "sum", "tasks are read one at a time"
    with pytest.raises(MixlawError) as caught:
        next(read)
    assert said in str(caught.value)


def test_the_same_task_twice_is_refused(tmp_path: Path) -> None:
    write_rows(tmp_path, {"task": "a", "go": "x"}, {"task": "a", "rust": "y"})
    with pytest.raises(MixlawError, match="tasks, line 2: the task a is there already"):
        programs_by_task(tmp_path / "tasks")


def test_programs_in_a_wrong_encoding_are_named_with_their_byte(tmp_path: Path) -> None:
    (tmp_path / "folder" / "sum").mkdir(parents=True)
    (tmp_path / "folder" / "sum" / "main.py").write_bytes(b"x = '\xe9'\n")
    (tmp_path / "rows.jsonl").write_bytes(b'{"task": "a"}\n{"task": "b", "go": "\xe9"}\n')
    broken = pa.array([b"fine", b"\xe9"]).cast(pa.binary()).view(pa.string())
    pq.write_table(pa.table({"task": ["a", "b"], "go": broken}), tmp_path / "rows.parquet")
    for path, said in [
        ("folder", r"main.py is not valid UTF-8: byte 0xe9 at offset 5"),
        ("rows.jsonl", r"rows.jsonl, line 2 is not valid UTF-8: byte 0xe9 at offset 35"),
        ("rows.parquet", r"rows.parquet, row 2: go is not valid UTF-8"),
    ]:
        with pytest.raises(MixlawError, match=said):
            list(read_tasks(replace(SOURCE, path=path, pairs="go"), tmp_path))


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 and then something else")
    (tmp_path / "broken.jsonl.gz").write_bytes(b"not gzip at all")
    for path, said in [
        ("missing", "missing does not exist; parallel programs are a folder"),
        ("*.json", "does not exist"),
        ("broken.parquet", "broken.parquet cannot be read"),
        ("broken.jsonl.gz", "broken.jsonl.gz cannot be read"),
        ("nothing://bucket/tasks.jsonl", "nothing://bucket/tasks.jsonl cannot be read"),
    ]:
        with pytest.raises(MixlawError, match=said.replace("*", r"\*")):
            list(read_tasks(replace(SOURCE, path=path), tmp_path))
