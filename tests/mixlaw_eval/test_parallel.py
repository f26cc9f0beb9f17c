"""The translation set as data: complete, and refused when it is not."""

from __future__ import annotations

import re
import shutil
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from mixlaw.trial import LANGUAGES, MixlawError
from mixlaw_eval.execution import Case
from mixlaw_eval.parallel import Task, load_tasks

TASKS = load_tasks()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    with as_file(files("mixlaw_eval") / "translation_set") as folder:
        return Path(shutil.copytree(folder, tmp_path / "set"))


def test_ours_has_fifty_tasks_in_seven_languages_with_five_cases_each() -> None:
    assert len(TASKS) == 50
    for task in TASKS:
        assert set(task.sources) == set(LANGUAGES)
        assert len({case.input for case in task.cases}) >= 5, task.name


def test_no_two_languages_of_a_task_are_the_same_text() -> None:
    for task in TASKS:
        assert len(set(task.sources.values())) == len(LANGUAGES), task.name


def test_programs_are_long_enough_to_measure_and_short_enough_for_a_context() -> None:
    """About 300 to 600 tokens of a code tokenizer, at some 3.5 bytes each."""
    sizes = [len(text.encode()) for task in TASKS for text in task.sources.values()]
    assert min(sizes) > 1000
    assert max(sizes) < 2600


def test_the_manifest_names_every_folder(copy: Path) -> None:
    assert {task.name for task in TASKS} == {path.name for path in copy.glob("[!.]*") if path.is_dir()}


def test_the_canary_is_in_the_readme_and_in_no_program(copy: Path) -> None:
    assert re.search(r"MIXLAW-TRANSLATION-SET-CANARY [0-9a-f-]{36}", (copy / "README.md").read_text())
    assert not any("CANARY" in text for task in TASKS for text in task.sources.values())


def test_a_folder_of_the_same_layout_is_read(copy: Path) -> None:
    assert load_tasks(copy) == TASKS


def test_what_is_missing_is_named(copy: Path, tmp_path: Path) -> None:
    (copy / "game-of-life" / "solution.rs").unlink()
    with pytest.raises(MixlawError, match=r"game-of-life/solution\.rs cannot be read"):
        load_tasks(copy)
    (copy / "manifest.yaml").write_text("files: {python: solution.py}\ntasks: {a: {}}\n")
    with pytest.raises(MixlawError, match="names no file under `files:` for java, javascript"):
        load_tasks(copy)


def test_a_folder_without_a_manifest_has_a_folder_per_task(tmp_path: Path) -> None:
    for name, text in (("a/main.go", "package a\n"), ("a/b.py", "x = 1\n"), ("a/notes.md", "no\n"), ("b/c.rs", "\n")):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    (tmp_path / "a" / "cases.yaml").write_text("- {input: '1', output: '2'}\n")
    (task,) = load_tasks(tmp_path)
    assert task == Task(
        name="a", sources={"python": "x = 1\n", "go": "package a\n"}, cases=(Case(input="1", output="2"),)
    )


def test_json_lines_have_a_program_per_language(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(
        '{"task": "a", "python": "x = 1\\n", "rust": "fn a() {}\\n"}\n{"task": "b", "go": "package b\\n"}\n'
    )
    (task,) = load_tasks(path)
    assert task == Task(name="a", sources={"python": "x = 1\n", "rust": "fn a() {}\n"})


def test_what_is_no_parallel_set_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MixlawError, match="holds no task with programs in two languages"):
        load_tasks(tmp_path)
    with pytest.raises(MixlawError, match="does not exist"):
        load_tasks(tmp_path / "nothing")
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "a.py").write_text("x = 1\n")
    (tmp_path / "a" / "a.go").write_text("package a\n")
    (tmp_path / "a" / "cases.yaml").write_text("- {input: '1'}\n")
    with pytest.raises(MixlawError, match=r"cases\.yaml must be a list of entries with the keys input and output"):
        load_tasks(tmp_path)
