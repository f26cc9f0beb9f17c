"""Rows of the results table for what was measured on a checkpoint."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any


def identity(trial: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a row that was just measured: what was trained, and when; the trial's losses are dropped."""
    kept = {c: v for c, v in trial.items() if not c.startswith(("loss_", "bits_per_byte_"))}
    return kept | {"status": "finished", "error": "", "finished_at": datetime.now(UTC).isoformat()}


def known(value: float) -> float | None:
    """None, which a table shows as missing, for NaN."""
    return None if math.isnan(value) else value
