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
TOOLCHAINS = ("cpython", "go", "jdk", "rust")
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
    """Whose installed standard library is read (`toolchain`), of `version` if that is given: cpython, go, jdk, rust."""
    where: Mapping[str, str] = field(default_factory=dict[str, str])
    """Of a table: only rows that have this value (true and false for truth values) in these columns are read."""
    limit: int = 0
    """Only the first so many rows of a table are looked at; 0: all."""
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
        if self.toolchain:
            return f"toolchain:{self.toolchain}" + (f"=={self.version}" if self.version else "")
        return self.url or self.path

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
        where=keys.mapping("where"),
        limit=keys.number("limit", 0),
        include=keys.texts("include"),
        exclude=keys.texts("exclude"),
    )
    keys.done()
    check_source(source, keys.where)
    return source


_OF_A_PACKAGE = ("package", "version", "sha256")
_NEEDED: dict[Kind, tuple[str, ...]] = {
    "folder": ("path",),
    "archive": ("url", "sha256"),
    "pypi": _OF_A_PACKAGE,
    "npm": _OF_A_PACKAGE,
    "debian-source": _OF_A_PACKAGE,
    "debian-binary": _OF_A_PACKAGE,
    "toolchain": ("toolchain",),
    "jsonl": ("path",),
    "parquet": ("path",),
    "huggingface": ("dataset", "files"),
}
_OF_A_TABLE = ("columns", "contents", "where", "limit")
_OPTIONAL: dict[Kind, tuple[str, ...]] = {
    "pypi": ("file",),
    "debian-source": ("file",),
    "toolchain": ("version",),
    "jsonl": _OF_A_TABLE,
    "parquet": _OF_A_TABLE,
    "huggingface": ("revision", *_OF_A_TABLE),
}
_OF_SOME_KINDS = sorted({key for keys in (*_NEEDED.values(), *_OPTIONAL.values()) for key in keys})


def check_source(source: Source, where: str) -> None:
    """Each kind needs the keys that say where it lies, and has none of another kind's.

    Raises MixlawError that begins with `where`.
    """
    unknown = sorted(set(source.languages) - set(MEASURED))
    if unknown or not source.languages:
        named = f"unknown language {', '.join(unknown)}" if unknown else "no language given"
        raise MixlawError(f"{where}: languages: {named}; known are {', '.join(MEASURED)}")
    if source.kind not in KINDS:
        raise MixlawError(f"{where}: kind: unknown kind {source.kind!r}; known are {', '.join(KINDS)}")
    _check_place(source, where)
    _check_columns(source, where)


def _check_place(source: Source, where: str) -> None:
    needed = _NEEDED[source.kind]
    for key in needed:
        if not getattr(source, key):
            raise MixlawError(f"{where}: a source of kind {source.kind} needs the key {key}")
    for key in _OF_SOME_KINDS:
        if getattr(source, key) and key not in (*needed, *_OPTIONAL.get(source.kind, ())):
            raise MixlawError(f"{where}: a source of kind {source.kind} has no key {key}")
    if source.sha256 and not _SHA256.fullmatch(source.sha256):
        raise MixlawError(f"{where}: sha256: expected 64 hexadecimal digits, got {source.sha256!r}")
    if source.toolchain and source.toolchain not in TOOLCHAINS:
        raise MixlawError(
            f"{where}: toolchain: unknown toolchain {source.toolchain!r}; known are {', '.join(TOOLCHAINS)}"
        )


def _check_columns(source: Source, where: str) -> None:
    unknown = sorted(set(source.columns) - set(COLUMNS))
    if unknown:
        raise MixlawError(f"{where}: columns: unknown {', '.join(unknown)}; known are {', '.join(COLUMNS)}")
    if source.contents and "text" in source.columns:
        raise MixlawError(
            f"{where}: contents fetches a row's text, columns names a column that has it; give one of them"
        )
    if source.contents and "{" not in source.contents:
        raise MixlawError(f'{where}: contents: names no column in braces, as in "s3://bucket/{{blob_id}}"')
    for key in ("project", "licence"):
        if not getattr(source, key) and key not in source.columns:
            raise MixlawError(f"{where}: the key {key} is missing")
