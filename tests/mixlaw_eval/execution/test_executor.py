"""Programs in, verdicts out: with the real sandbox and real compilers, and with machines that fail."""

from __future__ import annotations

import dataclasses
import multiprocessing
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from mixlaw.trial import LANGUAGES, MixlawError
from mixlaw_eval.execution import Case, Execution, Executor, Program, open_executor, worker
from mixlaw_eval.languages.language import Compiler, Language, Tool, Toolchain
from mixlaw_eval.languages.registry import LANGUAGE_OF
from mixlaw_eval.sandbox import Command, Limits, Outcome, Sandbox, SandboxError, Server

pytestmark = pytest.mark.integration

LIMITS = Limits(cpu_s=1.5, idle_s=1.5, memory_bytes=2**28, output_bytes=2**16)
ECHO = LANGUAGE_OF["python"].known_good


@pytest.fixture(scope="module")
def executor() -> Iterator[Executor]:
    try:
        opening = open_executor(workers=2, limits=LIMITS)
        with opening as opened:
            yield opened
    except MixlawError as error:
        pytest.skip(str(error))


def judged(executor: Executor, programs: list[Program]) -> list[Execution]:
    found = dict(executor.run(programs))
    assert sorted(found) == list(range(len(programs)))
    return [found[index] for index in range(len(programs))]


def python(source: str, *cases: Case) -> Program:
    return Program(language="python", source=source, cases=cases)


def needs(*languages: str) -> None:
    for name in languages:
        for tool in LANGUAGE_OF[name].toolchain().missing:
            pytest.skip(f"{tool.name} is not installed; get it with: {tool.install}")


KINDS = {
    "print('fine')": ("passed", "run"),
    "assert 1 + 1 == 3": ("wrong-answer", "run"),
    "import sys; sys.exit(0)": ("wrong-answer", "run"),
    "def f(:": ("compile-error", "compile"),
    "[][1]": ("run-time-error", "run"),
    "import os, signal; os.kill(os.getpid(), signal.SIGKILL)": ("run-time-error", "run"),
    "while True: pass": ("timeout", "run"),
    "import time; time.sleep(1000)": ("timeout", "run"),
    "x = b'x' * 2**28; x += b'y' * 2**28": ("memory", "run"),
    "x = bytearray(2**60)": ("memory", "run"),
    "while True: print('x' * 1000)": ("output-limit", "run"),
}


def test_every_kind_of_end_has_its_verdict(executor: Executor) -> None:
    found = judged(executor, [python(source) for source in KINDS])
    told = {source: (one.verdict, one.stage) for source, one in zip(KINDS, found, strict=True)}
    assert told == KINDS


def test_the_same_programs_get_the_same_verdicts_beside_a_heavy_load(executor: Executor) -> None:
    programs = [python(f"{source}\n# {number}") for number in range(3) for source in KINDS]
    alone = [one.verdict for one in judged(executor, programs)]
    with _load(processes=6):
        beside = [one.verdict for one in judged(executor, programs)]
    assert beside == alone
    assert alone == [verdict for verdict, _ in KINDS.values()] * 3


@contextmanager
def _load(processes: int) -> Iterator[None]:
    busy = [multiprocessing.get_context("spawn").Process(target=_spin, daemon=True) for _ in range(processes)]
    for process in busy:
        process.start()
    try:
        yield
    finally:
        for process in busy:
            process.kill()
            process.join()


def _spin() -> None:
    while True:
        sum(range(10_000))


def test_cases_are_compared_exactly_and_the_first_that_fails_is_told(executor: Executor) -> None:
    cases = (Case(input="a\n", output="a\n"), Case(input="b", output="b\n"), Case(input="c", output="x"))
    right, wrong = judged(executor, [python(ECHO, *cases[:1]), python(ECHO, *cases)])
    assert (right.verdict, right.case, right.stdout) == ("passed", None, "a\n")
    assert (wrong.verdict, wrong.case, wrong.stdout) == ("wrong-answer", 1, "b")


