"""TypeScript: a warm tsc that checks types, then node.

Types are checked as `tsc --target esnext` does, which MultiPL-E calls, and an error in them is a compile error. A
program that declares `require` itself, as MultiPL-E's do, is checked without Node's types, which would contradict it.
Any other has Node's types where `@types/node` is installed, and may follow the strict rules or the lax ones.
"""

from __future__ import annotations

from pathlib import Path

from mixlaw_eval.languages.javascript import (
    find_node,
    node_failure,
    node_folder,
    run_with_node,
    sentinel_script,
)
from mixlaw_eval.languages.language import Failure, Runnable, Tool, Toolchain
from mixlaw_eval.languages.toolchain import node_package_places, package_version, read_only, require
from mixlaw_eval.languages.warm import SERVED, Compiled, WarmCompiler
from mixlaw_eval.sandbox import Command, Limits, Outcome, Sandbox

INSTALL = "npm install --prefix .venv/node typescript@5 @types/node@20"
_LIMITS = Limits(output_bytes=2**24)


class TypeScript:
    """The language."""

    name = "typescript"
    aliases = ("ts",)
    known_good = (
        "declare var require: any;\ndeclare var process: any;\n"
        'const text: string = require("fs").readFileSync(0, "utf8");\nprocess.stdout.write(text);\n'
    )

    def toolchain(self) -> Toolchain:
        """Node, the compiler, and Node's types beside it."""
        compiler = _package("typescript", "tsc", must_have="lib/typescript.js")
        return Toolchain(language=self.name, tools=(find_node(), compiler, _types_beside(compiler)))

    def with_sentinel(self, source: str, sentinel: str) -> str:
        """See `javascript.sentinel_script`."""
        return source + sentinel_script("(globalThis as any).process", sentinel)

    def open(self, sandbox: Sandbox) -> WarmCompiler:
        """The server starts with the first program. Raises MixlawError when the tools are missing."""
        toolchain = self.toolchain()
        node, compiler = require(toolchain)
        command = _server(node, compiler, toolchain.tools[-1].path)

        def finish(compiled: Compiled) -> Runnable:
            return run_with_node(node, compiled.files["program.js"])

        return WarmCompiler(sandbox, command=lambda: command, known_good=self.known_good, finish=finish)

    def failure(self, outcome: Outcome) -> Failure:
        """See `javascript.node_failure`."""
        return node_failure(outcome)


def _server(node: Path, compiler: Path, types: Path | None) -> Command:
    packages = [compiler] if types is None else [compiler, types]
    if types is not None and (extra := types.parents[1] / "undici-types").is_dir():
        packages.append(extra)
    return Command(
        argv=(str(node.resolve()), "/program/server.js", str(compiler), str(types or "")),
        files={"server.js": SERVED / "typescript_server.js"},
        read_only=read_only(node_folder(node), *packages),
        limits=_LIMITS,
    )


def _package(name: str, tool: str, *, must_have: str) -> Tool:
    """The package's folder, links followed, as a tool."""
    for folder in (places / name for places in node_package_places()):
        if (folder / must_have).is_file() and (version := package_version(folder)):
            return Tool(name=tool, path=folder.resolve(), version=version, install=INSTALL)
    return Tool(name=tool, path=None, version="", install=INSTALL)


def _types_beside(compiler: Tool) -> Tool:
    folder = compiler.path.parent / "@types" / "node" if compiler.path else None
    version = package_version(folder) if folder else ""
    return Tool(name="@types/node", path=folder if version else None, version=version, install=INSTALL, optional=True)
