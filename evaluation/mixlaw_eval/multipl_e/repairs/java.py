"""Java: optional parts of a pair were translated into expectations that no answer of the method's type can meet."""

from __future__ import annotations

import re

_RETURNS = re.compile(r"public static Pair<Optional<(\w+)>, Optional<\1>> (\w+)\(")
_PAIR = re.compile(r"Optional\.of\(Pair\.with\((-?\w+), (-?\w+)\)\)")


def optionals_within_pairs(source: str) -> str:
    """Of a method that gives `Pair<Optional<T>, Optional<T>>`, the expected values become values of that type.

    `Optional.of(Pair.with(a, b))` becomes `Pair.with(Optional.of(a), Optional.of(b))`, and
    `Optional.of(Optional.empty())` becomes `Optional.empty()`. Only in the assertions.
    """
    if not _RETURNS.search(source):
        return source
    return re.sub(r"(?m)^\s*assert\(.*$", lambda line: _mended(line[0]), source)


def _mended(line: str) -> str:
    line = _PAIR.sub(r"Pair.with(Optional.of(\1), Optional.of(\2))", line)
    return line.replace("Optional.of(Optional.empty())", "Optional.empty()")
