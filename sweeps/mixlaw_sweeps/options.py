"""How words on the command line become values: shares, lists of languages or columns, numbers with suffixes."""

from __future__ import annotations

import csv
import difflib
import enum
from collections.abc import Sequence
from typing import Literal

from mixlaw.trial import (
    BOUNDARIES,
    DOMAINS,
    LANGUAGES,
    SCHEDULES,
    SHARE_TOLERANCE,
    Boundaries,
    MixlawError,
    Schedule,
    checked_shares,
)


class Tracker(enum.StrEnum):
    """Who is shown a study, beside its folder."""

    WANDB = "wandb"
    MLFLOW = "mlflow"


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


def trials_per_gpu(text: str) -> int | Literal["auto"]:
    """auto or a whole number. Raises MixlawError for anything else; `Placement` says which numbers make sense."""
    if text == "auto":
        return "auto"
    try:
        return int(text)
    except ValueError:
        raise MixlawError(f"--trials-per-gpu must be auto or a number such as 4, got {text!r}") from None


def assignments(text: str | None, what: str, known: Sequence[str] = DOMAINS) -> dict[str, float]:
    """`python=2,java=1` as a dict; a name with a comma in it stands in double quotes, as in `"a,b"=2,c=1`.

    Raises MixlawError for a name that is not in `known`, or twice there, and a value that is no number >= 0.
    """
    found: dict[str, float] = {}
    for part in names(text, what):
        name, equals, value = part.rpartition("=")
        try:
            number_given = float(value)
        except ValueError:
            equals, number_given = "", 0.0
        if not equals or not 0 <= number_given < float("inf"):
            raise MixlawError(f"{what} must look like python=0.5,java=0.5, got {part.strip()!r}")
        name = known_domain(name if name in known else name.strip(), what, known)
        if name in found:
            raise MixlawError(f"{what} names {name!r} twice")
        found[name] = number_given
    return found


def mixture(text: str | None, what: str, known: Sequence[str] = DOMAINS) -> dict[str, float]:
    """Shares such as `python=0.5,java=0.5`. Raises MixlawError as `assignments` does, and unless they sum to 1."""
    shares = assignments(text, what, known)
    if known is DOMAINS:
        return checked_shares(shares)
    total = sum(shares.values())
    if abs(total - 1) > SHARE_TOLERANCE:
        raise MixlawError(f"{what} must sum to 1, got {total:g} from {shares}")
    return {name: share / total for name, share in shares.items()}


def names(text: str | None, what: str) -> list[str]:
    """`a, b c,"d,e"` as the names a, b c and d,e: columns as they stand in a file; empty when not given.

    Raises MixlawError for what cannot be read so.
    """
    if not text:
        return []
    try:
        (row,) = csv.reader([text], skipinitialspace=True, strict=False)
    except (csv.Error, ValueError) as error:
        raise MixlawError(f'{what} must be names such as a,b or "a,b",c, got {text!r}') from error
    return [name for name in row if name.strip()]


def languages(text: str | None) -> Sequence[str] | None:
    """`python,rust` as a list; None when not given. Raises MixlawError for an unknown language."""
    if text is None:
        return None
    names = [name.strip() for name in text.split(",") if name.strip()]
    unknown = [name for name in names if name not in LANGUAGES]
    if unknown or not names:
        raise MixlawError(f"unknown language {', '.join(unknown) or text!r}; known are {', '.join(LANGUAGES)}")
    return names


def known_boundaries(text: str) -> Boundaries:
    """What the option --boundaries says. Raises MixlawError for a word that is not known."""
    if text not in BOUNDARIES:
        raise MixlawError(f"--boundaries must be {' or '.join(BOUNDARIES)}, got {text!r}")
    return text


def known_schedule(text: str) -> Schedule:
    """What the option --schedule says. Raises MixlawError for a word that is not known."""
    if text not in SCHEDULES:
        raise MixlawError(f"--schedule must be {' or '.join(SCHEDULES)}, got {text!r}")
    return text


def when_used_up(text: str) -> Literal["repeat", "stop"]:
    """What training does when a language runs out. Raises MixlawError for another word."""
    if text not in ("repeat", "stop"):
        raise MixlawError(f"--when-used-up must be repeat or stop, got {text!r}")
    return text


def known_domain(name: str, what: str, known: Sequence[str] = DOMAINS) -> str:
    """The name, if it is among the known, by default languages, `text` and `parallel`. Raises MixlawError otherwise."""
    if name not in known:
        kind = "language" if known is DOMAINS else "name"
        close = difflib.get_close_matches(name, known, n=1)
        meant = f", did you mean {close[0]!r}?" if close else ";"
        raise MixlawError(f"{what} names an unknown {kind} {name!r}{meant} known are {', '.join(known)}")
    return name
