"""Which documents of a corpus repeat others.

The rule, document by document in the order of priority: one goes if an earlier document has the same text, or if an
earlier document that stays has a sketch that is equal in at least 0.7 of its numbers and in the whole of one band (8
numbers next to each other). Copies in other languages count. 32 bands of 8 find pairs of similarity 0.7 with
probability 0.85 and of 0.8 with 0.998 (Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, section 3.4).

Such a rule looks at one document after the other and remembers every band of each; here the same answer is found band
by band over all documents, with sorting, in little memory:

1. In every band, documents with equal numbers form a bucket. The first is compared with the rest; those like it are
   attached to it and take no part in later comparisons; the first of what remains is next.
2. A document goes if the one that it is attached to stays. Some are attached to one that goes itself, and stay for now.
3. Those are compared anew with the documents that stay, in the buckets that they share, until none is left (first with
   what the one that goes is attached to: copies of copies are mostly copies).

At the end no two documents that stay are alike, and each that goes is like an earlier one that stays. Only one set is
like that: what the rule above gives (the lexicographically first maximal independent set; Blelloch, Fineman and Shun
2012, arXiv:1202.3205, find it in parallel by rounds too).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mixlaw.corpus.duplicates.sketch import SKETCH_SIZE
from mixlaw.corpus.duplicates.sketch_rows import SketchRows

THRESHOLD = 0.7
BANDS = 32
BAND_ROWS = SKETCH_SIZE // BANDS
MAX_LEADERS = 1000
"""Documents of a bucket that the rest is compared with. Only past so many unlike documents with a band in common can a
near duplicate be missed; without it, a bucket of n unlike ones takes n squared comparisons."""
MEMORY_BYTES = 1 << 28
"""For the bands that are read at once."""
EXACT = "no exact duplicate"
NEAR = "no near duplicate"
DEDUP_STEPS = (EXACT, NEAR)
"""What the funnel calls them."""
KEPT: Final = 0
EXACT_COPY: Final = 1
NEAR_COPY: Final = 2

_MIN_EQUAL = int(np.ceil(THRESHOLD * SKETCH_SIZE))
_CHUNK = 1 << 12
"""Pairs compared at once."""
_KEYS_CHUNK = 1 << 20
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_HALF = np.uint64(32)
_NONE = -1
Keys = NDArray[np.uint64]
Numbers = NDArray[np.signedinteger]


def find_duplicates(
    digests: NDArray[np.uint64], sketches: Sequence[Path], order: NDArray[np.int64], *, memory_bytes: int = MEMORY_BYTES
) -> NDArray[np.uint8]:
    """What becomes of each document (n,): KEPT, EXACT_COPY or NEAR_COPY.

    `digests` (n, 2) are 128 bits of each text's hash; `sketches` are .npy files (n_i, SKETCH_SIZE) of uint32, the
    documents' in their order; `order` (n,) are the numbers of the documents, those first that rather stay.

    Takes about 30 bytes per document besides the arguments, and `memory_bytes` where that is more: with less, the
    sketches are read more often (once for as many bands as 8 bytes each per document allow).
    Raises MixlawError when a file holds no sketches, ValueError when the numbers of documents differ.
    """
    rows = SketchRows(sketches)
    if not len(rows) == len(digests) == len(order):
        raise ValueError(f"{len(rows)} sketches, {len(digests)} digests and {len(order)} documents in order")
    rank = _ranks(order)
    fate = np.zeros(len(order), np.uint8)
    fate[_repeated(digests, rank)] = EXACT_COPY
    _Search(rows, rank, fate, memory_bytes).run()
    return fate


def _ranks(order: Numbers) -> Numbers:
    """Of each document, its place in the order."""
    rank = np.full(len(order), _NONE, np.int32 if len(order) < 2**31 else np.int64)
    rank[order] = np.arange(len(order), dtype=rank.dtype)
    if (rank == _NONE).any():
        raise ValueError("order must name every document once")
    return rank


def _repeated(digests: NDArray[np.uint64], rank: Numbers) -> Numbers:
    """The documents whose digest an earlier one has."""
    members = _members(digests[:, 0], _common(digests[:, 0]))
    members = members[np.lexsort((rank[members], digests[members, 1], digests[members, 0]))]
    same = np.all(digests[members[1:]] == digests[members[:-1]], axis=1)
    return members[1:][same]


def _common(keys: Keys) -> Keys:
    """The keys that occur more than once, ascending."""
    ordered = np.sort(keys)
    repeated = ordered[1:][ordered[1:] == ordered[:-1]]
    return repeated[np.diff(repeated, prepend=~repeated[:1]) != 0]


def _members(keys: Keys, wanted: Keys) -> Numbers:
    """Where the wanted keys (ascending) are."""
    if not len(wanted):
        return np.empty(0, np.int64)
    found: list[Numbers] = []
    for first in range(0, len(keys), _KEYS_CHUNK):
        chunk = keys[first : first + _KEYS_CHUNK]
        places = np.minimum(np.searchsorted(wanted, chunk), len(wanted) - 1)
        found.append(np.flatnonzero(wanted[places] == chunk) + first)
    return np.concatenate(found)


class _Search:
    """The search for near duplicates; `fate` is filled in."""

    def __init__(self, rows: SketchRows, rank: Numbers, fate: NDArray[np.uint8], memory_bytes: int) -> None:
        self._rows = rows
        self._rank = rank
        self._fate = fate
        self._bands_at_once = max(1, min(BANDS, memory_bytes // max(1, 8 * len(fate))))
        self._attached = np.full(len(fate), _NONE, rank.dtype)
        """The earlier document that each was found to be like."""

    def run(self) -> None:
        self._compare(self._fate == KEPT, None)
        self._decide()
        while (unsure := (self._fate == KEPT) & (self._attached != _NONE)).any():
            if not self._moved_up(np.flatnonzero(unsure)):
                self._attached[unsure] = _NONE
                self._compare(self._fate == KEPT, unsure)
            self._decide()

    def _moved_up(self, unsure: Numbers) -> bool:
        """Attach documents to what theirs is attached to, where they are like it too: nearly all are, and that saves
        the search. False when none is.
        """
        above = self._attached[self._attached[unsure]]
        alike = self._alike(above, unsure, with_a_band=True)
        self._attached[unsure[alike]] = above[alike]
        return bool(alike.any())

    def _decide(self) -> None:
        """A document goes if the one that it is attached to stays."""
        self._fate[self._fate == NEAR_COPY] = KEPT
        waiting = np.flatnonzero(self._attached != _NONE)
        known = self._attached == _NONE
        while len(waiting):
            ready = known[self._attached[waiting]]
            now = waiting[ready]
            leaders = self._attached[now]
            self._fate[now[self._fate[leaders] == KEPT]] = NEAR_COPY
            known[now] = True
            waiting = waiting[~ready]

    def _compare(self, taking_part: NDArray[np.bool_], unsure: NDArray[np.bool_] | None) -> None:
        """Attach the documents that take part to earlier ones; where `unsure` is given, only pairs with one of them."""
        documents = np.flatnonzero(taking_part)
        for keys in _band_keys(self._rows, documents, self._bands_at_once):
            wanted = _common(keys)
            if unsure is not None:
                wanted = np.intersect1d(wanted, keys[unsure[documents]])
            places = _members(keys, wanted)
            free = self._attached[documents[places]] == _NONE
            self._compare_bucket(documents[places[free]], keys[places[free]], unsure)

    def _compare_bucket(self, members: Numbers, keys: Keys, unsure: NDArray[np.bool_] | None) -> None:
        by_bucket = np.lexsort((self._rank[members], keys))
        members, keys = members[by_bucket], keys[by_bucket]
        for _ in range(MAX_LEADERS):
            if not len(members):
                return
            is_first = np.diff(keys, prepend=~keys[:1]) != 0
            leaders = members[is_first][np.cumsum(is_first) - 1]
            others, their_keys, leaders = members[~is_first], keys[~is_first], leaders[~is_first]
            compared = slice(None) if unsure is None else np.flatnonzero(unsure[others] | unsure[leaders])
            alike = np.zeros(len(others), np.bool_)
            alike[compared] = self._alike(leaders[compared], others[compared])
            self._attached[others[alike]] = leaders[alike]
            members, keys = others[~alike], their_keys[~alike]

    def _alike(self, left: Numbers, right: Numbers, *, with_a_band: bool = False) -> NDArray[np.bool_]:
        """Whether the sketches of each pair are equal in enough numbers, and if asked in all of some band."""
        found = np.empty(len(left), np.bool_)
        for first in range(0, len(left), _CHUNK):
            chunk = slice(first, first + _CHUNK)
            needed, places = np.unique(np.concatenate([left[chunk], right[chunk]]), return_inverse=True)
            sketches = self._rows.rows(needed)
            one, other = np.split(places, 2)
            equal = sketches[one] == sketches[other]
            found[chunk] = equal.sum(axis=1) >= _MIN_EQUAL
            if with_a_band:
                found[chunk] &= equal.reshape(-1, BANDS, BAND_ROWS).all(axis=2).any(axis=1)
        return found


def _band_keys(rows: SketchRows, documents: Numbers, at_once: int) -> Iterator[Keys]:
    """Of each band in turn, a hash of its numbers in every one of the documents (ascending)."""
    for first in range(0, BANDS, at_once):
        bands = range(first, min(first + at_once, BANDS))
        keys = np.empty((len(bands), len(documents)), np.uint64)
        for start, block in rows.blocks():
            begin, end = np.searchsorted(documents, (start, start + len(block)))
            mine = block[documents[begin:end] - start] if end - begin < len(block) else block
            for place, band in enumerate(bands):
                keys[place, begin:end] = _hashed(mine[:, band * BAND_ROWS : (band + 1) * BAND_ROWS])
        yield from keys


def _hashed(numbers: NDArray[np.uint32]) -> Keys:
    """One key for each row of BAND_ROWS numbers."""
    key = np.zeros(len(numbers), np.uint64)
    for column in np.ascontiguousarray(numbers).view(np.uint64).T:
        key = (key ^ column) * _FACTOR
        key ^= key >> _HALF
    return key
