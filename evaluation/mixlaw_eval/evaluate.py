"""Evaluate one checkpoint with one or more suites: rows for the results table, and something to print."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mixlaw_eval.engines import Engine, open_engine, stored
from mixlaw_eval.settings import Settings
from mixlaw_eval.suites import RUN_SUITE, Evaluation


def evaluate_checkpoint(
    checkpoint: Path,
    settings: Settings | None = None,
    *,
    trial: Mapping[str, Any] | None = None,
    progress: bool = True,
) -> tuple[Evaluation, ...]:
    """Load a Hugging Face folder and run the suites of `settings` on it, in their order.

    `trial` holds the columns of the results table that say what was trained; they are copied to every row.
    Raises MixlawError for whatever the engine or a suite refuses; what was generated until then is kept in
    `settings.work`.
    """
    chosen = settings or Settings()
    engine = _open(checkpoint, chosen)
    return tuple(
        evaluation for suite in chosen.suites for evaluation in RUN_SUITE[suite](engine, chosen, trial or {}, progress)
    )


def _open(checkpoint: Path, settings: Settings) -> Engine:
    engine = open_engine(settings.engine, checkpoint, dtype=settings.dtype)
    if settings.work is None:
        return engine
    return stored(engine, settings.work, engine_name=type(engine).__name__, dtype=settings.dtype or "default")
