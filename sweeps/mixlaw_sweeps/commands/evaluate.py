"""`mixlaw evaluate`: suites on the checkpoints that a run made, or on any Hugging Face folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mixlaw.trial import MixlawError
from mixlaw_sweeps.commands.shared import Json, LanguagesOption
from mixlaw_sweeps.console import console, errors, print_json, progress

if TYPE_CHECKING:
    from mixlaw_eval.settings import Settings
    from mixlaw_sweeps.evaluating import Evaluated

Checkpoints = Annotated[
    list[Path],
    typer.Argument(
        help="Model folders (Hugging Face), trials of a run (OUT/trials/TRIAL), or a run (OUT: all of its trials).",
        show_default=False,
    ),
]
Suites = Annotated[
    str,
    typer.Option(
        help="Some of: translation (loss in 42 directions), translated (greedy translations: BLEU, and do they run), "
        "multipl-e (Pass@1), samples (to look at); or all. With commas.",
    ),
]


def evaluate(
    checkpoints: Checkpoints,
    suite: Suites = "translation",
    engine: Annotated[str, typer.Option(help="auto, vllm or transformers.")] = "auto",
    dtype: Annotated[str | None, typer.Option(help="float32 or bfloat16.", show_default="by device")] = None,
    languages: LanguagesOption = None,
    prompt: Annotated[
        str, typer.Option(help="Translation: none (target straight after source), paper (its prompt), or both.")
    ] = "both",
    too_long: Annotated[
        str,
        typer.Option(
            help="Pairs longer than the model's context: refuse, leave-out (counted), or window (loss only: each token "
            "given as much before it as fits). Never cut.",
        ),
    ] = "refuse",
    parallel_set: Annotated[
        Path | None,
        typer.Option(
            help="Another parallel set: a folder with a sub-folder per task, or JSON Lines.", show_default="our own"
        ),
    ] = None,
    records: Annotated[
        str | None,
        typer.Option(
            help="multipl-e: its records (JSON, JSONL, .gz, Parquet; a file or folder), or a Hugging Face dataset such "
            "as nuprl/MultiPL-E.",
            show_default=False,
        ),
    ] = None,
    flavour: Annotated[
        str, typer.Option(help="multipl-e: repaired (both figures are shown) or as-published.")
    ] = "repaired",
    samples: Annotated[int, typer.Option(min=1, help="multipl-e: samples per problem.")] = 1,
    temperature: Annotated[
        float | None, typer.Option(help="multipl-e.", show_default="0 for one sample, 0.2 for more")
    ] = None,
    top_p: Annotated[float, typer.Option(help="multipl-e.")] = 0.95,
    max_tokens: Annotated[int, typer.Option(min=1, help="multipl-e: of a completion.")] = 1024,
    seed: Annotated[int, typer.Option(help="Of the samples.")] = 0,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Programs that run at the same time.", show_default="cores")
    ] = None,
    work: Annotated[
        Path | None,
        typer.Option(
            help="Folder for what is generated, so that a killed evaluation goes on.",
            show_default="beside the checkpoint of a run, else nothing is kept",
        ),
    ] = None,
    unsafe: Annotated[
        bool, typer.Option("--i-know-this-is-unsafe", help="Run generated programs without isolation.")
    ] = False,
    address: Annotated[
        str | None,
        typer.Option(help="Evaluate on a Ray cluster: auto, or its address.", show_default="this machine"),
    ] = None,
    gpus: Annotated[
        float | None, typer.Option(help="Per checkpoint, on a cluster.", show_default="one if there is any")
    ] = None,
    cpus: Annotated[
        int | None, typer.Option(min=1, help="Per checkpoint, on a cluster.", show_default="cores per GPU, or one")
    ] = None,
    as_json: Json = False,
) -> None:
    """Measure checkpoints. For trials of a run the rows are added to its results table and its report.

    One checkpoint is evaluated here; several, or any with --address, as Ray tasks side by side. Generated programs
    run in a sandbox only. The same command again goes on where it was killed.
    """
    from mixlaw_eval.settings import SUITES, Settings
    from mixlaw_sweeps.evaluating import checkpoints_of
    from mixlaw_sweeps.options import languages as parsed_languages

    chosen: dict[str, Any] = {
        "suites": _suites(suite, list(SUITES), records),
        "prompts": ("none", "paper") if prompt == "both" else (prompt,),
        "engine": engine,
        "dtype": dtype,
        "languages": None if languages is None else tuple(parsed_languages(languages) or ()),
        "too_long": too_long,
        "parallel_set": parallel_set,
        "records": records,
        "flavour": flavour,
        "samples": samples,
        "temperature": temperature,
        "top_p": top_p,
        "max_tokens": max_tokens,
        "seed": seed,
        "workers": workers,
        "work": work,
        "unsafe": unsafe,
    }
    found = [path for given in checkpoints for path in checkpoints_of(given)]
    _evaluate(found, Settings(**chosen), address, gpus=gpus, cpus=cpus, as_json=as_json)


def _suites(asked: str, known: list[str], records: str | None) -> tuple[str, ...]:
    """Those asked for; `all` leaves multipl-e out when there are no records, and says so."""
    names = tuple(dict.fromkeys(name.strip() for name in asked.split(",") if name.strip()))
    if names != ("all",):
        return names
    if records is None:
        errors.print("multipl-e is left out: it needs --records", markup=False)
    return tuple(name for name in known if name != "multipl-e" or records is not None)


def _evaluate(
    paths: list[Path],
    settings: Settings,
    address: str | None,
    *,
    gpus: float | None,
    cpus: int | None,
    as_json: bool,
) -> None:
    from mixlaw_sweeps.evaluating import Evaluated, evaluate_model, evaluate_models
    from mixlaw_sweeps.ray_session import ray_session

    if len(paths) == 1 and address is None:
        results = [Evaluated(checkpoint=paths[0], evaluations=evaluate_model(paths[0], settings))]
    else:
        with ray_session(address or "local"), progress(f"evaluating {len(paths)} checkpoints") as tell:
            done: list[Evaluated] = []

            def on_done(found: Evaluated) -> None:
                done.append(found)
                tell(len(done) / len(paths), found.checkpoint.name)

            results = evaluate_models(paths, settings, gpus=gpus, cpus=cpus, on_done=on_done)
    _show(results, as_json=as_json)


def _show(results: list[Evaluated], *, as_json: bool) -> None:
    if as_json:
        rows = [row for result in results for found in result.evaluations for row in found.rows]
        print_json([{k: v for k, v in row.items() if v is not None} for row in rows])
    for result in results:
        if not as_json:
            if len(results) > 1:
                console.print(f"[bold]{result.checkpoint}[/]")
            for found in result.evaluations:
                console.print(found.table)
        if result.error:
            errors.print(f"{result.checkpoint}: {result.error}", markup=False, soft_wrap=True)
    failed = [result for result in results if result.error]
    if failed:
        raise MixlawError(
            f"{len(failed)} of {len(results)} checkpoints could not be evaluated (see above); the others' results are "
            "kept, and the same command goes on from there"
        )
