"""Hostile programs, each in several languages: all are contained, the machine is untouched, the next program runs."""

from __future__ import annotations

import itertools
import os
import platform
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from mixlaw.trial import MixlawError
from mixlaw_eval.sandbox import Command, Limits, Outcome, Sandbox, open_sandbox

HERE = Path(__file__).parent
SECRET = "a-secret-of-the-user-5d1c"
GENEROUS = Limits(memory_bytes=2**31, file_bytes=2**28, scratch_bytes=2**29, cpu_s=60, idle_s=30)


def rust_folder() -> Path | None:
    """The toolchain behind rustup's proxy: that cannot work without a home folder."""
    if not shutil.which("rustc"):
        return None
    return Path(subprocess.run(["rustc", "--print", "sysroot"], capture_output=True, text=True).stdout.strip())


RUST = rust_folder()
NODE_MODULES = Path(sys.prefix, "node", "node_modules")
TOOLS = {
    "python": "python3",
    "javascript": "node",
    "java": "java",
    "shell": "sh",
    "rust": "rustc",
    "rustc": "rustc",
    "javac": "javac",
    "mcs": "mcs",
    "go": "go",
    "tsc": "node",
}
SUFFIXES = {"python": "py", "javascript": "js", "shell": "sh", "rust": "rs", "rustc": "rs", "mcs": "cs", "tsc": "ts"}
ARGV = {
    "python": ("python3", "-I", "/program/main.py"),
    "javascript": ("node", "/program/main.js"),
    "shell": ("sh", "/program/main.sh"),
    "java": ("java", "-XX:TieredStopAtLevel=1", "/program/Main.java"),
    "rustc": (str(RUST and RUST / "bin/rustc"), "-Cdebuginfo=0", "-o", "main", "/program/main.rs"),
    "javac": ("javac", "-d", ".", "/program/Main.java"),
    "mcs": ("mcs", "-out:main.exe", "/program/main.cs"),
    "go": ("go", "tool", "compile", "-o", "main.o", "/program/main.go"),
    "tsc": ("node", str(NODE_MODULES / "typescript/bin/tsc"), "--noEmit", "--skipLibCheck", "/program/main.ts"),
}
READ_ONLY = {"rustc": (RUST,) if RUST else (), "tsc": (NODE_MODULES,)}


@dataclass(frozen=True, kw_only=True)
class Attack:
    name: str
    language: str
    source: str
    ended: tuple[str, ...] = ("exited",)
    prints: str = ""
    fails: bool = False
    output: str | None = None
    limits: dict[str, Any] = field(default_factory=dict[str, Any])
    machine: str | None = None


def attacks(file: str) -> list[Attack]:
    entries = yaml.safe_load((HERE / "attacks" / f"{file}.yaml").read_text())
    return [
        Attack(language=language, source=source, **{k: v for k, v in entry.items() if k != "sources"})
        for entry in entries
        for language, source in entry["sources"].items()
    ]


def named(attack: Attack) -> str:
    return f"{attack.name} [{attack.language}]"


ALL = {file: attacks(file) for file in ("resources", "escapes", "compilers")}


@pytest.fixture(scope="module")
def sandbox() -> Sandbox:
    try:
        return open_sandbox()
    except MixlawError as error:
        pytest.skip(str(error))


@dataclass
class Machine:
    """What an attack would touch."""

    canary: Path
    victim: subprocess.Popen[bytes]
    listener: socket.socket
    unix: socket.socket
    abstract: socket.socket
    earlier: frozenset[str]
    """Processes in sandboxes that other tests hold open."""

    def filled(self, source: str) -> str:
        values = {
            "CANARY": str(self.canary),
            "HOME": str(Path.home()),
            "SECRET": SECRET[::-1],  # reversed, lest the program find it in its own source
            "VICTIM": str(self.victim.pid),
            "PORT": str(self.listener.getsockname()[1]),
            "SOCKET": self.unix.getsockname(),
            "ABSTRACT": self.abstract.getsockname()[1:].decode(),
            "LONG": "x" * 60_000,
            "DEEP": "(" * 50_000 + "1" + ")" * 50_000,
        }
        for name, value in values.items():
            source = source.replace(f"@{name}@", value)
        return source

    def check(self) -> None:
        assert self.canary.read_text() == SECRET
        assert [path.name for path in self.canary.parent.iterdir()] == [self.canary.name]
        assert self.victim.poll() is None
        for door in (self.listener, self.unix, self.abstract):
            with pytest.raises(BlockingIOError):
                door.accept()
        assert leftovers() <= self.earlier


def leftovers() -> frozenset[str]:
    """Processes under user ids that only this process hands out (as root)."""
    first = 0x70000000 + (os.getpid() % 2**20) * 256
    pids = [path for path in Path("/proc").iterdir() if path.name.isdigit()]
    return frozenset(path.name for path in pids if first <= owner(path) < first + 256)


