"""Programs of the same task in several languages, arranged in three ways (the paper's section 5).

Python is the pivot: every pair has it on one side, in both directions, never a pair without it. All three
arrangements hold the same programs the same number of times, so that only the arrangement differs:

- `shuffled`: each program of each pair is a document of its own;
- `paired-direct`: x, then y, in one document;
- `paired-prompt`: x, "Please translate the following ... code to ...:" before it, "Answer:" after it, y.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from mixlaw.corpus.cleaning.filters import normalise
from mixlaw.corpus.document import Document, domain_of
from mixlaw.corpus.parallel.source import ParallelSource
from mixlaw.trial import DISPLAY, LANGUAGES, ORGANISATIONS, PARALLEL, MixlawError, Organisation

PIVOT = "python"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One task's programs by language, and where they came from."""

    name: str
    source: str
    licence: str
    programs: dict[str, str]


def read_tasks(source: ParallelSource, folder: Path) -> list[Task]:
    """The tasks of a source that have Python and at least one other language, by name.

    Raises MixlawError when `programs_by_task` does, or there is no such task.
    """
    path = folder / source.path
    tasks = [
        Task(name=name, source=source.name, licence=source.licence, programs=programs)
        for name, programs in sorted(programs_by_task(path).items())
        if PIVOT in programs and len(programs) > 1
    ]
    if not tasks:
        raise MixlawError(f"the parallel source {path} has no task with a Python program and another language's")
    return tasks


def programs_by_task(path: Path) -> dict[str, dict[str, str]]:
    """The programs of each task by language, as they stand in a folder or a file.

    A folder has one sub-folder per task with a file per language, named by its ending; a JSON Lines file has
    `{"task": name, "python": program, ...}` per line. Raises MixlawError for anything else.
    """
    if path.is_dir():
        return _folder_tasks(path)
    if path.is_file():
        return _json_tasks(path)
    raise MixlawError(f"{path} does not exist; parallel programs are a folder or a JSON Lines file: correct the path")


def _folder_tasks(folder: Path) -> dict[str, dict[str, str]]:
    tasks: dict[str, dict[str, str]] = {}
    for task in sorted(path for path in folder.iterdir() if path.is_dir()):
        programs = tasks.setdefault(task.name, {})
        for file in sorted(path for path in task.iterdir() if path.is_file()):
            language = domain_of(file.name)
            if language in LANGUAGES:
                programs.setdefault(language, _program(file.read_bytes(), language, str(file)))
    return tasks


def _json_tasks(path: Path) -> dict[str, dict[str, str]]:
    tasks: dict[str, dict[str, str]] = {}
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        where = f"{path}, line {number}"
        try:
            record: Any = json.loads(line)
        except ValueError as error:
            raise MixlawError(f"{where}: not JSON: {error}") from error
        if not isinstance(record, dict) or "task" not in record:
            raise MixlawError(f'{where}: expected an object with the key "task" and a program per language')
        programs = {str(key): str(value) for key, value in cast(dict[Any, Any], record).items() if key != "task"}
        unknown = sorted(set(programs) - set(LANGUAGES))
        if unknown:
            raise MixlawError(f"{where}: unknown language {', '.join(unknown)}; known are {', '.join(LANGUAGES)}")
        tasks[str(cast(dict[str, Any], record)["task"])] = {
            language: normalise(program, language) for language, program in programs.items()
        }
    return tasks


def _program(data: bytes, language: str, where: str) -> str:
    try:
        return normalise(data.decode(), language)
    except UnicodeDecodeError as error:
        raise MixlawError(f"{where} is not valid UTF-8: {error}") from error


def arrange(tasks: Iterable[Task]) -> dict[Organisation, list[Document]]:
    """The three arrangements of the same programs, as documents of the domain `parallel`."""
    arranged: dict[Organisation, list[Document]] = {name: [] for name in ORGANISATIONS}
    for task in tasks:
        for x, y in _directions(task):
            for organisation, texts in _texts(task, x, y).items():
                arranged[organisation] += [_document(task, f"{x}-{y}", part, t) for part, t in enumerate(texts)]
    return arranged


def _directions(task: Task) -> Iterator[tuple[str, str]]:
    for language in LANGUAGES:
        if language != PIVOT and language in task.programs:
            yield PIVOT, language
            yield language, PIVOT


def _texts(task: Task, x: str, y: str) -> dict[Organisation, list[str]]:
    source, target = task.programs[x], task.programs[y]
    return {
        "shuffled": [source, target],
        "paired-direct": [source + target],
        "paired-prompt": [f"{translation_prompt(x, y)}{source}Answer:\n{target}"],
    }


def translation_prompt(x: str, y: str) -> str:
    """The sentence before the source program, e.g. "Please translate the following Python code to Go:"."""
    return f"Please translate the following {DISPLAY[x]} code to {DISPLAY[y]}:\n"


def _document(task: Task, direction: str, part: int, text: str) -> Document:
    path = f"{task.name}/{direction}/{part}"
    return Document.of(domain=PARALLEL, project=task.source, path=path, licence=task.licence, text=text)