def test_the_sentinel_is_not_shown_and_what_was_printed_is(executor: Executor) -> None:
    shown, silent, left = judged(
        executor, [python("print('a\\n')"), python("1"), python("print('a'); raise SystemExit")]
    )
    assert (shown.verdict, shown.stdout) == ("passed", "a\n\n")
    assert (silent.verdict, silent.stdout) == ("passed", "")
    assert (left.verdict, left.stdout) == ("wrong-answer", "a\n")
    assert "before its tests had ended" in left.stderr


def test_heads_of_streams_are_short_and_any_bytes_are_text(executor: Executor) -> None:
    (found,) = judged(executor, [python("import sys; sys.stdout.buffer.write(b'\\xff' + b'x' * 10_000)")])
    assert found.verdict == "passed"
    assert found.stdout.startswith("�xxx")
    assert len(found.stdout) == 4096


def test_messages_of_the_compiler_are_told(executor: Executor) -> None:
    needs("rust")
    (found,) = judged(executor, [Program(language="rust", source="fn main() { let x: i32 = true; }")])
    assert (found.verdict, found.stage) == ("compile-error", "compile")
    assert "mismatched types" in found.stderr


MEMORY = {
    "python": "x = bytearray(2**60)",
    "java": "class Problem { public static void main(String[] a) { long[][] x = new long[9][];"
    " for (int i = 0; i < 9; i++) x[i] = new long[1 << 30]; } }",
    "javascript": "const x = []; while (true) x.push(new Array(1000).fill(Math.random()));",
    "typescript": "const x: number[][] = []; while (true) x.push(new Array(1000).fill(Math.random()));",
    "csharp": "class Problem { static void Main() { var x = new long[int.MaxValue - 100][];"
    " System.Console.WriteLine(x.Length); } }",
    "go": 'package x_test\nimport "testing"\nfunc TestX(t *testing.T) { x := make([]byte, 1<<46); x[1] = 1; _ = x }',
    "rust": 'fn main() { let x: Vec<u8> = Vec::with_capacity(1 << 46); println!("{}", x.capacity()); }',
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_running_out_of_memory_is_told_apart(executor: Executor, language: str) -> None:
    needs(language)
    (found,) = judged(executor, [Program(language=language, source=MEMORY[language])])
    assert found.verdict == "memory", found.stderr


class Counting:
    """A sandbox that counts what is run in it, and fails when told to."""

    name = "counting"

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self.commands: list[Command] = []
        self.faults = 0
        self.failing = b"nothing"
        self._lock = threading.Lock()

    def run(self, command: Command) -> Outcome:
        with self._lock:
            self.commands.append(command)
            source = command.files.get("program.py", b"")
            if self.faults > 0 and isinstance(source, bytes) and self.failing in source:
                self.faults -= 1
                raise SandboxError("no more processes")
        return self._sandbox.run(command)

    def serve(self, command: Command) -> Server:
        return self._sandbox.serve(command)

    def runs_of(self, text: bytes) -> int:
        sources = [command.files["program.py"] for command in self.commands]
        return sum(text in source for source in sources if isinstance(source, bytes))


@pytest.fixture
def counting(executor: Executor, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Counting, Executor]]:
    monkeypatch.setattr(worker, "PAUSES_S", (0.0, 0.0))
    sandbox = Counting(executor.sandbox)
    made = Executor(sandbox, workers=2, limits=LIMITS, without_tools="refuse")
    yield sandbox, made
    made.close()


def test_equal_programs_are_judged_once(counting: tuple[Counting, Executor]) -> None:
    sandbox, executor = counting
    told: list[int] = []
    programs = [python("print('one')"), python("print('two')"), python("print('one')")]
    found = dict(executor.run(programs, advance=told.append))
    assert [found[index].stdout for index in range(3)] == ["one\n", "two\n", "one\n"]
    assert sandbox.runs_of(b"'one'") == 1
    assert sorted(told) == [1, 2]


def test_a_fault_of_the_machine_is_tried_again(counting: tuple[Counting, Executor]) -> None:
    sandbox, executor = counting
    sandbox.failing, sandbox.faults = b"unlucky", 2
    (found,) = judged(executor, [python("print('unlucky')")])
    assert (found.verdict, sandbox.runs_of(b"unlucky")) == ("passed", 3)


