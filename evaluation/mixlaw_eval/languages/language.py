"""What every language does, and the values that go in and come out."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol

from mixlaw_eval.sandbox import Command, Limits, Outcome, Sandbox

Failure = Literal["wrong-answer", "compile-error", "run-time-error"]
"""Why a program that ended by itself, within its limits, is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """One program of a toolchain: where it is and its version, or None and how to get it (apt, npm, pip)."""

    name: str
    path: Path | None
    version: str
    install: str
    optional: bool = False
    """A library that some programs need; the language runs without it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Toolchain:
    """The tools that compile and run one language on this machine."""

    language: str
    tools: tuple[Tool, ...]

    @property
    def missing(self) -> tuple[Tool, ...]:
        """Those that were not found; without them the language cannot run."""
        return tuple(tool for tool in self.tools if tool.path is None and not tool.optional)


@dataclass(frozen=True, slots=True, kw_only=True)
class Runnable:
    """A program that can be run as often as wanted: what `sandbox.Command` needs, but for its input and limits."""

    argv: tuple[str, ...]
    files: Mapping[str, bytes | Path]
    environment: Mapping[str, str] = field(default_factory=dict[str, str])
    read_only: tuple[Path, ...] = ()
    compile_cpu_s: float = field(default=0.0, compare=False)
    """What compiling it took; 0 from a warm compiler, which cannot tell."""

    def command(self, *, limits: Limits, stdin: bytes = b"") -> Command:
        """What a sandbox runs."""
        return Command(
            argv=self.argv,
            files=self.files,
            stdin=stdin,
            environment=self.environment,
            read_only=self.read_only,
            limits=limits,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompileFailure:
    """A program that does not compile: the compiler's messages, and how the compiler ended.

    `outcome.ended` other than "exited" means that the program drove the compiler into a limit.
    """

    messages: str
    outcome: Outcome


class Compiler(AbstractContextManager["Compiler", None], Protocol):
    """Compiles programs of one language in a sandbox. One thread uses it at a time; each worker has its own."""

    def compile(self, source: str) -> Runnable | CompileFailure:
        """Make one program runnable. Raises SandboxError when the machine, and not the program, is at fault."""
        ...


class Language(Protocol):
    """One programming language."""

    @property
    def name(self) -> str:
        """As in `mixlaw.trial.LANGUAGES`."""
        ...

    @property
    def aliases(self) -> tuple[str, ...]:
        """Other names in data sets ("py", "go_test.go")."""
        ...

    @property
    def known_good(self) -> str:
        """A program that prints its standard input, to check the toolchain with."""
        ...

    def toolchain(self) -> Toolchain:
        """What of it is found on this machine. Compiles and runs nothing but `--version`."""
        ...

    def with_sentinel(self, source: str, sentinel: str) -> str:
        """A self-checking program (tests at its end, as MultiPL-E's) that prints `sentinel` once they have passed."""
        ...

    def open(self, sandbox: Sandbox) -> Compiler:
        """A compiler for one worker."""
        ...

    def failure(self, outcome: Outcome) -> Failure:
        """Why a program that exited without success is wrong: a failed assertion is a wrong answer."""
        ...
