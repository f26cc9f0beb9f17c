"""What is particular to a language, each with its real compiler in the real sandbox."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mixlaw_eval.languages import CompileFailure
from mixlaw_eval.languages.csharp_mono import MonoCompiler, mono_tools

pytestmark = pytest.mark.integration

JS_HEAD = "const assert = require('node:assert');\n"


def test_python_is_started_as_by_python(opening: Callable) -> None:
    source = """
import __main__, pickle, sys
from dataclasses import dataclass

@dataclass
class Point:
    x: int

assert pickle.loads(pickle.dumps(Point(1))) == Point(1)
assert __name__ == "__main__" and __main__.Point is Point
assert sys.argv == [__file__] and callable(quit)
assert not any("site-packages" in path for path in sys.path)
assert {name for name in globals() if not name.startswith("__")} == {"pickle", "sys", "dataclass", "Point"}
"""
    assert opening("python").verdict(source) == "passed"


def test_python_strings_have_one_hash_in_every_run(opening: Callable) -> None:
    opened = opening("python")
    assert len({opened.run("print(hash('a'), {'a', 'b', 'c'})").stdout for _ in range(3)}) == 1


@pytest.mark.parametrize(
    ("source", "verdict"),
    [
        ("x = 1\n  y = 2\n", "compile-error"),
        ("x = '\x00'\n", "compile-error"),
        ("compile('1 +', 'x', 'exec')\n", "run-time-error"),
        ("try:\n    assert False\nexcept AssertionError:\n    1 / 0\n", "run-time-error"),
        ("import threading, sys\nsys.stdout = open('/dev/null', 'w')\n", "passed"),
    ],
)
def test_python_verdicts(opening: Callable, source: str, verdict: str) -> None:
    assert opening("python").verdict(source) == verdict


@pytest.mark.parametrize(
    ("source", "verdict"),
    [
        ("(async () => { await null; assert.equal(1, 1); })();", "passed"),
        ("(async () => { await null; assert.equal(1, 2); })();", "wrong-answer"),
        ("(async () => { await null; process.exit(0); assert.equal(1, 2); })();", "no sentinel"),
        ("setTimeout(() => assert.equal(1, 2), 10);", "wrong-answer"),
        ("process.on('unhandledRejection', () => {}); Promise.reject(1);", "no sentinel"),
        ("const process = 1, console = 2;", "passed"),
        ("test()\nfunction test() {}", "passed"),
        ("if (true) return;", "no sentinel"),
        ("JSON.parse('{')", "run-time-error"),
        ("new Function('(')", "run-time-error"),
        ("let a; let a;", "compile-error"),
        ("1 // the end", "passed"),
    ],
)
def test_javascript_verdicts(opening: Callable, source: str, verdict: str) -> None:
    assert opening("javascript").verdict(JS_HEAD + source) == verdict


TS_HEAD = "declare var require: any;\n"


@pytest.mark.parametrize(
    ("source", "verdict"),
    [
        (TS_HEAD + "const n: number = 'one';", "compile-error"),
        (TS_HEAD + "let n: number = null; function f(x) { return x; }", "passed"),  # not strict
        (TS_HEAD + "import * as fs from 'fs'; fs.readFileSync;", "compile-error"),  # no types of Node's
        ("import * as fs from 'fs'; if (!fs.existsSync('/program')) throw 1;", "passed"),
        ("import fs from 'fs'; if (!fs.existsSync('/program')) throw 1;", "passed"),
        ("const b: Buffer = Buffer.from('a'); process.stdout.write(b);", "passed"),
        (
            "type R = { ok: true; v: number } | { ok: false; why: string };\n"
            "const r = { ok: false, why: 'x' } as R;\nif (!r.ok) console.log(r.why);\nelse console.log(r.v);",
            "passed",
        ),  # needs the strict rules
        ("let n: number = null;", "passed"),  # needs the lax ones
        ("const n: string = 1;", "compile-error"),
        ("import { x } from './other'; x;", "compile-error"),
        ('/// <reference path="/etc/passwd" />\n', "compile-error"),
        ("interface Array<T> { second(): T }\nArray.prototype.second = function () { return this[1]; };\n"
         "if ([1, 2].second() !== 2) throw 1;", "passed"),
        ("if (('second' in []) || ([] as any).second) throw 1; [].second();", "compile-error"),
    ],
)  # fmt: skip
def test_typescript_verdicts(opening: Callable, source: str, verdict: str) -> None:
    opened = opening("typescript")
    if TS_HEAD not in source and opened.language.toolchain().tools[-1].path is None:
        pytest.skip(f"@types/node is not installed; get it with: {opened.language.toolchain().tools[-1].install}")
    assert opened.verdict(source) == verdict


def java(body: str, head: str = "") -> str:
    return f"{head}\nclass Problem {{ public static void main(String[] args) throws Exception {{ {body} }} }}"


@pytest.mark.parametrize(
    ("source", "verdict"),
    [
        (java("assert false;"), "wrong-answer"),
        (java("System.setOut(new java.io.PrintStream(new java.io.ByteArrayOutputStream()));"), "passed"),
        (java("Class.forName(\"Other\");"), "run-time-error"),
        (java("assert args.length == 0;", "package some.where;"), "passed"),
        (java("Runnable r = () -> { assert false; }; r.run();"), "wrong-answer"),
        (java("new Object() { void run() { assert Inner.x == 3; } }.run(); } static class Inner { static int x = 3;"),
         "passed"),
        (java("") + "\nclass String {} class System {}", "run-time-error"),  # its main takes another String
        ("public class First { public static void main(String[] a) { assert a.length == 0; } }", "passed"),
        ("public class First {}\npublic class Second {}", "compile-error"),
        ("interface I { }", "run-time-error"),
        ("record P(int x) { public static void main(String[] a) { assert new P(3).x() == 3; } }", "passed"),
        (java("", "@javax.annotation.processing.SupportedOptions(\"x\")"), "passed"),
    ],
)  # fmt: skip
def test_java_verdicts(opening: Callable, source: str, verdict: str) -> None:
    assert opening("java").verdict(source) == verdict


def test_java_programs_may_use_javatuples(opening: Callable) -> None:
    opened = opening("java")
    library = opened.language.toolchain().tools[-1]
    if library.path is None:
        pytest.skip(f"javatuples is not installed; get it with: {library.install}")
    source = java('assert Pair.with(1, "a").getValue0() == 1;', "import org.javatuples.*;")
    assert opened.verdict(source) == "passed"


def csharp(body: str, signature: str = "static void Main(string[] args)", head: str = "") -> str:
    return f"using System;\nusing System.Diagnostics;\n{head}\nclass Problem {{ {signature} {{ {body} }} }}"


CSHARP = [
    (csharp("Debug.Assert(args.Length == 0);"), "passed"),
    (csharp("Debug.Assert(false, \"it\");"), "wrong-answer"),
    (csharp("try { Debug.Assert(false); } catch (Exception) { }"), "wrong-answer"),
    (csharp("Trace.Listeners.Clear(); Debug.Assert(false);"), "no sentinel"),
    (csharp("Debug.Fail(\"no\");"), "wrong-answer"),
    (csharp("throw new InvalidOperationException();"), "run-time-error"),
    (csharp("return 3;", "static int Main()"), "run-time-error"),
    (csharp("return 0;", "private static int Main()"), "passed"),
    (csharp("Console.SetOut(System.IO.TextWriter.Null);"), "passed"),
    (csharp("await System.Threading.Tasks.Task.Delay(1); Debug.Assert(false);",
            "static async System.Threading.Tasks.Task Main()"), "wrong-answer"),
    (csharp("", head="class Other { static void Main() { } }"), "run-time-error"),
    (csharp("Debug.Assert(System.Numerics.BigInteger.Pow(2, 70) > 0);"), "passed"),
    ("#if !DEBUG\n#error no debugging\n#endif\n" + csharp(""), "passed"),
    (csharp("", head="#if DEBUG\n#define LATE\n#endif"), "compile-error"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "verdict"), CSHARP)
def test_csharp_verdicts(opening: Callable, source: str, verdict: str) -> None:
    assert opening("csharp").verdict(source) == verdict


def test_csharp_called_once_per_program_says_the_same(opening: Callable) -> None:
    opened = opening("csharp")
    mono, mcs = (tool.path for tool in mono_tools())
    if mono is None or mcs is None:
        pytest.skip("mono is not installed; get it with: apt install mono-mcs mono-runtime")
    with MonoCompiler(opened.sandbox, mono, mcs) as once:
        for source in (csharp("Debug.Assert(true);"), csharp("int x = null;")):
            warm, cold = opened.compiler.compile(source), once.compile(source)
            assert isinstance(warm, CompileFailure) == isinstance(cold, CompileFailure)
        broken = once.compile(csharp("int x = null;"))
    assert isinstance(broken, CompileFailure)
    assert "CS0037" in broken.messages


def test_typescript_finds_the_compiler_of_a_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from mixlaw_eval.languages import LANGUAGE_OF

    package = tmp_path / "node_modules" / "typescript"
    (package / "lib").mkdir(parents=True)
    (package / "lib" / "typescript.js").write_text("")
    (package / "package.json").write_text('{"version": "5.0.1"}')
    inner = tmp_path / "src"
    inner.mkdir()
    monkeypatch.chdir(inner)
    tool = LANGUAGE_OF["typescript"].toolchain().tools[1]
    assert (tool.path, tool.version) == (package.resolve(), "5.0.1")
