"""What a tree of processes uses, read from /proc."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

TICK_S = 1 / os.sysconf("SC_CLK_TCK")
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
INODE_BYTES = 1024
"""What the kernel keeps, about, for one file of a tmpfs beside its content."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stat:
    """One line of /proc/<pid>/stat (proc(5))."""

    state: str
    parent: int
    session: int
    own_s: float
    children_s: float
    """CPU time of the children that it waited for."""
    threads: int
    started: int
    resident_bytes: int


def parse_stat(line: bytes) -> Stat:
    """The name of the program, in parentheses, may hold anything: fields are counted from the last parenthesis."""
    words = line[line.rindex(b")") + 2 :].split()
    return Stat(
        state=words[0].decode(),
        parent=int(words[1]),
        session=int(words[3]),
        own_s=(int(words[11]) + int(words[12])) * TICK_S,
        children_s=(int(words[13]) + int(words[14])) * TICK_S,
        threads=int(words[17]),
        started=int(words[19]),
        resident_bytes=int(words[21]) * PAGE_BYTES,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A tree at one moment."""

    cpu_s: float
    memory_bytes: int
    """Resident, pages shared by several processes counted for each; files in scratch included."""
    runnable: bool
    """Whether a thread runs, waits for a core, or waits for a disk."""


class Tree(Protocol):
    """A tree of processes that can be looked at and killed."""

    def sample(self) -> Sample | None:
        """Look at it now; None while it is not there yet, or no more."""
        ...

    def cpu_s(self) -> float:
        """CPU time that it has used so far; 0 while it is not there."""
        ...

    def shared_once_bytes(self) -> int:
        """As `Sample.memory_bytes`, with shared pages counted once. Slow: it walks the page tables."""
        ...

    def kill(self) -> None:
        """Kill every process of it. Harmless when there is none."""
        ...

    def close(self) -> None:
        """Let go of what was opened to look at it."""
        ...

    def exit_code(self, code: int, stderr: bytes) -> int:
        """The shell's that waited for the program, by the exit code of the process that was started, and its messages.

        Raises SandboxError when the program never ran.
        """
        ...


class ProcFolder:
    """Reads the processes below one /proc, given as an open folder."""

    def __init__(self, folder: int) -> None:
        self._folder = folder
        self._own_s: dict[tuple[int, int], float] = {}

    def read(self, name: str) -> bytes:
        """Content of a file below; empty when its process is gone or not ours to read."""
        try:
            file = os.open(name, os.O_RDONLY | os.O_CLOEXEC, dir_fd=self._folder)
        except OSError:
            return b""
        try:
            return os.read(file, 4096)
        except OSError:
            return b""
        finally:
            os.close(file)

    def pids(self) -> list[int]:
        """Every process there is."""
        with contextlib.suppress(OSError):
            return [int(name) for name in os.listdir(self._folder) if name.isdigit()]  # noqa: PTH208 - an open folder
        return []

    def stats(self, pids: list[int]) -> dict[int, Stat]:
        """Those of them that are still there."""
        lines = ((pid, self.read(f"{pid}/stat")) for pid in pids)
        return {pid: parse_stat(line) for pid, line in lines if b")" in line}

    def cpu_s(self, stats: dict[int, Stat]) -> float:
        """CPU time of the tree so far: what its processes and their dead children used.

        A parent that ignores SIGCHLD is never charged for its children; what those were seen to use is summed apart,
        so that this hides no more than what fits between two looks.
        """
        for pid, stat in stats.items():
            key = (pid, stat.started)
            self._own_s[key] = max(stat.own_s, self._own_s.get(key, 0.0))
        charged = sum(stat.own_s + stat.children_s for stat in stats.values())
        return max(charged, sum(self._own_s.values()))

    def runnable(self, stats: dict[int, Stat]) -> bool:
        """Whether any thread runs, waits for a core or (state D) for a disk."""
        if any(stat.state in "RD" for stat in stats.values()):
            return True
        return any(state in "RD" for pid, stat in stats.items() if stat.threads > 1 for state in self._threads(pid))

    def _threads(self, pid: int) -> Iterator[str]:
        try:
            tasks = os.open(f"{pid}/task", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC, dir_fd=self._folder)
        except OSError:
            return
        try:
            names = os.listdir(tasks)  # noqa: PTH208 - an open folder
        except OSError:
            names = []
        finally:
            os.close(tasks)
        for name in names:
            line = self.read(f"{pid}/task/{name}/stat")
            if b")" in line:
                yield parse_stat(line).state

    def proportional_bytes(self, stats: dict[int, Stat]) -> int:
        """Resident memory with each shared page split among those that map it (smaps_rollup)."""
        return sum(self._proportional(pid, stat) for pid, stat in stats.items())

    def _proportional(self, pid: int, stat: Stat) -> int:
        for line in self.read(f"{pid}/smaps_rollup").splitlines():
            if line.startswith(b"Pss:"):
                return int(line.split()[1]) * 1024
        return stat.resident_bytes


class PidNamespace:
    """Everything in one pid namespace, found through its process 1: nothing can leave it, however it forks."""

    def __init__(self, init: int, *, scratch: str) -> None:
        self._init = os.pidfd_open(init)
        self._root = f"/proc/{init}/root"
        self._scratch_name = scratch
        self._proc: ProcFolder | None = None
        self._opened = contextlib.ExitStack()
        self._opened.callback(os.close, self._init)
        self._scratch = -1

    def sample(self) -> Sample | None:
        """None until the sandbox is built."""
        proc = self._entered()
        stats = proc.stats(proc.pids()) if proc else {}
        if not proc or not stats:
            return None
        resident = sum(stat.resident_bytes for stat in stats.values())
        return Sample(
            cpu_s=proc.cpu_s(stats), memory_bytes=resident + self._scratch_bytes(), runnable=proc.runnable(stats)
        )

    def cpu_s(self) -> float:
        """As `Tree` says."""
        proc = self._entered()
        return proc.cpu_s(proc.stats(proc.pids())) if proc else 0.0

    def shared_once_bytes(self) -> int:
        """As `Tree` says."""
        proc = self._entered()
        return proc.proportional_bytes(proc.stats(proc.pids())) + self._scratch_bytes() if proc else 0

    def kill(self) -> None:
        """Without its process 1 the kernel kills the whole namespace."""
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._init, signal.SIGKILL)

    def close(self) -> None:
        """As `Tree` says."""
        self._opened.close()

    def _entered(self) -> ProcFolder | None:
        """Its own /proc. While the sandbox is being built, the folder there is still the machine's: not looked at."""
        if self._proc is None:
            with contextlib.suppress(OSError), contextlib.ExitStack() as opened:
                folder = os.open(f"{self._root}/proc", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
                opened.callback(os.close, folder)
                scratch = os.open(f"{self._root}{self._scratch_name}", os.O_PATH | os.O_CLOEXEC)
                opened.callback(os.close, scratch)
                if os.fstat(folder).st_dev != Path("/proc").stat().st_dev:
                    self._scratch = scratch
                    self._proc = ProcFolder(folder)
                    self._opened.push(opened.pop_all())
        return self._proc

    def _scratch_bytes(self) -> int:
        room = os.fstatvfs(self._scratch)
        return (room.f_blocks - room.f_bfree) * room.f_frsize + (room.f_files - room.f_ffree) * INODE_BYTES
