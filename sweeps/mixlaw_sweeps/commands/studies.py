"""`mixlaw studies` and `mixlaw plan`: what can run, and what it would cost."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mixlaw.trial import Trial
from mixlaw_sweeps.commands.shared import (
    BoundariesOption,
    Json,
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
    WhenUsedUp,
    study_trials,
)
from mixlaw_sweeps.console import console, count, duration, print_json, shares_text, size, table
from mixlaw_sweeps.hardware import HARDWARE
from mixlaw_sweeps.studies import SCALES, STUDIES, trials_of

if TYPE_CHECKING:
    from mixlaw_sweeps.data_check import stop_when_used_up
    from mixlaw_sweeps.estimate import Estimate


def studies(as_json: Json = False) -> None:
    """List the ready-made studies with their size at every scale."""
    rows: list[dict[str, Any]] = []
    for name, function in STUDIES.items():
        sizes = {scale: trials_of(name, scale) for scale in SCALES}
        rows.append(
            {
                "study": name,
                "what": (inspect.getdoc(function) or "").splitlines()[0],
                **{scale: len(found) for scale, found in sizes.items()},
                **{f"{scale}_tokens": sum(t.trained_tokens for t in found) for scale, found in sizes.items()},
            }
        )
    if as_json:
        print_json(rows)
        return
    table(
        "Studies: trials (tokens) at each scale",
        ["study", *SCALES, "what"],
        [[r["study"], *(f"{r[s]} ({count(r[f'{s}_tokens'])})" for s in SCALES), r["what"]] for r in rows],
    )
    console.print("allocation has twice as many trials once there is a recommendation to train beside the uniform one.")
    console.print("A study of your own is a Python function: mixlaw plan my_study.py:function (docs/studies.md).")


def plan(
    study: StudyArgument,
    corpus: Annotated[
        Path | None,
        typer.Option(help="Corpus folder; without it, tokens are not checked against what there is."),
    ] = None,
    scale: ScaleOption = "tiny",
    hardware: Annotated[
        str, typer.Option(help=f"'this' machine (measured), or one of {', '.join(HARDWARE)}.")
    ] = "this",
    devices: Annotated[
        int | None,
        typer.Option(
            min=1, help="How many such GPUs, or trials at once on CPUs here.", show_default="1, or all that are here"
        ),
    ] = None,
    sharing: TrialsPerGpu = "auto",
    languages: LanguagesOption = None,
    seeds: SeedsOption = None,
    recommendation: RecommendationOption = None,
    boundaries: BoundariesOption = None,
    rule: LearningRateOption = None,
    schedule: ScheduleOption = None,
    validation_tokens: ValidationTokens = 65_536,
    max_epochs: MaxEpochs = 4.0,
    used_up: WhenUsedUp = "repeat",
    as_json: Json = False,
) -> None:
    """Show every trial of a study with tokens, FLOPs, hours and disk, before anything runs."""
    from mixlaw.corpus import Corpus
    from mixlaw.pretrain import Placement
    from mixlaw_sweeps.estimate import estimate, slots_for, study_seconds
    from mixlaw_sweeps.options import trials_per_gpu, when_used_up
    from mixlaw_sweeps.trunks import planned_steps_from_trunk

    opened = Corpus.open(corpus) if corpus else None
    trials = study_trials(study, scale, opened, languages, seeds, recommendation, boundaries, rule, schedule)
    if when_used_up(used_up) == "stop" and opened:
        trials, _ = stop_when_used_up(trials, opened)
    placement = Placement.of(out=Path(), trials_per_gpu=trials_per_gpu(sharing), validation_tokens=validation_tokens)
    at_once = devices or slots_for(hardware, placement)
    costs = estimate(trials, opened, hardware=hardware, max_epochs=max_epochs, at_once=at_once, placement=placement)
    most = max(cost.per_device for cost in costs)
    if as_json:
        print_json([_as_json(t, c) for t, c in zip(trials, costs, strict=True)])
        return
    table(f"{study} at scale {scale}", _COLUMNS, [_row(t, c) for t, c in zip(trials, costs, strict=True)])
    seconds = study_seconds(trials, costs, opened, hardware=hardware, at_once=at_once)
    beside = f", up to {most} on each" if most > 1 else ""
    measured = f"this machine by measured speeds, {at_once} at once{beside}"
    where = measured if hardware == "this" else f"{at_once} x {hardware}"
    console.print(
        f"[bold]{len(trials)} trials[/], {count(sum(t.trained_tokens for t in trials))} tokens, "
        f"{sum(c.flops for c in costs):.3g} FLOPs, about [bold]{duration(seconds)}[/] on {where}, "
        f"{size(sum(c.disk_bytes for c in costs))} of disk for the models, "
        f"{size(max(c.checkpoint_bytes for c in costs) * 2 * at_once * most)} for checkpoints at once"
    )
    spared = planned_steps_from_trunk(trials)
    if spared:
        left = [1 - spared.get(trial.trial_id, 0) / trial.n_steps for trial in trials]
        tokens = sum(part * trial.trained_tokens for part, trial in zip(left, trials, strict=True))
        flops = sum(part * cost.flops for part, cost in zip(left, costs, strict=True))
        seconds = study_seconds(trials, costs, opened, hardware=hardware, at_once=at_once, spared=spared)
        console.print(
            f"from shared trunks: {count(tokens)} tokens, {flops:.3g} FLOPs, about [bold]{duration(seconds)}[/]"
        )


_COLUMNS = ["trial", "label", "model", "N", "tokens", "shares", "epochs", "FLOPs", "time", "disk"]


def _row(trial: Trial, cost: Estimate) -> list[str]:
    epochs = "–" if cost.max_epochs is None else f"{cost.max_epochs:.2g}"
    return [
        trial.trial_id[:8],
        f"{trial.label}, seed {trial.seed}" if trial.seed else trial.label,
        trial.model.name,
        count(cost.params_non_embedding),
        count(trial.trained_tokens),
        shares_text(trial.shares, most=3),
        epochs,
        f"{cost.flops:.2e}",
        duration(cost.seconds),
        size(cost.disk_bytes),
    ]


def _as_json(trial: Trial, cost: Estimate) -> dict[str, Any]:
    return trial.to_json() | {
        "trial_id": trial.trial_id,
        "params_non_embedding": cost.params_non_embedding,
        "flops": cost.flops,
        "estimated_seconds": cost.seconds,
        "disk_bytes": cost.disk_bytes,
        "checkpoint_bytes": cost.checkpoint_bytes,
        "max_epochs": cost.max_epochs,
    }
