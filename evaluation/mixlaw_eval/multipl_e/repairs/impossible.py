"""Problems that no correct solution passes and that no rule mends: left out of the denominator when repaired."""

from __future__ import annotations

from collections.abc import Mapping

_WHOLE_NUMBERS = (
    "any_int(3, 4, 7) must be true and any_int(3.0, 4, 7) false, but the language cannot tell 3 from 3.0 there"
)

IMPOSSIBLE: Mapping[tuple[str, str], str] = {
    (language, "HumanEval_92_any_int"): _WHOLE_NUMBERS
    for language in ("java", "javascript", "typescript", "csharp", "go", "rust")
}
"""(language, name) and why."""


def impossible(language: str, name: str) -> str | None:
    """Why a problem cannot be passed in a language, or None."""
    return IMPOSSIBLE.get((language, name))
