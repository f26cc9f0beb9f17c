"""Which licences are let into a corpus."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache

from mixlaw.corpus.cleaning.permissive import PERMISSIVE

ALIASES: dict[str, tuple[str, ...]] = {"permissive": PERMISSIVE}
"""Names that stand for many licences."""
_RESERVED = ("", "(", ")", "/", "or", "and", "with")
_TOKEN = re.compile(r"\(|\)|/|[^\s()/]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceRule:
    """Globs on SPDX identifiers (`*`, `?`), in any case, or `permissive`; no `allowed` allows all that is not excluded.

    A document with no licence has the empty name, which `*` lets in and `permissive` does not.
    """

    allowed: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()

    def allows(self, licence: str) -> bool:
        """Whether a document under this SPDX expression may be taken.

        Of alternatives (OR, or the `/` of old Cargo files) one must be allowed, of licences that hold together (AND)
        each. A glob that matches a licence matches it with `+` or WITH an exception too. What is not an expression
        ("see LICENSE") is one name.
        """
        return _allows(self, licence)


@lru_cache(maxsize=4096)
def _allows(rule: LicenceRule, licence: str) -> bool:
    tokens = [token.lower() for token in _TOKEN.findall(licence)]
    try:
        expression = _Expression(tokens, _globs(rule.allowed), _globs(rule.excluded))
        return expression.value()
    except (_NotAnExpressionError, RecursionError):
        return _is_allowed((" ".join(licence.lower().split()),), _globs(rule.allowed), _globs(rule.excluded))


@lru_cache(maxsize=256)
def _globs(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(glob.lower() for name in names for glob in ALIASES.get(name.lower(), (name,)))


def _is_allowed(names: tuple[str, ...], allowed: tuple[str, ...], excluded: tuple[str, ...]) -> bool:
    return (not allowed or _matches(names, allowed)) and not _matches(names, excluded)


def _matches(names: tuple[str, ...], globs: tuple[str, ...]) -> bool:
    return any(fnmatchcase(name, glob) for name in names for glob in globs)


class _NotAnExpressionError(Exception):
    """The text does not follow SPDX's grammar (SPDX specification, annex on licence expressions)."""


class _Expression:
    """A recursive descent over `OR` < `AND` < `licence [WITH exception]` < parentheses, evaluated as it goes."""

    def __init__(self, tokens: list[str], allowed: tuple[str, ...], excluded: tuple[str, ...]) -> None:
        self._tokens: Iterator[str] = iter([*tokens, ""])
        self._next = next(self._tokens)
        self._allowed = allowed
        self._excluded = excluded

    def value(self) -> bool:
        value = self._alternatives()
        if self._next:
            raise _NotAnExpressionError
        return value

    def _take(self) -> str:
        token, self._next = self._next, next(self._tokens, "")
        return token

    def _alternatives(self) -> bool:
        values = [self._together()]
        while self._next in ("or", "/"):
            self._take()
            values.append(self._together())
        return any(values)

    def _together(self) -> bool:
        values = [self._one()]
        while self._next == "and":
            self._take()
            values.append(self._one())
        return all(values)

    def _one(self) -> bool:
        token = self._take()
        if token == "(":
            value = self._alternatives()
            if self._take() != ")":
                raise _NotAnExpressionError
            return value
        if token in _RESERVED:
            raise _NotAnExpressionError
        return _is_allowed(self._names(token), self._allowed, self._excluded)

    def _names(self, licence: str) -> tuple[str, ...]:
        """What a glob may match: the licence, without `+`, and with its exception if it has one."""
        plain = (licence, licence.removesuffix("+"))
        if self._next != "with":
            return plain
        self._take()
        exception = self._take()
        if exception in _RESERVED:
            raise _NotAnExpressionError
        return (*plain, f"{licence} with {exception}")
