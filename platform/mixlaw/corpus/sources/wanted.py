"""Which files of a source are read, and as what."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from mixlaw.corpus.document import RawFile, domain_of
from mixlaw.corpus.sources.source import Source
from mixlaw.trial import MixlawError

MAX_FILE_BYTES = 4_000_000
"""Larger files are data or bundles, and are not read."""
DECLARATIONS = (".d.ts", ".d.mts", ".d.cts")
"""Generated from other files, so no document, even where a table says TypeScript of them."""
_SKIPPED_PARTS = frozenset({"node_modules", "__pycache__", "site-packages", "dist-packages"})
_BUILT_PARTS = frozenset({"dist", "build"})
"""Compiled output in JavaScript projects; ordinary package names elsewhere."""


def wanted_domain(path: str, source: Source) -> str | None:
    """The domain under which a source's file is read, or None when it is not wanted."""
    domain = domain_of(path)
    return domain if domain in source.languages and domain and is_wanted(path, domain, source) else None


def is_wanted(path: str, domain: str, source: Source) -> bool:
    """Whether a file that is known to be of a domain is read: its folders and the source's globs decide."""
    folders = set(path.split("/")[:-1])
    if any(is_skipped_folder(folder) for folder in folders):
        return False
    if path.lower().endswith(DECLARATIONS):
        return False
    if domain in ("javascript", "typescript") and (folders & _BUILT_PARTS or ".min." in path):
        return False
    return passes_globs(path, source)


def passes_globs(path: str, source: Source) -> bool:
    """Whether the source's own globs let a path through."""
    if source.include and not matches(path, source.include):
        return False
    return not matches(path, source.exclude)


def is_skipped_folder(name: str) -> bool:
    """Whether nothing below a folder of this name is ever read: hidden, or other people's packages."""
    return name.startswith(".") or name in _SKIPPED_PARTS


def matches(path: str, globs: Iterable[str]) -> bool:
    """Whether a path matches one of the globs: `*` and `?` stay within a folder, `**` crosses folders."""
    return any(_pattern(glob).fullmatch(path) for glob in globs)


@lru_cache(maxsize=1024)
def _pattern(glob: str) -> re.Pattern[str]:
    tokens = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", glob)
    return re.compile("".join(tokens.get(part, re.escape(part)) for part in parts), re.DOTALL)


def raw_file(source: Source, path: str, domain: str, data: bytes) -> RawFile:
    """A file of a source whose project and licence are the source's."""
    return RawFile(
        domain=domain,
        project=source.project,
        path=printable(path),
        licence=source.licence,
        data=data,
        origin=source.origin,
    )


def printable(path: str) -> str:
    """A path that can be written as UTF-8: bytes of another encoding in a file name become replacement marks."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def nothing_wanted(source: Source) -> MixlawError:
    """What is said of a source that gives no file at all."""
    return MixlawError(
        f"{source.label} (project {source.project}) holds no {' or '.join(source.languages)} files that its "
        "include and exclude globs let through; check languages and globs"
    )
