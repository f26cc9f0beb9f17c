"""A process in the sandbox that stays and answers requests."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Any, NoReturn, Self, TypeVar, cast

from mixlaw_eval.sandbox.command import Ended, ServerDiedError
from mixlaw_eval.sandbox.running import Running

T = TypeVar("T")


class Spawner:
    """Starts processes in a thread that lives as long as this process.

    A sandbox dies with the thread that started it (PR_SET_PDEATHSIG is about threads), and a server may outlive the
    thread that asked for it.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pool: tuple[int, ThreadPoolExecutor] | None = None

    def call(self, function: Callable[[], T]) -> T:
        """Call it there and wait. After a fork the child makes a thread of its own."""
        with self._lock:
            if self._pool is None or self._pool[0] != os.getpid():
                self._pool = (os.getpid(), ThreadPoolExecutor(max_workers=1, thread_name_prefix="sandbox"))
            pool = self._pool[1]
        return pool.submit(function).result()


class ServedProcess:
    """A `Server` over JSON lines.

    What it writes to standard output unasked, or an answer that is no JSON object, ends it: later answers could not be
    trusted. The limit on output holds for each answer, and for standard error during each request.
    """

    def __init__(self, running: Running, *, here: Callable[[str], str], there: Callable[[str], str]) -> None:
        self._running = running
        self._here = here
        self._there = there
        self._is_open = True

    def ask(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """As `Server` says."""
        running = self._running
        if not self._is_open:
            raise ValueError("this server is closed")
        running.stdout.drain()
        if running.stdout.data:
            self._die("signalled")
        running.stderr.data.clear()
        running.watch.restart()
        assert running.stdin is not None
        running.stdin.put(self._here(json.dumps(request)).encode() + b"\n")
        ended = running.pump(lambda: b"\n" in running.stdout.data)
        if ended is not None:
            self._die(ended)
        line, _, rest = bytes(running.stdout.data).partition(b"\n")
        running.stdout.data[:] = rest
        return self._answer(line)

    def _answer(self, line: bytes) -> dict[str, Any]:
        try:
            answer = json.loads(self._there(line.decode()))
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            self._die("signalled")
        return cast("dict[str, Any]", answer)

    def _die(self, ended: Ended) -> NoReturn:
        outcome = self._running.finish(ended)
        self.close()
        raise ServerDiedError(outcome)

    def close(self) -> None:
        """As `Server` says."""
        if self._is_open:
            self._is_open = False
            self._running.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
