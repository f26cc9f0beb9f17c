"""Read the wanted files out of archives, in the archive's order. Nothing is unpacked to disk."""

from __future__ import annotations

import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from mixlaw.corpus.document import RawFile
from mixlaw.corpus.sources.source import Source
from mixlaw.corpus.sources.unit import Unit
from mixlaw.corpus.sources.wanted import MAX_FILE_BYTES, nothing_wanted, raw_file, wanted_domain
from mixlaw.trial import MixlawError


def read_archive(unit: Unit) -> Iterator[RawFile]:
    """The archive's wanted files. Raises MixlawError when it cannot be read, or nothing in it is wanted."""
    source, archive = unit.source, Path(unit.place)
    empty = True
    try:
        for path, domain, data in _files(source, archive):
            empty = False
            yield raw_file(source, path, domain, data)
    except (tarfile.TarError, zipfile.BadZipFile, EOFError, zlib.error, lzma.LZMAError, OSError) as error:
        raise MixlawError(
            f"{source.label}: its archive {archive} cannot be read ({error}); delete it to have it fetched again"
        ) from error
    if empty:
        raise nothing_wanted(source)


def _files(source: Source, archive: Path) -> Iterator[tuple[str, str, bytes]]:
    return _zip_files(source, archive) if zipfile.is_zipfile(archive) else _tar_files(source, archive)


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
