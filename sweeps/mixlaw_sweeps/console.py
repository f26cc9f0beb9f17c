"""What a person sees: one console, one way to print tables, numbers and progress."""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from rich.console import Console, Group
from rich.live import Live
from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table
from rich.text import Text

from mixlaw.trial import DISPLAY

if TYPE_CHECKING:
    from mixlaw_sweeps.watch import OnProgress, Running

_EVERY_SECONDS = 60.0

console = Console(highlight=False)
"""Tables and answers, on standard output."""
errors = Console(stderr=True, highlight=False)
"""Mistakes and progress, on standard error: `--json` on standard output stays clean."""


def print_json(data: Any) -> None:
    """Print for a script: plain JSON, no colours, no wrapping."""
    sys.stdout.write(json.dumps(data, indent=1) + "\n")


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table; columns whose cells are numbers or look like them are set right."""
    shown = Table(title=title, title_justify="left", title_style="bold", header_style="bold", box=None, pad_edge=False)
    for place, name in enumerate(columns):
        numeric = all(_looks_numeric(row[place]) for row in rows)
        shown.add_column(name, justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        shown.add_row(*(str(cell) for cell in row))
    console.print(shown)
    console.print()


def short_names(names: Sequence[str]) -> dict[str, str]:
    """Names for a narrow table: languages as people write them, others less the words that all begin or end with."""
    if len(names) < 2 or any(name in DISPLAY for name in names):
        return {name: DISPLAY.get(name, name) for name in names}
    first = re.sub(r"[^\W_]*$", "", _common_start(names))
    last = re.sub(r"^[^\W_]*", "", _common_start([name[::-1] for name in names])[::-1])
    short = {name: name[len(first) : len(name) - len(last)] for name in names}
    return short if all(short.values()) else {name: name for name in names}


def _common_start(names: Sequence[str]) -> str:
    """The characters that all names begin with."""
    return "".join(letters[0] for letters in takewhile(lambda column: len(set(column)) == 1, zip(*names, strict=False)))


def _looks_numeric(cell: object) -> bool:
    text = str(cell).strip().lstrip("+-~<>")
    return not text or text[0].isdigit() or text in {"nan", "inf", "–"}


def count(number: float) -> str:
    """A count for people: 1.05M, 64B, 0.25k."""
    for suffix, size in (("T", 1e12), ("B", 1e9), ("M", 1e6), ("k", 1e3)):
        if abs(number) >= size:
            return f"{number / size:.3g}{suffix}"
    return f"{number:.3g}"


def size(n_bytes: float) -> str:
    """Bytes for people: 162 GB, 5.56 MB."""
    for suffix, unit in (("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if n_bytes >= unit:
            return f"{n_bytes / unit:.3g} {suffix}"
    return f"{n_bytes:.0f} B"


def duration(seconds: float) -> str:
    """A time for people: 42 s, 3.5 min, 2.1 h, 12 days."""
    for suffix, size in (("days", 86_400.0), ("h", 3600.0), ("min", 60.0)):
        if seconds >= 1.5 * size:
            return f"{seconds / size:.3g} {suffix}"
    return f"{seconds:.0f} s"


def shares_text(shares: Mapping[str, float], most: int = 9) -> str:
    """Shares for people: python 25%, rust 75%; an even mixture of all is said so."""
    if len(shares) > 2 and max(shares.values()) - min(shares.values()) < 1e-9:
        return f"even over {len(shares)}"
    largest = sorted(shares.items(), key=lambda item: -item[1])[:most]
    return ", ".join(f"{d} {100 * s:.3g}%" for d, s in largest)


@contextmanager
def progress(title: str) -> Generator[OnProgress]:
    """A bar with the time left and a table of what runs, on standard error; gives the function that moves them.

    Where standard error is no terminal (a log file, a job's output), a line a minute instead.
    """
    told = Remaining()
    if not errors.is_terminal:
        yield _lines(title, told)
        return
    columns = (SpinnerColumn(), TextColumn("[bold]{task.description}"), BarColumn(), TaskProgressColumn())
    bar = Progress(*columns, TimeElapsedColumn(), TextColumn("{task.fields[note]}", style="dim"), console=errors)
    task = bar.add_task(title, total=1.0, note="")
    with Live(bar, console=errors, refresh_per_second=2, transient=False) as live:

        def show(done: float, note: str, running: Sequence[Running] = ()) -> None:
            bar.update(task, completed=done, note=f"{told(done)}; {note}")
            live.update(Group(bar, running_table(running, max(1, errors.height - 6))) if running else bar)

        yield show


class Remaining:
    """The time left of a work, by what was done since this was made or first told otherwise."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._began: tuple[float, float] | None = None

    def __call__(self, done: float) -> str:
        """For people; `done` from 0 to 1, of which the first one told was done before."""
        if self._began is None:
            self._began = self._clock(), done
        since, before = self._began
        if done <= before:
            return "time left unknown"
        return f"about {duration((self._clock() - since) * (1 - done) / (done - before))} left"


def running_table(running: Sequence[Running], most: int) -> Table:
    """The trials that run, at most so many of them: step, loss, speed, utilisation and time left of each."""
    shown = Table(box=None, pad_edge=False, header_style="dim")
    shown.add_column("trial", overflow="ellipsis", no_wrap=True)
    for name in ("step", "loss", "tokens/s", "utilisation", "left"):
        shown.add_column(name, justify="right", no_wrap=True)
    for one in running[:most]:
        now = one.progress
        if now is None:
            shown.add_row(Text(one.label), "starts", "", "", "", "")
            continue
        used = "" if now.utilisation is None else f"{now.utilisation:.0%}"
        steps = f"{now.step:,}/{now.n_steps:,}"
        shown.add_row(
            Text(one.label), steps, f"{now.loss:.4f}", count(now.tokens_per_second), used, duration(now.seconds_left)
        )
    if len(running) > most:
        shown.add_row(f"and {len(running) - most} more", "", "", "", "", "")
    return shown


def _lines(title: str, left: Remaining, clock: Callable[[], float] = time.monotonic) -> OnProgress:
    told = clock()

    def tell(done: float, note: str, running: Sequence[Running] = ()) -> None:
        nonlocal told
        words = f"{title}: {done:.0%}, {left(done)}; {note}"
        if clock() - told < _EVERY_SECONDS:
            return
        told = clock()
        losses = [f"{one.label} {one.progress.loss:.3f}" for one in running if one.progress]
        errors.print("; ".join((words, *losses[:4])), markup=False, soft_wrap=True)

    return tell
