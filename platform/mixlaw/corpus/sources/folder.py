"""A local folder or git checkout: listed once, read in pieces."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from mixlaw.corpus.document import RawFile
from mixlaw.corpus.sources.source import Source
from mixlaw.corpus.sources.unit import Unit
from mixlaw.corpus.sources.wanted import MAX_FILE_BYTES, is_skipped_folder, nothing_wanted, raw_file, wanted_domain
from mixlaw.trial import MixlawError

PIECE_BYTES = 32_000_000
"""Of files in one unit: enough to keep a task busy, little enough that a large folder is read in parallel."""


def folder_units(source: Source, folder: Path, piece_bytes: int = PIECE_BYTES) -> list[Unit]:
    """The folder's wanted files by path, cut into units of about `piece_bytes`.

    Raises MixlawError when the folder is missing or cannot be listed, or nothing in it is wanted.
    """
    if not folder.is_dir():
        raise MixlawError(
            f"the folder {folder} of project {source.project} does not exist; correct its path in the spec"
        )
    files = list(_wanted_files(source, folder))
    if not files:
        raise nothing_wanted(source)
    return [Unit(name="", source=source, place=folder, files=piece) for piece in _pieces(files, piece_bytes)]


def _wanted_files(source: Source, folder: Path) -> Iterator[tuple[str, int]]:
    """Path below the folder and size of each wanted file, by path."""
    listed = _tracked(folder) if (folder / ".git").exists() and shutil.which("git") else _walked(folder)
    for path in sorted(listed):
        if wanted_domain(path, source):
            try:
                status = (folder / path).lstat()
            except FileNotFoundError:  # tracked by git, and deleted
                continue
            except OSError as error:
                raise _unreadable(folder / path, error) from error
            if stat.S_ISREG(status.st_mode) and status.st_size <= MAX_FILE_BYTES:
                yield path, status.st_size


def _walked(folder: Path) -> Iterator[str]:
    def refuse(error: OSError) -> None:
        raise _unreadable(error.filename, error)

    for parent, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not is_skipped_folder(name)]
        below = Path(parent).relative_to(folder)
        yield from ((below / name).as_posix() for name in names)


def _tracked(folder: Path) -> set[str]:
    """What git tracks, and what it does not ignore: no build output, no caches."""
    # A checkout of another owner is listed too; its configuration must then not name a program to be run.
    options = ["-c", "safe.directory=*", "-c", "core.fsmonitor=false"]
    command = ["git", *options, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    # In a git hook these variables point to another repository.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    listed = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    if listed.returncode:
        reason = " ".join(os.fsdecode(listed.stderr).split())
        raise MixlawError(f"git cannot list the checkout {folder}: {reason}; repair it, or remove its .git")
    return {os.fsdecode(name) for name in listed.stdout.split(b"\0") if name}


def _pieces(files: Iterable[tuple[str, int]], piece_bytes: int) -> Iterator[tuple[str, ...]]:
    piece: list[str] = []
    held = 0
    for path, size in files:
        if piece and held + size > piece_bytes:
            yield tuple(piece)
            piece, held = [], 0
        piece.append(path)
        held += size
    if piece:
        yield tuple(piece)


def read_folder(unit: Unit) -> Iterator[RawFile]:
    """The unit's files, in its order. Raises MixlawError naming a file that cannot be read."""
    for path in unit.files:
        domain = wanted_domain(path, unit.source)
        assert domain is not None, "only wanted files are listed"
        file = Path(unit.place) / path
        try:
            data = file.read_bytes()
        except OSError as error:
            raise _unreadable(file, error) from error
        yield raw_file(unit.source, path, domain, data)


def _unreadable(file: Path | str, error: OSError) -> MixlawError:
    return MixlawError(
        f"{file} cannot be read: {error.strerror or error}; make it readable, or keep it out with an exclude glob"
    )
