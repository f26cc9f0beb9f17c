"""The thresholds of the filters, which a spec may change for all languages or for one."""

from __future__ import annotations

from dataclasses import dataclass

from mixlaw.corpus.keys import Keys


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """What a document must keep to. The defaults are those of The Stack and StarCoder2."""


def thresholds_of(keys: Keys) -> Thresholds:
    """Read a spec's `filters`. Raises MixlawError naming file and key."""
    keys.done()
    return Thresholds()
