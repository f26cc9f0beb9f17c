"""Read the wanted files out of archives, in the archive's order. Nothing is unpacked to disk.

Tar (plain, gzip, bzip2, xz, Zstandard), zip and wheels, and Debian packages (an `ar` with a tar in it), told apart by
their first bytes.
"""

from __future__ import annotations

import io
import lzma
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

import pyarrow as pa

from mixlaw.corpus.document import RawFile
from mixlaw.corpus.sources.source import Source
from mixlaw.corpus.sources.unit import Unit
from mixlaw.corpus.sources.wanted import MAX_FILE_BYTES, nothing_wanted, raw_file, wanted_domain
from mixlaw.store import atomic_write
from mixlaw.trial import MixlawError

_ZIP = b"PK\x03\x04"
_AR = b"!<arch>\n"
_ZSTD = b"\x28\xb5\x2f\xfd"
_BROKEN = (
    tarfile.TarError,
    zipfile.BadZipFile,
    EOFError,
    zlib.error,
    lzma.LZMAError,
    OSError,
    RuntimeError,  # an encrypted zip
    NotImplementedError,  # a way of compression that zipfile does not know
)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A regular file of an archive; `read` must be called before the next entry is asked for."""

    path: str
    size: int
    read: Callable[[], bytes]


def read_archive(unit: Unit) -> Iterator[RawFile]:
    """The archive's wanted files. Raises MixlawError when it cannot be read, or nothing in it is wanted."""
    source, archive = unit.source, Path(unit.place)
    empty = True
    try:
        for path, domain, data in _wanted(source, archive):
            empty = False
            yield raw_file(source, path, domain, data)
    except _BROKEN as error:
        remedy = "delete it to have it fetched again" if source.sha256 else "repair the installation"
        raise MixlawError(f"{source.label}: its archive {archive} cannot be read ({error}); {remedy}") from error
    if empty:
        raise nothing_wanted(source)


def _wanted(source: Source, archive: Path) -> Iterator[tuple[str, str, bytes]]:
    depth = 1 if _has_top_folder(source, archive) else 0
    for entry in _entries(archive):
        path = entry.path.partition("/")[2] if depth else entry.path
        domain = wanted_domain(path, source)
        if domain and entry.size <= MAX_FILE_BYTES:
            yield path, domain, entry.read()


def _has_top_folder(source: Source, archive: Path) -> bool:
    """Whether everything lies in one folder that is not part of the paths (`package/`, `sympy-1.14.0/`)."""
    if source.kind in ("pypi", "npm"):
        return not source.file.endswith(".whl")
    if source.kind not in ("archive", "debian-source") or source.url.endswith((".whl", ".deb")):
        return False
    # Looking takes as long as reading, and sources that share an archive are read in different processes.
    known = archive.with_name(f"{archive.name}.layout")
    if not known.exists():
        tops = {entry.path.partition("/")[0] if "/" in entry.path else "" for entry in _entries(archive)}
        atomic_write(known, b"one folder" if len(tops) == 1 and "" not in tops else b"flat")
    return known.read_bytes() == b"one folder"


def _entries(archive: Path) -> Iterator[_Entry]:
    with archive.open("rb") as file:
        start = file.read(8)
        file.seek(0)
        if start.startswith(_ZIP):
            yield from _zip_entries(file)
        else:
            yield from _tar_entries(_deb_data(file) if start == _AR else file)


def _zip_entries(file: IO[bytes]) -> Iterator[_Entry]:
    with zipfile.ZipFile(file) as zipped:
        for info in zipped.infolist():
            if not info.is_dir() and not stat.S_ISLNK(info.external_attr >> 16):
                yield _Entry(info.filename, info.file_size, lambda info=info: zipped.read(info))


def _tar_entries(file: IO[bytes]) -> Iterator[_Entry]:
    with _open_tar(file) as tar:
        while member := tar.next():
            cast(Any, tar).members = []  # which otherwise grows with the archive
            if member.isfile():
                path = member.name.removeprefix("./").lstrip("/")
                yield _Entry(path, member.size, lambda member=member: _content(tar, member))


def _content(tar: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    file = tar.extractfile(member)
    assert file is not None, "a regular member has content"
    return file.read()


def _open_tar(file: IO[bytes]) -> tarfile.TarFile:
    start = file.read(4)
    file.seek(0)
    if start == _ZSTD:
        return tarfile.open(fileobj=cast(IO[bytes], pa.input_stream(file, compression="zstd")), mode="r|")
    return tarfile.open(fileobj=file, mode="r:*")


def _deb_data(file: IO[bytes]) -> IO[bytes]:
    """The `data.tar` of a Debian package: deb(5), whose members have headers of 60 bytes as in ar(5)."""
    file.seek(len(_AR))
    while len(header := file.read(60)) == 60:
        name, size = header[:16].decode("ascii", "replace").rstrip(" /"), int(header[48:58])
        if name.startswith("data.tar"):
            return io.BufferedReader(_Window(file, file.tell(), size))
        file.seek(size + size % 2, io.SEEK_CUR)
    raise tarfile.ReadError("no data.tar in it")


class _Window(io.RawIOBase):
    """A part of a file as a file of its own."""

    def __init__(self, file: IO[bytes], start: int, size: int) -> None:
        self._file, self._start, self._size, self._at = file, start, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = offset + (0, self._at, self._size)[whence]
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # pyright: ignore[reportIncompatibleMethodOverride]
        self._file.seek(self._start + self._at)
        data = self._file.read(max(0, min(len(buffer), self._size - self._at)))
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)
