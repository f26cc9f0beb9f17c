"""Parallel test sets: the same programs in several languages, ours or anybody's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, cast

import yaml

from mixlaw.corpus.parallel.programs import programs_by_task
from mixlaw.trial import LANGUAGES, MixlawError
from mixlaw_eval.execution import Case

MANIFEST, CASES = "manifest.yaml", "cases.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One program in several languages. `sources` maps two or more of LANGUAGES to the program's text.

    `cases` are inputs and the output that every program must print; a set without them cannot be run.
    """

    name: str
    sources: Mapping[str, str]
    cases: tuple[Case, ...] = ()


def load_tasks(path: Path | None = None) -> tuple[Task, ...]:
    """The tasks of a parallel set; without `path` of the one that comes with mixlaw.

    A folder with manifest.yaml has the layout of ours: `files` (one name per language), `tasks`, and a folder per task
    with its programs and cases.yaml. Any other folder has one sub-folder per task with a file per language, named by
    its ending, and cases.yaml where programs can be run. A JSON Lines file has `{"task": name, "python": program, ...}`
    per line. Raises MixlawError for anything else, and for a task that lacks what its layout promises.
    """
    if path is None or (path / MANIFEST).is_file():
        return _with_manifest(path if path is not None else files("mixlaw_eval") / "translation_set")
    found = sorted(programs_by_task(path).items())
    tasks = tuple(
        Task(name=name, sources=programs, cases=_cases_beside(path / name))
        for name, programs in found
        if len(programs) > 1
    )
    if not tasks:
        raise MixlawError(
            f"{path} holds no task with programs in two languages; a parallel set is a folder with one sub-folder per "
            'task and a file per language in it, or JSON Lines with {"task": name, "python": program, ...}'
        )
    return tasks


def _cases_beside(folder: Path) -> tuple[Case, ...]:
    return _load_cases(folder / CASES) if (folder / CASES).is_file() else ()


def _with_manifest(root: Traversable) -> tuple[Task, ...]:
    manifest = _read_yaml(root / MANIFEST)
    names = _file_names(manifest, root)
    tasks = manifest.get("tasks")
    if not isinstance(tasks, dict) or not tasks:
        raise MixlawError(f"{root / MANIFEST} lists no tasks; add `tasks:` with one key per folder")
    return tuple(_load_task(root / name, name, names) for name in cast(dict[str, Any], tasks))


def _file_names(manifest: Mapping[str, Any], root: Traversable) -> dict[str, str]:
    names = cast(dict[str, str], manifest.get("files") or {})
    missing = [language for language in LANGUAGES if language not in names]
    if missing:
        raise MixlawError(f"{root / MANIFEST} names no file under `files:` for {', '.join(missing)}")
    return names


def _load_task(folder: Traversable, name: str, names: Mapping[str, str]) -> Task:
    return Task(
        name=name,
        sources={language: _read(folder / names[language]) for language in LANGUAGES},
        cases=_load_cases(folder / CASES),
    )


def _load_cases(path: Traversable) -> tuple[Case, ...]:
    entries = _read_yaml(path)
    try:
        return tuple(Case(input=str(entry["input"]), output=str(entry["output"])) for entry in entries)
    except (KeyError, TypeError) as error:
        raise MixlawError(f"{path} must be a list of entries with the keys input and output ({error!r})") from error


def _read_yaml(path: Traversable) -> Any:
    try:
        return yaml.safe_load(_read(path))
    except yaml.YAMLError as error:
        raise MixlawError(f"{path} is not valid YAML: {error}") from error


def _read(path: Traversable) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise MixlawError(
            f"{path} cannot be read ({error.strerror}); its manifest.yaml promises one program per language and "
            "cases.yaml for each task"
        ) from error
