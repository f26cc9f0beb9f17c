"""What every language must do, with its real compiler in the real sandbox. A new one adds an entry to EXAMPLES."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from mixlaw.trial import LANGUAGES
from mixlaw_eval.languages import LANGUAGE_OF, CompileFailure
from mixlaw_eval.languages.language import Language
from mixlaw_eval.sandbox import Limits

pytestmark = pytest.mark.integration

TEXT = "größer 日本語 🦀"


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A self-checking program whose function `answer` has a hole for its body; right is what gives 42."""

    program: str
    """BODY is the hole; what is tested is answer() == 42. HELPER is a hole at the top level."""
    give: str
    """How to return NUMBER."""
    broken: str
    fails: str
    """A body that ends in an error at run time."""
    exits: tuple[str, ...]
    """Bodies that end the process with 0."""
    loops: str
    prints: str
    """A statement that prints TEXT."""
    helper: str
    """A declaration with something that is changed and kept (NUMBER), which `uses` returns after a change."""
    uses: str
    unknown: str = "compile-error"
    """The verdict when `uses` lacks its helper."""

    def with_body(self, body: str, helper: str = "") -> str:
        return self.program.replace("BODY", body).replace("HELPER", helper)

    def giving(self, number: int, before: str = "") -> str:
        return self.with_body(before + self.give.replace("NUMBER", str(number)))


EXAMPLES = {
    "python": Example(
        program="HELPER\ndef answer():\n    BODY\n\ndef check():\n    assert answer() == 42\n\ncheck()\n",
        give="return NUMBER",
        broken="return (",
        fails="return [][1]",
        exits=("exit(0)", "raise SystemExit", "import os; os._exit(0)"),
        loops="while True: pass",
        prints=f"print('{TEXT}');",
        helper="shared = [NUMBER]",
        uses="shared[0] += 1; return shared[0]",
        unknown="run-time-error",
    ),
    "java": Example(
        program="import java.util.*;\nHELPER\nclass Problem {\n    static int answer() throws Exception {\n"
        "        BODY\n    }\n    public static void main(String[] args) throws Exception {\n"
        "    assert(answer() == (42));\n    }\n\n}\n",
        give="return NUMBER;",
        broken="return 42",
        fails='return 1 / "".length();',
        exits=("System.exit(0); return 1;", "Runtime.getRuntime().halt(0); return 1;"),
        loops="while (true) {}",
        prints=f'System.out.println("{TEXT}");',
        helper="class Shared { static int value = NUMBER; }",
        uses="return ++Shared.value;",
    ),
    "javascript": Example(
        program="HELPER\nfunction answer(){\n  BODY\n}\nconst assert = require('node:assert');\n\n"
        "function test() {\n  assert.deepEqual(answer(),42);\n}\n\ntest();",
        give="return NUMBER;",
        broken="return (;",
        fails="return undefined.length;",
        exits=("process.exit(0);", "process.reallyExit(0);"),
        loops="while (true) {}",
        prints=f"console.log('{TEXT}');",
        helper="globalThis.shared = NUMBER;",
        uses="return ++shared;",
        unknown="run-time-error",
    ),
    "typescript": Example(
        program="HELPER\nfunction answer(): number {\n  BODY\n}\ndeclare var require: any;\n"
        "const assert = require('node:assert');\n\nfunction test() {\n  assert.deepEqual(answer(),42);\n}\n\ntest();",
        give="return NUMBER;",
        broken="return 'forty-two';",
        fails="return (undefined as any).length;",
        exits=("return require('process').exit(0);", "return require('process').reallyExit(0);"),
        loops="while (true) {}",
        prints=f"console.log('{TEXT}');",
        helper="namespace Shared { export let value = NUMBER; }",
        uses="return ++Shared.value;",
    ),
    "csharp": Example(
        program="using System;\nusing System.Diagnostics;\nusing System.Numerics;\nHELPER\nclass Problem {\n"
        "    public static int Answer() {\n        BODY\n    }\n    public static void Main(string[] args) {\n"
        "    Debug.Assert(Answer() == (42));\n    }\n\n}\n",
        give="return NUMBER;",
        broken="return 42",
        fails='return 1 / "".Length;',
        exits=("Environment.Exit(0); return 1;",),
        loops="while (true) {}",
        prints=f'Console.WriteLine("{TEXT}");',
        helper="static class Shared { public static int Value = NUMBER; }",
        uses="return ++Shared.Value;",
    ),
    "go": Example(
        program='package answer_test\n\nimport (\n    "fmt"\n    "os"\n    "testing"\n)\nHELPER\n\n'
        "var _, _ = os.Args, fmt.Sprint()\n\nfunc answer() int {\n    BODY\n}\n\nfunc TestAnswer(t *testing.T) {\n"
        '    if answer() != 42 {\n        t.Errorf("expected 42")\n    }\n}\n',
        give="return NUMBER",
        broken="return 42 +",
        fails="return []int{}[len(os.Args) + 5]",
        exits=("os.Exit(0); return 1",),
        loops="for { }",
        prints=f'fmt.Println("{TEXT}");',
        helper="var shared = NUMBER",
        uses="shared++; return shared",
    ),
    "rust": Example(
        program="HELPER\nfn answer() -> i64 {\n    BODY\n}\n\nfn main() {\n    assert_eq!(answer(), 42);\n}\n",
        give="return NUMBER;",
        broken="return 42 +;",
        fails="return Vec::<i64>::new()[1];",
        exits=("std::process::exit(0);",),
        loops="loop {}",
        prints=f'println!("{TEXT}");',
        helper="static SHARED: std::sync::atomic::AtomicI64 = std::sync::atomic::AtomicI64::new(NUMBER);",
        uses="return SHARED.fetch_add(1, std::sync::atomic::Ordering::SeqCst) + 1;",
    ),
}


