"""The thresholds of the filters, which a spec may change for all languages or for one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace

from mixlaw.corpus.keys import Keys
from mixlaw.trial import MEASURED, TEXT, MixlawError


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a document of one language must keep to. Lengths are in characters; 0 means not judged.

    The defaults are those of StarCoder2 (Lozhkov et al. 2024, arXiv:2402.19173, basic filters of the source code) and
    The Stack (Kocetkov et al. 2022, arXiv:2211.15533), except `min_characters`.
    """

    max_mean_line: float = 100
    max_line: float = 1000
    max_lines: float = 100_000
    min_alphanumeric: float = 0.25
    """Share of the characters. StarCoder2 asks it of letters, The Stack of letters and digits; this is the latter."""
    min_characters: float = 32
    """Shorter files (empty packages, re-exports) teach nothing."""
    max_encoded_run: float = 1024
    """Of base64, hexadecimal digits or escaped Unicode without a break."""
    max_encoded_share: float = 0.5
    """Of the characters that are such data."""


OF_LANGUAGES: Mapping[str, Mapping[str, float]] = {TEXT: {"max_mean_line": 0, "max_line": 0}}
"""Defaults of single languages, over those of all.

StarCoder2 leaves Text and Markdown out of its line lengths, because a paragraph may be one line (it drops them where
one line is longer than 100,000 characters: `text: {max_line: 100000}`). Of its other rules by language (HTML, JSON,
YAML, assemblers) none is about our seven languages.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """What documents must keep to, by language. Raises MixlawError for a language or limit that does not exist."""

    limits: Limits = field(default_factory=Limits)
    """Of every language that says nothing else."""
    of_languages: Mapping[str, Mapping[str, float]] = field(default_factory=lambda: dict(OF_LANGUAGES))
    """Single limits of single languages, by the names of `Limits`."""

    def __post_init__(self) -> None:
        unknown = sorted(set(self.of_languages) - set(MEASURED))
        unknown += sorted({name for own in self.of_languages.values() for name in own} - set(NAMES))
        if unknown:
            raise MixlawError(f"filters: unknown {', '.join(unknown)}; known are {', '.join([*NAMES, *MEASURED])}")

    def of(self, domain: str) -> Limits:
        """The limits of one language, or of text."""
        return replace(self.limits, **self.of_languages.get(domain, {}))


NAMES = tuple(limit.name for limit in fields(Limits))


def thresholds_of(keys: Keys) -> Thresholds:
    """Read a spec's `filters`: limits of all languages, and under a language's name those of that language.

    What is said for all languages does not change a default that a language has of its own.
    Raises MixlawError naming file and key.
    """
    limits = Limits(**keys.quantities(NAMES))
    of_languages = {domain: dict(own) for domain, own in OF_LANGUAGES.items()}
    for domain in MEASURED:
        inner = keys.inner(domain)
        if own := inner.quantities(NAMES):
            of_languages[domain] = of_languages.get(domain, {}) | own
        inner.done()
    keys.done()
    return Thresholds(limits=limits, of_languages=of_languages)
