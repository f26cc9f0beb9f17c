"""Strip the licence notice at the top of a file: the same few paragraphs open most Java, C# and Go files and hardly any
Rust or TypeScript ones, and a model would spend its tokens on learning them by heart.

A file's top is what stands before its first statement: comments, in Python the docstring, and between them lines that
may precede a notice (interpreter lines, build constraints, `package`, 'use strict'). Of each comment there, the
paragraphs from the first to the last that speak as a notice does are taken out, and the rest stays if it says
something: a comment about the code is never lost to a notice in the same comment.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from mixlaw.trial import TEXT

_PHRASES = (
    # copyright
    r"^\W{0,40}(?:\w{1,12}\W{1,9}){0,3}?copyright\b(?! (?:notice|holder|header|infring|law|check|statement))",
    r"copyright *(?:\(c\)|[©@:,-]|and licen[sc]e)",
    r"(?:\(c\)|©|copyright).{0,40}\b(?:19|20)\d\d\b",
    r"copyright (?:holder|owner)s?\b|all rights reserved|</?copyright|[@\\]copyright\b",
    # which licence, or where to read it
    r"spdx-|[@\\]licen[sc]e\b|^\W{0,40}licen[sc]e *[:=]|(?:begin|end) licen[sc]e|(?:mit|bsd|isc|apache) licen[sc]e\b",
    r"\blicen[sc]ed (?:under|to|by|according|as)\b|\b(?:released|distributed|available|provided|published) under\b",
    r"\b(?:under|governed by) (?:the )?(?:[\w.+-]+ ){0,7}licen[sc]e\b",
    r"licen[sc]e (?:that )?(?:can|which can|may|is|found|agreement|file|information|version|terms)\b",
    r"\bsee (?:the )?(?:(?:accompanying|file|enclosed|top-level|project|root) )*['\"`]?(?:licen[sc]e|copying|notice)\b",
    r"licen[sc]es?/(?:licen[sc]e|mit|bsd|l?gpl|apache|isc|[\w.-]*\.(?:html|txt|php))|ownership\. the \w+ licenses",
    r"this (?:file|module|code|source|program|library|software|work) is (?:a )?(?:part of|free|subject|licen)",
    r"\bpublic domain\b|dedicated to the public|contributor licen[sc]e agreement",
    # MIT, ISC, BSD
    r"permission (?:is (?:hereby )?granted|to use,? copy)|above copyright notice|shall be included in all",
    r"redistributions? (?:and use|of source|in binary)|provided that the following|subject to the following cond",
    r"neither the name|(?:written|contributed) permission",
    r"warrant(?:y|ies) (?:of any|or cond|of merch|is|are|expressed)|without (?:\w+ ){0,4}warrant",
    r"\bas[\s-]is['\"`]*,? (?:basis|without any)\b",
    # zlib
    r"permission is granted|must not be misrepresented|altered source versions|this notice may not be removed",
    # Apache
    r"you may (?:not use|obtain a copy|choose|elect)|unless required by applicable|appl(?:y|ies) to this (?:file|code)",
    # GNU, Mozilla, Eclipse, Oracle
    r"free software[:;,.]? (?:you|it|may|can)|lesser general public|in the hope that it will|have received a copy",
    r"source code form is|the original code is|initial developer|portions created|accompanying materials",
    r"do not alter or remove|contact oracle|oracle designates",
)
"""What notices say, however blanks fall."""
_STEMS = ("copyright", "licen", "(c)", "©", "spdx", "reserved", "public domain", "permission", "redistribut", "warrant")
"""A comment with none of these is no notice, and found to be none much faster."""
_NOTICE = re.compile(re.sub(" (?![*?])", r"\\s+", "|".join(_PHRASES)), re.IGNORECASE | re.MULTILINE)
_METADATA = re.compile(
    r"\W*(?:[@\\$](?:authors?|maintainers?|date|since|version|file|id|fileoverview|overview|preserve|generated)\b.*"
    r"|(?:authors?|maintainers?|created|date|version|file|filename|contact|e-?mail|url|project|module(?: name)?)\s*:.*"
    r"|(?:created|written|modified|generated) (?:by|on)\b.*|[\w/.\\-]+\.\w{1,4})\W*",
    re.IGNORECASE,
)
"""Lines beside a notice that say nothing of the code."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_MIN_WORDS = 3
"""That must be left of a comment for it to say something."""

