"""Run a stage's tasks: one after the other in this process, or side by side on Ray Data.

A task takes an item and writes a file, whole or not at all; what comes back is only that it is done. So the texts never
pass through this process, memory does not grow with the corpus, and a build gives the same bytes however it is run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar

Item = TypeVar("Item")


class RunTasks(Protocol):
    """How the tasks of a stage are run."""

    def __call__(self, task: Callable[[Item], None], items: Sequence[Item]) -> Iterator[None]:
        """Run `task` on every item and yield once for each that is done. Raises what a task raises."""
        ...


def in_this_process(task: Callable[[Item], None], items: Sequence[Item]) -> Iterator[None]:
    """One after the other, here."""
    for item in items:
        task(item)
        yield
