"""The real sandbox and real compilers, and how a program is judged with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest

from mixlaw.trial import MixlawError
from mixlaw_eval.languages import LANGUAGE_OF, CompileFailure, Compiler, Language, Runnable
from mixlaw_eval.sandbox import Command, Limits, Outcome, Sandbox, open_sandbox

SENTINEL = "5b2f9c41d07e"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A language with its compiler open."""

    language: Language
    compiler: Compiler
    sandbox: Sandbox

    def compiled(self, source: str) -> Runnable:
        """The program, which must compile."""
        made = self.compiler.compile(source)
        assert isinstance(made, Runnable), made.messages
        return made

    def run(self, source: str, *, stdin: bytes = b"", limits: Limits = Limits()) -> Outcome:  # noqa: B008
        """Compile, which must succeed, and run."""
        made = self.compiled(source)
        return self.sandbox.run(
            Command(
                argv=made.argv,
                files=made.files,
                environment=made.environment,
                read_only=made.read_only,
                stdin=stdin,
                limits=limits,
            )
        )

    def verdict(self, source: str, *, limits: Limits = Limits()) -> str:  # noqa: B008
        """Of a self-checking program: "passed", why it failed, or the limit that it reached."""
        source = self.language.with_sentinel(source, SENTINEL)
        if isinstance(self.compiler.compile(source), CompileFailure):
            return "compile-error"
        outcome = self.run(source, limits=limits)
        if outcome.ended not in ("exited", "signalled"):
            return outcome.ended
        if outcome.succeeded:
            return "passed" if SENTINEL.encode() in outcome.stdout else "no sentinel"
        return self.language.failure(outcome)


@pytest.fixture(scope="session")
def sandbox() -> Sandbox:
    try:
        return open_sandbox()
    except MixlawError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="module")
def opening(sandbox: Sandbox) -> Iterator[Callable[[str], Opened]]:
    """Opens a language once, or skips."""
    opened: dict[str, Opened] = {}
    with ExitStack() as stack:

        def get(name: str) -> Opened:
            if name not in opened:
                language = LANGUAGE_OF[name]
                for tool in language.toolchain().missing:
                    pytest.skip(f"{tool.name} is not installed; get it with: {tool.install}")
                compiler = stack.enter_context(language.open(sandbox))
                opened[name] = Opened(language=language, compiler=compiler, sandbox=sandbox)
            return opened[name]

        yield get
