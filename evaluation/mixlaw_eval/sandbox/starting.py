"""What every sandbox does alike: start a command with its pipes, carry it to its end, or keep it to be asked."""

from __future__ import annotations

import contextlib
import math
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from mixlaw_eval.sandbox.command import Command, Outcome, SandboxError, Server
from mixlaw_eval.sandbox.handles import Handles
from mixlaw_eval.sandbox.running import Running, Started
from mixlaw_eval.sandbox.serving import ServedProcess, Spawner
from mixlaw_eval.sandbox.tree import Tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """How to start one command."""

    argv: list[str]
    environment: Mapping[str, str]
    folder: str
    """Where it starts, on this machine."""
    tree: Callable[[subprocess.Popen[bytes]], Tree]
    """Its processes, when it has started."""
    here: Callable[[str], str] = str
    """A request as the process must get it, where its folders have other names on this machine."""
    there: Callable[[str], str] = str
    """An answer, as a process in a sandbox would have put it."""


class ProcessSandbox(ABC):
    """A `Sandbox`; subclasses say what stands between a command and this machine."""

    def __init__(self) -> None:
        self._spawner = Spawner()

    @abstractmethod
    def prepare(self, command: Command, handles: Handles, result: str | None) -> Prepared:
        """The command line that isolates; the command's output is to be copied to the file `result`."""

    def owner(self, ours: contextlib.ExitStack) -> int | None:
        """The user id to run as, held until `ours` is closed, or None: the same as ours."""
        del ours
        return None

    def run(self, command: Command) -> Outcome:
        """As `Sandbox` says."""
        _, started = self._start(command, is_served=False)
        with Running(started, command.limits) as running:
            return running.finish(running.pump(lambda: False) or "exited")

    def serve(self, command: Command) -> Server:
        """As `Sandbox` says."""
        # Its CPU time counts anew for each request: the kernel, which knows of none, must not count at all.
        uncounted = replace(command, limits=replace(command.limits, cpu_s=math.inf))
        prepared, started = self._spawner.call(lambda: self._start(uncounted, is_served=True))
        return ServedProcess(Running(started, command.limits), here=prepared.here, there=prepared.there)

    def _start(self, command: Command, *, is_served: bool) -> tuple[Prepared, Started]:
        with contextlib.ExitStack() as ours, contextlib.ExitStack() as theirs:
            handles = Handles(ours=ours, theirs=theirs, owner=self.owner(ours))
            stdin, their_stdin = handles.pipe_to() if is_served else (None, handles.content(command.stdin))
            stdout, their_stdout = handles.pipe_from()
            stderr, their_stderr = handles.pipe_from()
            result, path = handles.result_file() if command.output is not None else (None, None)
            prepared = self.prepare(command, handles, path)
            process = _spawned(prepared, handles, stdin=their_stdin, stdout=their_stdout, stderr=their_stderr)
            tree = prepared.tree(process)
            ours.callback(tree.close)
            return prepared, Started(
                process=process,
                tree=tree,
                opened=ours.pop_all(),
                stdin=stdin,
                stdout=stdout,
                stderr=stderr,
                result=result,
            )


def _spawned(prepared: Prepared, handles: Handles, *, stdin: int, stdout: int, stderr: int) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            prepared.argv,
            stdin=stdin,
            stdout=stdout,
            stderr=stderr,
            pass_fds=handles.passed,
            env=prepared.environment,
            cwd=prepared.folder,
            start_new_session=True,
        )
    except OSError as error:
        raise SandboxError(f"{prepared.argv[0]} could not be started: {error}") from error
