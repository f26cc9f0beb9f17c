"""Which project is held out, and which documents are taken when there are more than asked for."""

from __future__ import annotations

import hashlib
import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from mixlaw.corpus.document import Document
from mixlaw.corpus.spec import CorpusSpec
from mixlaw.trial import MixlawError

Split = Literal["train", "validation", "test"]
SPLITS: tuple[Split, ...] = ("train", "validation", "test")


def split_projects(spec: CorpusSpec) -> dict[str, Split]:
    """Every project's split: as the spec says, else by hash, so that each domain has both training and validation.

    A project is in one split with all its languages. Raises MixlawError for a domain that cannot have both.
    """
    splits: dict[str, Split] = dict.fromkeys(spec.validation, "validation")
    splits.update(dict.fromkeys(spec.test, "test"))
    projects = _projects_by_domain(spec)
    for domain in spec.domains:
        if not any(splits.get(name) == "validation" for name in projects[domain]):
            splits[_held_out(domain, projects, splits, spec.seed)] = "validation"
    for domain in spec.domains:
        if all(name in splits for name in projects[domain]):
            raise MixlawError(
                f"{domain}: every project is held out ({', '.join(projects[domain])}), none is left for training; "
                "add a project or hold out fewer"
            )
    return {name: splits.get(name, "train") for name in sorted({s.project for s in spec.sources})}


def _projects_by_domain(spec: CorpusSpec) -> dict[str, list[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for source in spec.sources:
        for language in source.languages:
            found[language].add(source.project)
    return {domain: sorted(found[domain]) for domain in spec.domains}


def _held_out(domain: str, projects: Mapping[str, list[str]], splits: Mapping[str, Split], seed: int) -> str:
    """The project to hold out for a domain: the first by hash whose going leaves every domain one for training."""
    free = [name for name in projects[domain] if name not in splits]
    for name in sorted(free, key=lambda name: seeded_hash(seed, name)):
        others = [[p for p in names if p != name and p not in splits] for names in projects.values() if name in names]
        if all(others):
            return name
    raise MixlawError(
        f"{domain} needs at least two projects, one to train on and one to hold out for validation; it has "
        f"{', '.join(projects[domain])}. Add a source, or name other projects under validation"
    )


def seeded_hash(seed: int, text: str) -> str:
    """A hash that orders texts at random, the same way for the same seed."""
    return hashlib.sha256(f"{seed}\n{text}".encode()).hexdigest()


def sampling_order(documents: Iterable[Document], seed: int) -> Iterator[Document]:
    """Documents in the order in which they are taken: at random within a project, and always from the project that
    has given the fewest bytes so far, so that one large project does not crowd out the others.
    """
    shelves: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        shelves[document.project].append(document)
    for shelf in shelves.values():
        shelf.sort(key=lambda document: seeded_hash(seed, document.sha256), reverse=True)
    queue = [(0, project) for project in sorted(shelves)]
    heapq.heapify(queue)
    while queue:
        given, project = heapq.heappop(queue)
        document = shelves[project].pop()
        yield document
        if shelves[project]:
            heapq.heappush(queue, (given + document.n_bytes, project))
