"""From a spec's sources to units that tasks read, and from a unit to its files.

The units of a spec partition its files and rows exactly and in order, whatever the size of the pieces.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from mixlaw.corpus.document import RawFile
from mixlaw.corpus.parallel.programs import read_tasks
from mixlaw.corpus.sources.archive import read_archive
from mixlaw.corpus.sources.folder import folder_units, read_folder
from mixlaw.corpus.sources.source import Source
from mixlaw.corpus.sources.unit import Unit

if TYPE_CHECKING:  # a spec is made of sources
    from mixlaw.corpus.spec import CorpusSpec


def units_of(spec: CorpusSpec, archives: Mapping[str, Path]) -> list[Unit]:
    """Every unit of the spec, in its order; `archives` are those of `fetch_all`, by sha256.

    Raises MixlawError when a folder, toolchain or table is missing, or nothing in it is wanted.
    """
    by_source = [_units_of_source(source, spec.folder, archives) for source in spec.sources]
    # Names of equal width sort in the spec's order.
    width = max(5, *(len(str(len(units))) for units in by_source))
    return [
        replace(unit, name=f"{number:04d}-{piece:0{width}d}")
        for number, units in enumerate(by_source)
        for piece, unit in enumerate(units)
    ]


def _units_of_source(source: Source, folder: Path, archives: Mapping[str, Path]) -> list[Unit]:
    if source.kind == "folder":
        return folder_units(source, (folder / Path(source.path).expanduser()).absolute())
    return [Unit(name="", source=source, place=archives[source.sha256])]


def read_unit(unit: Unit) -> Iterator[RawFile]:
    """The unit's files, one by one, in a fixed order.

    Raises MixlawError naming what cannot be read, and for an archive without any wanted file.
    """
    if unit.source.kind == "folder":
        return read_folder(unit)
    return read_archive(unit)


def inputs_of(spec: CorpusSpec) -> dict[str, str]:
    """What of the spec's inputs can change without the spec changing: a hash of each folder's content, by path."""
    inputs: dict[str, str] = {}
    for source in spec.sources:
        if source.kind == "folder":
            inputs[f"{source.project}: {source.path}"] = _content_hash(_units_of_source(source, spec.folder, {}))
    for parallel in spec.parallel:
        digest = hashlib.sha256()
        for task in read_tasks(parallel, spec.folder):
            digest.update(json.dumps(asdict(task)).encode())
        inputs[f"{parallel.name}: {parallel.path}"] = digest.hexdigest()
    return inputs


def _content_hash(units: list[Unit]) -> str:
    digest = hashlib.sha256()
    for unit in units:
        for file in read_unit(unit):
            digest.update(f"{file.path}\n{hashlib.sha256(file.data).hexdigest()}\n".encode())
    return digest.hexdigest()
