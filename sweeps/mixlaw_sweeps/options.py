"""How words on the command line become values: shares, lists of languages, numbers with suffixes."""

from __future__ import annotations

from collections.abc import Sequence

from mixlaw.trial import DOMAINS, LANGUAGES, MixlawError

_SUFFIXES = {"k": 1e3, "m": 1e6, "b": 1e9, "t": 1e12}


def number(text: str, what: str) -> float:
    """A positive number such as 1.5e9, 1.5B or 350b. Raises MixlawError for anything else."""
    factor = _SUFFIXES.get(text[-1:].lower(), 1.0)
    digits = text[:-1] if factor != 1.0 else text
    try:
        value = float(digits) * factor
    except ValueError:
        value = float("nan")
    if not 0 < value < float("inf"):
        raise MixlawError(f"{what} must be a positive number such as 1.5e9 or 1.5B, got {text!r}")
    return value


def assignments(text: str | None, what: str) -> dict[str, float]:
    """`python=2,java=1` as a dict. Raises MixlawError for an unknown language or a value that is no number >= 0."""
    found: dict[str, float] = {}
    for part in (text or "").split(","):
        if not part.strip():
            continue
        name, equals, value = part.partition("=")
        name = known_domain(name.strip(), what)
        try:
            found[name] = float(value)
        except ValueError:
            equals = ""
        if not equals or not 0 <= found[name] < float("inf"):
            raise MixlawError(f"{what} must look like python=0.5,java=0.5, got {part.strip()!r}")
    return found


def languages(text: str | None) -> Sequence[str] | None:
    """`python,rust` as a list; None when not given. Raises MixlawError for an unknown language."""
    if text is None:
        return None
    names = [name.strip() for name in text.split(",") if name.strip()]
    unknown = [name for name in names if name not in LANGUAGES]
    if unknown or not names:
        raise MixlawError(f"unknown language {', '.join(unknown) or text!r}; known are {', '.join(LANGUAGES)}")
    return names


def known_domain(name: str, what: str) -> str:
    """The name, if it is a language, `text` or `parallel`. Raises MixlawError otherwise."""
    if name not in DOMAINS:
        raise MixlawError(f"{what} names an unknown language {name!r}; known are {', '.join(DOMAINS)}")
    return name
