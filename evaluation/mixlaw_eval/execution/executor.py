"""Many programs: several at a time, each distinct one once, a result as soon as there is one."""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from typing import Literal

from mixlaw.trial import MixlawError
from mixlaw_eval.execution.checking import missing, refuse
from mixlaw_eval.execution.program import Execution, Program
from mixlaw_eval.execution.verdicts import without_tools
from mixlaw_eval.execution.worker import Checks, Judge
from mixlaw_eval.languages.registry import LANGUAGE_OF
from mixlaw_eval.sandbox import Limits, Sandbox, open_sandbox

WithoutTools = Literal["refuse", "report"]
"""What becomes of programs whose language's tools are missing: nothing is run, or their verdict says so."""
_CLOSING_S = 5.0


class _Batch:
    """The programs of one call of `run`, and where their results arrive."""

    def __init__(self) -> None:
        self.results: queue.SimpleQueue[tuple[Program, Execution | BaseException]] = queue.SimpleQueue()
        self.stopped = False


class Executor:
    """Judges programs in worker threads, one program each at a time.

    Use `open_executor`. A worker's compilers stay warm between calls of `run`.
    """

    def __init__(self, sandbox: Sandbox, *, workers: int, limits: Limits, without_tools: WithoutTools) -> None:
        self.sandbox = sandbox
        self.workers = workers
        self._limits = limits
        self._without_tools: WithoutTools = without_tools
        self._checks = Checks()
        self._jobs: queue.SimpleQueue[tuple[_Batch, Program] | None] = queue.SimpleQueue()
        self._threads = [threading.Thread(target=self._work, name=f"judge-{i}", daemon=True) for i in range(workers)]
        for thread in self._threads:
            thread.start()

    def run(
        self, programs: Sequence[Program], advance: Callable[[int], None] | None = None
    ) -> Iterator[tuple[int, Execution]]:
        """Yield (index of the program, its verdict) as they come; programs of one language follow each other.

        Equal programs are judged once. `advance` is told how many of `programs` are done since it was last told.
        Raises MixlawError when tools are missing (before anything runs) or the machine fails; what was yielded until
        then holds.
        """
        places = _places(programs)
        lacking = self._lacking(places)
        batch = _Batch()
        judged = [program for program in places if program.language not in lacking]
        order = {name: place for place, name in enumerate(dict.fromkeys(program.language for program in judged))}
        for program in sorted(judged, key=lambda program: order[program.language]):
            self._jobs.put((batch, program))
        for program in places:
            if program.language in lacking:
                batch.results.put((program, without_tools(lacking[program.language])))
        try:
            for _ in places:
                program, result = batch.results.get()
                if isinstance(result, BaseException):
                    raise result
                if advance is not None:
                    advance(len(places[program]))
                yield from ((index, result) for index in places[program])
        finally:
            batch.stopped = True

    def close(self) -> None:
        """End the workers and their compilers. One that is in a long run is left to die with this process."""
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join(timeout=_CLOSING_S)

    def _lacking(self, places: dict[Program, list[int]]) -> dict[str, str]:
        names = dict.fromkeys(program.language for program in places)
        unknown = [name for name in names if name not in LANGUAGE_OF]
        if unknown:
            raise MixlawError(f"no way to run programs in {', '.join(unknown)}; known are {', '.join(LANGUAGE_OF)}")
        lacking = missing({name: LANGUAGE_OF[name] for name in names})
        if self._without_tools == "refuse":
            refuse(lacking)
        return lacking

    def _work(self) -> None:
        judge = Judge(self.sandbox, self._limits, self._checks)
        while (job := self._jobs.get()) is not None:
            batch, program = job
            if batch.stopped:
                continue
            try:
                batch.results.put((program, judge.judge(program)))
            except BaseException as error:
                batch.results.put((program, error))
        judge.close()


def _places(programs: Sequence[Program]) -> dict[Program, list[int]]:
    """The distinct programs, and where each stands."""
    places: dict[Program, list[int]] = {}
    for index, program in enumerate(programs):
        places.setdefault(program, []).append(index)
    return places


@contextmanager
def open_executor(
    workers: int | None = None,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    *,
    unsafe: bool = False,
    without_tools: WithoutTools = "refuse",
) -> Generator[Executor]:
    """An Executor on this machine's sandbox; by default as many workers as cores that this process may use.

    `unsafe` runs programs without isolation. Raises MixlawError where the machine allows none otherwise.
    """
    executor = Executor(
        open_sandbox(unsafe=unsafe), workers=workers or cores(), limits=limits, without_tools=without_tools
    )
    try:
        yield executor
    finally:
        executor.close()


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
