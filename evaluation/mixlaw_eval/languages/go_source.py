"""What of a Go program must be known before it is compiled: its package, its tests, its sentinel."""

from __future__ import annotations

import re
from dataclasses import dataclass

_OPAQUE = re.compile(
    r"//[^\n]*|/\*.*?\*/|`[^`]*`|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'",
    re.DOTALL,
)
"""Comments and literals of strings and characters (The Go Programming Language Specification, Lexical elements)."""
_PACKAGE = re.compile(r"\bpackage\s+(\w+)")
_TEST = re.compile(r"\bfunc\s+(Test(?![a-z])\w*)\s*\(")
_ONE_T = re.compile(r"\s*(?:\w+\s+)?\*\s*(?:\w+\s*\.\s*)?T\s*,?\s*\)\s*\{")
_TEST_MAIN = re.compile(r"\bfunc\s+TestMain\s*\(\s*(?:\w+\s+)?\*\s*(?:\w+\s*\.\s*)?M\s*\)")
_SENTINEL = re.compile(r"\n//mixlaw:sentinel (\w+)\n\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class GoSource:
    """A program as "go test FILE" reads it."""

    package: str
    tests: tuple[str, ...]
    """Its functions `TestX`, in their order."""
    wrong: tuple[str, ...]
    """Functions named like tests with other parameters: "go test" refuses the program."""
    has_test_main: bool
    sentinel: str
    """"" without one."""

    @property
    def is_test(self) -> bool:
        """Whether "go test", and not "go run", is meant."""
        return bool(self.tests or self.wrong) or self.package.endswith("_test")


def read(source: str) -> GoSource:
    """What a program declares, as far as that can be told without a parser (declarations of functions do not nest)."""
    code = _OPAQUE.sub(" ", source)
    package, sentinel = _PACKAGE.search(code), _SENTINEL.search(source)
    has_test_main = _TEST_MAIN.search(code) is not None
    named = [(match[1], _ONE_T.match(code, match.end()) is not None) for match in _TEST.finditer(code)]
    named = [(name, right) for name, right in named if not (name == "TestMain" and has_test_main)]
    return GoSource(
        package=package[1] if package else "",
        tests=tuple(name for name, right in named if right),
        wrong=tuple(name for name, right in named if not right),
        has_test_main=has_test_main,
        sentinel=sentinel[1] if sentinel else "",
    )


def with_sentinel(source: str, sentinel: str) -> str:
    """The program with a note to the compiler (`read`) that `sentinel` shall be printed once its tests have passed."""
    return f"{source}\n//mixlaw:sentinel {sentinel}\n"


def generated_main(source: GoSource, tested: str, harness: str) -> str:
    """The main program that "go test" would write: it imports the program and runs its tests."""
    tests = "".join(f'{{"{name}", tested.{name}}}, ' for name in source.tests)
    test_main = "tested.TestMain" if source.has_test_main else "nil"
    used = "" if source.tests or source.has_test_main else "_ "
    return (
        "package main\n"
        f'import {used or "tested "}"{tested}"\n'
        f'import "{harness}"\n'
        'import "testing"\n'
        f'func main() {{ harness.Run([]testing.InternalTest{{{tests}}}, {test_main}, "{source.sentinel}") }}\n'
    )