_BLANK = re.compile(r"[ \t]*\n")
_BLOCK = re.compile(r"[ \t]*/\*.*?\*/[ \t]*(?:\n|$)", re.DOTALL)
_LINES = (
    re.compile(r"(?:[ \t]*///(?!/)[^\n]*(?:\n|$))+"),
    re.compile(r"(?:[ \t]*//![^\n]*(?:\n|$))+"),
    re.compile(r"(?:[ \t]*//(?!!|/(?!/))(?!go:|[ \t]*\+build)[^\n]*(?:\n|$))+"),
)
"""Line comments of one sort: documentation is not one comment with a notice before it."""
_HASHES = re.compile(r"(?:#(?!!)[^\n]*(?:\n|$))+")
_DOCSTRING = re.compile(r"[rRuU]?(\"\"\"|''').*?\1[ \t]*(?:\n|$)", re.DOTALL)
_REGION = re.compile(
    r"[ \t]*#region[^\n]*\n"
    r"(?:[ \t]*(?://[^\n]*)?\n|[ \t]*/\*(?:(?!\*/).)*+\*/[ \t]*\n)*+[ \t]*#endregion[^\n]*(?:\n|$)",
    re.DOTALL,
)
"""C# files fold their notice into a region; one with code in it is no comment."""
_SLASHES = (_BLOCK, *_LINES)
_COMMENTS: dict[str, tuple[re.Pattern[str], ...]] = {
    "python": (_HASHES, _DOCSTRING),
    "csharp": (_REGION, *_SLASHES),
}
_DIRECTIVE = r"['\"]use [\w ]+['\"];?[ \t]*\n"
_BEFORE: dict[str, re.Pattern[str]] = {
    "python": re.compile(r"#![^\n]*\n|# *-\*-[^\n]*\n|#.{0,8}coding[:=][^\n]*\n"),
    "java": re.compile(r"package [\w.]+;[ \t]*\n"),
    "javascript": re.compile(rf"#![^\n]*\n|{_DIRECTIVE}"),
    "typescript": re.compile(rf"#![^\n]*\n|///[ \t]*<[^\n]*\n|{_DIRECTIVE}"),
    "csharp": re.compile(r"#(?!region)[^\n]*\n|(?:global )?using [\w.= <>]+;[^\n]*\n|extern alias \w+;[ \t]*\n"),
    "go": re.compile(r"//go:[^\n]*\n|//[ \t]*\+build[^\n]*\n|package \w+[ \t]*\n"),
    "rust": re.compile(r"#!\[[^\n]*\]\n|#!/[^\n]*\n"),
}
"""Lines that stay, and after which a notice may follow."""
_OPENING = re.compile(r"[ \t]*(?:/\*+!?|[rRuU]?(?:\"\"\"|'''))")
_CLOSING = re.compile(r"(?:\*+/|\"\"\"|''')[ \t]*\n?$")


def strip_licence_header(text: str, domain: str) -> str:
    """The text without the notices of copyright and licence at its top; natural text as it is."""
    if domain == TEXT:
        return text
    kept: list[str] = []
    place = 0
    while (piece := _next(text, place, domain)) is not None:
        place = piece.end
        left = _without_notice(piece.text) if piece.is_comment else piece.text
        kept.append(left)
        if not left:
            while blank := _BLANK.match(text, place):
                place = blank.end()
    return "".join(kept) + text[place:]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """A part of a file's top."""

    text: str
    end: int
    is_comment: bool


def _next(text: str, place: int, domain: str) -> _Piece | None:
    """The piece of the top that starts here; None where the code begins, or the file ends."""
    for pattern, is_comment in (
        (_BLANK, False),
        (_BEFORE[domain], False),
        *((pattern, True) for pattern in _COMMENTS.get(domain, _SLASHES)),
    ):
        match = pattern.match(text, place)
        if match and match.end() > place:
            return _Piece(text=match.group(), end=match.end(), is_comment=is_comment)
    return None


def _without_notice(comment: str) -> str:
    """The comment without its notice; empty when nothing of substance is left."""
    lowered = comment.lower()
    if not any(stem in lowered for stem in _STEMS) or not _NOTICE.search(comment):
        return comment
    lines = comment.splitlines(keepends=True)
    says = [_NOTICE.search(line) is not None for line in lines]
    # A phrase may run over a line's end.
    for number, (line, following) in enumerate(pairwise(lines)):
        if not says[number] and not says[number + 1]:
            says[number] = _NOTICE.search(f"{_content(line)} {_content(following)}") is not None
    if not any(says):
        return comment
    first, last = says.index(True), len(says) - says[::-1].index(True)
    while last < len(lines) and _content(lines[last]):
        last += 1
    rest = [*lines[:first], *lines[last:]]
    return _closed(lines, first, last) if _n_words(rest) >= _MIN_WORDS else ""


def _content(line: str) -> str:
    """A comment's line without its markers; empty for rules of dashes and stars."""
    return line.strip(" \t\n/*#!\"'-=~_+|;.")


def _n_words(lines: list[str]) -> int:
    contents = [_content(line) for line in lines]
    return sum(len(_WORD.findall(content)) for content in contents if not _METADATA.fullmatch(content))


def _closed(lines: list[str], first: int, last: int) -> str:
    """The lines outside [first, last), with the comment's marks where those stood on a line inside."""
    head, tail = lines[:first], lines[last:]
    opening, closing = _OPENING.match(lines[0]), _CLOSING.search(lines[-1])
    if not head and opening:
        head = [opening.group() + "\n"]
    if not tail and closing:
        tail = [closing.group()]
    while len(head) > 1 and not _content(head[-1]):
        head.pop()
    if not opening and not any(map(_content, head)):  # rules and empty lines around what is gone
        rest = [*head, *tail]
        return "".join(rest[next(n for n, line in enumerate(rest) if _content(line)) :])
    return "".join([*head, *tail])
