"""MinHash sketches: 256 numbers of a text, of which two texts share the more the more alike they are.

Of runs of five words, as in The Stack (Kocetkov et al. 2022, arXiv:2211.15533): the expected share of equal
numbers is the Jaccard similarity of the two sets of runs (Broder 1997). A word is a run of letters, digits,
underscores and anything beyond ASCII; case counts, layout does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
import rensa as _untyped  # pyright: ignore[reportMissingTypeStubs]
from numpy.typing import NDArray

_rensa: Any = _untyped  # compiled, without type information
SKETCH_SIZE: Final = 256
SHINGLE_WORDS = 5
_SEED = 42
SKETCH_VERSION = f"words-1.rensa-{_rensa.RMinHash.ALGORITHM_VERSION}"
"""Changes when the same text gets another sketch: sketches of different versions must not be compared."""

_CHUNK_BYTES = 1 << 18
"""Hashed at once: what the processor's cache holds."""
_IS_WORD = np.array([c >= 128 or chr(c).isalnum() or chr(c) == "_" for c in range(256)])
_BASE = 0x9E3779B97F4A7C15
_INVERSE = pow(_BASE, -1, 2**64)
_STEP = np.uint64(0xD1342543DE82EF95)
_MIX_1, _MIX_2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


def _mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Every bit spread over all (the finalizer of SplitMix64, Steele et al. 2014)."""
    values = (values ^ (values >> np.uint64(30))) * _MIX_1
    values = (values ^ (values >> np.uint64(27))) * _MIX_2
    return values ^ (values >> np.uint64(31))


_BYTE_CODES = _mixed(np.arange(1, 257, dtype=np.uint64) * np.uint64(_BASE))


def sketches_of(texts: Sequence[str]) -> NDArray[np.uint32]:
    """The sketches of texts, (n, SKETCH_SIZE). A text of fewer than five words is one run; one without any is unlike
    every other.
    """
    sketches = np.empty((len(texts), SKETCH_SIZE), np.uint32)
    for first, chunk in _chunks(texts):
        hashes, offsets = _shingles(chunk)
        found = _rensa.RMinHash.digest_matrix_from_flat_token_hashes(hashes, offsets, SKETCH_SIZE, _SEED)
        sketches[first : first + len(chunk)] = found.to_rows()
    return sketches


def _chunks(texts: Sequence[str]) -> Iterator[tuple[int, list[bytes]]]:
    """Texts in UTF-8, some at a time, with the number of the first."""
    first, chunk, held = 0, list[bytes](), 0
    for number, text in enumerate(texts):
        chunk.append(text.encode(errors="surrogatepass"))
        held += len(chunk[-1])
        if held >= _CHUNK_BYTES:
            yield first, chunk
            first, chunk, held = number + 1, [], 0
    if chunk:
        yield first, chunk


def _shingles(texts: Sequence[bytes]) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Hashes of every text's runs of words, end to end, and where each text's begin, with the end of the last."""
    data = np.frombuffer(b" ".join(texts) + b" ", np.uint8)
    words, starts = _words(data)
    ends = np.cumsum([len(text) + 1 for text in texts])
    last = np.searchsorted(starts, ends)
    counts = np.diff(last, prepend=0)
    runs = np.maximum(counts - SHINGLE_WORDS + 1, 1)
    offsets = np.concatenate([[0], np.cumsum(runs)])
    hashes = np.empty(offsets[-1], np.uint64)
    long = counts >= SHINGLE_WORDS
    # The runs of all words, over the borders of texts too; those that cross one are left out.
    if long.any():
        whole = _runs(words, SHINGLE_WORDS)
        hashes[_ranges(offsets[:-1][long], runs[long])] = whole[_ranges((last - counts)[long], runs[long])]
    for text in np.flatnonzero(~long).tolist():
        own = words[last[text] - counts[text] : last[text]]
        hashes[offsets[text]] = _runs(own, len(own))[0] if len(own) else _hash_of(texts[text])
    return hashes, offsets.astype(np.uint64)


def _words(data: NDArray[np.uint8]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Hashes of the words of a text that ends in a blank, and where they start."""
    is_word = np.concatenate([[False], _IS_WORD[data]])
    edges = np.flatnonzero(is_word[1:] != is_word[:-1])
    starts, ends = edges[::2], edges[1::2]
    powers, inverses = _powers(len(data))
    # A polynomial in the byte's place, so that a word's hash is a difference of two sums, moved to the word's start.
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(_BYTE_CODES[data] * powers, dtype=np.uint64)])
    return _mixed((sums[ends] - sums[starts]) * inverses[starts]), starts


def _powers(length: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """The powers of the base from 0 on, and those of its inverse modulo 2**64."""
    if length > 2 * _CHUNK_BYTES:  # a text so long is rare, and its tables would be kept
        return _powers_of(_BASE, length), _powers_of(_INVERSE, length)
    return _POWERS[:length], _INVERSES[:length]


def _powers_of(base: int, length: int) -> NDArray[np.uint64]:
    factors = np.full(length, base, np.uint64)
    factors[:1] = 1
    return np.multiply.accumulate(factors)


_POWERS, _INVERSES = _powers_of(_BASE, 2 * _CHUNK_BYTES), _powers_of(_INVERSE, 2 * _CHUNK_BYTES)


def _runs(words: NDArray[np.uint64], length: int) -> NDArray[np.uint64]:
    """Hashes of every run of `length` words."""
    n_runs = len(words) - length + 1
    total = np.zeros(n_runs, np.uint64)
    for place in range(length):
        total = total * _STEP + words[place : place + n_runs]
    return _mixed(total)


def _hash_of(text: bytes) -> np.uint64:
    """Of the whole text, whatever it is made of."""
    codes = _BYTE_CODES[np.frombuffer(text, np.uint8)]
    return _mixed(np.atleast_1d(np.sum(codes * _powers(len(codes))[0], dtype=np.uint64) + np.uint64(len(codes))))[0]


def _ranges(starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers from each start, as many as its length, end to end; lengths are at least 1."""
    steps = np.ones(int(lengths.sum()), np.int64)
    heads = np.cumsum(lengths)[:-1]
    steps[0] = starts[0]
    steps[heads] = starts[1:] - starts[:-1] - lengths[:-1] + 1
    return np.cumsum(steps)