@pytest.fixture(params=LANGUAGES)
def name(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def example(name: str) -> Example:
    return EXAMPLES[name]


def test_every_language_is_known_by_its_names(name: str) -> None:
    language: Language = LANGUAGE_OF[name]
    assert language.name == name
    assert all(LANGUAGE_OF[alias] is language for alias in language.aliases)


def test_toolchain_names_versions_and_how_to_get_each_tool(name: str) -> None:
    toolchain = LANGUAGE_OF[name].toolchain()
    assert toolchain.language == name
    assert all(tool.install and (tool.path is None or tool.version) for tool in toolchain.tools)


@pytest.mark.parametrize("text", ["", "no newline at the end", f"one\n{TEXT}\n\n", "x" * 70_000 + "\n"])
def test_known_good_program_prints_its_input(name: str, opening: Callable, text: str) -> None:
    opened = opening(name)
    outcome = opened.run(opened.language.known_good, stdin=text.encode())
    assert (outcome.stdout.decode(), outcome.exit_code) == (text, 0), outcome.stderr


def test_right_program_passes(name: str, opening: Callable, example: Example) -> None:
    assert opening(name).verdict(example.giving(42)) == "passed"


def test_wrong_answer(name: str, opening: Callable, example: Example) -> None:
    assert opening(name).verdict(example.giving(41)) == "wrong-answer"


def test_program_that_does_not_compile(name: str, opening: Callable, example: Example) -> None:
    assert opening(name).verdict(example.with_body(example.broken)) == "compile-error"


def test_error_at_run_time(name: str, opening: Callable, example: Example) -> None:
    assert opening(name).verdict(example.with_body(example.fails)) == "run-time-error"


def test_leaving_before_the_tests_is_no_pass(name: str, opening: Callable, example: Example) -> None:
    for body in example.exits:
        assert opening(name).verdict(example.with_body(body)) != "passed", body


def test_endless_loop_reaches_the_limit_on_processor_time(name: str, opening: Callable, example: Example) -> None:
    assert opening(name).verdict(example.with_body(example.loops), limits=Limits(cpu_s=1.0)) == "cpu-time"


def test_unicode_in_source_and_output(name: str, opening: Callable, example: Example) -> None:
    outcome = opening(name).run(example.giving(42, before=example.prints))
    assert TEXT in outcome.stdout.decode(), outcome.stderr


def test_messages_point_at_the_error(name: str, opening: Callable, example: Example) -> None:
    made = opening(name).compiler.compile(example.with_body(example.broken))
    if isinstance(made, CompileFailure):
        assert "error" in made.messages.lower() or ":" in made.messages
        assert made.outcome.ended == "exited"


def test_compiling_twice_gives_the_same(name: str, opening: Callable, example: Example) -> None:
    opened = opening(name)
    first, second = (opened.compiled(example.giving(42)) for _ in range(2))
    assert first == second


def test_programs_do_not_see_each_other(name: str, opening: Callable, example: Example) -> None:
    opened = opening(name)
    for _ in range(2):  # a value that was kept would be 43 the second time
        assert opened.verdict(example.with_body(example.uses, example.helper.replace("NUMBER", "41"))) == "passed"
    assert opened.verdict(example.with_body(example.uses)) == example.unknown


def test_a_broken_program_spoils_none_of_twenty_after_it(name: str, opening: Callable, example: Example) -> None:
    opened = opening(name)
    made = opened.compiler.compile(example.with_body(example.broken))
    assert isinstance(made, CompileFailure) == (name not in ("python", "javascript"))
    for number in range(20):
        opened.compiled(example.giving(number))
    assert opened.verdict(example.giving(42)) == "passed"
