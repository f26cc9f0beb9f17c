"""Go: the verdicts of `go test`, without calling it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from mixlaw_eval.languages import CompileFailure
from mixlaw_eval.languages.go_source import read

HEAD = 'package answer_test\n\nimport (\n\t"fmt"\n\t"os"\n\t"testing"\n)\n\nvar _, _ = os.Args, fmt.Sprint()\n\n'
TEST = "func TestAnswer(t *testing.T) { if answer() != 42 { t.Errorf(`expected %d`, 42) } }\n"

PROGRAMS = {
    "right": "func answer() int { return 42 }\n" + TEST,
    "wrong": "func answer() int { return 41 }\n" + TEST,
    "unused variable": "func answer() int { x := 1; return 42 }\n" + TEST,
    "vet: printf": 'func answer() int { fmt.Sprintf("%d", "x"); return 42 }\n' + TEST,
    "not vet's business here": "func answer() int { x := 42; x = x; return x }\n" + TEST,
    "panic": 'func answer() int { panic("no") }\n' + TEST,
    "leaves with 0": "func answer() int { os.Exit(0); return 1 }\n" + TEST,
    "leaves with 1": "func answer() int { os.Exit(1); return 1 }\n" + TEST,
    "no test at all": "func answer() int { return 41 }\n",
    "wrong signature": "func answer() int { return 42 }\nfunc TestHelper() {}\n" + TEST,
    "a main of its own": "func answer() int { return 42 }\nfunc main() { os.Exit(1) }\n" + TEST,
    "a second test": "func answer() int { return 42 }\nfunc TestMore(t *testing.T) { t.Fatal() }\n" + TEST,
    "own TestMain": "func answer() int { return 42 }\nfunc TestMain(m *testing.M) { m.Run() }\n" + TEST,
    "own TestMain, wrong": "func answer() int { return 41 }\nfunc TestMain(m *testing.M) { m.Run() }\n" + TEST,
    "skipped": "func answer() int { return 42 }\nfunc TestMore(t *testing.T) { t.Skip() }\n" + TEST,
    "in parallel": "func answer() int { return 42 }\nfunc TestMore(t *testing.T) { t.Parallel(); t.Fail() }\n" + TEST,
    "internal package": 'import "internal/abi"\nvar _ abi.FuncPCABI0\nfunc answer() int { return 42 }\n' + TEST,
}
ACCEPTED_BY_GO_TEST = {"no test at all"}
"""What `go test` accepts though no test has passed."""


@pytest.mark.integration
@pytest.mark.parametrize("what", PROGRAMS)
def test_verdict_is_that_of_go_test(opening: Callable, tmp_path: Path, what: str) -> None:
    verdict = opening("go").verdict(HEAD + PROGRAMS[what])
    passes = _go_test(HEAD + PROGRAMS[what], tmp_path)
    assert (verdict == "passed") == (passes and what not in ACCEPTED_BY_GO_TEST), verdict


def _go_test(source: str, folder: Path) -> bool:
    (folder / "answer_test.go").write_text(source)
    go = shutil.which("go")
    assert go
    environment = os.environ | {"CGO_ENABLED": "0", "GOFLAGS": "", "GO111MODULE": "off"}
    return subprocess.run([go, "test", "answer_test.go"], cwd=folder, env=environment, check=False).returncode == 0


@pytest.mark.integration
def test_messages_name_the_line(opening: Callable) -> None:
    made = opening("go").compiler.compile(HEAD + PROGRAMS["unused variable"])
    assert isinstance(made, CompileFailure)
    assert "x_test.go:11:" in made.messages
    vetted = opening("go").compiler.compile(HEAD + PROGRAMS["vet: printf"])
    assert isinstance(vetted, CompileFailure)
    assert "Sprintf" in vetted.messages


@pytest.mark.integration
@pytest.mark.parametrize("package", ["net/http", "regexp", "os/user", "encoding/json", "math/big", "unsafe"])
def test_the_whole_standard_library_is_there(opening: Callable, package: str) -> None:
    source = f'package main\n\nimport _ "{package}"\n\nfunc main() {{ println("linked") }}\n'
    assert b"linked" in opening("go").run(source).stderr


def test_declarations_are_told_from_comments_and_strings() -> None:
    source = """// package fake
/* func TestOne(t *testing.T) {} */
package real_test

import tt "testing"

var text = `
func TestTwo(t *testing.T) {}
` + "\\"func TestThree(t *testing.T) {" + string('"')

func TestFour(t *tt.T) { _ = "//" }
func TestFive(*tt.T) {}
func Testsix() {}
func (x T) TestSeven() {}
func TestEight(n int) {}
func TestMain(m *tt.M) { m.Run() }
"""
    found = read(source)
    assert found.package == "real_test"
    assert found.tests == ("TestFour", "TestFive")
    assert found.wrong == ("TestEight",)
    assert found.has_test_main
    assert found.sentinel == ""
