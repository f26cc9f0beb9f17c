"""Decides when a tree of processes has used up its limits."""

from __future__ import annotations

import time

from mixlaw_eval.sandbox.command import Ended, Limits
from mixlaw_eval.sandbox.tree import Sample, Tree

FIRST_S = 0.015
LONGEST_S = 0.05
"""A look at the tree costs 0.1 to 0.5 ms; few programs live to see the second."""


class Watch:
    """Looks at a tree now and then.

    CPU time is the tree's own. Idle time is the part of the time between two looks in which it used no CPU, and none at
    all when the look finds a thread running, or waiting for a core or a disk: a busy machine makes a program wait, but
    not idle. A look that comes late, because the machine is busy, counts as one that came in time.
    """

    def __init__(self, tree: Tree, limits: Limits) -> None:
        self._tree = tree
        self._limits = limits
        self.memory_bytes = 0
        self.cpu_s = 0.0
        self._begin()

    def _begin(self) -> None:
        self._began = self._looked = time.monotonic()
        self.cpu_before_s = self.cpu_s
        self._idle_s = 0.0
        self._period_s = FIRST_S

    def restart(self) -> None:
        """Begin to count the times anew, for the next request: what short ones before it used was never looked at."""
        self.cpu_s = max(self.cpu_s, self._tree.cpu_s())
        self._begin()

    @property
    def wait_s(self) -> float:
        """Time until the next look is due."""
        return max(0.0, self._looked + self._period_s - time.monotonic())

    def look(self) -> Ended | None:
        """The limit that the tree has passed, if any. Does nothing before a look is due."""
        now = time.monotonic()
        elapsed_s = now - self._looked
        if elapsed_s < self._period_s:
            return None
        self._looked = now
        sample = self._tree.sample()
        if sample is not None:
            self._count(sample, min(elapsed_s, 2 * self._period_s))
        self._period_s = min(LONGEST_S, 1.5 * self._period_s)
        return self._passed(now)

    def _count(self, sample: Sample, elapsed_s: float) -> None:
        used_s = max(0.0, sample.cpu_s - self.cpu_s)
        if not sample.runnable:
            self._idle_s += max(0.0, elapsed_s - used_s)
        self.cpu_s = max(self.cpu_s, sample.cpu_s)
        memory_bytes = sample.memory_bytes
        if memory_bytes > self._limits.memory_bytes:
            memory_bytes = min(memory_bytes, self._tree.shared_once_bytes())
        self.memory_bytes = max(self.memory_bytes, memory_bytes)

    def _passed(self, now: float) -> Ended | None:
        limits = self._limits
        passed: dict[Ended, bool] = {
            "memory": self.memory_bytes > limits.memory_bytes,
            "cpu-time": self.cpu_s - self.cpu_before_s > limits.cpu_s,
            "idle-time": self._idle_s > limits.idle_s,
            "wall-time": now - self._began > limits.wall_s,
        }
        return next((ended for ended, is_passed in passed.items() if is_passed), None)
