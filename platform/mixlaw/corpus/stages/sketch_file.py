"""A NumPy file of sketches that is written as they come, their number not being known before the last."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mixlaw.corpus.duplicates import SKETCH_SIZE

_CHUNK = 4096


class SketchFile:
    """Appends rows of SKETCH_SIZE uint32; `finish` makes the .npy file of them."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._raw = path.with_suffix(".raw.part")
        self._rows = 0
        self._raw.write_bytes(b"")

    def append(self, sketches: NDArray[np.uint32]) -> None:
        """Add sketches (k, SKETCH_SIZE)."""
        with self._raw.open("ab") as file:
            file.write(np.ascontiguousarray(sketches, "<u4").tobytes())
        self._rows += len(sketches)

    def finish(self) -> None:
        """Write the file under its name and remove what it was collected in."""
        part = self._path.with_suffix(".npy.part")
        with part.open("wb") as file, self._raw.open("rb") as raw:
            header = {"descr": "<u4", "fortran_order": False, "shape": (self._rows, SKETCH_SIZE)}
            np.lib.format.write_array_header_1_0(file, header)
            while chunk := raw.read(4 * SKETCH_SIZE * _CHUNK):
                file.write(chunk)
        part.replace(self._path)
        self._raw.unlink()