def test_a_machine_that_keeps_failing_ends_the_run_and_judges_nothing(counting: tuple[Counting, Executor]) -> None:
    sandbox, executor = counting
    sandbox.failing, sandbox.faults = b"doomed", 3
    kept: list[tuple[int, Execution]] = []
    with pytest.raises(MixlawError, match=r"three times.*no more processes"):
        kept.extend(executor.run([python(f"print({n})") for n in range(4)] + [python("print('doomed')")]))
    assert all(one.verdict == "passed" for _, one in kept)
    assert judged(executor, [python("print('later')")])[0].verdict == "passed"


def test_leaving_early_runs_no_more_programs(counting: tuple[Counting, Executor]) -> None:
    sandbox, executor = counting
    results = executor.run([python(f"print('early', {n})") for n in range(50)])
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert judged(executor, [python("print('later')")])[0].verdict == "passed"
    assert sandbox.runs_of(b"'early'") < 10


@dataclass(frozen=True)
class Changed:
    """Python with other tools or another known-good program."""

    known_good: str
    tools: tuple[Tool, ...]
    name = "python"
    aliases = ()

    def toolchain(self) -> Toolchain:
        return Toolchain(language="python", tools=self.tools)

    def with_sentinel(self, source: str, sentinel: str) -> str:
        return source

    def open(self, sandbox: Sandbox) -> Compiler:
        return _PYTHON.open(sandbox)

    def failure(self, outcome: Outcome):
        return _PYTHON.failure(outcome)


_PYTHON: Language = LANGUAGE_OF["python"]


def test_tools_that_do_not_work_end_the_run(
    counting: tuple[Counting, Executor], monkeypatch: pytest.MonkeyPatch
) -> None:
    sandbox, executor = counting
    broken = Changed(known_good="print('something else')", tools=_PYTHON.toolchain().tools)
    monkeypatch.setitem(LANGUAGE_OF, "python", broken)
    with pytest.raises(MixlawError, match="tools of python do not work"):
        judged(executor, [python(f"print('judged', {n})") for n in range(4)])
    assert sandbox.runs_of(b"'judged'") == 0


@pytest.fixture
def lacking(monkeypatch: pytest.MonkeyPatch) -> None:
    tool = dataclasses.replace(_PYTHON.toolchain().tools[0], path=None, install="apt install snakes")
    monkeypatch.setitem(LANGUAGE_OF, "python", Changed(known_good=ECHO, tools=(tool,)))


@pytest.mark.usefixtures("lacking")
def test_missing_tools_are_refused_before_anything_runs(counting: tuple[Counting, Executor]) -> None:
    sandbox, executor = counting
    with pytest.raises(MixlawError, match="apt install snakes"):
        judged(executor, [python("1"), Program(language="rust", source="fn main() {}")])
    assert not sandbox.commands


@pytest.mark.usefixtures("lacking")
def test_missing_tools_can_be_a_verdict(executor: Executor) -> None:
    needs("javascript")
    made = Executor(executor.sandbox, workers=1, limits=LIMITS, without_tools="report")
    found = judged(made, [python("1"), Program(language="javascript", source="1")])
    made.close()
    assert [one.verdict for one in found] == ["toolchain-missing", "passed"]
    assert "apt install snakes" in found[0].stderr


def test_an_unknown_language_is_named(executor: Executor) -> None:
    with pytest.raises(MixlawError, match="cobol"):
        judged(executor, [Program(language="cobol", source="")])


def test_all_languages_in_one_batch(executor: Executor) -> None:
    needs(*LANGUAGES)
    cases = (Case(input="one\n", output="one\n"), Case(input="", output=""))
    programs = [Program(language=name, source=LANGUAGE_OF[name].known_good, cases=cases) for name in LANGUAGES]
    assert {one.verdict for one in judged(executor, programs)} == {"passed"}


def test_two_batches_at_a_time_keep_apart(executor: Executor) -> None:
    def batch(word: str) -> set[str]:
        return {one.stdout for one in judged(executor, [python(f"print('{word}', {n})") for n in range(6)])}

    with ThreadPoolExecutor(2) as pool:
        futures: list[Future[set[str]]] = [pool.submit(batch, word) for word in ("left", "right")]
    for word, future in zip(("left", "right"), futures, strict=True):
        assert future.result() == {f"{word} {n}\n" for n in range(6)}
