"""Compilers that stay warm: a served process in the sandbox takes one program after another.

The three of them (`served/`) speak alike: a request is {"source": BASE64}, an answer {"messages": BASE64} and, when the
program compiles, "files": {BASE64: BASE64} by name and "entries": [BASE64], what can be started. In base64 nothing
needs to be escaped, so that a server gets along without a JSON library.
"""

from __future__ import annotations

import base64
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from mixlaw_eval.languages.language import CompileFailure, Runnable
from mixlaw_eval.sandbox import Command, Outcome, Sandbox, SandboxError, Server, ServerDiedError

SERVED = Path(__file__).parent / "served"
"""Sources of the servers."""
PROGRAMS_PER_SERVER = 400
"""A server is replaced after so many programs, as compilers keep some memory of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """What a server made of a program: its files by name, and the names of what can be started, in source order."""

    files: dict[str, bytes]
    entries: tuple[str, ...]


class WarmCompiler:
    """A `Compiler` that keeps a server.

    `command` is asked for each time a server is started; `finish` makes a program out of what the server compiled. A
    program during which the server dies gets one more try in a fresh one. When that dies too, the program is at fault
    if a fresh server then compiles `known_good`, else the machine is.
    """

    def __init__(
        self,
        sandbox: Sandbox,
        *,
        command: Callable[[], Command],
        known_good: str,
        finish: Callable[[Compiled], Runnable],
        programs_per_server: int = PROGRAMS_PER_SERVER,
    ) -> None:
        self._sandbox = sandbox
        self._command = command
        self._known_good = known_good
        self._finish = finish
        self._programs_per_server = programs_per_server
        self._server: Server | None = None
        self._served = 0

    def compile(self, source: str) -> Runnable | CompileFailure:
        """Make one program runnable. Raises SandboxError when the machine, and not the program, is at fault."""
        started = time.monotonic()
        try:
            answer = self._ask_twice(source)
        except ServerDiedError as died:
            return self._blame(died.outcome)
        if "files" not in answer:
            return rejected(_text(answer["messages"]), wall_s=time.monotonic() - started)
        return self._finish(_compiled(answer))

    def _ask_twice(self, source: str) -> dict[str, Any]:
        try:
            return self._ask(source)
        except ServerDiedError:
            return self._ask(source)

    def _ask(self, source: str) -> dict[str, Any]:
        if self._served >= self._programs_per_server:
            self.close()
        if self._server is None:
            self._server, self._served = self._sandbox.serve(self._command()), 0
        self._served += 1
        try:
            return self._server.ask({"source": _encoded(source)})
        except ServerDiedError:
            self.close()
            raise

    def _blame(self, outcome: Outcome) -> CompileFailure:
        try:
            compiles = "files" in self._ask(self._known_good)
        except ServerDiedError as died:
            raise SandboxError(f"the compiler ends on a known-good program too: {_told(died.outcome)}") from died
        if not compiles:
            raise SandboxError("the compiler refuses a known-good program")
        return CompileFailure(messages=f"the compiler ended without an answer: {_told(outcome)}", outcome=outcome)

    def close(self) -> None:
        """End the server; the next program starts another."""
        if self._server is not None:
            self._server.close()
            self._server = None

    def __enter__(self) -> WarmCompiler:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def rejected(messages: str, *, wall_s: float) -> CompileFailure:
    """A program with which a warm compiler finds fault: as when a compiler had exited with 1."""
    outcome = Outcome(
        ended="exited",
        exit_code=1,
        signal=None,
        cpu_s=0.0,
        wall_s=wall_s,
        memory_bytes=0,
        stdout=b"",
        stderr=messages.encode(),
    )
    return CompileFailure(messages=messages, outcome=outcome)


def source_bytes(source: str) -> bytes:
    """UTF-8; half a surrogate pair, which no file can hold, becomes a question mark."""
    return source.encode("utf-8", errors="replace")


def _encoded(source: str) -> str:
    return base64.b64encode(source_bytes(source)).decode()


def _text(encoded: str) -> str:
    return base64.b64decode(encoded).decode("utf-8", errors="replace")


def _compiled(answer: dict[str, Any]) -> Compiled:
    files = {_text(name): base64.b64decode(content) for name, content in answer["files"].items()}
    return Compiled(files=files, entries=tuple(_text(name) for name in answer.get("entries", ())))


def _told(outcome: Outcome) -> str:
    how = f"exit code {outcome.exit_code}" if outcome.ended == "exited" else outcome.ended
    return f"{how}\n{outcome.stderr.decode(errors='replace')}".strip()
