"""No isolation, only limits: for machines that allow none, when the user insists."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from mixlaw_eval.sandbox.command import Command
from mixlaw_eval.sandbox.handles import Handles
from mixlaw_eval.sandbox.limiting import limited
from mixlaw_eval.sandbox.root_folder import ENVIRONMENT, PROGRAM, SCRATCH, inside_program
from mixlaw_eval.sandbox.starting import Prepared, ProcessSandbox
from mixlaw_eval.sandbox.tree import ProcFolder, Sample, Stat

_PATHS = re.compile(rf"(?<![\w/.-])(?:{PROGRAM}|{SCRATCH})(?![\w.-])")


class _Folders:
    """`/program` and `/scratch` of one command, in a temporary folder of this machine."""

    def __init__(self, command: Command) -> None:
        self._root = Path(tempfile.mkdtemp(prefix="mixlaw-unsafe-"))
        self.scratch = self._root / "scratch"
        self.scratch.mkdir()
        for name, content in command.files.items():
            path = self._root / inside_program(name)[1:]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.read_bytes())
            path.chmod(0o555)

    def here(self, text: str) -> str:
        """With the folders' names on this machine."""
        return _PATHS.sub(lambda match: f"{self._root}{match[0]}", text)

    def there(self, text: str) -> str:
        """With the names that a program in a sandbox would see."""
        return text.replace(str(self._root), "")

    def remove(self) -> None:
        shutil.rmtree(self._root, ignore_errors=True)


class _Descendants:
    """The children of one process, their children, and whoever stays in its session. A daemon can leave it."""

    def __init__(self, process: subprocess.Popen[bytes], scratch: Path) -> None:
        self._root = process.pid
        self._scratch = scratch
        self._folder = os.open("/proc", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        self._proc = ProcFolder(self._folder)

    def _stats(self) -> dict[int, Stat]:
        every = self._proc.stats(self._proc.pids())
        ours = {pid for pid, stat in every.items() if self._root in (pid, stat.session)}
        while more := {pid for pid, stat in every.items() if stat.parent in ours} - ours:
            ours |= more
        return {pid: every[pid] for pid in ours}

    def _scratch_bytes(self) -> int:
        with contextlib.suppress(OSError):
            return sum(path.lstat().st_blocks * 512 for path in self._scratch.rglob("*"))
        return 0

    def sample(self) -> Sample | None:
        stats = self._stats()
        resident_bytes = sum(stat.resident_bytes for stat in stats.values())
        return Sample(
            cpu_s=self._proc.cpu_s(stats),
            memory_bytes=resident_bytes + self._scratch_bytes(),
            runnable=self._proc.runnable(stats),
        )

    def cpu_s(self) -> float:
        return self._proc.cpu_s(self._stats())

    def shared_once_bytes(self) -> int:
        return self._proc.proportional_bytes(self._stats()) + self._scratch_bytes()

    def kill(self) -> None:
        """All are stopped before any is killed, lest they start others meanwhile."""
        seen: set[int] = set()
        while new := self._stats().keys() - seen:
            seen |= new
            _signal_all(new, signal.SIGSTOP)
        _signal_all(seen, signal.SIGKILL)

    def close(self) -> None:
        self.kill()
        os.close(self._folder)

    def exit_code(self, code: int, stderr: bytes) -> int:
        return code if code >= 0 else 128 - code


def _signal_all(pids: set[int], number: signal.Signals) -> None:
    for pid in pids:
        with contextlib.suppress(OSError):
            os.kill(pid, number)


class UnsafeSandbox(ProcessSandbox):
    """Keeps the limits and isolates nothing: programs see this machine's files, processes and network.

    The folders of the program and of its scratch are temporary ones of this machine; their names are put in place of
    `/program` and `/scratch` in arguments, environment and requests. The limit on scratch counts as memory.
    """

    def __init__(self, *, prlimit: str) -> None:
        super().__init__()
        self._prlimit = prlimit

    @property
    def name(self) -> str:
        """As `Sandbox` says."""
        return "none"

    def prepare(self, command: Command, handles: Handles, result: str | None) -> Prepared:
        """As `ProcessSandbox` says."""
        folders = _Folders(command)
        handles.ours.callback(folders.remove)
        argv = tuple(folders.here(word) for word in command.argv)
        environment = {name: folders.here(value) for name, value in (ENVIRONMENT | dict(command.environment)).items()}
        return Prepared(
            argv=limited(command, argv, prlimit=self._prlimit, result=result or ""),
            environment=environment,
            folder=str(folders.scratch),
            tree=lambda process: _Descendants(process, folders.scratch),
            here=folders.here,
            there=folders.there,
        )
