"""A program to be judged, and the verdict on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

Verdict = Literal[
    "passed",
    "wrong-answer",
    "compile-error",
    "run-time-error",
    "timeout",
    "memory",
    "output-limit",
    "sandbox-violation",
    "toolchain-missing",
]
"""Why a program passed or failed. A fault of the machine is an error of the run, never a verdict."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One run of a program: what it reads from standard input and exactly what it must print."""

    input: str
    output: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A whole program of one language (`mixlaw.trial.LANGUAGES`).

    With `cases` it is run on each of them and must print exactly the output. Without, it checks itself, as MultiPL-E's
    programs do: it passes when the tests at its end have all passed, which a sentinel printed after them proves.
    """

    language: str
    source: str
    cases: tuple[Case, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Execution:
    """The verdict on one program, and what led to it: of the failed case, else of the last."""

    verdict: Verdict
    stage: Literal["compile", "run"]
    exit_code: int | None
    signal: int | None
    cpu_s: float
    """Of compiling (0 in a warm compiler that cannot tell) and of all runs."""
    wall_s: float
    memory_bytes: int
    stdout: str
    """The head; bytes that are not UTF-8 become U+FFFD."""
    stderr: str
    """The head; the compiler's messages when it does not compile."""
    case: int | None = None
    """Index of the failed case."""


class Runs(Protocol):
    """What is asked of an executor (`mixlaw_eval.execution.open_executor`)."""

    def run(
        self, programs: Sequence[Program], advance: Callable[[int], None] | None = None
    ) -> Iterator[tuple[int, Execution]]:
        """Verdicts by index, as they come; `advance` is told how many programs are done since it was last told."""
        ...
