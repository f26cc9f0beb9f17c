"""The sketches of many files as one table, read by row without holding it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from mixlaw.corpus.duplicates.sketch import SKETCH_SIZE
from mixlaw.trial import MixlawError

_OPEN_FILES = 64
"""Mapped at a time: a corpus may have more files than a process may open."""
_ROWS = 1 << 14
"""Of one file, read at a time: 16 MB."""


class SketchRows:
    """Sketches (n_i, SKETCH_SIZE) in .npy files, one after the other. Raises MixlawError for files of another shape."""

    def __init__(self, files: Sequence[Path]) -> None:
        self._files = tuple(files)
        self._mapped = lru_cache(maxsize=_OPEN_FILES)(_mapped)
        lengths = [len(self._mapped(file)) for file in self._files]
        self._starts = np.concatenate([[0], np.cumsum(np.asarray(lengths, np.int64))])

    def __len__(self) -> int:
        return int(self._starts[-1])

    def blocks(self) -> Iterator[tuple[int, NDArray[np.uint32]]]:
        """All rows in order, some at a time, with the number of the first."""
        for file, start in zip(self._files, self._starts.tolist(), strict=False):
            rows = self._mapped(file)
            for first in range(0, len(rows), _ROWS):
                yield start + first, rows[first : first + _ROWS]

    def rows(self, numbers: NDArray[np.signedinteger]) -> NDArray[np.uint32]:
        """The rows of these numbers, which ascend: (k, SKETCH_SIZE)."""
        found = np.empty((len(numbers), SKETCH_SIZE), np.uint32)
        of_file = np.searchsorted(self._starts, numbers, side="right") - 1
        borders = np.flatnonzero(np.diff(of_file, prepend=-1, append=-2)).tolist()
        for first, last in pairwise(borders):
            file = int(of_file[first])
            found[first:last] = self._mapped(self._files[file])[numbers[first:last] - self._starts[file]]
        return found


def _mapped(file: Path) -> NDArray[np.uint32]:
    try:
        rows = cast(NDArray[np.uint32], np.load(file, mmap_mode="r", allow_pickle=False))
    except (ValueError, EOFError) as error:
        raise MixlawError(f"{file} holds no sketches ({error}); delete its unit's files and build again") from error
    if rows.ndim != 2 or rows.shape[1] != SKETCH_SIZE or rows.dtype != np.uint32:
        raise MixlawError(
            f"{file} holds {rows.dtype} of shape {rows.shape}, not sketches of {SKETCH_SIZE} uint32; delete its "
            "unit's files and build again"
        )
    return rows
