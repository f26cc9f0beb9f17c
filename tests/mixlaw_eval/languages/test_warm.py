"""A warm compiler and programs that kill it, with a server of a few lines in the real sandbox."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mixlaw_eval.languages import LANGUAGE_OF, CompileFailure, Runnable
from mixlaw_eval.languages.warm import Compiled, WarmCompiler
from mixlaw_eval.sandbox import Command, Limits, Sandbox, SandboxError

pytestmark = pytest.mark.integration

SERVER = b"""
import base64, json, sys
count = 0
for line in sys.stdin:
    source = base64.b64decode(json.loads(line)["source"]).decode()
    count += 1
    if "refuse" in source:
        print(json.dumps({"messages": base64.b64encode(b"line 1: refused").decode()}), flush=True)
        continue
    if "loop" in source:
        while True:
            pass
    if source == "die" or (source == "die when used" and count > 1):
        sys.exit(3)
    said = base64.b64encode(f"{count}".encode()).decode()
    print(json.dumps({"messages": "", "files": {said: said}, "entries": [said]}), flush=True)
"""


def compiler(sandbox: Sandbox, *, known_good: str = "good", programs_per_server: int = 100) -> WarmCompiler:
    """Its programs say how many the server has seen."""
    python = LANGUAGE_OF["python"].open(sandbox).compile("")
    assert isinstance(python, Runnable)
    command = Command(
        argv=(python.argv[0], "-ISE", "/program/server.py"),
        files={"server.py": SERVER},
        read_only=python.read_only,
        limits=Limits(cpu_s=1.0),
    )

    def finish(compiled: Compiled) -> Runnable:
        return Runnable(argv=compiled.entries, files=compiled.files)

    return WarmCompiler(
        sandbox,
        command=lambda: command,
        known_good=known_good,
        finish=finish,
        programs_per_server=programs_per_server,
    )


def seen(made: Runnable | CompileFailure) -> int:
    assert isinstance(made, Runnable)
    return int(made.argv[0])


def test_one_server_takes_many_programs_and_is_replaced_in_time(sandbox: Sandbox) -> None:
    with compiler(sandbox, programs_per_server=3) as warm:
        assert [seen(warm.compile("fine")) for _ in range(7)] == [1, 2, 3, 1, 2, 3, 1]


def test_messages_of_a_refused_program(sandbox: Sandbox) -> None:
    with compiler(sandbox) as warm:
        made = warm.compile("refuse")
        assert isinstance(made, CompileFailure)
        assert (made.messages, made.outcome.ended, made.outcome.exit_code) == ("line 1: refused", "exited", 1)
        assert seen(warm.compile("fine")) == 2


@pytest.mark.parametrize(("source", "ended"), [("die", "exited"), ("loop", "cpu-time")])
def test_a_program_that_kills_the_server_twice_is_at_fault(sandbox: Sandbox, source: str, ended: str) -> None:
    with compiler(sandbox) as warm:
        made = warm.compile(source)
        assert isinstance(made, CompileFailure)
        assert made.outcome.ended == ended
        assert seen(warm.compile("fine")) == 2  # after the known-good program


def test_a_server_that_dies_of_what_came_before_is_replaced(sandbox: Sandbox) -> None:
    with compiler(sandbox) as warm:
        assert seen(warm.compile("fine")) == 1
        assert seen(warm.compile("die when used")) == 1


@pytest.mark.parametrize("known_good", ["die", "refuse"])
def test_the_machine_is_at_fault_when_a_good_program_fails_too(sandbox: Sandbox, known_good: str) -> None:
    with compiler(sandbox, known_good=known_good) as warm, pytest.raises(SandboxError, match="known-good"):
        warm.compile("die")


def test_half_a_surrogate_pair_is_no_reason_to_fail(opening: Callable) -> None:
    for name in ("python", "javascript", "java"):
        opened = opening(name)
        assert isinstance(opened.compiler.compile(opened.language.known_good + "// \ud800"), Runnable | CompileFailure)
