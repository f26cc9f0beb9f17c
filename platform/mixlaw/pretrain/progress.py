"""How far a running trial is: a small file in its folder, which any process can read."""

from __future__ import annotations

import dataclasses
import json
import os
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_FILE = "progress.json"
_WINDOW = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One optimiser step that was just done; `step` counts from 1."""

    step: int
    n_steps: int
    loss: float
    """Mean of the batch, nats per token."""
    gradient_norm: float
    """Before clipping."""
    learning_rate: float
    tokens_per_second: float
    """Mean since this process began, all workers together."""


Report = Callable[[Step], None]
"""Called after each step on rank 0."""


def both(first: Report, second: Report) -> Report:
    """Tell both, in this order."""

    def report(at: Step) -> None:
        first(at)
        second(at)

    return report


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Step reached, of how many, the loss there, the speed now, and the process that says so (rank 0, on its node)."""

    step: int
    n_steps: int
    loss: float
    tokens_per_second: float
    """Over the last 20 seconds or so."""
    utilisation: float | None
    """The model's FLOPs over what the devices reach in matrix products, 0 to 1; None where that is not known."""
    seconds_left: float
    """Of training, at this speed."""
    pid: int
    updated: float
    """Seconds since 1970."""


def progress_file(
    folder: Path, *, batch_tokens: int, full_speed: float | None = None, every_seconds: float = 1.0
) -> Report:
    """A report that writes `folder/progress.json`, at most once in `every_seconds`.

    `full_speed` are the tokens per second at which the devices would do nothing but matrix products.
    """
    written: deque[tuple[float, int]] = deque(maxlen=_WINDOW)

    def report(at: Step) -> None:
        now = time.monotonic()
        if written and now - written[-1][0] < every_seconds:
            return
        speed = at.tokens_per_second
        if written:
            since, step = written[0]
            speed = (at.step - step) * batch_tokens / (now - since)
        written.append((now, at.step))
        _write(folder, at, speed, batch_tokens, full_speed)

    return report


def read_progress(folder: Path) -> Progress | None:
    """What a trial's folder last said, or None."""
    try:
        return Progress(**json.loads((folder / _FILE).read_text()))
    except (OSError, ValueError, TypeError):
        return None


def _write(folder: Path, at: Step, speed: float, batch_tokens: int, full_speed: float | None) -> None:
    now = Progress(
        step=at.step,
        n_steps=at.n_steps,
        loss=at.loss,
        tokens_per_second=speed,
        utilisation=speed / full_speed if full_speed else None,
        seconds_left=(at.n_steps - at.step) * batch_tokens / speed,
        pid=os.getpid(),
        updated=time.time(),
    )
    folder.mkdir(parents=True, exist_ok=True)
    # Renamed for the reader's sake; not synced to disk, since nothing depends on it.
    temporary = folder / f".{_FILE}"
    temporary.write_text(json.dumps(dataclasses.asdict(now)))
    temporary.replace(folder / _FILE)
