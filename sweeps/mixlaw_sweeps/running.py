"""A study run with a progress bar, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl
from ray import tune

from mixlaw import store
from mixlaw.corpus import Corpus
from mixlaw.pretrain import Placement
from mixlaw.trial import MixlawError, Trial
from mixlaw_sweeps.console import console, count, errors, progress, shares_text, table
from mixlaw_sweeps.launch import Outcome, launch


def run_with_progress(
    title: str,
    trials: Sequence[Trial],
    corpus: Corpus,
    placement: Placement,
    *,
    max_concurrent: int | None = None,
    retry_failed: bool = False,
    trackers: Sequence[tune.Callback] = (),
) -> Outcome:
    """`launch` with a progress bar: the part of the work done, the time left, the trial that ended last."""
    with progress(title) as on_progress:
        return launch(
            trials,
            corpus,
            placement,
            max_concurrent=max_concurrent,
            retry_failed=retry_failed,
            on_progress=on_progress,
            trackers=trackers,
        )


def show_outcome(outcome: Outcome, out: Path) -> None:
    """One line of counts; failed and lost trials by name. Raises MixlawError when some did not finish."""
    done, reused = len(outcome.finished), len(outcome.reused)
    console.print(f"{done} trials finished, {reused} were finished before; results in {out / 'results'}")
    _print_saving(outcome, out)
    if outcome.failed:
        rows = [
            [t.trial_id, t.label, shares_text(t.shares), count(t.trained_tokens), why(out, t)] for t in outcome.failed
        ]
        table("Failed", ["trial", "label", "shares", "tokens", "why"], rows)
    for trial in outcome.lost:
        reason = outcome.reasons.get(trial.trial_id, "its process died again and again")
        errors.print(f"lost: {trial.label} ({trial.trial_id}): {reason}", markup=False)
    if outcome.failed or outcome.lost:
        raise MixlawError(
            f"{len(outcome.failed)} trials failed and {len(outcome.lost)} were lost; the others are whole. "
            "Lost trials go on with the same command, failed ones run again with --retry-failed"
        )


def _print_saving(outcome: Outcome, out: Path) -> None:
    spent = [
        row for trial in outcome.finished if (row := store.read_rows(out, trial.trial_id, "validation")) is not None
    ]
    if not any(row["steps_from_trunk"][0] for row in spent):
        return
    table = pl.concat(spent)
    spared = pl.col("steps_from_trunk").fill_null(0) * pl.col("batch_tokens")
    part = spared / pl.col("train_tokens")
    tokens, flops = table.select(tokens=spared.sum(), flops=(part * pl.col("flops")).sum()).row(0)
    asked, asked_flops = table.select(pl.col("train_tokens", "flops").sum()).row(0)
    console.print(
        f"from shared trunks: {count(asked - tokens)} tokens trained instead of {count(asked)}, "
        f"{asked_flops - flops:.3g} FLOPs instead of {asked_flops:.3g}"
    )


def why(out: Path, trial: Trial) -> str:
    """The recorded reason of a failed trial."""
    rows = store.read_rows(out, trial.trial_id, "validation")
    return "" if rows is None else str(rows["error"][0])
