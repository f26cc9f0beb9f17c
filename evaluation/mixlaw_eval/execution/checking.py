"""Before a program is judged: are its language's tools there, and do they work?"""

from __future__ import annotations

from collections.abc import Mapping

from mixlaw.trial import MixlawError
from mixlaw_eval.execution.judging import run
from mixlaw_eval.languages.language import CompileFailure, Compiler, Language, Toolchain
from mixlaw_eval.sandbox import Limits, Sandbox

SAMPLE = b"mixlaw checks its tools: \xc3\xa4\n"


def check(language: Language, compiler: Compiler, sandbox: Sandbox) -> None:
    """Compile and run the language's known-good program.

    Raises MixlawError when that does not print its input: then the machine is at fault, whatever programs do on it.
    """
    compiled = compiler.compile(language.known_good)
    if isinstance(compiled, CompileFailure):
        raise _broken(language, f"does not compile ({compiled.outcome.ended}): {compiled.messages[:500]}")
    outcome = run(compiled, stdin=SAMPLE, sandbox=sandbox, limits=Limits())
    if not outcome.succeeded or outcome.stdout != SAMPLE:
        told = outcome.stderr[:500].decode(errors="replace")
        raise _broken(language, f"printed {outcome.stdout[:80]!r} and {outcome.ended} with {outcome.exit_code}: {told}")


def missing(languages: Mapping[str, Language]) -> dict[str, str]:
    """Of each language that cannot run here, by its key: which tools are missing and how to get them."""
    chains = {name: language.toolchain() for name, language in languages.items()}
    return {name: _told(chain) for name, chain in chains.items() if chain.missing}


def refuse(missing: dict[str, str]) -> None:
    """Raises MixlawError when anything is missing."""
    if missing:
        lines = "".join(f"\n  {language}: {told}" for language, told in missing.items())
        raise MixlawError(f"programs of these languages cannot run on this machine:{lines}\n(mixlaw toolchains)")


def _told(chain: Toolchain) -> str:
    return "; ".join(f"{tool.name} is missing ({tool.install})" for tool in chain.missing)


def _broken(language: Language, told: str) -> MixlawError:
    tools = ", ".join(f"{tool.path} {tool.version}" for tool in language.toolchain().tools if tool.path)
    return MixlawError(f"the tools of {language.name} do not work ({tools}): a known-good program {told}")
