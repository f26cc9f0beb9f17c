"""Programs run as MultiPL-E's containers run them: one at a time, a compiler each, no sandbox.

The commands are those of its evaluation scripts (nuprl/MultiPL-E, evaluation/src/eval_*.py). mcs stands in for csc
where that is not installed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

from mixlaw_eval.execution import Program
from mixlaw_eval.languages.registry import LANGUAGE_OF

TIMEOUT_S = 60
_TUPLES = "/usr/share/java/javatuples.jar"
Runs = Callable[[Path], bool]


def run_one(program: Program, folder: Path) -> bool:
    """Run a program in an empty folder; whether it passed."""
    folder.mkdir()
    return _RUNS[program.language](program.source, folder)


def _did(argv: Sequence[str | Path], folder: Path, **environment: str) -> bool:
    try:
        done = subprocess.run(
            argv,
            cwd=folder,
            capture_output=True,
            timeout=TIMEOUT_S,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0 and b"Fail" not in done.stderr


def _written(source: str, folder: Path, name: str) -> Path:
    path = folder / name
    path.write_text(source)
    return path


def _tool(language: str, name: str) -> str:
    """The same as ours, and no wrapper of it that is slower."""
    return next(str(tool.path) for tool in LANGUAGE_OF[language].toolchain().tools if tool.name == name)


def _python(source: str, folder: Path) -> bool:
    return _did([_tool("python", "python"), _written(source, folder, "a.py")], folder)


def _java(source: str, folder: Path) -> bool:
    path = _written(source, folder, "Problem.java")
    compiles = _did(["javac", "-encoding", "UTF8", "-cp", _TUPLES, "-d", folder, path], folder)
    return compiles and _did(["java", "-ea", "-cp", f"{folder}:{_TUPLES}", "Problem"], folder)


def _javascript(source: str, folder: Path) -> bool:
    return _did(["node", _written(source, folder, "a.js")], folder)


def _typescript(source: str, folder: Path) -> bool:
    path = _written(source, folder, "a.ts")
    return _did(["node", _tsc(), "--target", "esnext", path], folder) and _did(
        ["node", path.with_suffix(".js")], folder
    )


def _tsc() -> Path:
    path = Path(_tool("typescript", "tsc"))
    return path / "bin" / "tsc" if path.is_dir() else path


def _csharp(source: str, folder: Path) -> bool:
    path, binary = _written(source, folder, "a.cs"), folder / "a.exe"
    compiler = shutil.which("csc") or "mcs"
    compiles = _did([compiler, "-d:DEBUG", "-r:System.Numerics.dll", path, f"-out:{binary}"], folder)
    return compiles and _did(["mono", binary], folder, MONO_TRACE_LISTENER="Console.Error")


def _go(source: str, folder: Path) -> bool:
    return _did(["go", "test", _written(source, folder, "a_test.go")], folder)


def _rust(source: str, folder: Path) -> bool:
    return _did(["rustc", _written(source, folder, "a.rs"), "-o", folder / "a"], folder) and _did(
        [folder / "a"], folder
    )


_RUNS: dict[str, Callable[[str, Path], bool]] = {
    "python": _python,
    "java": _java,
    "javascript": _javascript,
    "typescript": _typescript,
    "csharp": _csharp,
    "go": _go,
    "rust": _rust,
}
