"""C# under dotnet: a warm Roslyn."""

from __future__ import annotations

import functools
import json
import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from mixlaw_eval.languages.language import Compiler, Runnable, Tool
from mixlaw_eval.languages.toolchain import find_tool, read_only
from mixlaw_eval.languages.warm import SERVED, Compiled, WarmCompiler, source_bytes
from mixlaw_eval.sandbox import Command, Limits, Sandbox, SandboxError

INSTALL = "apt install dotnet-sdk-8.0, or without root: https://dot.net/v1/dotnet-install.sh"
_ENVIRONMENT = {
    "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1",
    "DOTNET_TieredPGO": "0",
    "DOTNET_EnableDiagnostics": "0",
    "COMPlus_EnableDiagnostics": "0",
    "DOTNET_NOLOGO": "1",
}
"""The culture is the invariant one on every machine, and no debugger's socket is opened at the start."""
_LISTED = re.compile(r"^(?:Microsoft\.NETCore\.App )?(\d+(?:\.\d+)+) \[(.+)\]$", re.M)
_LIMITS = Limits(output_bytes=2**26)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dotnet:
    """An installation with an SDK: `dotnet`, the folders of Roslyn and of the newest runtime's assemblies."""

    program: Path
    roslyn: Path
    runtime: Path

    @property
    def read_only(self) -> tuple[Path, ...]:
        """What a sandbox must show of it."""
        return read_only(self.program.parent, self.roslyn, self.runtime)

    @property
    def configuration(self) -> bytes:
        """Of a program that this runtime is to run."""
        framework = {"name": "Microsoft.NETCore.App", "version": self.runtime.name}
        properties = {"System.Globalization.Invariant": True, "System.GC.Concurrent": False}
        return json.dumps({"runtimeOptions": {"framework": framework, "configProperties": properties}}).encode()

    def run(self, name: str, program: bytes, *arguments: str) -> Runnable:
        """The assembly `name`.dll as a program."""
        return Runnable(
            argv=(str(self.program), f"/program/{name}.dll", *arguments),
            files={f"{name}.dll": program, f"{name}.runtimeconfig.json": self.configuration},
            environment=_ENVIRONMENT,
            read_only=self.read_only,
        )


def dotnet_tool() -> Tool:
    """On PATH, in DOTNET_ROOT, or where Microsoft's script installs it. Its version is that of the runtime."""
    root = os.environ.get("DOTNET_ROOT")
    places = [Path(root)] if root else []
    places += [Path.home() / ".dotnet", Path("/usr/share/dotnet"), Path("/usr/lib/dotnet")]
    tool = find_tool("dotnet", install=INSTALL, places=places, version=("--list-sdks",))
    return (
        tool if tool.path and installation(tool.path) else Tool(name="dotnet", path=None, version="", install=INSTALL)
    )


@functools.cache
def installation(dotnet: Path) -> Dotnet | None:
    """None when it has no SDK, which is where the compiler is, or no runtime."""
    program = dotnet.resolve()
    roslyn = [sdk / "Roslyn" / "bincore" for sdk in _listed(program, "--list-sdks")]
    runtimes = _listed(program, "--list-runtimes")
    roslyn = [folder for folder in roslyn if (folder / "csc.dll").is_file()]
    if not roslyn or not runtimes:
        return None
    return Dotnet(program=program, roslyn=roslyn[-1], runtime=runtimes[-1])


def _listed(dotnet: Path, question: str) -> list[Path]:
    """Folders that dotnet names with their versions, the newest last."""
    try:
        done = subprocess.run([dotnet, question], capture_output=True, text=True, timeout=60, check=True)
    except (OSError, subprocess.SubprocessError):
        return []
    found = [(version, Path(folder) / version) for version, folder in _LISTED.findall(done.stdout)]
    return [path for _, path in sorted(found, key=lambda one: [int(number) for number in one[0].split(".")])]


def open_dotnet(sandbox: Sandbox, dotnet: Dotnet, known_good: str) -> Compiler:
    """Builds the server with Roslyn's own csc. Raises SandboxError when that fails."""
    server = dotnet.run("server", _built_server(sandbox, dotnet), str(dotnet.roslyn), str(dotnet.runtime))
    command = server.command(limits=_LIMITS)

    def finish(compiled: Compiled) -> Runnable:
        return dotnet.run("program", compiled.files["program.dll"])

    return WarmCompiler(sandbox, command=lambda: command, known_good=known_good, finish=finish)


def _built_server(sandbox: Sandbox, dotnet: Dotnet) -> bytes:
    libraries = [*dotnet.runtime.glob("System*.dll"), dotnet.runtime / "netstandard.dll"]
    libraries += [dotnet.roslyn / f"Microsoft.CodeAnalysis{part}.dll" for part in ("", ".CSharp")]
    libraries += [path for path in dotnet.roslyn.glob("System.*.dll") if not (dotnet.runtime / path.name).exists()]
    references = (f"-r:{path}" for path in libraries)
    made = sandbox.run(
        Command(
            argv=(
                *(str(dotnet.program), "exec", "--runtimeconfig", "/program/csc.runtimeconfig.json"),
                *(str(dotnet.roslyn / "csc.dll"), "-nologo", "-noconfig", "-nostdlib", "-optimize", "-warn:0"),
                *("-out:server.dll", *references, "/program/server.cs"),
            ),
            files={
                "server.cs": source_bytes((SERVED / "roslyn_server.cs").read_text(encoding="utf-8")),
                "csc.runtimeconfig.json": dotnet.configuration,
            },
            environment=_ENVIRONMENT,
            read_only=dotnet.read_only,
            output="server.dll",
            limits=Limits(cpu_s=60.0),
        )
    )
    if made.output is None:
        raise SandboxError(f"Roslyn's server does not compile: {(made.stdout + made.stderr).decode(errors='replace')}")
    return made.output
