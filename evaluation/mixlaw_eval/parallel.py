"""The parallel test set: the same programs in seven languages, ours or any folder of the same layout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, cast

import yaml

from mixlaw.trial import LANGUAGES, MixlawError
from mixlaw_eval.execution import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One program in every language. `sources` maps each of LANGUAGES to the program's text."""

    name: str
    sources: Mapping[str, str]
    cases: tuple[Case, ...]


def load_tasks(folder: Path | None = None) -> tuple[Task, ...]:
    """The tasks of a translation set in the order of its manifest; the set that comes with mixlaw by default.

    Raises MixlawError for a folder without a manifest, or a task that lacks a language or its cases.
    """
    root: Traversable = folder if folder is not None else files("mixlaw_eval") / "translation_set"
    manifest = _read_yaml(root / "manifest.yaml")
    names = _file_names(manifest, root)
    tasks = manifest.get("tasks")
    if not isinstance(tasks, dict) or not tasks:
        raise MixlawError(f"{root / 'manifest.yaml'} lists no tasks; add `tasks:` with one key per folder")
    return tuple(_load_task(root / name, name, names) for name in cast(dict[str, Any], tasks))


def _file_names(manifest: Mapping[str, Any], root: Traversable) -> dict[str, str]:
    names = cast(dict[str, str], manifest.get("files") or {})
    missing = [language for language in LANGUAGES if language not in names]
    if missing:
        raise MixlawError(f"{root / 'manifest.yaml'} names no file under `files:` for {', '.join(missing)}")
    return names


def _load_task(folder: Traversable, name: str, names: Mapping[str, str]) -> Task:
    cases = cast(list[dict[str, str]], _read_yaml(folder / "cases.yaml"))
    return Task(
        name=name,
        sources={language: _read(folder / names[language]) for language in LANGUAGES},
        cases=tuple(Case(input=case["input"], output=case["output"]) for case in cases),
    )


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
            f"{path} cannot be read ({error.strerror}); a translation set is a folder with manifest.yaml "
            "and, for each task, a folder with one program per language and cases.yaml"
        ) from error
