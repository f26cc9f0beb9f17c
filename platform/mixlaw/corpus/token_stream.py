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
        if starts.size and (starts.min() < 0 or starts.max() + length > len(self)):
            raise IndexError(f"a row lies outside the {len(self):,} tokens")
        found = np.empty((starts.size, length), self.dtype)
        first = np.searchsorted(self._starts, starts, side="right") - 1
        last = np.searchsorted(self._starts, starts + max(length - 1, 0), side="right") - 1
        for file in np.unique(first).tolist():
            mine = (first == file) & (last == file)
            found[mine] = self._windows(file, length)[starts[mine] - self._starts[file]]
        for row in np.flatnonzero(first != last).tolist():
            found[row] = self._run(int(starts[row]), int(starts[row]) + length)
        return found

    def _windows(self, file: int, length: int) -> Tokens:
        tokens = self._open(file)
        # A file that is shorter than a row holds none whole.
        return np.lib.stride_tricks.sliding_window_view(tokens, length) if len(tokens) >= length else tokens[:0, None]

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
