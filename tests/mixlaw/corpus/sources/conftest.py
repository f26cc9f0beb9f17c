from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mixlaw.corpus.document import RawFile
from mixlaw.corpus.keys import Keys
from mixlaw.corpus.sources.source import Source, source_of
from mixlaw.corpus.sources.units import read_unit, units_of
from mixlaw.corpus.spec import CorpusSpec


@pytest.fixture
def spec_of(tmp_path: Path) -> Callable[..., CorpusSpec]:
    """Makes a spec of one source in `tmp_path` from the source's keys; project, licence and languages have defaults."""

    def make(**keys: Any) -> CorpusSpec:
        given: dict[str, Any] = {"project": "p", "licence": "MIT", "languages": ["python"]} | keys
        source: Source = source_of(Keys(given, "sources[1]"))
        return CorpusSpec(name="x", sources=(source,), max_train_tokens=1, folder=tmp_path)

    return make


@pytest.fixture
def read(spec_of: Callable[..., CorpusSpec]) -> Callable[..., list[RawFile]]:
    """All files of a source given by its keys, unit by unit; `archive` is the place of its archive."""

    def read(archive: Path | None = None, **keys: Any) -> list[RawFile]:
        spec = spec_of(**keys)
        archives = {spec.sources[0].sha256: archive} if archive else {}
        return [file for unit in units_of(spec, archives) for file in read_unit(unit)]

    return read
