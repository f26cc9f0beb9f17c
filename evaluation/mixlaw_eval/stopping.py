"""Where a continuation ends: the same rule for every engine and for completions that somebody else made."""

from __future__ import annotations

from collections.abc import Sequence


def first_stop(text: str, stop: Sequence[str]) -> int | None:
    """Where the earliest stop string begins, or None."""
    return min((at for s in stop if (at := text.find(s)) >= 0), default=None)
