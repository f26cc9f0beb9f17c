"""Python: the interpreter that runs this, without its environment's packages. Nothing is compiled beforehand."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from mixlaw_eval.languages.cold import ColdCompiler
from mixlaw_eval.languages.language import CompileFailure, Failure, Runnable, Tool, Toolchain
from mixlaw_eval.languages.toolchain import read_only, require
from mixlaw_eval.languages.warm import source_bytes
from mixlaw_eval.sandbox import Outcome, Sandbox

START = b"""\
import builtins, sys
from _sitebuiltins import Quitter
builtins.exit = Quitter("exit", "Ctrl-D (i.e. EOF)")
builtins.quit = Quitter("quit", "Ctrl-D (i.e. EOF)")
sys.argv = sys.argv[1:]
__file__ = sys.argv[0]
del builtins, Quitter
with open(__file__, "rb") as program:
    program = program.read()
try:
    program = compile(program, __file__, "exec", dont_inherit=True)
except Exception as error:
    sys.excepthook(type(error), error.with_traceback(None), None)
    sys.exit(1)
del sys
exec((program, globals().pop("program"))[0])
"""
"""Starts the program as Python would, in the same module `__main__`.

Without the module `site` (30 of 40 ms, and the installed packages with it) only `exit` and `quit` are missing. The
errors of a program that does not compile are shown without a traceback, also as Python does, which tells them apart.
"""

_OPTIONS = ("-s", "-S", "-P", "-B", "-X", "utf8")
_SYNTAX = re.compile(rb"^(?:SyntaxError|IndentationError|TabError|ValueError|RecursionError|MemoryError)\b", re.M)


class PythonCompiler(ColdCompiler):
    """Leaves the program as it is; its syntax is seen at the start."""

    def __init__(self, interpreter: Path) -> None:
        self._argv = (str(interpreter), *_OPTIONS, "/program/start.py", "/program/program.py")
        self._read_only = read_only(Path(sys.base_prefix), Path(sys.base_exec_prefix))

    def compile(self, source: str) -> Runnable | CompileFailure:
        """Never a failure."""
        return Runnable(
            argv=self._argv,
            files={"start.py": START, "program.py": source_bytes(source)},
            environment={"PYTHONHASHSEED": "0"},
            read_only=self._read_only,
        )


class Python:
    """The language. Sets and dicts are ordered alike in every run, so that a verdict stays."""

    name = "python"
    aliases = ("py", "python3", "humaneval")
    known_good = "import sys\n\nsys.stdout.write(sys.stdin.read())\n"

    def toolchain(self) -> Toolchain:
        """The interpreter under this one's virtual environment."""
        return Toolchain(language=self.name, tools=(_interpreter(),))

    def with_sentinel(self, source: str, sentinel: str) -> str:
        """`exit` in the program, and a failed assertion, end it before the last line."""
        return (
            f"{source}\n\nimport sys as _mixlaw_sys\n_mixlaw_sys.__stdout__.write({chr(10) + sentinel + chr(10)!r})\n"
        )

    def open(self, sandbox: Sandbox) -> PythonCompiler:
        """Needs no sandbox, as nothing runs."""
        return PythonCompiler(*require(self.toolchain()))

    def failure(self, outcome: Outcome) -> Failure:
        """From the error on standard error; only what does not compile has no traceback."""
        if outcome.exit_code != 1:
            return "run-time-error"
        if b"Traceback (most recent call last):" not in outcome.stderr:
            return "compile-error" if _SYNTAX.search(outcome.stderr) else "run-time-error"
        last = outcome.stderr.rstrip().rpartition(b"\n")[2]
        return "wrong-answer" if last.startswith(b"AssertionError") else "run-time-error"


def _interpreter() -> Tool:
    version = ".".join(map(str, sys.version_info[:3]))
    path = Path(getattr(sys, "_base_executable", sys.executable)).resolve()
    return Tool(name="python", path=path, version=version, install="apt install python3")
