"""C# under mono: a warm mcs, or the compiler called once per program."""

from __future__ import annotations

from pathlib import Path

from mixlaw_eval.languages.cold import ColdCompiler
from mixlaw_eval.languages.language import CompileFailure, Compiler, Runnable, Tool
from mixlaw_eval.languages.toolchain import find_file, find_tool, read_only
from mixlaw_eval.languages.warm import SERVED, Compiled, WarmCompiler, source_bytes
from mixlaw_eval.sandbox import Command, Limits, Sandbox

INSTALL = "apt install mono-mcs mono-runtime"
SENTINEL_CLASS = "MixlawSentinel"
_OPTIONS = ("-nologo", "-warn:0", "-d:DEBUG", "-r:System.Numerics.dll")
_ENVIRONMENT = {"MONO_TRACE_LISTENER": "Console.Error"}
# Inlining costs the compiler's own start more than it gains.
_SERVE = ("-O=-inline",)
_LIMITS = Limits(output_bytes=2**26)


def mono_tools() -> tuple[Tool, Tool]:
    """Mono and the assembly of its compiler: Roslyn's csc.exe, which knows newer C#, else mcs.exe.

    The commands `csc` and `mcs` are scripts around these.
    """
    mono = find_tool("mono", install=INSTALL)
    prefixes = [mono.path.resolve().parents[1]] if mono.path else []
    folders = [prefix / "lib/mono/4.5" for prefix in dict.fromkeys((*prefixes, Path("/usr"), Path("/usr/local")))]
    csc = find_file("csc", [folder / "csc.exe" for folder in folders], version=mono.version, install=INSTALL)
    mcs = find_file("mcs", [folder / "mcs.exe" for folder in folders], version=mono.version, install=INSTALL)
    compiler = csc if csc.path else mcs
    return mono, Tool(name=compiler.name, path=compiler.path, version=compiler.version, install=INSTALL)


def open_mono(sandbox: Sandbox, mono: Path, compiler: Path, known_good: str) -> Compiler:
    """Builds the server for mcs; for csc, or where that fails, the compiler is called for each program."""
    once = MonoCompiler(sandbox, mono, compiler)
    if compiler.name != "mcs.exe":
        return once
    server = once.compile((SERVED / "server.cs").read_text(encoding="utf-8"))
    if isinstance(server, CompileFailure):
        return once
    command = _server(server, compiler)
    return WarmCompiler(
        sandbox, command=lambda: command, known_good=known_good, finish=lambda made: _runnable(mono, made)
    )


class MonoCompiler(ColdCompiler):
    """Calls the compiler anew for each program."""

    def __init__(self, sandbox: Sandbox, mono: Path, compiler: Path) -> None:
        self._sandbox = sandbox
        self._mono = mono
        self._compiler = compiler

    def compile(self, source: str) -> Runnable | CompileFailure:
        """Make one program runnable. Raises SandboxError when the machine, and not the program, is at fault."""
        main = (f"-main:{SENTINEL_CLASS}",) if f"class {SENTINEL_CLASS}" in source else ()
        arguments = (*_OPTIONS, *main, "-out:program.exe", "/program/program.cs")
        outcome = self._sandbox.run(
            Command(
                argv=(str(self._mono), str(self._compiler), *arguments),
                files={"program.cs": source_bytes(source)},
                read_only=_installation(self._mono, self._compiler),
                output="program.exe",
                limits=_LIMITS,
            )
        )
        if outcome.output is None:
            messages = (outcome.stdout + outcome.stderr).decode(errors="replace")
            return CompileFailure(messages=messages, outcome=outcome)
        return _runnable(self._mono, Compiled(files={"program.exe": outcome.output}, entries=()))


def _server(server: Runnable, mcs: Path) -> Command:
    mono, program = server.argv
    return Command(
        argv=(mono, *_SERVE, program, str(mcs), *_OPTIONS),
        files=server.files,
        read_only=_installation(Path(mono), mcs),
        limits=_LIMITS,
    )


def _runnable(mono: Path, compiled: Compiled) -> Runnable:
    return Runnable(
        argv=(str(mono), "/program/program.exe"),
        files={"program.exe": compiled.files["program.exe"]},
        environment=_ENVIRONMENT,
        read_only=_installation(mono),
    )


def _installation(*tools: Path) -> tuple[Path, ...]:
    return read_only(*(tool.resolve().parents[1] for tool in tools))
