"""Isolation by bubblewrap: namespaces, a file system of its own, a filter on system calls.

As an ordinary user, bubblewrap makes a user namespace first. As root it does not: root of a user namespace made by root
could still write to the machine's /proc/sys. It mounts as root, and `setpriv` then becomes a user that nobody else is.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import threading
from collections.abc import Generator
from dataclasses import dataclass

from mixlaw_eval.sandbox.command import Command, SandboxError
from mixlaw_eval.sandbox.handles import Handles
from mixlaw_eval.sandbox.limiting import RESULT, limited
from mixlaw_eval.sandbox.root_folder import SCRATCH, read_only_root
from mixlaw_eval.sandbox.seccomp import filter_program
from mixlaw_eval.sandbox.starting import Prepared, ProcessSandbox
from mixlaw_eval.sandbox.tree import PidNamespace, Sample

INSIDE_UID = 1000
"""Of the program in its user namespace, when an ordinary user evaluates."""
_FIRST_UID = 0x70000000
_SLOTS = 256
_STAYING = (
    *("--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"),
    *("--hostname", "sandbox", "--as-pid-1", "--die-with-parent", "--new-session"),
)
_DEMOTING = (
    "--cap-drop",
    "ALL",
    *(word for name in ("SETUID", "SETGID", "SETPCAP") for word in ("--cap-add", f"CAP_{name}")),
)
"""As root: all that process 1 may still do is to become somebody else."""


class _UserIds:
    """User ids that belong to nobody, one for each command at a time: RLIMIT_NPROC counts by user id.

    They lie above every range that login tools and container engines hand out; the process id keeps those of several
    evaluators on a machine apart.
    """

    def __init__(self) -> None:
        self._free = list(range(_SLOTS))
        self._lock = threading.Lock()

    @contextlib.contextmanager
    def one(self) -> Generator[int]:
        with self._lock:
            if not self._free:
                raise SandboxError(f"more than {_SLOTS} commands at once in one process")
            slot = self._free.pop()
        try:
            yield _FIRST_UID + (os.getpid() % 2**20) * _SLOTS + slot
        finally:
            with self._lock:
                self._free.append(slot)


class _Jail:
    """The tree of one bubblewrap: found once bubblewrap says what its process 1 is."""

    def __init__(self, process: subprocess.Popen[bytes], status: int) -> None:
        os.set_blocking(status, False)
        self._process = process
        self._status = status
        self._said = b""
        self._namespace: PidNamespace | None = None

    def _report(self) -> dict[str, int]:
        """What bubblewrap has said so far: "child-pid", and in the end "exit-code"."""
        with contextlib.suppress(BlockingIOError):
            while chunk := os.read(self._status, 4096):
                self._said += chunk
        return {key: value for line in self._said.split(b"\n")[:-1] for key, value in json.loads(line).items()}

    def _inside(self) -> PidNamespace | None:
        if self._namespace is None and "child-pid" in (report := self._report()):
            with contextlib.suppress(ProcessLookupError):
                self._namespace = PidNamespace(report["child-pid"], scratch=SCRATCH)
        return self._namespace

    def sample(self) -> Sample | None:
        inside = self._inside()
        return inside.sample() if inside else None

    def cpu_s(self) -> float:
        inside = self._inside()
        return inside.cpu_s() if inside else 0.0

    def shared_once_bytes(self) -> int:
        inside = self._inside()
        return inside.shared_once_bytes() if inside else 0

    def kill(self) -> None:
        inside = self._inside()
        if inside:
            inside.kill()
        else:
            self._process.kill()

    def close(self) -> None:
        if self._namespace:
            self._namespace.close()

    def exit_code(self, code: int, stderr: bytes) -> int:
        """That of the command. Without a report of it, bubblewrap failed before the command ran."""
        report = self._report()
        if "exit-code" not in report:
            message = stderr[:500].decode(errors="replace").strip() or f"it ended with {code} and said nothing"
            raise SandboxError(f"bubblewrap could not start the command: {message}")
        return report["exit-code"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Programs:
    """Paths of what a sandbox is made with. `setpriv` is for root only."""

    bwrap: str
    prlimit: str
    setpriv: str | None


class BubblewrapSandbox(ProcessSandbox):
    """Runs commands under bubblewrap. `open_sandbox` makes one after checking that this works here."""

    def __init__(self, programs: Programs) -> None:
        super().__init__()
        self._programs = programs
        self._filter = filter_program()
        self._user_ids = _UserIds()

    @property
    def name(self) -> str:
        """As `Sandbox` says."""
        return "bubblewrap"

    def owner(self, ours: contextlib.ExitStack) -> int | None:
        """As root, one that belongs to nobody."""
        return ours.enter_context(self._user_ids.one()) if self._programs.setpriv else None

    def prepare(self, command: Command, handles: Handles, result: str | None) -> Prepared:
        """As `ProcessSandbox` says."""
        status, their_status = handles.pipe_from()
        uid = INSIDE_UID if handles.owner is None else handles.owner
        argv = [self._programs.bwrap, "--json-status-fd", str(handles.pass_on(their_status)), *_STAYING]
        argv += _DEMOTING if handles.owner else ("--unshare-user", "--uid", str(uid), "--gid", str(uid))
        argv += ["--seccomp", str(handles.pass_on(handles.content(self._filter)))]
        argv += read_only_root(command, handles, uid=uid)
        argv += ["--bind", result, RESULT] if result else []
        argv += ["--remount-ro", "/", "--"]
        demote = self._demotion(handles.owner)
        argv += limited(command, command.argv, prlimit=self._programs.prlimit, result=RESULT, demote=demote)
        return Prepared(argv=argv, environment={}, folder="/", tree=lambda process: _Jail(process, status))

    def _demotion(self, uid: int | None) -> list[str]:
        """What becomes an ordinary user for good; nothing for who is one."""
        if self._programs.setpriv is None or uid is None:
            return []
        identity = ["--reuid", str(uid), "--regid", str(uid), "--clear-groups"]
        return [self._programs.setpriv, *identity, "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs", "--"]
