"""Programs of the same task in several languages, arranged in three ways (the paper's section 5).

A source's pairs are Python's unless its spec says otherwise, each in both directions unless one is held out. All three
arrangements hold the same programs the same number of times, so that only the arrangement differs:

- `shuffled`: each program of each direction is a document of its own;
- `paired-direct`: x, then y, in one document;
- `paired-prompt`: x, "Please translate the following ... code to ...:" before it, "Answer:" after it, y.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from mixlaw.corpus.cleaning.filters import normalise
from mixlaw.corpus.cleaning.licence_headers import strip_licence_header
from mixlaw.corpus.document import Document
from mixlaw.corpus.parallel.reading import read_programs
from mixlaw.corpus.parallel.source import PIVOT, Direction, ParallelSource, directions_of
from mixlaw.trial import DISPLAY, ORGANISATIONS, PARALLEL, MixlawError, Organisation

__all__ = ["PIVOT", "Task", "arrange", "documents_of", "programs_by_task", "read_tasks", "translation_prompt"]

_AROUND_PYTHON = directions_of(ParallelSource(path="", licence="", name=""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One task's programs by language, and where they came from."""

    name: str
    source: str
    licence: str
    programs: dict[str, str]
    directions: tuple[Direction, ...] = _AROUND_PYTHON
    """Those that are made where the task has both programs; no document shows another."""
    origin: str = ""

    @property
    def made(self) -> tuple[Direction, ...]:
        """The directions for which there are both programs."""
        return tuple((x, y) for x, y in self.directions if x in self.programs and y in self.programs)


def read_tasks(source: ParallelSource, folder: Path) -> Iterator[Task]:
    """The tasks of a source that have both programs of one of its directions, streamed in the order of the files.

    `folder` is where a relative path starts. Line ends are made one kind and licence headers stripped; a program of
    which nothing is left is not there. Raises MixlawError when `read_programs` does, or there is no such task.
    """
    directions = directions_of(source)
    found = False
    for read in read_programs(location_of(source, folder), source.columns):
        task = Task(
            name=read.task,
            source=source.name,
            licence=source.licence,
            programs=_cleaned(read.programs, headers=False),
            directions=directions,
            origin=source.path,
        )
        if task.made:
            found = True
            yield task
    if not found:
        raise MixlawError(
            f"the parallel source {source.name} ({location_of(source, folder)}) has no task with "
            f"{_wanted(source)}; correct its pairs, or its path"
        )


def location_of(source: ParallelSource, folder: Path) -> str:
    """Where a source lies: a URL as it is, a path from `folder`."""
    return source.path if "://" in source.path else str(folder / source.path)


def _wanted(source: ParallelSource) -> str:
    if source.pairs == PIVOT:
        return "a Python program and another language's"
    if isinstance(source.pairs, str):
        return f"programs of two languages (pairs: {source.pairs})"
    return "both programs of one of its pairs"


def programs_by_task(path: Path) -> dict[str, dict[str, str]]:
    """The programs of each task by language, as they stand but for line ends, in a folder or a file.

    A folder has one sub-folder per task with a file per language, named by its ending; a JSON Lines file has
    `{"task": name, "python": program, ...}` per line, a Parquet file those columns. Raises MixlawError for anything
    else.
    """
    tasks: dict[str, dict[str, str]] = {}
    for read in read_programs(str(path)):
        if read.task in tasks:
            raise MixlawError(f"{read.where}: the task {read.task} is there already; give each task one row")
        tasks[read.task] = _cleaned(read.programs, headers=True)
    return tasks


def _cleaned(programs: dict[str, str], *, headers: bool) -> dict[str, str]:
    """One kind of line ends, and licence headers only if wanted, without programs of which nothing is left."""
    cleaned: dict[str, str] = {}
    for language, program in programs.items():
        text = normalise(program)
        text = text if headers else normalise(strip_licence_header(text, language))
        if text.strip():
            cleaned[language] = text
    return cleaned


def arrange(tasks: Iterable[Task]) -> dict[Organisation, list[Document]]:
    """The three arrangements of the same programs, as documents of the domain `parallel`."""
    arranged: dict[Organisation, list[Document]] = {name: [] for name in ORGANISATIONS}
    for task in tasks:
        for organisation, document in documents_of(task):
            arranged[organisation].append(document)
    return arranged


def documents_of(task: Task) -> Iterator[tuple[Organisation, Document]]:
    """A task's documents in each of the three arrangements: of every direction that it is made in, and no other."""
    for x, y in task.made:
        for organisation, texts in _texts(task, x, y).items():
            for part, text in enumerate(texts):
                yield organisation, _document(task, f"{x}-{y}", part, text)


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
    return Document.of(
        domain=PARALLEL,
        project=task.source,
        path=f"{task.name}/{direction}/{part}",
        licence=task.licence,
        text=text,
        origin=task.origin,
    )
