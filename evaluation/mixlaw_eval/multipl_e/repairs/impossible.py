"""Problems that no correct solution passes and that no rule mends: left out of the denominator when repaired."""

from __future__ import annotations

from collections.abc import Mapping

IMPOSSIBLE: Mapping[tuple[str, str], str] = {}
"""(language, name) and why."""


def impossible(language: str, name: str) -> str | None:
    """Why a problem cannot be passed in a language, or None."""
    return IMPOSSIBLE.get((language, name))
