"""From a spec's sources to units that tasks read, and from a unit to its files.

The units of a spec partition its files and rows exactly and in order, whatever the size of the pieces.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from mixlaw.corpus.document import RawFile
from mixlaw.corpus.parallel.programs import read_tasks
from mixlaw.corpus.sources.archive import read_archive
from mixlaw.corpus.sources.fetch import sha256_of
from mixlaw.corpus.sources.folder import folder_units, read_folder
from mixlaw.corpus.sources.remote import location
from mixlaw.corpus.sources.source import ARCHIVES, TABLES, Source, check_source
from mixlaw.corpus.sources.table import read_table, table_input, table_units
from mixlaw.corpus.sources.toolchain import library_of
from mixlaw.corpus.sources.unit import Unit

if TYPE_CHECKING:  # a spec is made of sources
    from mixlaw.corpus.spec import CorpusSpec


def units_of(spec: CorpusSpec, archives: Mapping[str, Path]) -> list[Unit]:
    """Every unit of the spec, in its order; `archives` are those of `fetch_all`, by sha256.

    Raises MixlawError when a folder, toolchain or table is missing, or nothing in it is wanted.
    """
    _check(spec)
    by_source = [_units_of_source(source, spec.folder, archives) for source in spec.sources]
    # Names of equal width sort in the spec's order.
    width = max([5, *(len(str(len(units))) for units in by_source)])
    return [
        replace(unit, name=f"{number:04d}-{piece:0{width}d}")
        for number, units in enumerate(by_source)
        for piece, unit in enumerate(units)
    ]


def _check(spec: CorpusSpec) -> None:
    """A spec that is written in Python has passed no check of its keys."""
    for number, source in enumerate(spec.sources, 1):
        check_source(source, f"{spec.name}: sources[{number}]")


def _units_of_source(source: Source, folder: Path, archives: Mapping[str, Path]) -> list[Unit]:
    if source.kind == "folder":
        return folder_units(source, Path(location(source.path, folder)))
    if source.kind in TABLES:
        return table_units(source, folder)
    if source.kind == "toolchain":
        source, place = library_of(source)
        return folder_units(source, place) if place.is_dir() else [Unit(name="", source=source, place=place)]
    return [Unit(name="", source=source, place=archives[source.sha256])]


def read_unit(unit: Unit) -> Iterator[RawFile]:
    """The unit's files, one by one, in a fixed order.

    Raises MixlawError naming what cannot be read, and for an archive without any wanted file.
    """
    if unit.source.kind in TABLES:
        return read_table(unit)
    # A toolchain's library is a folder or, of the JDK, an archive.
    return read_folder(unit) if unit.files else read_archive(unit)


def inputs_of(spec: CorpusSpec) -> dict[str, str]:
    """What of the spec's inputs can change without the spec changing, as hashes by place.

    Of folders, toolchains, parallel programs and a tokenizer's files the content; of tables the files' names with their
    checksums where a listing brings them, else with their sizes.
    """
    _check(spec)
    hashes: dict[str, list[str]] = defaultdict(list)
    for source in spec.sources:
        if source.kind in TABLES:
            hashes[_place(source)].append(table_input(source, spec.folder))
        elif source.kind not in ARCHIVES:
            units = _units_of_source(source, spec.folder, {})
            hashes[_place(source)].append(_hash(_file_lines(units)))
    for parallel in spec.parallel:
        tasks = (json.dumps(asdict(task)) for task in read_tasks(parallel, spec.folder))
        hashes[f"{parallel.name}: {parallel.path}"].append(_hash(tasks))
    if spec.tokenizer and (path := spec.folder / Path(spec.tokenizer).expanduser()).exists():
        hashes[f"tokenizer: {spec.tokenizer}"].append(_tokenizer_hash(path))
    # Several sources may lie in one place, each with its own globs.
    return {place: found[0] if len(found) == 1 else _hash(found) for place, found in hashes.items()}


def _place(source: Source) -> str:
    return f"{source.project}: {source.label}" if source.project else source.label


def _file_lines(units: list[Unit]) -> Iterator[str]:
    for unit in units:
        for file in read_unit(unit):
            yield f"{file.path}\n{hashlib.sha256(file.data).hexdigest()}\n"


def _tokenizer_hash(path: Path) -> str:
    """Of a tokenizer.json, or of the small files of a folder that may have weights beside it."""
    files = [path] if path.is_file() else sorted(file for file in path.glob("*.json") if file.is_file())
    return _hash(f"{file.name}\n{sha256_of(file)}\n" for file in files)


def _hash(texts: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for text in texts:
        digest.update(text.encode())
    return digest.hexdigest()
