"""C#: a warm mcs under mono, then mono.

As in MultiPL-E, DEBUG is defined and System.Numerics is there, and a failed Debug.Assert is a failure.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

from mixlaw_eval.languages.language import CompileFailure, Compiler, Failure, Runnable, Tool, Toolchain
from mixlaw_eval.languages.toolchain import find_file, find_tool, read_only
from mixlaw_eval.languages.warm import SERVED, Compiled, WarmCompiler, source_bytes
from mixlaw_eval.sandbox import Command, Limits, Outcome, Sandbox

INSTALL = "apt install mono-mcs mono-runtime"
_OPTIONS = ("-nologo", "-warn:0", "-d:DEBUG", "-r:System.Numerics.dll")
_SENTINEL_CLASS = "MixlawSentinel"
_SENTINEL_SOURCE = (SERVED / f"{_SENTINEL_CLASS}.cs").read_text(encoding="utf-8")
_ENVIRONMENT = {"MONO_TRACE_LISTENER": "Console.Error"}
# Inlining costs the compiler's own start more than it gains.
_SERVE = ("-O=-inline",)
_LIMITS = Limits(output_bytes=2**26)


class CSharp:
    """The language, as far as mcs knows it (C# 7)."""

    name = "csharp"
    aliases = ("cs", "c#")
    known_good = (
        "using System;\n\nclass Program\n{\n    static void Main()\n    {\n"
        "        Console.Write(Console.In.ReadToEnd());\n    }\n}\n"
    )

    def toolchain(self) -> Toolchain:
        """Mono and its compiler."""
        return Toolchain(language=self.name, tools=(find_tool("mono", install=INSTALL), _compiler()))

    def with_sentinel(self, source: str, sentinel: str) -> str:
        """A class that calls the program's Main and then prints."""
        return f"{source}\n{_SENTINEL_SOURCE.replace('@SENTINEL@', sentinel)}"

    def open(self, sandbox: Sandbox) -> Compiler:
        """Builds the server; where that fails, mcs is called for each program."""
        mono, mcs = (tool.path for tool in self.toolchain().tools)
        assert mono is not None
        assert mcs is not None
        once = McsCompiler(sandbox, mono, mcs)
        server = once.compile((SERVED / "server.cs").read_text(encoding="utf-8"))
        if isinstance(server, CompileFailure):
            return once
        command = _server(server, mcs)
        return WarmCompiler(
            sandbox, command=lambda: command, known_good=self.known_good, finish=lambda made: _runnable(mono, made)
        )

    def failure(self, outcome: Outcome) -> Failure:
        """From what `served/MixlawSentinel.cs`, or mono's own listener, writes for a failed Debug.Assert."""
        failed = b"Debug.Assert failed: " in outcome.stderr or b"System.Diagnostics.Debug.Assert" in outcome.stderr
        return "wrong-answer" if failed else "run-time-error"


class McsCompiler:
    """Calls mcs anew for each program."""

    def __init__(self, sandbox: Sandbox, mono: Path, mcs: Path) -> None:
        self._sandbox = sandbox
        self._mono = mono
        self._mcs = mcs

    def __enter__(self) -> McsCompiler:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def compile(self, source: str) -> Runnable | CompileFailure:
        """Make one program runnable. Raises SandboxError when the machine, and not the program, is at fault."""
        main = (f"-main:{_SENTINEL_CLASS}",) if f"class {_SENTINEL_CLASS}" in source else ()
        outcome = self._sandbox.run(
            Command(
                argv=(str(self._mono), str(self._mcs), *_OPTIONS, *main, "-out:program.exe", "/program/program.cs"),
                files={"program.cs": source_bytes(source)},
                read_only=_installation(self._mono, self._mcs),
                output="program.exe",
                limits=_LIMITS,
            )
        )
        if outcome.output is None:
            return CompileFailure(messages=(outcome.stdout + outcome.stderr).decode(errors="replace"), outcome=outcome)
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


def _compiler() -> Tool:
    """The assembly mcs.exe itself: the command `mcs` is a script around it."""
    mono = find_tool("mono", install=INSTALL)
    prefixes = [mono.path.resolve().parents[1]] if mono.path else []
    places = [prefix / "lib/mono/4.5/mcs.exe" for prefix in (*prefixes, Path("/usr"), Path("/usr/local"))]
    return find_file("mcs", places, version=mono.version, install=INSTALL, optional=False)
