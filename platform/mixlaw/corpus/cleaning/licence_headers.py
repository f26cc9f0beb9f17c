"""Strip the licence comment at the top of a file: the same few paragraphs open most Java, C# and Go files, and a
model would spend its tokens on learning them by heart.
"""

from __future__ import annotations

import re

from mixlaw.trial import TEXT

_LICENCE = re.compile(
    r"copyright|licen[cs]ed? |spdx-license|all rights reserved|permission is hereby granted|redistribution and use"
    r"|\bauthors?\b.*\breserved",
    re.IGNORECASE,
)
_BLOCK = re.compile(r"/\*.*?\*/[ \t]*\n?", re.DOTALL)
_SLASHES = re.compile(r"(?://[^\n]*(?:\n|$))+")
_HASHES = re.compile(r"(?:#[^\n]*(?:\n|$))+")
_FIRST_LINES = re.compile(r"(?:#![^\n]*\n|# *-\*-[^\n]*\n|#.{0,8}coding[:=][^\n]*\n)*")
"""Interpreter and encoding lines stay."""
_REGION = re.compile(r"#region[^\n]*\n(?P<inside>.*?)#endregion[^\n]*\n?", re.DOTALL)
"""C# files fold their licence into a region."""


def strip_licence_header(text: str, domain: str) -> str:
    """The text without the comments at its very top that speak of copyright or licence; other comments stay."""
    if domain == TEXT:
        return text
    kept = _FIRST_LINES.match(text) if domain == "python" else None
    head = kept.group() if kept else ""
    body = text[len(head) :].lstrip("\n")
    while (length := _header_length(body, domain)) > 0:
        body = body[length:].lstrip("\n")
    return head + body


def _header_length(body: str, domain: str) -> int:
    patterns = (_HASHES,) if domain == "python" else (_BLOCK, _SLASHES)
    if domain == "csharp":
        patterns = (*patterns, _REGION)
    for pattern in patterns:
        match = pattern.match(body)
        if match and _LICENCE.search(match.group()):
            return match.end()
    return 0
