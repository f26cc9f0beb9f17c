"""Read the wanted files out of archives and folders, in a fixed order. Nothing is unpacked to disk."""

from __future__ import annotations

import hashlib
import json
import os
import re
import tarfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path

from mixlaw.corpus.document import RawFile, domain_of
from mixlaw.corpus.parallel.programs import read_tasks
from mixlaw.corpus.sources.source import Source
from mixlaw.corpus.spec import CorpusSpec
from mixlaw.trial import MixlawError

MAX_FILE_BYTES = 4_000_000
"""Larger files are data or bundles, and are not read."""
_SKIPPED_PARTS = frozenset({"node_modules", "__pycache__", "site-packages"})
_BUILT_PARTS = frozenset({"dist", "build"})
"""Compiled output in JavaScript projects; ordinary package names elsewhere."""


def read_source(source: Source, spec: CorpusSpec, archives: Mapping[str, Path]) -> list[RawFile]:
    """The files of one source, by path.

    Raises MixlawError when the folder is missing, the archive cannot be read, or nothing in it was wanted.
    """
    entries = (
        _folder_files(source, spec.folder / source.path)
        if source.kind == "folder"
        else _archive_files(source, archives[source.sha256])
    )
    files = [
        RawFile(domain=domain, project=source.project, path=path, licence=source.licence, data=data)
        for path, domain, data in entries
    ]
    if not files:
        raise MixlawError(
            f"{source.label} (project {source.project}) holds no {' or '.join(source.languages)} files that its "
            "include and exclude globs let through; check languages and globs"
        )
    return sorted(files, key=lambda file: (file.path, file.domain))


def wanted_domain(path: str, source: Source) -> str | None:
    """The domain under which a source's file is read, or None when it is not wanted."""
    domain = domain_of(path)
    if domain is None or domain not in source.languages:
        return None
    folders = set(path.split("/")[:-1])
    if folders & _SKIPPED_PARTS or any(folder.startswith(".") for folder in folders):
        return None
    if domain in ("javascript", "typescript") and (folders & _BUILT_PARTS or ".min." in path):
        return None
    if source.include and not matches(path, source.include):
        return None
    return None if matches(path, source.exclude) else domain


def matches(path: str, globs: Iterable[str]) -> bool:
    """Whether a path matches one of the globs: `*` and `?` stay within a folder, `**` crosses folders."""
    return any(_pattern(glob).fullmatch(path) for glob in globs)


@lru_cache(maxsize=1024)
def _pattern(glob: str) -> re.Pattern[str]:
    tokens = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", glob)
    return re.compile("".join(tokens.get(part, re.escape(part)) for part in parts))


def _folder_files(source: Source, folder: Path) -> Iterator[tuple[str, str, bytes]]:
    if not folder.is_dir():
        raise MixlawError(
            f"the folder {folder} of project {source.project} does not exist; correct its path in the spec"
        )
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            file = Path(parent) / name
            path = file.relative_to(folder).as_posix()
            domain = wanted_domain(path, source)
            if domain and file.is_file() and not file.is_symlink() and file.stat().st_size <= MAX_FILE_BYTES:
                yield path, domain, file.read_bytes()


def _archive_files(source: Source, archive: Path) -> Iterator[tuple[str, str, bytes]]:
    try:
        yield from _zip_files(source, archive) if zipfile.is_zipfile(archive) else _tar_files(source, archive)
    except (tarfile.TarError, zipfile.BadZipFile, EOFError, zlib.error) as error:
        raise MixlawError(
            f"{source.label}: its archive {archive} cannot be read ({error}); delete it to have it fetched again"
        ) from error


def _tar_files(source: Source, archive: Path) -> Iterator[tuple[str, str, bytes]]:
    with tarfile.open(archive, "r:*") as tar:
        for member in tar:
            path = _inside(member.name)
            domain = wanted_domain(path, source)
            if domain and member.isfile() and member.size <= MAX_FILE_BYTES:
                file = tar.extractfile(member)
                assert file is not None, "a regular member has content"
                yield path, domain, file.read()


def _zip_files(source: Source, archive: Path) -> Iterator[tuple[str, str, bytes]]:
    with zipfile.ZipFile(archive) as zipped:
        for info in zipped.infolist():
            # A wheel has no folder around its content; a zipped source distribution does.
            path = info.filename if source.file.endswith(".whl") else _inside(info.filename)
            domain = wanted_domain(path, source)
            if domain and info.file_size <= MAX_FILE_BYTES:
                yield path, domain, zipped.read(info)


def _inside(name: str) -> str:
    """The path below the archive's one top folder (`package/`, `sympy-1.14.0/`)."""
    return name.removeprefix("./").partition("/")[2]


def local_inputs(spec: CorpusSpec) -> dict[str, str]:
    """A hash of what each folder of the spec holds, by path: folders change without the spec changing."""
    hashes: dict[str, str] = {}
    for source in spec.sources:
        if source.kind == "folder":
            digest = hashlib.sha256()
            for file in read_source(source, spec, {}):
                digest.update(f"{file.path}\n{hashlib.sha256(file.data).hexdigest()}\n".encode())
            hashes[f"{source.project}: {source.path}"] = digest.hexdigest()
    for parallel in spec.parallel:
        tasks = [asdict(task) for task in read_tasks(parallel, spec.folder)]
        hashes[f"{parallel.name}: {parallel.path}"] = hashlib.sha256(json.dumps(tasks).encode()).hexdigest()
    return hashes
