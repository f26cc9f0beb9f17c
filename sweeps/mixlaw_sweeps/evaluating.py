"""Suites on a checkpoint of a run, with its rows written to that run's results."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

from mixlaw import store
from mixlaw.trial import MixlawError, Trial
from mixlaw_eval.engines import EngineName
from mixlaw_eval.evaluate import Evaluation, evaluate_checkpoint
from mixlaw_eval.translation import Prompt, TooLong


def evaluate_model(
    checkpoint: Path,
    *,
    suite: str = "translation",
    engine: str = "auto",
    dtype: str | None = None,
    prompt: str = "none",
    too_long: str = "refuse",
    translation_set: Path | None = None,
) -> Evaluation:
    """Run a suite; a checkpoint of a run has its rows written to that run's results."""
    folder, trial = trial_of(checkpoint)
    found = evaluate_checkpoint(
        folder / "model" if trial else checkpoint,
        suite=suite,
        engine=cast(EngineName, engine),
        dtype=dtype,
        prompt=cast(Prompt, prompt),
        too_long=cast(TooLong, too_long),
        translation_set=translation_set,
        trial=trained(folder, trial) if trial else None,
    )
    if trial and found.rows:
        store.write_rows(folder.parent.parent, trial.trial_id, found.evaluation, found.rows)
    return found


def trial_of(checkpoint: Path) -> tuple[Path, Trial | None]:
    """The trial's folder and the trial, when the checkpoint is one of a run; None for any other model folder.

    Raises MixlawError when there is nothing at that path.
    """
    if not checkpoint.is_dir():
        raise MixlawError(f"no checkpoint folder at {checkpoint}")
    folder = checkpoint.resolve()
    folder = folder.parent if folder.name == "model" else folder
    record = folder / "trial.json"
    if not record.exists():
        return folder, None
    if not (folder / "model").is_dir():
        raise MixlawError(f"{folder} has no finished model yet; run its study to the end first")
    return folder, Trial.from_json(json.loads(record.read_text()))


def trained(folder: Path, trial: Trial) -> dict[str, Any]:
    """The columns of the validation row that say what was trained and on what."""
    rows = store.read_rows(folder.parent.parent, trial.trial_id, "validation")
    if rows is None:
        raise MixlawError(f"{folder.parent.parent} has no result of {trial.trial_id}; run its study to the end first")
    row = rows.row(0, named=True)
    measured = ("loss_", "bits_per_byte_", "train_", "tokens_per_second", "evaluation", "finished_at")
    return {k: v for k, v in row.items() if not k.startswith(measured) or k == "train_tokens"}