def owner(path: Path) -> int:
    try:
        return path.stat().st_uid
    except OSError:
        return -1


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    earlier = leftovers()
    folder = tmp_path_factory.mktemp("machine")
    (folder / "home").mkdir()
    canary = folder / "home" / "canary"
    canary.write_text(SECRET)
    os.environ["MIXLAW_TEST_SECRET"] = SECRET
    victim = subprocess.Popen(["sleep", "1000"])
    listener = socket.create_server(("127.0.0.1", 0))
    unix, abstract = socket.socket(socket.AF_UNIX), socket.socket(socket.AF_UNIX)
    unix.bind(str(folder / "door"))
    abstract.bind(f"\0mixlaw-test-{os.getpid()}")
    for door in (listener, unix, abstract):
        door.listen()
        door.setblocking(False)
    yield Machine(canary, victim, listener, unix, abstract, earlier)
    del os.environ["MIXLAW_TEST_SECRET"]
    victim.kill()
    victim.wait()
    for door in (listener, unix, abstract):
        door.close()


def command(attack: Attack, machine: Machine, sandbox: Sandbox) -> Command:
    source = machine.filled(attack.source).encode()
    language = attack.language
    limits = Limits(**attack.limits)
    if language == "rust":
        program = run(sandbox, "rustc", source, output="main")
        assert program.output, program.stderr.decode()
        return Command(argv=("/program/main",), files={"main": program.output}, limits=limits, output=attack.output)
    name = "Main.java" if language.startswith("java") and language != "javascript" else f"main.{suffix(language)}"
    return Command(
        argv=ARGV[language],
        files={name: source},
        limits=limits,
        output=attack.output,
        read_only=READ_ONLY.get(language, ()),
        environment={"GOCACHE": "/scratch"},
    )


def suffix(language: str) -> str:
    return SUFFIXES.get(language, language)


def run(sandbox: Sandbox, language: str, source: bytes, output: str) -> Outcome:
    files = {f"main.{suffix(language)}": source}
    read_only = READ_ONLY.get(language, ())
    return sandbox.run(Command(argv=ARGV[language], files=files, read_only=read_only, output=output, limits=GENEROUS))


def check_attack(attack: Attack, machine: Machine, sandbox: Sandbox) -> None:
    if not shutil.which(TOOLS[attack.language]):
        pytest.skip(f"{TOOLS[attack.language]} is not installed: see `make toolchains`")
    if attack.language == "tsc" and not NODE_MODULES.exists():
        pytest.skip("no TypeScript beside the tests: see `make toolchains`")
    if attack.machine not in (None, platform.machine()):
        pytest.skip(f"for {attack.machine} only")
    outcome = sandbox.run(command(attack, machine, sandbox))
    shown = (outcome.ended, outcome.exit_code, outcome.signal, outcome.stdout[:500], outcome.stderr[:1500])
    assert outcome.ended in attack.ended, shown
    assert attack.prints.encode() in outcome.stdout, shown
    assert b"ESCAPED" not in outcome.stdout, shown
    assert SECRET.encode() not in outcome.stdout + outcome.stderr, shown
    assert not (attack.fails and outcome.succeeded), shown
    assert outcome.output is None, shown
    machine.check()
    check_good(sandbox)


def check_good(sandbox: Sandbox) -> None:
    good = sandbox.run(Command(argv=("sh", "-c", "cat; echo more >made"), stdin=b"still here", output="made"))
    assert (good.ended, good.exit_code, good.stdout, good.output) == ("exited", 0, b"still here", b"more\n")


@pytest.mark.parametrize("attack", ALL["resources"], ids=named)
def test_what_it_may_not_use(attack: Attack, machine: Machine, sandbox: Sandbox) -> None:
    check_attack(attack, machine, sandbox)


@pytest.mark.parametrize("attack", ALL["escapes"], ids=named)
def test_what_it_may_not_reach(attack: Attack, machine: Machine, sandbox: Sandbox) -> None:
    check_attack(attack, machine, sandbox)


@pytest.mark.parametrize("attack", ALL["compilers"], ids=named)
def test_what_it_may_not_do_to_compilers(attack: Attack, machine: Machine, sandbox: Sandbox) -> None:
    check_attack(attack, machine, sandbox)


def test_there_are_enough_of_them() -> None:
    by_name = itertools.groupby(itertools.chain(*ALL.values()), key=lambda attack: attack.name)
    languages = {name: len(list(group)) for name, group in by_name}
    assert len(languages) >= 25
    assert [name for name, count in languages.items() if count < 2] == ["a secret of the environment, compiled in"]
