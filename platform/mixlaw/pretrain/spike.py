"""When a loss has left its course for good: pure."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

BEFORE = 128
LASTING = 32
DEVIATIONS = 10.0
LEAST_RISE = 0.2
"""As a share of the median: what the rule never calls a spike, however smooth the loss was before."""
_NORMAL = 1.4826
"""Median absolute deviations to standard deviations, for normal noise (Rousseeuw & Croux 1993, section 1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spike:
    """`began` is the first step above `limit`, from 1; `usual` is the median loss of the steps before."""

    began: int
    usual: float
    limit: float

    def told(self, losses: Sequence[float]) -> str:
        """In words, for the losses in which it was found."""
        return (
            f"loss {losses[-1]:g}, above {self.limit:g} in every step since {self.began} (before, its median was "
            f"{self.usual:g})"
        )


def lasting_spike(losses: Sequence[float]) -> Spike | None:
    """A rise that has lasted to the end of `losses` (one per step), or None.

    Each of the last 32 losses is above the median of the 128 before by ten of their robust standard deviations, and by
    a fifth of the median. Spikes that heal sooner are left alone, as most do (Chowdhery et al. 2022, arXiv:2204.02311,
    section 5.1, went back and skipped batches for those that did not); so is a slow drift, and every run of under 160
    steps.
    """
    before, last = losses[-BEFORE - LASTING : -LASTING], losses[-LASTING:]
    # The limit is never below this: most steps are settled here.
    if len(before) < BEFORE or min(last) <= (1 + LEAST_RISE) * min(before):
        return None
    usual = statistics.median(before)
    deviation = _NORMAL * statistics.median(abs(loss - usual) for loss in before)
    limit = usual + max(DEVIATIONS * deviation, LEAST_RISE * usual)
    return Spike(began=len(losses) - LASTING + 1, usual=usual, limit=limit) if min(last) > limit else None
