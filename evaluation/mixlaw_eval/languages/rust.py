"""Rust: rustc as MultiPL-E runs it (debug, so overflow is a panic), without debug information and in one unit.

One unit of code and a shared standard library save a fifth of the processor time; `-O` would cost more and drop the
checks. rustup's `rustc` is a shim that reads the home folder: the compiler of the toolchain itself is run.
"""

from __future__ import annotations

import functools
import re
import subprocess
from pathlib import Path

from mixlaw.trial import MixlawError
from mixlaw_eval.languages.cold import ColdCompiler
from mixlaw_eval.languages.language import CompileFailure, Failure, Runnable, Toolchain
from mixlaw_eval.languages.toolchain import find_tool, read_only
from mixlaw_eval.languages.warm import source_bytes
from mixlaw_eval.sandbox import Command, Limits, Outcome, Sandbox

INSTALL = "apt install rustc, or without root: rustup (https://rustup.rs)"
INSTALL_LINKER = "apt install gcc"
COMPILING = Limits(cpu_s=30.0)
EDITION = "2021"
_OPTIONS = (
    *("--edition", EDITION, "--crate-type", "bin", "--color", "never", "-Awarnings"),
    *("-Cdebuginfo=0", "-Ccodegen-units=1", "-Cprefer-dynamic"),
)
_MAIN = re.compile(r"\bfn\s+main\s*\(")
_ASSERTION = re.compile(rb"panicked at .*assertion .*failed", re.DOTALL)


class RustCompiler(ColdCompiler):
    """One rustc per program: it keeps nothing warm."""

    def __init__(self, sandbox: Sandbox, sysroot: Path, libraries: Path) -> None:
        self._sandbox = sandbox
        self._rustc = sysroot / "bin" / "rustc"
        self._read_only = read_only(sysroot)
        self._environment = {"LD_LIBRARY_PATH": str(libraries)}

    def compile(self, source: str) -> Runnable | CompileFailure:
        """Raises SandboxError when the machine, and not the program, is at fault."""
        outcome = self._sandbox.run(
            Command(
                argv=(str(self._rustc), *_OPTIONS, "-o", "program", "/program/main.rs"),
                files={"main.rs": source_bytes(source)},
                read_only=self._read_only,
                output="program",
                limits=COMPILING,
            )
        )
        if outcome.output is None:
            return CompileFailure(messages=outcome.stderr.decode(errors="replace"), outcome=outcome)
        return Runnable(
            argv=("/program/program",),
            files={"program": outcome.output},
            environment=self._environment,
            read_only=self._read_only,
            compile_cpu_s=outcome.cpu_s,
        )


class Rust:
    """The language, edition 2021."""

    name = "rust"
    aliases = ("rs",)
    known_good = 'fn main() {\n    std::io::copy(&mut std::io::stdin(), &mut std::io::stdout()).expect("copied");\n}\n'

    def toolchain(self) -> Toolchain:
        """The compiler, and the C compiler that it links with."""
        rustc = find_tool("rustc", install=INSTALL, places=(Path.home() / ".cargo" / "bin",))
        return Toolchain(language=self.name, tools=(rustc, find_tool("cc", install=INSTALL_LINKER)))

    def with_sentinel(self, source: str, sentinel: str) -> str:
        """Printed at the end of `main`, which is the last function of a program with its tests at the end."""
        end = source.rfind("}")
        if end < 0 or not _MAIN.search(source):
            return source
        body = source[:end].rstrip()
        # A semicolon too many is a warning, which the program may have denied.
        end_of_statement = "" if body.endswith((";", "}", "{")) else ";"
        return f'{body}\n{end_of_statement}::std::println!("\\n{sentinel}");\n{source[end:]}'

    def open(self, sandbox: Sandbox) -> RustCompiler:
        """Raises MixlawError when rustc is not there."""
        rustc = self.toolchain().tools[0].path
        if rustc is None:
            raise MixlawError(f"there is no rustc on this machine; install it: {INSTALL}")
        return RustCompiler(sandbox, *_places(rustc))

    def failure(self, outcome: Outcome) -> Failure:
        """A panic exits with 101; that of `assert!` and its like says so."""
        failed = outcome.exit_code == 101 and _ASSERTION.search(outcome.stderr)
        return "wrong-answer" if failed else "run-time-error"


@functools.cache
def _places(rustc: Path) -> tuple[Path, Path]:
    """The toolchain that this rustc, perhaps rustup's shim, stands for, and the folder of its shared libraries."""
    argv = [rustc, "--print", "sysroot", "--print", "target-libdir"]
    done = subprocess.run(argv, capture_output=True, text=True, timeout=60, check=False)
    places = [Path(line) for line in done.stdout.splitlines()]
    if done.returncode != 0 or len(places) != 2 or not (places[0] / "bin" / "rustc").is_file():
        raise MixlawError(f"{rustc} does not say where its toolchain is: {done.stderr.strip() or done.stdout.strip()}")
    return places[0], places[1]
