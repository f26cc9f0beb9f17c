"""Parallel programs as documents of the domain `parallel`: one unit per organisation, all of it training data.

Their programs have held-out losses only by language. A source's tasks are read once, looked through for evaluation
texts and kept in work/; which of them give which pairs is decided on what is left.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from mixlaw.corpus.cleaning.decontaminate import Dropped, tasks_without_evaluation_texts
from mixlaw.corpus.cleaning.evaluation_index import EvaluationIndex
from mixlaw.corpus.document import Document
from mixlaw.corpus.funnel import Funnel
from mixlaw.corpus.parallel.pairs import PairPlan, plan_pairs
from mixlaw.corpus.parallel.programs import Task, documents_of, read_tasks
from mixlaw.corpus.parallel.source import ParallelSource, directions_of
from mixlaw.corpus.spec import CorpusSpec
from mixlaw.corpus.stages.documents import DocumentsFile, documents_file
from mixlaw.corpus.stages.encode import UNLIMITED
from mixlaw.corpus.stages.group import Group
from mixlaw.corpus.stages.index import read_index
from mixlaw.corpus.stages.order import sampling_order
from mixlaw.corpus.stages.work import WorkFolder
from mixlaw.trial import ORGANISATIONS, PARALLEL, Organisation

_BATCH = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class ParallelDocuments:
    """The units that hold the arranged programs, by organisation."""

    organisations: Mapping[Organisation, str]
    dropped: Sequence[Dropped]
    """Programs that hold evaluation texts."""
    records: Sequence[Mapping[str, Any]]
    """What the manifest says of each source."""

    @property
    def units(self) -> tuple[str, ...]:
        """Their names, in a fixed order."""
        return tuple(self.organisations.values())


def write_parallel(
    spec: CorpusSpec, evaluations: EvaluationIndex | None, work: WorkFolder, funnel: Funnel
) -> ParallelDocuments:
    """Read, decontaminate and arrange the programs of every parallel source."""
    dropped: list[Dropped] = []
    plans: list[tuple[Callable[[], Iterator[Task]], PairPlan]] = []
    for number, source in enumerate(spec.parallel):
        file = work.documents / f"parallel-{number:04d}.jsonl"
        dropped += _keep_tasks(source, spec.folder, evaluations, funnel, file)
        kept_tasks = partial(_kept_tasks, file, source)
        plans.append((kept_tasks, plan_pairs(source, kept_tasks, spec.seed)))
    return ParallelDocuments(
        organisations=_arrange(plans, work) if plans else {},
        dropped=dropped,
        records=[plan.to_json() for _, plan in plans],
    )


def _keep_tasks(
    source: ParallelSource, folder: Path, evaluations: EvaluationIndex | None, funnel: Funnel, target: Path
) -> list[Dropped]:
    """Write a source's tasks without evaluation texts; the programs that hold some."""
    dropped: list[Dropped] = []
    tasks = read_tasks(source, folder)
    if evaluations is not None:
        tasks = tasks_without_evaluation_texts(tasks, evaluations, funnel, dropped)
    with target.open("w", encoding="utf-8") as file:
        for task in tasks:
            file.write(json.dumps(asdict(replace(task, directions=()))) + "\n")
    return dropped


def _kept_tasks(file: Path, source: ParallelSource) -> Iterator[Task]:
    directions = directions_of(source)
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            yield replace(Task(**json.loads(line)), directions=directions)


def _arrange(
    plans: Sequence[tuple[Callable[[], Iterator[Task]], PairPlan]], work: WorkFolder
) -> dict[Organisation, str]:
    units: dict[Organisation, str] = {organisation: f"parallel-{organisation}" for organisation in ORGANISATIONS}
    files: dict[Organisation, DocumentsFile] = {
        organisation: DocumentsFile(documents_file(work.documents, unit)) for organisation, unit in units.items()
    }
    waiting: dict[Organisation, list[Document]] = {organisation: [] for organisation in ORGANISATIONS}
    for kept_tasks, plan in plans:
        for task in plan.taken(kept_tasks()):
            for organisation, document in documents_of(task):
                waiting[organisation].append(document)
                if len(waiting[organisation]) == _BATCH:
                    files[organisation].append(waiting[organisation])
                    waiting[organisation] = []
    for organisation, file in files.items():
        if waiting[organisation]:
            file.append(waiting[organisation])
        file.close()
        file.finish()
    return units


def parallel_groups(spec: CorpusSpec, parallel: ParallelDocuments, work: WorkFolder, first_unit: int) -> list[Group]:
    """A group per organisation; `first_unit` is the place of the first of their units among all units."""
    groups: list[Group] = []
    for number, (organisation, unit) in enumerate(parallel.organisations.items()):
        index = read_index(work.documents, [unit], first=first_unit + number)
        groups.append(
            Group(
                split="train",
                domain=PARALLEL,
                organisation=organisation,
                documents=sampling_order(index, spec.seed),
                max_tokens=UNLIMITED,
            )
        )
    return groups
