"""Open files shared with a process that is about to start: pipes, and content in memory."""

from __future__ import annotations

import contextlib
import fcntl
import os
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from mixlaw_eval.sandbox.limiting import ABSENT

_SEALS = fcntl.F_SEAL_WRITE | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_SEAL
_PREFIX = "mixlaw-output-"


def _result_folder() -> Path:
    """In memory where possible."""
    memory = Path("/dev/shm")
    return memory if os.access(memory, os.W_OK) else Path(tempfile.gettempdir())


def remove_stale_results() -> None:
    """Result files of processes that were killed before they could remove them."""
    for path in _result_folder().glob(f"{_PREFIX}*"):
        if not Path("/proc", path.name.removeprefix(_PREFIX).partition("-")[0]).exists():
            with contextlib.suppress(OSError):
                path.unlink()


@dataclass(slots=True, kw_only=True)
class Handles:
    """`ours` stay open while the process runs, `theirs` are closed here once it has started.

    `owner` is the user id that the process will have, when it is another than ours: it may then open /dev/stdin and
    its like anew.
    """

    ours: contextlib.ExitStack
    theirs: contextlib.ExitStack
    owner: int | None = None
    passed: list[int] = field(default_factory=list[int])
    """Descriptors of theirs that the process gets at their own numbers."""

    def pass_on(self, descriptor: int) -> int:
        """Give the process this descriptor of theirs at its own number."""
        self.passed.append(descriptor)
        return descriptor

    def file(self, path: Path) -> int:
        """A file of this machine, opened for them to read."""
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        self.theirs.callback(os.close, descriptor)
        return descriptor

    def content(self, data: bytes) -> int:
        """A file of theirs in memory that can be read and nothing else."""
        descriptor = os.memfd_create("input", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        self.theirs.callback(os.close, descriptor)
        with open(descriptor, "wb", closefd=False) as file:
            file.write(data)
        os.lseek(descriptor, 0, os.SEEK_SET)
        fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, _SEALS)
        return descriptor

    def pipe_from(self) -> tuple[int, int]:
        """Ours to read, theirs to write."""
        ours, theirs = os.pipe()
        return self._pair(ours, theirs)

    def pipe_to(self) -> tuple[int, int]:
        """Ours to write, theirs to read."""
        theirs, ours = os.pipe()
        return self._pair(ours, theirs)

    def _pair(self, ours: int, theirs: int) -> tuple[int, int]:
        self.ours.callback(os.close, ours)
        self.theirs.callback(os.close, theirs)
        if self.owner is not None:
            os.fchown(theirs, self.owner, self.owner)
        return ours, theirs

    def result_file(self) -> tuple[int, str]:
        """An open file of ours for the output, and its path until `ours` is closed."""
        descriptor, path = tempfile.mkstemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=_result_folder())
        self.ours.callback(os.close, descriptor)
        self.ours.callback(os.unlink, path)
        os.write(descriptor, ABSENT)
        if self.owner is not None:
            os.fchown(descriptor, self.owner, self.owner)
        return descriptor, path
