"""How far a running trial is: a small file in its folder, which any process can read."""

from __future__ import annotations

import dataclasses
import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Report = Callable[[int, int, float, float], None]
"""report(step, n_steps, loss, tokens_per_second): called after each step on rank 0; step counts from 1."""

_FILE = "progress.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Step reached, of how many, the loss there, the speed, and the process that says so (rank 0, on its node)."""

    step: int
    n_steps: int
    loss: float
    tokens_per_second: float
    pid: int


def progress_file(folder: Path, *, every_seconds: float = 1.0) -> Report:
    """A report that writes `folder/progress.json`, at most once in `every_seconds`."""
    written = -every_seconds

    def report(step: int, n_steps: int, loss: float, tokens_per_second: float) -> None:
        nonlocal written
        if time.monotonic() - written < every_seconds:
            return
        written = time.monotonic()
        now = Progress(step=step, n_steps=n_steps, loss=loss, tokens_per_second=tokens_per_second, pid=os.getpid())
        folder.mkdir(parents=True, exist_ok=True)
        # Renamed for the reader's sake; not synced to disk, since nothing depends on it.
        temporary = folder / f".{_FILE}"
        temporary.write_text(json.dumps(dataclasses.asdict(now)))
        temporary.replace(folder / _FILE)

    return report


def read_progress(folder: Path) -> Progress | None:
    """What a trial's folder last said, or None."""
    try:
        return Progress(**json.loads((folder / _FILE).read_text()))
    except (OSError, ValueError, TypeError):
        return None
