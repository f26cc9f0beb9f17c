"""A file of lines that grows while a long job runs, and loses nothing to a kill -9 but the line being written."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self


class Appending:
    """The file, opened to be appended to. What `add` was given is safe from a kill once it returns.

    A line that a kill cut short stays, as a line of its own: readers pass over what they cannot parse.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("ab")
        if self._file.tell() and not _ends_with_newline(path):
            self._file.write(b"\n")

    def add(self, lines: Iterable[bytes]) -> None:
        """Append whole lines, each with its newline."""
        self._file.write(b"".join(lines))
        self._file.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()


def _ends_with_newline(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read() == b"\n"
