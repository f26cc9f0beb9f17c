"""One of the threads that judge: it has a compiler of its own, and gives the machine more than one chance."""

from __future__ import annotations

import threading
import time
from concurrent.futures import Future
from contextlib import ExitStack

from mixlaw.trial import MixlawError
from mixlaw_eval.execution.checking import check
from mixlaw_eval.execution.judging import judge
from mixlaw_eval.execution.program import Execution, Program
from mixlaw_eval.languages.language import Compiler, Language
from mixlaw_eval.languages.registry import LANGUAGE_OF
from mixlaw_eval.sandbox import Limits, Sandbox, SandboxError

PAUSES_S = (1.0, 5.0)
"""Before the second and the third try of a program after a fault of the sandbox."""


class Checks:
    """Which languages are known to work: each is checked once, by the worker that needs it first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._done: dict[str, Future[None]] = {}

    def ensure(self, language: Language, compiler: Compiler, sandbox: Sandbox) -> None:
        """Check the language, or wait until another worker has. Raises MixlawError when it does not work."""
        with self._lock:
            is_first = language.name not in self._done
            done = self._done.setdefault(language.name, Future())
        if is_first:
            try:
                check(language, compiler, sandbox)
                done.set_result(None)
            except BaseException as error:
                with self._lock:
                    del self._done[language.name]
                done.set_exception(error)
        done.result()


class Judge:
    """Judges one program after another. A compiler stays open until a program of another language comes."""

    def __init__(self, sandbox: Sandbox, limits: Limits, checks: Checks) -> None:
        self._sandbox = sandbox
        self._limits = limits
        self._checks = checks
        self._open = ExitStack()
        self._compiler: tuple[str, Compiler] | None = None

    def judge(self, program: Program) -> Execution:
        """Raises MixlawError when the machine failed three times, or a language's tools do not work."""
        for pause_s in PAUSES_S:
            try:
                return self._once(program)
            except SandboxError:
                self.close()
                time.sleep(pause_s)
        try:
            return self._once(program)
        except SandboxError as error:
            self.close()
            raise MixlawError(
                f"this machine failed three times to run one {program.language} program, which says nothing about "
                f"the program: {error}"
            ) from error

    def close(self) -> None:
        """Close the compiler that is open."""
        self._compiler = None
        self._open.close()

    def _once(self, program: Program) -> Execution:
        language = LANGUAGE_OF[program.language]
        return judge(
            program,
            language=language,
            compiler=self._opened(language),
            sandbox=self._sandbox,
            limits=self._limits,
        )

    def _opened(self, language: Language) -> Compiler:
        if self._compiler is None or self._compiler[0] != language.name:
            self.close()
            compiler = self._open.enter_context(language.open(self._sandbox))
            self._checks.ensure(language, compiler, self._sandbox)
            self._compiler = (language.name, compiler)
        return self._compiler[1]
