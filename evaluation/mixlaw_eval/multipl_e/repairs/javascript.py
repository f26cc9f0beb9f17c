"""JavaScript: a line break inside a text of the tests was published as it is, which is no JavaScript."""

from __future__ import annotations

import re

_TESTS = "\nfunction test() {"
_TOKEN = re.compile(r"""//[^\n]*|/\*.*?\*/|`(?:\\.|[^`\\])*`|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\])*\"""", re.DOTALL)


def line_breaks_within_texts(source: str) -> str:
    r"""A line break between double quotes in the tests becomes `\n`; without this the program does not parse."""
    body, start, tests = source.rpartition(_TESTS)
    mended = _TOKEN.sub(lambda token: token[0].replace("\n", r"\n") if token[0][0] == '"' else token[0], tests)
    return f"{body}{start}{mended}" if start else source
