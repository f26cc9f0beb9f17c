"""Drop the training documents that hold evaluation texts, and say which.

Every document of every split is looked at, before duplicates are removed, so that whether a document is dropped depends
on nothing but itself and the index. Of a parallel task the programs that match are dropped, each by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from mixlaw.corpus.cleaning.evaluation_index import RULES, EvaluationIndex, Match
from mixlaw.corpus.document import Document
from mixlaw.corpus.funnel import Funnel
from mixlaw.corpus.parallel.programs import Task
from mixlaw.trial import PARALLEL, MixlawError

DECONTAMINATED = "no evaluation text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A document that was left out, and the evaluation text that it matches best."""

    domain: str
    project: str
    path: str
    bytes: int
    match: Match

    def to_json(self) -> dict[str, Any]:
        """One flat record: the document, then the match."""
        plain = asdict(self)
        return plain | plain.pop("match")

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> Dropped:
        """The inverse of `to_json`."""
        match = {field.name: record[field.name] for field in fields(Match)}
        document = {name: value for name, value in record.items() if name not in match}
        return cls(match=Match(**match), **document)


def without_evaluation_texts(
    documents: Iterable[Document], index: EvaluationIndex, funnel: Funnel
) -> tuple[list[Document], list[Dropped]]:
    """The documents that match nothing, in their order, and those that do."""
    kept: list[Document] = []
    dropped: list[Dropped] = []
    for document in documents:
        match = index.match(document.text)
        left = document.n_bytes if match is None else None
        funnel.count(DECONTAMINATED, document.domain, document.n_bytes, left)
        if match is None:
            kept.append(document)
        else:
            dropped.append(_dropped(document, match))
    return kept, dropped


def _dropped(document: Document, match: Match) -> Dropped:
    return Dropped(
        domain=document.domain,
        project=document.project,
        path=document.path,
        bytes=document.n_bytes,
        match=match,
    )


def tasks_without_evaluation_texts(
    tasks: Iterable[Task], index: EvaluationIndex, funnel: Funnel, dropped: list[Dropped]
) -> Iterator[Task]:
    """The parallel tasks with the programs that match nothing, one by one, if both of one of their directions are left.

    The programs that match are added to `dropped`. Raises MixlawError when no task is left of some.
    """
    n_read = n_kept = 0
    for task in tasks:
        programs, gone = without_evaluation_texts(_programs(task), index, funnel)
        dropped += gone
        left = replace(task, programs={program.path.rpartition("/")[2]: program.text for program in programs})
        n_read += 1
        if left.made:
            n_kept += 1
            yield left
    if n_read and not n_kept:
        raise MixlawError(
            f"the evaluation texts hold the programs of all {n_read} parallel tasks, so none is left to train on; "
            "give another parallel source, or remove it from the spec"
        )


def _programs(task: Task) -> list[Document]:
    return [
        Document.of(
            domain=PARALLEL, project=task.source, path=f"{task.name}/{language}", licence=task.licence, text=program
        )
        for language, program in task.programs.items()
    ]


def decontamination_record(index: EvaluationIndex | None, dropped: Sequence[Dropped]) -> dict[str, Any] | None:
    """What the manifest says: the index, its rules and sources, every document dropped. None without an index."""
    if index is None:
        return None
    ordered = sorted((entry.to_json() for entry in dropped), key=lambda d: (d["domain"], d["project"], d["path"]))
    return {
        "fingerprint": index.fingerprint,
        "rules": RULES,
        "sources": index.sources,
        "canaries": index.n_canaries,
        "dropped": ordered,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class DroppedCount:
    """How many documents of a domain were dropped for one source of evaluation texts and one kind of match."""

    source: str
    domain: str
    kind: str
    documents: int
    bytes: int
    tasks: tuple[str, ...]
    """The evaluation tasks that they match best."""


def dropped_counts(record: Mapping[str, Any]) -> list[DroppedCount]:
    """The documents that a manifest's `decontamination` lists, by source, domain and kind of match."""
    found: dict[tuple[str, str, str], list[Mapping[str, Any]]] = defaultdict(list)
    for entry in record["dropped"]:
        found[entry["source"], entry["domain"], entry["kind"]].append(entry)
    return [
        DroppedCount(
            source=source,
            domain=domain,
            kind=kind,
            documents=len(entries),
            bytes=sum(entry["bytes"] for entry in entries),
            tasks=tuple(sorted({entry["task"] for entry in entries} - {""})),
        )
        for (source, domain, kind), entries in sorted(found.items())
    ]
