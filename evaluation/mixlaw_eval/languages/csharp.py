"""C#: dotnet where its SDK is installed, else mono.

As in MultiPL-E, DEBUG is defined and System.Numerics is there, and a failed Debug.Assert is a failure.
"""

from __future__ import annotations

from mixlaw_eval.languages.csharp_dotnet import dotnet_tool, installation, open_dotnet
from mixlaw_eval.languages.csharp_mono import SENTINEL_CLASS, mono_tools, open_mono
from mixlaw_eval.languages.language import Compiler, Failure, Toolchain
from mixlaw_eval.languages.toolchain import require
from mixlaw_eval.languages.warm import SERVED
from mixlaw_eval.sandbox import Outcome, Sandbox

_SENTINEL_SOURCE = (SERVED / f"{SENTINEL_CLASS}.cs").read_text(encoding="utf-8")


class CSharp:
    """The language, as far as the compiler knows it: mcs C# 7, csc and dotnet what is new in their release."""

    name = "csharp"
    aliases = ("cs", "c#")
    known_good = (
        "using System;\n\nclass Program\n{\n    static void Main()\n    {\n"
        "        Console.Write(Console.In.ReadToEnd());\n    }\n}\n"
    )

    def toolchain(self) -> Toolchain:
        """`dotnet` alone, which brings its compiler, or mono and csc or mcs."""
        dotnet = dotnet_tool()
        return Toolchain(language=self.name, tools=(dotnet,) if dotnet.path else mono_tools())

    def with_sentinel(self, source: str, sentinel: str) -> str:
        """A class that calls the program's Main and then prints."""
        return f"{source}\n{_SENTINEL_SOURCE.replace('@SENTINEL@', sentinel)}"

    def open(self, sandbox: Sandbox) -> Compiler:
        """Builds the server. Raises MixlawError when the tools are missing."""
        tools = require(self.toolchain())
        if len(tools) == 1 and (dotnet := installation(tools[0])):
            return open_dotnet(sandbox, dotnet, self.known_good)
        return open_mono(sandbox, tools[0], tools[-1], self.known_good)

    def failure(self, outcome: Outcome) -> Failure:
        """From what `served/MixlawSentinel.cs`, or mono's own listener, writes for a failed Debug.Assert."""
        failed = b"Debug.Assert failed: " in outcome.stderr or b"System.Diagnostics.Debug.Assert" in outcome.stderr
        return "wrong-answer" if failed else "run-time-error"
