"""First stage: a unit's files become cleaned documents, each with what later stages need to know of it.

work/documents/<unit>.arrow          the documents
work/documents/<unit>.sketches.npy   MinHash sketches, (documents, 256) uint32
work/documents/<unit>.json           the unit's counts; written last, so it marks the unit as finished
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from mixlaw.corpus.cleaning.decontaminate import Dropped, without_evaluation_texts
from mixlaw.corpus.cleaning.evaluation_index import EvaluationIndex
from mixlaw.corpus.cleaning.filters import cleaned
from mixlaw.corpus.cleaning.licences import LicenceRule
from mixlaw.corpus.cleaning.thresholds import Thresholds
from mixlaw.corpus.document import Document, RawFile
from mixlaw.corpus.duplicates import sketches_of
from mixlaw.corpus.funnel import Funnel
from mixlaw.corpus.sources import read_unit
from mixlaw.corpus.sources.unit import Unit
from mixlaw.corpus.stages.documents import DocumentsFile, documents_file
from mixlaw.corpus.stages.sketch_file import SketchFile
from mixlaw.store import atomic_write

BATCH_BYTES = 4_000_000
"""Of text that a task holds at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanUnit:
    """The task of one unit, for every unit of a spec."""

    folder: Path
    """Where the finished units go."""
    thresholds: Thresholds
    licences: LicenceRule
    evaluations: Path | None
    """A pickled EvaluationIndex, or None when evaluation texts are not looked for."""

    def __call__(self, unit: Unit) -> None:
        """Clean a unit, unless it is finished."""
        if is_finished(self.folder, unit.name):
            return
        log = _Log()
        index = _evaluation_index(self.evaluations) if self.evaluations else None
        with _Writer(self.folder, unit.name) as writer:
            for batch in batches(_passed(read_unit(unit), self, log)):
                kept = batch
                if index is not None:
                    kept, dropped = without_evaluation_texts(batch, index, log.funnel)
                    log.dropped += dropped
                writer.write(kept)
        atomic_write(_counts(self.folder, unit.name), json.dumps(log.to_json()).encode())


def is_finished(folder: Path, unit: str) -> bool:
    """Whether a unit's documents are written."""
    return _counts(folder, unit).exists()


def read_counts(folder: Path, unit: str) -> dict[str, Any]:
    """What a finished unit's task counted: `funnel`, `dropped`, `undecodable`."""
    return cast(dict[str, Any], json.loads(_counts(folder, unit).read_bytes()))


def sketches_file(folder: Path, unit: str) -> Path:
    """Where a unit's sketches are."""
    return folder / f"{unit}.sketches.npy"


def _counts(folder: Path, unit: str) -> Path:
    return folder / f"{unit}.json"


@dataclass(slots=True)
class _Log:
    funnel: Funnel = field(default_factory=Funnel)
    dropped: list[Dropped] = field(default_factory=list[Dropped])

    def to_json(self) -> dict[str, Any]:
        return {
            "funnel": [asdict(row) for row in self.funnel.all_rows()],
            "dropped": [entry.to_json() for entry in self.dropped],
            "undecodable": self.funnel.undecodable,
        }


def _passed(files: Iterable[RawFile], job: CleanUnit, log: _Log) -> Iterator[Document]:
    for file in files:
        document = cleaned(file, log.funnel, job.thresholds, job.licences)
        if document is not None:
            yield document


def batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """As many at a time as a task holds: `BATCH_BYTES` of text."""
    batch: list[Document] = []
    held = 0
    for document in documents:
        batch.append(document)
        held += document.n_bytes
        if held >= BATCH_BYTES:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch


@lru_cache(maxsize=1)
def _evaluation_index(path: Path) -> EvaluationIndex:
    """Read once per process: every task of it looks through the same index."""
    return cast(EvaluationIndex, pickle.loads(path.read_bytes()))


class _Writer:
    """A unit's documents and sketches under temporary names, in place once all of them are written."""

    def __init__(self, folder: Path, unit: str) -> None:
        self._documents = DocumentsFile(documents_file(folder, unit))
        self._sketches = SketchFile(sketches_file(folder, unit))

    def __enter__(self) -> _Writer:
        return self

    def write(self, documents: list[Document]) -> None:
        if documents:
            self._documents.append(documents)
            self._sketches.append(sketches_of([document.text for document in documents]))

    def __exit__(self, failed: object, *_: object) -> None:
        self._documents.close()
        if failed is None:
            self._sketches.finish()
            self._documents.finish()
