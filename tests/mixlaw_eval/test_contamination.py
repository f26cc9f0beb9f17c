"""Which texts are kept out of corpora: the translation set, and benchmarks in files of many kinds."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import polars as pl
import pytest

from mixlaw.trial import LANGUAGES, MixlawError
from mixlaw_eval.contamination import TRANSLATION_SET, benchmark_texts, canary, evaluation_index
from mixlaw_eval.parallel import load_tasks

RECORDS = [
    {"name": "Set_0_first", "language": "go_test.go", "prompt": "// First of all", "tests": "assert first()"},
    {"task_id": "Set/1", "prompt": "def second():", "canonical_solution": "    return 2", "test": "assert second()"},
]
EXPECTED = {
    ("Set_0_first", "go_test.go", "prompt", "// First of all"),
    ("Set_0_first", "go_test.go", "tests", "assert first()"),
    ("Set/1", "", "prompt", "def second():"),
    ("Set/1", "", "solution", "    return 2"),
    ("Set/1", "", "tests", "assert second()"),
}


def found(path: Path) -> set[tuple[str, str, str, str]]:
    return {(text.task, text.language, text.part, text.text) for text in benchmark_texts(path)}


def write(path: Path) -> None:
    lines = "".join(json.dumps(record) + "\n" for record in RECORDS).encode()
    if path.suffix == ".parquet":
        pl.DataFrame(RECORDS).write_parquet(path)
    elif ".jsonl" in path.suffixes:
        path.write_bytes(gzip.compress(lines) if path.suffix == ".gz" else b"\n" + lines)
    else:
        whole = json.dumps(RECORDS).encode()
        path.write_bytes(gzip.compress(whole) if path.suffix == ".gz" else whole)


@pytest.mark.parametrize("name", ["b.json", "b.jsonl", "b.json.gz", "b.jsonl.gz", "b.parquet"])
def test_records_of_every_format_hold_the_same(tmp_path: Path, name: str) -> None:
    write(tmp_path / name)
    assert found(tmp_path / name) == EXPECTED
    assert {text.source for text in benchmark_texts(tmp_path / name)} == {name}
    assert found(tmp_path) == EXPECTED


def test_a_list_of_tests_is_one_text_and_completions_are_several(tmp_path: Path) -> None:
    record = {"id": 7, "test_list": ["assert a", "assert b"], "completions": ["x = 1", "x = 2"], "language": None}
    (tmp_path / "r.json").write_text(json.dumps(record))
    assert found(tmp_path / "r.json") == {
        ("7", "", "tests", "assert a\nassert b"),
        ("7", "", "solution", "x = 1"),
        ("7", "", "solution", "x = 2"),
    }


def test_parallel_programs_and_source_files(tmp_path: Path) -> None:
    (tmp_path / "sum").mkdir()
    (tmp_path / "sum" / "main.py").write_text("print(1)")
    (tmp_path / "sum" / "main.go").write_text("package main")
    (tmp_path / "sum" / "notes.md").write_text("not a program")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "hook.py").write_text("hidden")
    (tmp_path / "pairs.jsonl").write_text('{"task": "sort", "python": "sorted(x)", "rust": "x.sort()"}\n')
    assert found(tmp_path) == {
        ("sum/main", "python", "program", "print(1)"),
        ("sum/main", "go", "program", "package main"),
        ("sort", "python", "program", "sorted(x)"),
        ("sort", "rust", "program", "x.sort()"),
    }
    (text,) = benchmark_texts(tmp_path / "sum" / "main.py")
    assert (text.source, text.task) == ("main.py", "main")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.jsonl", b"{", "cannot be read"),
        ("a.json.gz", b"no gzip", "cannot be read"),
        ("a.parquet", b"no parquet", "cannot be read"),
        ("a.json", b"[1, 2]", "expected records"),
        ("a.json", b'{"answer": "42"}', "holds no evaluation text"),
        ("a.md", b"prose", "holds no evaluation text"),
        ("a.py", b"\xff\xfe", "not valid UTF-8"),
        ("", b"", "does not exist"),
    ],
)
def test_what_cannot_be_used_is_said(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = tmp_path / (name or "nothing")
    if name:
        path.write_bytes(content)
    with pytest.raises(MixlawError, match=said):
        benchmark_texts(path)


def test_every_program_of_the_translation_set_is_found_inside_other_code() -> None:
    index = evaluation_index()
    tasks = load_tasks()
    assert index.sources[TRANSLATION_SET]["texts"] == len(tasks) * len(LANGUAGES)
    assert index.sources[TRANSLATION_SET]["only_whole"] == 0
    for task in tasks:
        for language, program in task.sources.items():
            indented = "".join(f"\t{line}\r\n\r\n" for line in program.splitlines())
            match = index.match(f"some text before\n{indented}and after")
            assert match is not None
            assert (match.kind, match.task, match.language) == ("contains", task.name, language)


def test_no_program_of_one_task_is_taken_for_another_task() -> None:
    tasks = load_tasks()
    for left_out in tasks[::7]:
        others = {name for name in (task.name for task in tasks) if name != left_out.name}
        index = evaluation_index_of(others)
        for program in left_out.sources.values():
            assert index.match(program) is None, left_out.name


def evaluation_index_of(names: set[str]):
    from mixlaw.corpus import EvaluationIndex
    from mixlaw_eval.contamination import translation_texts

    return EvaluationIndex([text for text in translation_texts() if text.task in names])


def test_the_canary_is_in_the_readme_and_in_no_program() -> None:
    assert evaluation_index().match(f"# notes\n{canary()}\n") is not None
    assert not [task.name for task in load_tasks() for text in task.sources.values() if "CANARY" in text]
