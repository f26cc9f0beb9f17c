"""`mixlaw run`: train what has no result yet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from mixlaw import store
from mixlaw.corpus import Corpus
from mixlaw.pretrain import Placement
from mixlaw.trial import MixlawError, Trial
from mixlaw_sweeps.commands.shared import (
    CorpusOption,
    LanguagesOption,
    MaxEpochs,
    RecommendationOption,
    ScaleOption,
    SeedsOption,
    StudyArgument,
    study_trials,
)
from mixlaw_sweeps.console import console, count, errors, progress, shares_text, table
from mixlaw_sweeps.launch import Outcome, check_data, launch
from mixlaw_sweeps.ray_session import ray_session


def run(
    study: StudyArgument,
    corpus: CorpusOption,
    out: Annotated[Path, typer.Option(help="Folder for results and checkpoints; on a cluster, shared by all nodes.")],
    scale: ScaleOption = "tiny",
    address: Annotated[
        str,
        typer.Option(help="'local' starts Ray here; 'auto' joins this machine's cluster; or ray://HOST:PORT."),
    ] = "local",
    max_concurrent: Annotated[
        int | None, typer.Option(min=1, help="Trials at once.", show_default="as many as fit")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="FSDP training processes per trial.")] = 1,
    device: Annotated[str, typer.Option(help="auto, cpu or cuda.")] = "auto",
    precision: Annotated[str, typer.Option(help="auto, fp32 or bf16.")] = "auto",
    loader: Annotated[
        str, typer.Option(help="auto, mapped (memory-mapped shards) or ray-data (streamed by Ray Data).")
    ] = "auto",
    languages: LanguagesOption = None,
    seeds: SeedsOption = None,
    recommendation: RecommendationOption = None,
    max_epochs: MaxEpochs = 4.0,
    retry_failed: Annotated[bool, typer.Option("--retry-failed", help="Run failed trials again.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="Show Ray's own logs.")] = False,
) -> None:
    """Run a study. The same command again resumes: finished trials are never run again, killed ones continue."""
    opened = Corpus.open(corpus)
    default = out / "laws" / "recommendation.json"
    if recommendation is None and study == "allocation" and default.exists():
        recommendation = default
    trials = study_trials(study, scale, opened, languages, seeds, recommendation)
    check_data(trials, opened, max_epochs)
    placement = Placement.of(out=out, device=device, precision=precision, workers=workers, loader=loader)
    with ray_session(address, verbose=verbose):
        outcome = run_with_progress(
            study, trials, opened, placement, max_concurrent=max_concurrent, retry_failed=retry_failed
        )
    show_outcome(outcome, out)


def run_with_progress(
    title: str,
    trials: Sequence[Trial],
    corpus: Corpus,
    placement: Placement,
    *,
    max_concurrent: int | None = None,
    retry_failed: bool = False,
) -> Outcome:
    """`launch` with a progress bar: the part of the work done, the time left, the trial that ended last."""
    with progress(title) as (bar, task):

        def on_progress(done: float, note: str) -> None:
            bar.update(task, completed=done, note=note)

        return launch(
            trials,
            corpus,
            placement,
            max_concurrent=max_concurrent,
            retry_failed=retry_failed,
            on_progress=on_progress,
        )


def show_outcome(outcome: Outcome, out: Path) -> None:
    """One line of counts; failed and lost trials by name. Raises MixlawError when some did not finish."""
    done, reused = len(outcome.finished), len(outcome.reused)
    console.print(f"{done} trials finished, {reused} were finished before; results in {out / 'results'}")
    if outcome.failed:
        rows = [
            [t.trial_id, t.label, shares_text(t.shares), count(t.trained_tokens), why(out, t)] for t in outcome.failed
        ]
        table("Failed", ["trial", "label", "shares", "tokens", "why"], rows)
    for trial in outcome.lost:
        errors.print(f"lost: {trial.label} ({trial.trial_id}); the same command goes on from its last checkpoint")
    if outcome.failed or outcome.lost:
        raise MixlawError(
            f"{len(outcome.failed)} trials failed and {len(outcome.lost)} were lost; the others are whole. "
            "Failed trials run again with --retry-failed"
        )


def why(out: Path, trial: Trial) -> str:
    """The recorded reason of a failed trial."""
    rows = store.read_rows(out, trial.trial_id, "validation")
    return "" if rows is None else str(rows["error"][0])
