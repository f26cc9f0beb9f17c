"""A row of a table: what the document's text, path, project, licence and language are called in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from mixlaw.corpus.document import domain_of
from mixlaw.corpus.sources.source import Source
from mixlaw.corpus.sources.wanted import is_wanted, passes_globs, printable
from mixlaw.trial import DISPLAY, MEASURED, MixlawError

TEXTS = ("text", "content")
"""What a text's column is called when the spec does not say it; the first that is there."""
PATH = "path"
ENCODING = "src_encoding"
"""Of fetched contents (The Stack v2)."""
UNKNOWN_LICENCE = "NOASSERTION"
"""SPDX for a licence that nobody states."""
_ALIASES = {"c#": "csharp", "c-sharp": "csharp", "cs": "csharp", "golang": "go", "js": "javascript", "ts": "typescript"}
_ENGLISH = ("en", "eng", "english")
_DOMAINS: dict[str, str] = {
    **{domain: domain for domain in MEASURED},
    **{DISPLAY[domain].lower(): domain for domain in MEASURED},
    **_ALIASES,
    **dict.fromkeys(_ENGLISH, "text"),
}
_BRACES = re.compile(r"\{([^{}]+)\}")
_MISSING = object()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row as it was read; `file` is the path below the table's folder, `number` counts from 1."""

    file: str
    number: int
    values: Mapping[str, Any]
    where: str
    """For messages: `URL, row 17`."""

    def value(self, column: str) -> Any:
        """What stands in a column, `a.b` being b within a. Raises MixlawError when the row has no such column."""
        found = self.get(column)
        if found is _MISSING:
            raise MixlawError(
                f"{self.where}: has no column {column}; it has {', '.join(sorted(self.values)) or 'none'}; correct the "
                "source's columns, contents and where"
            )
        return found

    def get(self, column: str) -> Any:
        """The same, or a mark of its absence that equals nothing."""
        if column in self.values:
            return self.values[column]
        found: Any = self.values
        for part in column.split("."):
            if not isinstance(found, Mapping) or part not in found:
                return _MISSING
            found = cast(Mapping[str, Any], found)[part]
        return found

    def name(self, column: str) -> str:
        """A column's text or whole number as text; empty for null."""
        value = self.value(column)
        if value is None:
            return ""
        if isinstance(value, str | int):
            return str(value)
        raise MixlawError(f"{self.where}: {column}: expected text, got {type(value).__name__}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a row says of its document besides the text."""

    domain: str
    project: str
    path: str
    licence: str


def columns_of(source: Source, names: Iterable[str]) -> list[str]:
    """The columns that are read of a table with these column names, in order; of `a.b` all of a.

    Raises MixlawError when one that the source names is not there, or there is no text.
    """
    there = set(names)
    wanted = {*source.columns.values(), *source.where, *_BRACES.findall(source.contents)}
    if not source.contents and "text" not in source.columns:
        wanted.add(next((text for text in TEXTS if text in there), TEXTS[0]))
    if "path" not in source.columns:
        wanted |= {PATH} & there
    if source.contents:
        wanted |= {ENCODING} & there
    tops = {column if column in there else column.partition(".")[0] for column in wanted}
    if missing := sorted(tops - there):
        raise MixlawError(
            f"no column {', '.join(missing)} among {', '.join(sorted(there))}; name them in the source's columns"
        )
    return sorted(tops)


def head_of(row: Row, source: Source) -> Head | None:
    """The row's domain, project, path and licence, or None when it is not wanted. Raises MixlawError naming the row."""
    if any(_as_text(row.value(column)) != value for column, value in source.where.items()):
        return None
    path = _path(row, source)
    domain = _domain(row, path, source)
    if domain is None or domain not in source.languages:
        return None
    if not (is_wanted(path, domain, source) if path else passes_globs(_own_path(row), source)):
        return None
    return Head(
        domain=domain,
        project=_project(row, source),
        path=printable(path) or _own_path(row),
        licence=_licence(row, source),
    )


def text_of(row: Row, source: Source) -> bytes:
    """The row's text in UTF-8; lone surrogates stay, for the filters to find. Raises MixlawError without one."""
    column = source.columns.get("text") or next((text for text in TEXTS if text in row.values), TEXTS[0])
    value = row.value(column)
    if isinstance(value, bytes):
        return value
    if not isinstance(value, str):
        raise MixlawError(
            f"{row.where}: {column}: expected text, got {'null' if value is None else type(value).__name__}; repair or "
            "remove the row, or name the column of the text in the source's columns"
        )
    return value.encode("utf-8", "surrogatepass")


def url_of(row: Row, template: str) -> str:
    """The address of the row's text."""

    def filled(braces: re.Match[str]) -> str:
        name = row.name(braces[1])
        if not name:
            raise MixlawError(f"{row.where}: {braces[1]}: empty, so its text cannot be fetched")
        return name

    return _BRACES.sub(filled, template)


def _as_text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _path(row: Row, source: Source) -> str:
    column = source.columns.get("path") or PATH
    if column == PATH and row.get(column) is _MISSING:
        return ""
    return row.name(column).lstrip("/")


def _own_path(row: Row) -> str:
    return f"{row.file}#{row.number}"


def _domain(row: Row, path: str, source: Source) -> str | None:
    if column := source.columns.get("language"):
        return _DOMAINS.get(row.name(column).strip().lower())
    if len(source.languages) == 1:
        return source.languages[0]
    if not path:
        raise MixlawError(
            f"{row.where}: neither a language nor a path says which of {', '.join(source.languages)} it is; name a "
            "column for one of them, or one language only"
        )
    return domain_of(path)


def _project(row: Row, source: Source) -> str:
    column = source.columns.get("project")
    project = (row.name(column) if column else "") or source.project
    if not project:
        raise MixlawError(f"{row.where}: {column}: empty; give the source a project for rows without one")
    return project


def _licence(row: Row, source: Source) -> str:
    if not (column := source.columns.get("licence")):
        return source.licence
    value = row.value(column)
    if not isinstance(value, list):
        return row.name(column) or source.licence or UNKNOWN_LICENCE
    licences = cast(list[object], value)
    if not all(isinstance(licence, str) for licence in licences):
        raise MixlawError(f"{row.where}: {column}: expected a list of texts, got {licences!r}")
    return " OR ".join(cast(list[str], licences)) or source.licence or UNKNOWN_LICENCE
