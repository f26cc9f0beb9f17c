"""A command that runs: its pipes are drained, its limits watched, and its end is told apart."""

from __future__ import annotations

import contextlib
import math
import os
import re
import resource
import select
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass

from mixlaw_eval.sandbox.command import Ended, Limits, Outcome
from mixlaw_eval.sandbox.limiting import ABSENT
from mixlaw_eval.sandbox.streams import Inflow, Outflow
from mixlaw_eval.sandbox.tree import Tree
from mixlaw_eval.sandbox.watch import Watch

# Signals by which programs die, as C libraries name them in the C locale: the shell that waits for the program says so
# on standard error. Without it, a program that exits with 139 could not be told from one that dies by SIGSEGV.
_DEATHS: dict[int, str] = {
    signal.SIGHUP: "Hangup",
    signal.SIGQUIT: "Quit",
    signal.SIGILL: "Illegal instruction",
    signal.SIGTRAP: "Trace/breakpoint trap",
    signal.SIGABRT: "Aborted",
    signal.SIGBUS: "Bus error",
    signal.SIGFPE: "Floating point exception",
    signal.SIGKILL: "Killed",
    signal.SIGUSR1: "User defined signal 1",
    signal.SIGSEGV: "Segmentation fault",
    signal.SIGUSR2: "User defined signal 2",
    signal.SIGALRM: "Alarm clock",
    signal.SIGTERM: "Terminated",
    signal.SIGXCPU: "CPU time limit exceeded",
    signal.SIGXFSZ: "File size limit exceeded",
    signal.SIGSYS: "Bad system call",
}
_LAST_WORDS = rb"(?:sh: line \d+: +\d+ )?%s(?: \(core dumped\))?(?: +[^\n]*)?\n\Z"
"""As dash says it; bash adds where, and the command."""
_SILENT_DEATHS = (signal.SIGINT, signal.SIGPIPE)
"""Those that the shells do not speak of."""


@dataclass(slots=True, kw_only=True)
class Started:
    """A command just started by one way of isolating it, or by none."""

    process: subprocess.Popen[bytes]
    tree: Tree
    opened: contextlib.ExitStack
    """Closed when the command has ended: pipes, files, the tree, a user id."""
    stdin: int | None
    stdout: int
    stderr: int
    result: int | None
    """The open file that `Command.output` is copied to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Death:
    ended: Ended
    exit_code: int | None
    signal: int | None
    stderr: bytes


def told_apart(code: int, stderr: bytes) -> _Death:
    """How the program ended, by the exit code of the shell above it and what the shell said last."""
    number = code - 128
    if number in _SILENT_DEATHS:
        return _Death(ended="signalled", exit_code=None, signal=number, stderr=stderr)
    said = _DEATHS.get(number)
    last_words = said and re.search(_LAST_WORDS % said.encode(), stderr)
    if not last_words:
        return _Death(ended="exited", exit_code=code, signal=None, stderr=stderr)
    ended: Ended = "violation" if number == signal.SIGSYS else "signalled"
    return _Death(ended=ended, exit_code=None, signal=number, stderr=stderr[: last_words.start()])


class Running:
    """Carries one started command to its end. Leaving its context kills what is left and closes everything."""

    def __init__(self, started: Started, limits: Limits) -> None:
        self._started = started
        self._limits = limits
        self._began = time.monotonic()
        self._own_peak_bytes = _own_peak_bytes()
        self.stdin = None if started.stdin is None else Outflow(started.stdin)
        self.stdout = Inflow(started.stdout, limits.output_bytes)
        self.stderr = Inflow(started.stderr, limits.output_bytes)
        self.watch = Watch(started.tree, limits)
        self._pidfd = os.pidfd_open(started.process.pid)
        started.opened.callback(os.close, self._pidfd)
        self._usage: resource.struct_rusage | None = None

    def __enter__(self) -> Running:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Kill the tree and let go of it. Harmless when that is done."""
        if self._usage is None:
            self._started.tree.kill()
            self._reap()
        self._started.opened.close()

    def pump(self, is_done: Callable[[], bool]) -> Ended | None:
        """Move bytes and watch the limits: None once `is_done()`, else how it ended ("exited": by itself, somehow)."""
        while not is_done():
            has_ended = self._wait()
            self.stdout.drain()
            self.stderr.drain()
            if self.stdout.overflowed or self.stderr.overflowed:
                return "output"
            if has_ended:
                return None if is_done() else "exited"
            ended = self.watch.look()
            if ended is not None:
                return ended
        return None

    def _wait(self) -> bool:
        """Sleep until there is something to do; whether the process is gone."""
        poll = select.poll()
        poll.register(self._pidfd, select.POLLIN)
        for stream in (self.stdout, self.stderr):
            if not stream.ended:
                poll.register(stream.descriptor, select.POLLIN)
        if self.stdin is not None and self.stdin.is_pending:
            self.stdin.flush()
            if self.stdin.is_pending:
                poll.register(self.stdin.descriptor, select.POLLOUT)
        return any(descriptor == self._pidfd for descriptor, _ in poll.poll(math.ceil(self.watch.wait_s * 1000)))

    def finish(self, ended: Ended) -> Outcome:
        """Reap it, killed first unless it ended by itself, and tell how it ended. Raises SandboxError."""
        if ended != "exited":
            self._started.tree.kill()
        usage = self._reap()
        code = self._started.process.returncode
        stderr = self.stderr.head()
        death = _Death(ended=ended, exit_code=None, signal=None, stderr=stderr)
        if ended == "exited":
            death = told_apart(self._started.tree.exit_code(code, stderr), stderr)
        cpu_s = max(self.watch.cpu_s, usage.ru_utime + usage.ru_stime)
        memory_bytes = self._peak_bytes(usage)
        return Outcome(
            ended=self._in_hindsight(death.ended, cpu_s, memory_bytes),
            exit_code=death.exit_code,
            signal=death.signal,
            cpu_s=cpu_s,
            wall_s=time.monotonic() - self._began,
            memory_bytes=memory_bytes,
            stdout=self.stdout.head(),
            stderr=death.stderr,
            output=self._output() if death.exit_code == 0 else None,
        )

    def _reap(self) -> resource.struct_rusage:
        process = self._started.process
        _, status, self._usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        return self._usage

    def _peak_bytes(self, usage: resource.struct_rusage) -> int:
        """The kernel's own figure for the largest process, where it can be used.

        A child starts its life in our memory, which the kernel counts as its own: a figure no larger than ours says
        nothing.
        """
        largest_bytes = usage.ru_maxrss * 1024
        return max(self.watch.memory_bytes, largest_bytes if largest_bytes > self._own_peak_bytes else 0)

    def _in_hindsight(self, ended: Ended, cpu_s: float, memory_bytes: int) -> Ended:
        """What it used in the end decides, lest a verdict depend on when we looked."""
        if ended in ("exited", "signalled"):
            if memory_bytes > self._limits.memory_bytes:
                return "memory"
            if cpu_s - self.watch.cpu_before_s > self._limits.cpu_s:
                return "cpu-time"
        return ended

    def _output(self) -> bytes | None:
        if self._started.result is None:
            return None
        with open(self._started.result, "rb", closefd=False) as file:
            file.seek(0)
            content = file.read(self._limits.file_bytes + 1)
        return None if content == ABSENT or len(content) > self._limits.file_bytes else content


def _own_peak_bytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
