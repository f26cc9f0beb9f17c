"""From how a command ended to a verdict."""

from __future__ import annotations

import re
from typing import Literal

from mixlaw_eval.execution.program import Execution, Verdict
from mixlaw_eval.languages.language import CompileFailure, Language
from mixlaw_eval.sandbox import Ended, Outcome

HEAD_BYTES = 4096
"""Of standard output and of standard error, each, that an Execution keeps."""

_LIMITS: dict[Ended, Verdict] = {
    "cpu-time": "timeout",
    "idle-time": "timeout",
    "wall-time": "timeout",
    "memory": "memory",
    "output": "output-limit",
    "violation": "sandbox-violation",
}
_OUT_OF_MEMORY: dict[str, re.Pattern[bytes]] = {
    "python": re.compile(rb"^MemoryError\b", re.MULTILINE),
    "java": re.compile(rb"java\.lang\.OutOfMemoryError|insufficient memory for the Java Runtime"),
    "javascript": re.compile(rb"JavaScript heap out of memory|Array buffer allocation failed"),
    "typescript": re.compile(rb"JavaScript heap out of memory|Array buffer allocation failed"),
    "csharp": re.compile(rb"System\.OutOfMemoryException|Insufficient memory|Out of memory"),
    "go": re.compile(rb"^(?:fatal error: )?(?:runtime: )?(?:out of memory|cannot allocate memory)", re.MULTILINE),
    "rust": re.compile(rb"^memory allocation of \d+ bytes failed", re.MULTILINE),
}
"""How each runtime says that memory was refused to it."""


def verdict_of_run(language: Language, outcome: Outcome) -> Verdict:
    """Of a run that did not exit with 0."""
    if outcome.ended in _LIMITS:
        return _LIMITS[outcome.ended]
    pattern = _OUT_OF_MEMORY.get(language.name)
    if pattern is not None and pattern.search(outcome.stderr):
        return "memory"
    return language.failure(outcome)


def verdict_of_compiling(outcome: Outcome) -> Verdict:
    """Of a compiler that refused a program, or that the program drove into a limit."""
    return _LIMITS.get(outcome.ended, "compile-error")


def not_compiled(failure: CompileFailure, wall_s: float) -> Execution:
    """What is told of a program that did not compile."""
    outcome = failure.outcome
    return Execution(
        verdict=verdict_of_compiling(outcome),
        stage="compile",
        exit_code=outcome.exit_code,
        signal=outcome.signal,
        cpu_s=outcome.cpu_s,
        wall_s=wall_s,
        memory_bytes=outcome.memory_bytes,
        stdout="",
        stderr=head(failure.messages.encode("utf-8", errors="replace")),
    )


def without_tools(messages: str) -> Execution:
    """What is told of a program whose language cannot run on this machine."""
    return Execution(
        verdict="toolchain-missing",
        stage="compile",
        exit_code=None,
        signal=None,
        cpu_s=0.0,
        wall_s=0.0,
        memory_bytes=0,
        stdout="",
        stderr=messages,
    )


def stage_of(verdict: Verdict) -> Literal["compile", "run"]:
    """Of a run: an interpreter compiles when it starts."""
    return "compile" if verdict == "compile-error" else "run"


def head(stream: bytes) -> str:
    """Its first bytes as text; what is not UTF-8 becomes U+FFFD."""
    return stream[:HEAD_BYTES].decode(errors="replace")
