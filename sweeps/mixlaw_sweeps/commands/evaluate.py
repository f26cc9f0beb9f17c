"""`mixlaw evaluate`: suites on the checkpoints that a run made, or on any Hugging Face folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mixlaw_sweeps.commands.shared import Json
from mixlaw_sweeps.console import console, print_json


def evaluate(
    checkpoint: Annotated[
        Path, typer.Argument(help="A model folder (Hugging Face), or OUT/trials/TRIAL of a run.", show_default=False)
    ],
    suite: Annotated[
        str, typer.Option(help="translation (loss in 42 directions) or samples (greedy continuations).")
    ] = "translation",
    engine: Annotated[str, typer.Option(help="auto, vllm or transformers.")] = "auto",
    dtype: Annotated[str | None, typer.Option(help="float32 or bfloat16.", show_default="by device")] = None,
    prompt: Annotated[str, typer.Option(help="none (source then target) or paper (its translation prompt).")] = "none",
    too_long: Annotated[
        str, typer.Option(help="refuse or leave-out pairs longer than the model's context; never cut.")
    ] = "refuse",
    translation_set: Annotated[
        Path | None, typer.Option(help="Another parallel set of the same layout.", show_default="our own")
    ] = None,
    as_json: Json = False,
) -> None:
    """Measure a checkpoint. For a trial of a run the rows are added to its results table."""
    from mixlaw_sweeps.evaluating import evaluate_model

    found = evaluate_model(
        checkpoint,
        suite=suite,
        engine=engine,
        dtype=dtype,
        prompt=prompt,
        too_long=too_long,
        translation_set=translation_set,
    )
    if as_json:
        print_json([{k: v for k, v in row.items() if v is not None} for row in found.rows])
    else:
        console.print(found.table)
