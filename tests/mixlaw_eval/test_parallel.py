"""The translation set as data: complete, and refused when it is not."""

from __future__ import annotations

import re
import shutil
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from mixlaw.trial import LANGUAGES, MixlawError
from mixlaw_eval.parallel import load_tasks

TASKS = load_tasks()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    with as_file(files("mixlaw_eval") / "translation_set") as folder:
        return Path(shutil.copytree(folder, tmp_path / "set"))


def test_ours_has_ten_tasks_in_seven_languages_with_five_cases_each() -> None:
    assert len(TASKS) == 10
    for task in TASKS:
        assert set(task.sources) == set(LANGUAGES)
        assert len({case.input for case in task.cases}) >= 5, task.name


def test_no_two_languages_of_a_task_are_the_same_text() -> None:
    for task in TASKS:
        assert len(set(task.sources.values())) == len(LANGUAGES), task.name


def test_the_manifest_names_every_folder(copy: Path) -> None:
    assert {task.name for task in TASKS} == {path.name for path in copy.iterdir() if path.is_dir()}


def test_the_canary_is_in_the_readme_and_in_no_program(copy: Path) -> None:
    assert re.search(r"MIXLAW-TRANSLATION-SET-CANARY [0-9a-f-]{36}", (copy / "README.md").read_text())
    assert not any("CANARY" in text for task in TASKS for text in task.sources.values())


def test_a_folder_of_the_same_layout_is_read(copy: Path) -> None:
    assert load_tasks(copy) == TASKS


def test_what_is_missing_is_named(copy: Path, tmp_path: Path) -> None:
    (copy / "prime-sieve" / "solution.rs").unlink()
    with pytest.raises(MixlawError, match=r"prime-sieve/solution\.rs cannot be read"):
        load_tasks(copy)
    (copy / "manifest.yaml").write_text("files: {python: solution.py}\ntasks: {a: {}}\n")
    with pytest.raises(MixlawError, match="names no file under `files:` for java, javascript"):
        load_tasks(copy)
    with pytest.raises(MixlawError, match=r"manifest\.yaml cannot be read"):
        load_tasks(tmp_path)
