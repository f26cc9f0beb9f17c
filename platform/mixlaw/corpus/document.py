"""A document: one file's text, and where it came from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import PurePosixPath

EXTENSIONS: dict[str, tuple[str, ...]] = {
    "python": (".py",),
    "java": (".java",),
    "javascript": (".js", ".mjs", ".cjs", ".jsx"),
    "typescript": (".ts", ".tsx", ".mts", ".cts"),
    "csharp": (".cs",),
    "go": (".go",),
    "rust": (".rs",),
    "text": (".rst", ".md", ".txt"),
}
"""File endings of each domain."""
_DOMAIN_OF = {ending: domain for domain, endings in EXTENSIONS.items() for ending in endings}


@dataclass(frozen=True, slots=True, kw_only=True)
class RawFile:
    """A file as it came from its source: bytes, not yet known to be text."""

    domain: str
    project: str
    path: str
    licence: str
    data: bytes
    origin: str = ""
    """Of which source: `pypi:sympy==1.14.0`, `hf://datasets/NAME@REVISION`, a URL, a path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A cleaned text. `sha256` is of the text in UTF-8; `path` is within the project's source."""

    domain: str
    project: str
    path: str
    licence: str
    text: str
    sha256: str
    n_bytes: int
    """Of the text in UTF-8."""
    origin: str = ""

    @classmethod
    def of(cls, *, domain: str, project: str, path: str, licence: str, text: str, origin: str = "") -> Document:
        """A document with its hash and size worked out."""
        data = text.encode()
        return cls(
            domain=domain,
            project=project,
            path=path,
            licence=licence,
            text=text,
            sha256=hashlib.sha256(data).hexdigest(),
            n_bytes=len(data),
            origin=origin,
        )


def domain_of(path: str) -> str | None:
    """The domain that a file's ending says it belongs to; declarations (`.d.ts`) are generated, so none."""
    name = PurePosixPath(path).name.lower()
    if name.endswith((".d.ts", ".d.mts", ".d.cts")):
        return None
    return _DOMAIN_OF.get(PurePosixPath(name).suffix)
