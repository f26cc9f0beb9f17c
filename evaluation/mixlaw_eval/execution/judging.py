"""One program: compile, run, compare."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

from mixlaw_eval.execution.program import Case, Execution, Program, Verdict
from mixlaw_eval.execution.verdicts import head, not_compiled, stage_of, verdict_of_run
from mixlaw_eval.languages.language import CompileFailure, Compiler, Language, Runnable
from mixlaw_eval.sandbox import Limits, Outcome, Sandbox

_ENDED_EARLY = b"[exited with 0 before its tests had ended]\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """How one run went: the outcome as it is told, the verdict, the case."""

    outcome: Outcome
    verdict: Verdict
    case: int | None = None


def judge(program: Program, *, language: Language, compiler: Compiler, sandbox: Sandbox, limits: Limits) -> Execution:
    """Compile a program and run it on its cases up to the first that fails, or once when it checks itself.

    Raises SandboxError when the machine, and not the program, is at fault.
    """
    started = time.monotonic()
    sentinel = "" if program.cases else secrets.token_hex(16)
    compiled = compiler.compile(language.with_sentinel(program.source, sentinel) if sentinel else program.source)
    compile_wall_s = time.monotonic() - started
    if isinstance(compiled, CompileFailure):
        return not_compiled(compiled, compile_wall_s)
    if sentinel:
        runs = [_self_check(compiled, sentinel, language, sandbox, limits)]
    else:
        runs = list(_until_failed(compiled, program.cases, language, sandbox, limits))
    return _summary(runs, compiled.compile_cpu_s, compile_wall_s)


def run(runnable: Runnable, *, stdin: bytes, sandbox: Sandbox, limits: Limits) -> Outcome:
    """Run a compiled program once."""
    return sandbox.run(runnable.command(stdin=stdin, limits=limits))


def _until_failed(
    runnable: Runnable, cases: tuple[Case, ...], language: Language, sandbox: Sandbox, limits: Limits
) -> Iterator[_Run]:
    for index, case in enumerate(cases):
        outcome = run(runnable, stdin=case.input.encode(), sandbox=sandbox, limits=limits)
        verdict: Verdict = "passed" if outcome.stdout == case.output.encode() else "wrong-answer"
        if not outcome.succeeded:
            verdict = verdict_of_run(language, outcome)
        failed = verdict != "passed"
        yield _Run(outcome=outcome, verdict=verdict, case=index if failed else None)
        if failed:
            return


def _self_check(runnable: Runnable, sentinel: str, language: Language, sandbox: Sandbox, limits: Limits) -> _Run:
    outcome = run(runnable, stdin=b"", sandbox=sandbox, limits=limits)
    printed, arrived = _stripped(outcome.stdout, sentinel.encode())
    outcome = replace(outcome, stdout=printed)
    if not outcome.succeeded:
        return _Run(outcome=outcome, verdict=verdict_of_run(language, outcome))
    if arrived:
        return _Run(outcome=outcome, verdict="passed")
    return _Run(outcome=replace(outcome, stderr=_ENDED_EARLY + outcome.stderr), verdict="wrong-answer")


def _stripped(stdout: bytes, sentinel: bytes) -> tuple[bytes, bool]:
    """Standard output without the sentinel and the line break before it, and whether it was the last line."""
    text = stdout.rstrip(b"\r\n")
    if not text.endswith(sentinel):
        return stdout, False
    return text.removesuffix(sentinel).removesuffix(b"\n").removesuffix(b"\r"), True


def _summary(runs: list[_Run], compile_cpu_s: float, compile_wall_s: float) -> Execution:
    last = runs[-1]
    return Execution(
        verdict=last.verdict,
        stage=stage_of(last.verdict),
        exit_code=last.outcome.exit_code,
        signal=last.outcome.signal,
        cpu_s=compile_cpu_s + sum(run.outcome.cpu_s for run in runs),
        wall_s=compile_wall_s + sum(run.outcome.wall_s for run in runs),
        memory_bytes=max(run.outcome.memory_bytes for run in runs),
        stdout=head(last.outcome.stdout),
        stderr=head(last.outcome.stderr),
        case=last.case,
    )
