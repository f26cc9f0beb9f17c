"""`mixlaw run`: train what has no result yet."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mixlaw_sweeps.commands.shared import (
    Address,
    BoundariesOption,
    CorpusOption,
    LanguagesOption,
    LearningRateOption,
    MaxEpochs,
    RecommendationOption,
    ScaleOption,
    ScheduleOption,
    SeedsOption,
    StudyArgument,
    TrialsPerGpu,
    ValidationTokens,
    Verbose,
    WhenUsedUp,
    study_trials,
)
from mixlaw_sweeps.importing import quick_imports
from mixlaw_sweeps.options import Tracker
from mixlaw_sweeps.ray_session import ray_session


def run(
    study: StudyArgument,
    corpus: CorpusOption,
    out: Annotated[Path, typer.Option(help="Folder for results and checkpoints; on a cluster, shared by all nodes.")],
    scale: ScaleOption = "tiny",
    address: Address = "local",
    max_concurrent: Annotated[
        int | None, typer.Option(min=1, help="Trials at once.", show_default="as many as fit")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="FSDP training processes per trial.")] = 1,
    sharing: TrialsPerGpu = "auto",
    device: Annotated[str, typer.Option(help="auto, cpu or cuda.")] = "auto",
    precision: Annotated[str, typer.Option(help="auto, fp32 or bf16.")] = "auto",
    loader: Annotated[
        str, typer.Option(help="auto, mapped (memory-mapped shards) or ray-data (streamed by Ray Data).")
    ] = "auto",
    micro_batch_tokens: Annotated[
        int | None,
        typer.Option(min=1, help="Most tokens per forward pass and process.", show_default="by the device"),
    ] = None,
    checkpoint_seconds: Annotated[
        float, typer.Option(help="Time between checkpoints: what a killed trial loses at most.")
    ] = 300.0,
    activation_checkpointing: Annotated[
        bool, typer.Option("--activation-checkpointing", help="Compute blocks again on the way back, for less memory.")
    ] = False,
    stop_on_spike: Annotated[bool, typer.Option(help="Stop a trial whose loss rises and does not come down.")] = True,
    validation_tokens: ValidationTokens = 65_536,
    languages: LanguagesOption = None,
    seeds: SeedsOption = None,
    recommendation: RecommendationOption = None,
    boundaries: BoundariesOption = None,
    rule: LearningRateOption = None,
    schedule: ScheduleOption = None,
    max_epochs: MaxEpochs = 4.0,
    used_up: WhenUsedUp = "repeat",
    retry_failed: Annotated[bool, typer.Option("--retry-failed", help="Run failed trials again.")] = False,
    track: Annotated[
        list[Tracker] | None,
        typer.Option(
            help="Show the trials on Weights & Biases or MLflow as well; may be given twice. "
            "TensorBoard files are always in OUT/tensorboard.",
            show_default="neither",
        ),
    ] = None,
    verbose: Verbose = False,
) -> None:
    """Run a study. The same command again resumes: finished trials are never run again, killed ones continue."""
    from mixlaw.corpus import Corpus
    from mixlaw.pretrain import Placement
    from mixlaw_sweeps.console import console
    from mixlaw_sweeps.data_check import check_data, stop_when_used_up
    from mixlaw_sweeps.options import trials_per_gpu, when_used_up

    opened = Corpus.open(corpus)
    default = out / "laws" / "recommendation.json"
    if recommendation is None and study == "allocation" and default.exists():
        recommendation = default
    trials = study_trials(study, scale, opened, languages, seeds, recommendation, boundaries, rule, schedule)
    if when_used_up(used_up) == "stop":
        trials, told = stop_when_used_up(trials, opened)
        for line in told:
            console.print(line, markup=False)
    check_data(trials, opened, max_epochs)
    placement = Placement.of(
        out=out,
        device=device,
        precision=precision,
        workers=workers,
        trials_per_gpu=trials_per_gpu(sharing),
        loader=loader,
        micro_batch_tokens=micro_batch_tokens,
        checkpoint_seconds=checkpoint_seconds,
        validation_tokens=validation_tokens,
        activation_checkpointing=activation_checkpointing,
        stop_on_spike=stop_on_spike,
    )
    with ray_session(address, trains=True, verbose=verbose):
        with quick_imports():  # Ray Tune's take a second, in which Ray's processes get ready
            from mixlaw_sweeps.running import run_with_progress, show_outcome
            from mixlaw_sweeps.tracking import trackers
        shown_on = trackers(track or [], trials[0].study or "study", out)
        outcome = run_with_progress(
            study,
            trials,
            opened,
            placement,
            max_concurrent=max_concurrent,
            retry_failed=retry_failed,
            trackers=shown_on,
        )
    show_outcome(outcome, out)
