"""The values that go into a sandbox and come out, and what every sandbox does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Protocol, Self

Ended = Literal["exited", "signalled", "cpu-time", "idle-time", "wall-time", "memory", "output", "violation"]
"""How a command ended: by itself (exit code or signal), at one of its limits, or at a forbidden system call."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one command, with every process that it starts, may use.

    A verdict must not depend on what else the machine does, so time is counted three ways: `cpu_s` of the whole tree;
    `idle_s` in which no process of the tree ran or waited for a core (sleeping, blocked); and `wall_s`, a backstop far
    above both.
    """

    cpu_s: float = 15.0
    idle_s: float = 15.0
    wall_s: float = 600.0
    memory_bytes: int = 2**30
    """Resident memory of the whole tree, its files in scratch included."""
    processes: int = 256
    """Processes and threads at once."""
    file_bytes: int = 2**26
    scratch_bytes: int = 2**26
    open_files: int = 256
    output_bytes: int = 2**20
    """Standard output and standard error, each; more ends the command."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """What to run. It starts in an empty scratch folder (`/scratch`, writable, private) with `files` in `/program`.

    `files` maps relative names to their content, or to a file of this machine; they are read-only and executable.
    `read_only` are folders and files of this machine, beside the system's own, that the command may read, at the same
    path (a toolchain in a home folder). `output` names one file in scratch to bring out when the command exits with 0.
    """

    argv: tuple[str, ...]
    files: Mapping[str, bytes | Path] = field(default_factory=dict[str, bytes | Path])
    stdin: bytes = b""
    environment: Mapping[str, str] = field(default_factory=dict[str, str])
    read_only: tuple[Path, ...] = ()
    output: str | None = None
    limits: Limits = Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a command ended and what it used. Streams are cut at the limit on output."""

    ended: Ended
    exit_code: int | None
    """None when it did not exit by itself."""
    signal: int | None
    cpu_s: float
    wall_s: float
    memory_bytes: int
    """Peak resident memory of the tree, as far as it was seen."""
    stdout: bytes
    stderr: bytes
    output: bytes | None = None
    """Content of `Command.output`; None when it was not asked for or is not there."""

    @property
    def succeeded(self) -> bool:
        """Whether it exited with 0."""
        return self.ended == "exited" and self.exit_code == 0


class SandboxError(Exception):
    """The sandbox itself failed (not the program in it): worth one more try, then an error of the machine."""


class ServerDiedError(Exception):
    """A served process ended, or was ended at a limit, before it answered; `outcome` says how."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(f"the served process ended before it answered: {outcome.ended}")
        self.outcome = outcome


class Server(Protocol):
    """A process in the sandbox that stays and answers: one JSON object a line in, one a line out."""

    def ask(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Send a request and wait for its answer.

        The command's `cpu_s`, `idle_s` and `wall_s` count anew for each request; its other limits hold throughout.
        Raises ServerDiedError when no answer comes; the server is then gone.
        """
        ...

    def close(self) -> None:
        """Kill the process tree. Harmless when it is gone already."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Sandbox(Protocol):
    """Runs commands in isolation. Safe to use from several threads at once."""

    @property
    def name(self) -> str:
        """What isolates, for people: "bubblewrap", or "none"."""
        ...

    def run(self, command: Command) -> Outcome:
        """Run a command to its end and kill everything that it left behind.

        Raises SandboxError when the sandbox, and not the command, failed.
        """
        ...

    def serve(self, command: Command) -> Server:
        """Start a command that answers requests (`Server`). Raises SandboxError when it cannot be started."""
        ...
