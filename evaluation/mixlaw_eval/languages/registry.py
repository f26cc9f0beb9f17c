"""The languages by name."""

from __future__ import annotations

from mixlaw.trial import LANGUAGES, MixlawError
from mixlaw_eval.languages.csharp import CSharp
from mixlaw_eval.languages.go import Go
from mixlaw_eval.languages.java import Java
from mixlaw_eval.languages.javascript import JavaScript
from mixlaw_eval.languages.language import Language
from mixlaw_eval.languages.python import Python
from mixlaw_eval.languages.rust import Rust
from mixlaw_eval.languages.typescript import TypeScript

_ALL: tuple[Language, ...] = (Python(), Java(), JavaScript(), TypeScript(), CSharp(), Go(), Rust())

LANGUAGE_OF: dict[str, Language] = {name: one for one in _ALL for name in (one.name, *one.aliases)}
"""By name and by alias; `LANGUAGE_OF[name]` for each name of `mixlaw.trial.LANGUAGES`."""


def language_named(name: str) -> Language:
    """The language of that name or alias, in any case. Raises MixlawError when there is none."""
    found = LANGUAGE_OF.get(name.lower())
    if found is None:
        raise MixlawError(f"no language is called {name!r}; known: {', '.join(LANGUAGES)}")
    return found
