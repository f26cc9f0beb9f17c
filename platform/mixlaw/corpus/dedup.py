"""Exact and near duplicates, within a domain.

Near duplicates as in The Stack (arXiv:2211.15533, section 3.2): MinHash of word 5-grams with 256 permutations,
Jaccard similarity at least 0.7. Of a group the first document in the given order stays, so hand held-out documents
in first: then it is the training copy that goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Protocol

import rensa as _untyped  # pyright: ignore[reportMissingTypeStubs]

from mixlaw.corpus.document import Document
from mixlaw.corpus.funnel import Funnel

THRESHOLD = 0.7
PERMUTATIONS = 256
BANDS = 32
"""32 bands of 8 rows find pairs of similarity 0.7 with probability 0.85 and of 0.8 with 0.998."""
SHINGLE_WORDS = 5
EXACT = "no exact duplicate"
NEAR = "no near duplicate"
DEDUP_STEPS = (EXACT, NEAR)
_WORD = re.compile(r"\w+")
_SEED = 42
_rensa: Any = _untyped  # compiled, without type information


class _Sketch(Protocol):
    """What this module uses of rensa's RMinHash."""

    def update(self, items: list[str]) -> None: ...

    def jaccard(self, other: _Sketch) -> float: ...


class _Index(Protocol):
    """What this module uses of rensa's RMinHashLSH."""

    def query(self, minhash: _Sketch) -> list[int]: ...

    def insert(self, key: int, minhash: _Sketch) -> None: ...


def without_duplicates(documents: Iterable[Document], funnel: Funnel) -> list[Document]:
    """The first of every group of equal or nearly equal documents of a domain, in the given order."""
    seen: set[tuple[str, str]] = set()
    near: dict[str, _NearDuplicates] = {}
    kept: list[Document] = []
    for document in documents:
        is_new = (document.domain, document.sha256) not in seen
        _count(EXACT, document, is_new, funnel)
        if not is_new:
            continue
        seen.add((document.domain, document.sha256))
        is_new = near.setdefault(document.domain, _NearDuplicates()).add(document.text)
        _count(NEAR, document, is_new, funnel)
        if is_new:
            kept.append(document)
    return kept


def _count(step: str, document: Document, is_kept: bool, funnel: Funnel) -> None:
    funnel.count(step, document.domain, document.n_bytes, document.n_bytes if is_kept else None)


class _NearDuplicates:
    """The texts so far; `add` says whether a text is unlike all of them, and if so remembers it."""

    def __init__(self) -> None:
        self._index: _Index = _rensa.RMinHashLSH(THRESHOLD, PERMUTATIONS, BANDS)
        self._sketches: list[_Sketch] = []

    def add(self, text: str) -> bool:
        sketch: _Sketch = _rensa.RMinHash(PERMUTATIONS, _SEED)
        sketch.update(shingles(text))
        # The index proposes, the sketches decide: a shared band alone is no proof.
        if any(sketch.jaccard(self._sketches[key]) >= THRESHOLD for key in self._index.query(sketch)):
            return False
        self._index.insert(len(self._sketches), sketch)
        self._sketches.append(sketch)
        return True


def shingles(text: str) -> list[str]:
    """The distinct runs of five words, sorted; a shorter text is one run."""
    words = _WORD.findall(text)
    runs = range(max(1, len(words) - SHINGLE_WORDS + 1))
    return sorted({" ".join(words[i : i + SHINGLE_WORDS]) for i in runs})
