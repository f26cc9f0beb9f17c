"""One executed completion per line: what a results file holds, written so that a kill -9 loses nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Literal, get_args

from mixlaw.store import atomic_write
from mixlaw.trial import MixlawError
from mixlaw_eval.execution import Execution, Verdict

Flavour = Literal["as-published", "repaired"]
FLAVOURS: tuple[Flavour, ...] = get_args(Flavour)
"""Programs exactly as MultiPL-E makes them, and programs after the rules of `repairs`."""
NOT_GENERATED = "not-generated"
"""Verdict of a sample that could not be drawn, such as of a prompt that is longer than the model's context."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The verdict on one completion, and what led to it.

    `flavours` says in which scores it counts: in both when no repair changed the program. `key` is the hash of the
    program and the limits that it ran under. Times are seconds; `stdout` and `stderr` are heads.
    """

    name: str
    language: str
    index: int
    flavours: tuple[Flavour, ...]
    verdict: Verdict | Literal["not-generated"]
    stage: Literal["compile", "run"] | None
    exit_code: int | None
    signal: int | None
    cpu_s: float
    wall_s: float
    memory_bytes: int
    stdout: str
    stderr: str
    key: str

    @property
    def passed(self) -> bool:
        """Whether every test passed."""
        return self.verdict == "passed"

    @property
    def judged(self) -> bool:
        """Whether this is a verdict on the completion: a missing toolchain says nothing about it."""
        return self.verdict != "toolchain-missing"


_FIELDS = tuple(field.name for field in fields(Result))
_BEGINNING = b'{"name":'
"""Of every line."""


def of_execution(
    execution: Execution, *, name: str, language: str, index: int, flavours: tuple[Flavour, ...], key: str
) -> Result:
    """The line of an execution."""
    return Result(
        name=name,
        language=language,
        index=index,
        flavours=flavours,
        verdict=execution.verdict,
        stage=execution.stage,
        exit_code=execution.exit_code,
        signal=execution.signal,
        cpu_s=execution.cpu_s,
        wall_s=execution.wall_s,
        memory_bytes=execution.memory_bytes,
        stdout=execution.stdout,
        stderr=execution.stderr,
        key=key,
    )


def not_generated(reason: str, *, name: str, language: str, index: int, flavours: tuple[Flavour, ...]) -> Result:
    """The line of a sample that could not be drawn; `stderr` says why."""
    return Result(
        name=name,
        language=language,
        index=index,
        flavours=flavours,
        verdict=NOT_GENERATED,
        stage=None,
        exit_code=None,
        signal=None,
        cpu_s=0.0,
        wall_s=0.0,
        memory_bytes=0,
        stdout="",
        stderr=reason,
        key="",
    )


def read_results(path: Path, *, cut_short: bool = False) -> tuple[Result, ...]:
    """The lines of a results file; () when there is none yet.

    With `cut_short` a line that a kill cut short is ignored. Raises MixlawError, with the line, for anything else.
    """
    if not path.exists():
        return ()
    lines = path.read_bytes().split(b"\n")
    found: list[Result] = []
    for number, line in enumerate(lines, 1):
        try:
            found += [_parsed(line)] if line.strip() else []
        except json.JSONDecodeError as error:
            if not (cut_short and line.startswith(_BEGINNING[: len(line)])):
                raise _no_result(path, number, error) from error
        except (ValueError, TypeError, KeyError) as error:
            raise _no_result(path, number, error) from error
    return tuple(found)


def write_results(path: Path, results: Iterable[Result]) -> None:
    """Write the file whole, atomically."""
    atomic_write(path, b"".join(map(line_of, results)))


def line_of(result: Result) -> bytes:
    """A result as a line of the file."""
    return json.dumps(asdict(result), separators=(",", ":")).encode() + b"\n"


def _no_result(path: Path, number: int, error: Exception) -> MixlawError:
    return MixlawError(
        f"{path} line {number} is no result of mixlaw execute ({error}); name another file, or delete this one"
    )


def _parsed(line: bytes) -> Result:
    data: Any = json.loads(line)
    if not isinstance(data, dict):
        raise ValueError("not a JSON object")
    known: dict[str, Any] = {name: data[name] for name in _FIELDS}
    known["flavours"] = tuple(known["flavours"])
    return Result(**known)
