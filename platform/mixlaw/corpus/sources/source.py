"""One source of a spec: which kind, where, and how its files become documents."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, cast, get_args

from mixlaw.corpus.keys import Keys
from mixlaw.trial import MEASURED, MixlawError

Kind = Literal[
    "folder",
    "archive",
    "pypi",
    "npm",
    "debian-source",
    "debian-binary",
    "toolchain",
    "jsonl",
    "parquet",
    "huggingface",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
ARCHIVES: tuple[Kind, ...] = ("archive", "pypi", "npm", "debian-source", "debian-binary")
"""Kinds that are fetched once into the cache, by sha256."""
TABLES: tuple[Kind, ...] = ("jsonl", "parquet", "huggingface")
"""Kinds that hold a document per row."""
COLUMNS = ("text", "path", "project", "licence", "language")
"""What a table's row can say of its document."""
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One place that files come from, and which of them belong to which project.

    Two sources may share an archive (the same package and sha256) and divide it between projects.
    """

    project: str = ""
    """What is held out together; of a table's rows without a project column."""
    kind: Kind
    licence: str = ""
    """An SPDX expression; a table may say it by row instead."""
    languages: tuple[str, ...]
    package: str = ""
    """Name in the registry (`pypi`, `npm`, `debian-source`, `debian-binary`)."""
    version: str = ""
    file: str = ""
    """File name, where a release has several: a PyPI wheel, a Debian source's component."""
    sha256: str = ""
    """Of the fetched archive; required for every kind of `ARCHIVES`."""
    url: str = ""
    """Of an `archive`: anything fsspec reads (https, s3, gs, a local path)."""
    path: str = ""
    """A local folder or checkout (`folder`), or a table file or glob that fsspec reads (`jsonl`, `parquet`)."""
    dataset: str = ""
    """Name on the Hugging Face hub (`huggingface`), with `files` in it and a `revision`."""
    revision: str = ""
    files: tuple[str, ...] = ()
    """Globs of the dataset's JSON Lines or Parquet files."""
    columns: Mapping[str, str] = field(default_factory=dict[str, str])
    """Of a table: what a document's text, path, project, licence and language are called in it."""
    contents: str = ""
    """Of a table without a text column: the URL of a row's text, with columns in braces (The Stack v2)."""
    toolchain: str = ""
    """Whose installed standard library is read (`toolchain`): cpython, jdk, go, rust."""
    limit: int = 0
    """At most so many rows of a table are read; 0: all."""
    include: tuple[str, ...] = ()
    """Globs on the path inside the archive or folder; every file when empty."""
    exclude: tuple[str, ...] = ()

    @property
    def origin(self) -> str:
        """Where its documents come from, as one word: `pypi:sympy==1.14.0`, `hf://datasets/NAME@REVISION`, a path."""
        if self.kind == "huggingface":
            return f"hf://datasets/{self.dataset}" + (f"@{self.revision}" if self.revision else "")
        if self.package:
            return f"{self.kind}:{self.package}=={self.version}"
        return f"toolchain:{self.toolchain}" if self.kind == "toolchain" else self.url or self.path

    @property
    def label(self) -> str:
        """What people call the source: `sympy 1.14.0 (pypi)` or where it lies."""
        return f"{self.package} {self.version} ({self.kind})" if self.package else self.origin


def source_of(keys: Keys) -> Source:
    """Read one entry of a spec's `sources`. Raises MixlawError naming file and key."""
    source = Source(
        project=keys.text("project", ""),
        kind=cast(Kind, keys.one_of("kind", KINDS)),
        licence=keys.text("licence", ""),
        languages=keys.texts("languages"),
        package=keys.text("package", ""),
        version=keys.text("version", ""),
        file=keys.text("file", ""),
        sha256=keys.text("sha256", "").lower(),
        url=keys.text("url", ""),
        path=keys.text("path", ""),
        dataset=keys.text("dataset", ""),
        revision=keys.text("revision", ""),
        files=keys.texts("files"),
        columns=keys.mapping("columns"),
        contents=keys.text("contents", ""),
        toolchain=keys.text("toolchain", ""),
        limit=keys.number("limit", 0),
        include=keys.texts("include"),
        exclude=keys.texts("exclude"),
    )
    keys.done()
    unknown = sorted(set(source.languages) - set(MEASURED))
    if unknown or not source.languages:
        named = f"unknown language {', '.join(unknown)}" if unknown else "no language given"
        raise MixlawError(f"{keys.where}: languages: {named}; known are {', '.join(MEASURED)}")
    _check_place(source, keys.where)
    return source


_NEEDED: dict[str, tuple[str, ...]] = {
    "folder": ("path",),
    "archive": ("url", "sha256"),
    "toolchain": ("toolchain",),
    "jsonl": ("path",),
    "parquet": ("path",),
    "huggingface": ("dataset", "files"),
}
_OF_A_PACKAGE = ("package", "version", "sha256")
_PLACES = ("package", "version", "sha256", "url", "path", "dataset", "files", "toolchain")


def _check_place(source: Source, where: str) -> None:
    """Each kind needs the keys that say where it lies, and has none of another kind's."""
    needed = _NEEDED.get(source.kind, _OF_A_PACKAGE)
    for key in _PLACES:
        if key in needed and not getattr(source, key):
            raise MixlawError(f"{where}: a source of kind {source.kind} needs the key {key}")
        if key not in needed and getattr(source, key):
            raise MixlawError(f"{where}: a source of kind {source.kind} has no key {key}")
    if source.sha256 and not _SHA256.fullmatch(source.sha256):
        raise MixlawError(f"{where}: sha256: expected 64 hexadecimal digits, got {source.sha256!r}")
    unknown = sorted(set(source.columns) - set(COLUMNS))
    if unknown:
        raise MixlawError(f"{where}: columns: unknown {', '.join(unknown)}; known are {', '.join(COLUMNS)}")
    for key in ("project", "licence"):
        if not getattr(source, key) and key not in source.columns:
            raise MixlawError(f"{where}: the key {key} is missing")
