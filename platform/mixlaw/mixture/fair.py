"""Proportionate-fair schedules: who has a turn in each step so that nobody is ever a whole turn ahead or behind."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def fair_schedule(turns: Sequence[int], steps: int) -> NDArray[np.int64]:
    """Who has a turn in each step, (steps, sum(turns) / steps): i has `turns[i]` of them, never two in a step.

    After t steps i has had more than turns[i] * t / steps - 1 turns and fewer than turns[i] * t / steps + 1.
    Source: Baruah, Cohen, Plaxton & Varvel 1996, "Proportionate progress: a notion of fairness in resource allocation",
    with the priorities PD2 of Anderson & Srinivasan 2001, "Early-release fair scheduling".
    Raises ValueError for turns that do not fill the steps evenly, or that are more than one in a step.
    """
    if sum(turns) % steps or max(turns) > steps:
        raise ValueError(f"turns {turns} do not fill {steps} steps")
    per_step = sum(turns) // steps
    order = np.empty((steps, per_step), np.int64)
    had = [0] * len(turns)
    for step in range(steps):
        ready = [i for i, n in enumerate(turns) if had[i] < n and had[i] * steps // n <= step]
        ready.sort(key=lambda i: _urgency(had[i] + 1, turns[i], steps))
        order[step] = sorted(ready[:per_step])
        for i in ready[:per_step]:
            had[i] += 1
    return order


def _urgency(turn: int, turns: int, steps: int) -> tuple[int, bool, int]:
    """PD2's order: the turn's deadline; whether the next may overlap it; how far a chain of tight turns reaches."""
    deadline = _ceil(turn * steps, turns)
    alone = turn * steps % turns == 0
    if turns == steps:
        return deadline, alone, -steps
    rest = steps - turns
    chain = _ceil(_ceil(deadline * rest, steps) * steps, rest) if 2 * turns >= steps else 0
    return deadline, alone, -chain


def _ceil(a: int, b: int) -> int:
    return -(-a // b)
