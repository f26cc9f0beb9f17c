"""The token ids of one domain and split: one stream, whether it lies in one file or in thousands."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

Tokens = NDArray[np.unsignedinteger]


class TokenStream:
    """Memory-mapped token files, end to end. Files are opened when first read, and only read."""

    def __init__(self, files: Sequence[Path], lengths: Sequence[int], dtype: np.dtype[np.unsignedinteger]) -> None:
        self.files = tuple(files)
        """Where the tokens lie, in order."""
        self._starts = np.concatenate([[0], np.cumsum(np.asarray(lengths, np.int64))])
        self._opened: dict[int, Tokens] = {}
        self._windowed: dict[tuple[int, int], NDArray[np.void]] = {}
        self.dtype = dtype

    def __len__(self) -> int:
        return int(self._starts[-1])

    def __getitem__(self, place: slice) -> Tokens:
        """The tokens of a slice (step 1): a view where they lie in one file, else a copy."""
        start, stop, step = place.indices(len(self))
        if step != 1:
            raise ValueError("a token stream is read forwards, every token")
        return self._run(start, max(start, stop))

    def rows(self, starts: NDArray[np.int64], length: int) -> Tokens:
        """The runs of `length` tokens from each of `starts` (k,), as (k, length). Raises IndexError beyond the end."""
        # As unsigned numbers, those below 0 are too large.
        if starts.size and np.maximum.reduce(starts.view(np.uint64)) > len(self) - length:
            raise IndexError(f"a row lies outside the {len(self):,} tokens")
        if len(self.files) == 1:
            return self._windows(0, length)[starts].view(self.dtype).reshape(starts.size, length)
        files = np.searchsorted(self._starts, starts, side="right") - 1
        whole = starts + length <= self._starts[files + 1]
        found = np.empty((starts.size, length), self.dtype)
        items = found.view(_item(self.dtype, length))[:, 0]
        for mine in _groups(files, np.flatnonzero(whole)):
            file = int(files[mine[0]])
            items[mine] = self._windows(file, length)[starts[mine] - self._starts[file]]
        for row in np.flatnonzero(~whole).tolist():
            found[row] = self._run(int(starts[row]), int(starts[row]) + length)
        return found

    def _windows(self, file: int, length: int) -> NDArray[np.void]:
        """Every run of `length` tokens of a file as one item: NumPy gathers those faster than rows of a matrix."""
        if (file, length) not in self._windowed:
            tokens = self._open(file)
            fit = max(0, len(tokens) - length + 1)  # a file that is shorter than a row holds none whole
            item = _item(self.dtype, length)
            self._windowed[file, length] = np.ndarray(
                (fit,), item, buffer=tokens if fit else None, strides=(self.dtype.itemsize,)
            )
        return self._windowed[file, length]

    def _run(self, start: int, stop: int) -> Tokens:
        parts: list[Tokens] = []
        at = start
        while at < stop:
            file = int(np.searchsorted(self._starts, at, side="right")) - 1
            end = min(stop, int(self._starts[file + 1]))
            base = int(self._starts[file])
            parts.append(self._open(file)[at - base : end - base])
            at = end
        if len(parts) == 1:
            return parts[0]
        return np.concatenate(parts) if parts else np.empty(0, self.dtype)

    def _open(self, file: int) -> Tokens:
        if file not in self._opened:
            self._opened[file] = cast(Tokens, np.load(self.files[file], mmap_mode="r", allow_pickle=False))
        return self._opened[file]


def _item(dtype: np.dtype[np.unsignedinteger], length: int) -> np.dtype[np.void]:
    return np.dtype((np.void, dtype.itemsize * length))


def _groups(files: NDArray[np.int64], rows: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """The rows of each file, together."""
    ordered = rows[np.argsort(files[rows], kind="stable")]
    groups = np.split(ordered, np.flatnonzero(np.diff(files[ordered])) + 1)
    return [group for group in groups if group.size]
