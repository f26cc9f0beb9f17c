"""The progress bar of an evaluation."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from mixlaw_eval.engines import Advance


@contextmanager
def bar(what: str, total: int, *, shown: bool) -> Generator[Advance]:
    """A bar on standard error that is gone at the end; gives the function that moves it on."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, disable=not shown, transient=True, console=Console(stderr=True)) as shown_bar:
        task = shown_bar.add_task(what, total=total)
        yield lambda done: shown_bar.advance(task, done)
