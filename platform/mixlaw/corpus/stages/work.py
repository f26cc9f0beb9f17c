"""The folder in which a build is at work: what is finished in it survives a kill, and becomes the corpus at the end.

.NAME.building/
  work/key.json                 what is being built: a build of something else starts anew
  work/documents/<unit>.*       cleaned documents
  work/encoded/<block>.*        their tokens
  work/shards/<shard>.json      records of the token files that are written
  tokenizer.json, tokens/, documents/, manifest.json     as in the corpus
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mixlaw.store import atomic_write

WORK_VERSION = 1
"""Of the files below work/: those of another version are not taken up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkFolder:
    """Where a build writes."""

    path: Path
    """The corpus in the making."""

    @property
    def documents(self) -> Path:
        """Cleaned documents by unit."""
        return self.path / "work" / "documents"

    @property
    def encoded(self) -> Path:
        """Token blocks."""
        return self.path / "work" / "encoded"

    @property
    def shards(self) -> Path:
        """Records of finished token files."""
        return self.path / "work" / "shards"

    @property
    def evaluations(self) -> Path:
        """The index of evaluation texts, for the tasks to read."""
        return self.path / "work" / "evaluations.pickle"


@contextmanager
def work_folder(out: Path, key: Mapping[str, Any]) -> Generator[WorkFolder, None, None]:
    """The building folder of `out`, with what an earlier build of the same key left in it; renamed to `out` at the end
    of the block. Call under the corpus's lock.
    """
    work = WorkFolder(path=out.parent / f".{out.name}.building")
    shutil.rmtree(out.parent / f".{out.name}.finished-work", ignore_errors=True)
    _begin(work, key)
    yield work
    finished = out.parent / f".{out.name}.finished-work"
    (work.path / "work").rename(finished)
    work.path.rename(out)
    shutil.rmtree(finished, ignore_errors=True)


def _begin(work: WorkFolder, key: Mapping[str, Any]) -> None:
    mark = work.path / "work" / "key.json"
    wanted = (json.dumps({"version": WORK_VERSION, **key}, sort_keys=True, indent=1) + "\n").encode()
    if mark.is_file() and mark.read_bytes() == wanted:
        return
    shutil.rmtree(work.path, ignore_errors=True)
    work.documents.mkdir(parents=True)
    work.encoded.mkdir()
    atomic_write(mark, wanted)
