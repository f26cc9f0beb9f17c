"""`mixlaw fit`: from a run's results, or anybody's table of runs, to law files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mixlaw.trial import MixlawError
from mixlaw_sweeps.commands.shared import Json, refuse_options
from mixlaw_sweeps.console import console, print_json
from mixlaw_sweeps.options import known_domain, names

if TYPE_CHECKING:
    from mixlaw.laws import RunColumns

WITHOUT = "allocation"
"""Studies left out of a fit unless said otherwise: they judge it."""
LAWS = ("chinchilla", "proportion", "transfer", "auto")
"""What `all` fits to the results of a run."""


def fit(
    runs: Annotated[
        Path, typer.Argument(help="The folder of a mixlaw run, or a CSV or Parquet file of runs.", show_default=False)
    ],
    law: Annotated[
        str | None,
        typer.Option(
            help="A form (mixlaw laws list), all of them, or auto: the one that predicts best.",
            show_default="all for a folder, auto for a file",
        ),
    ] = None,
    targets: Annotated[
        str | None,
        typer.Option(
            help="The losses to fit. Folder: languages, such as python,rust. File: columns, such as 'loss a,loss b'; "
            "a column with a comma in double quotes.",
            show_default="all measured, for a folder",
        ),
    ] = None,
    params: Annotated[str | None, typer.Option(help="File: column of N, parameters.")] = None,
    tokens: Annotated[str | None, typer.Option(help="File: column of D, training tokens.")] = None,
    weights: Annotated[str | None, typer.Option(help="File: columns of the mixture's shares, such as w1,w2.")] = None,
    flops: Annotated[str | None, typer.Option(help="File: column of training FLOPs, C = 6 N D.")] = None,
    group: Annotated[str | None, typer.Option(help="File: column that names the run of a checkpoint.")] = None,
    min_fraction: Annotated[
        float | None, typer.Option(help="File: leave out checkpoints before this fraction of their run's tokens.")
    ] = None,
    allow_missing: Annotated[
        bool | None, typer.Option("--allow-missing", help="File: leave out rows without a loss, for that loss only.")
    ] = None,
    bootstrap: Annotated[int, typer.Option(min=0, help="Bootstrap laws behind the 90% intervals.")] = 200,
    seed: Annotated[int, typer.Option(help="Of the bootstrap.")] = 0,
    allow_failed: Annotated[
        bool | None, typer.Option("--allow-failed", help="Folder: leave failed trials out.")
    ] = None,
    without: Annotated[
        str | None,
        typer.Option(
            help="Folder: studies left out of the fit; '' for none.",
            show_default="allocation, the one that judges it",
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="File: the law file to write.", show_default="RUNS.law.json beside RUNS")
    ] = None,
    as_json: Json = False,
) -> None:
    """Fit scaling laws to runs, print parameters with 90% intervals, write a law file.

    A run's folder: all its laws, in RUNS/laws. A CSV or Parquet file: --targets, and the columns that say what was
    trained, named as they are in the file.
    """
    from mixlaw_sweeps import fitting, law_tables
    from mixlaw_sweeps.tables import is_table

    for_file = {
        "--params": params,
        "--tokens": tokens,
        "--weights": weights,
        "--flops": flops,
        "--group": group,
        "--min-fraction": min_fraction,
        "--allow-missing": allow_missing,
        "--out": out,
    }
    for_folder = {"--allow-failed": allow_failed, "--without": without}
    if runs.is_file() or (is_table(runs) and not runs.is_dir()):
        refuse_options(for_folder, f"{runs} is a file of runs")
        columns = _columns(targets, weights, params=params, tokens=tokens, flops=flops, group=group)
        paths = fitting.table_law_paths(runs, law, out)
        fitted = fitting.fit_table(
            runs,
            columns,
            paths,
            n_bootstrap=bootstrap,
            seed=seed,
            min_fraction=min_fraction,
            allow_missing=bool(allow_missing),
        )
    else:
        refuse_options(for_file, f"{runs} is the folder of a run, not a CSV or Parquet file")
        paths = {name: fitting.law_path(runs, name) for name in (LAWS if law in (None, "all") else [law])}
        fitted = fitting.fit_laws(
            runs,
            list(paths),
            targets=None if targets is None else _domains(targets),
            n_bootstrap=bootstrap,
            seed=seed,
            allow_failed=bool(allow_failed),
            without=[study for study in (WITHOUT if without is None else without).split(",") if study],
        )
    if as_json:
        print_json({name: {t: law_tables.intervals_json(f, t) for t in f.targets} for name, f in fitted.items()})
        return
    for name, found in fitted.items():
        law_tables.show_law(found)
        console.print(f"law file: {paths[name]}\n", soft_wrap=True)


def _columns(targets: str | None, weights: str | None, **single: str | None) -> RunColumns:
    from mixlaw.laws import RunColumns

    losses, shares = tuple(names(targets, "--targets")), tuple(names(weights, "--weights"))
    if not losses:
        raise MixlawError("a file of runs needs --targets: the columns of the losses to fit, such as --targets loss")
    return RunColumns(targets=losses, weights=shares, **single)


def _domains(targets: str) -> list[str]:
    return list(dict.fromkeys(known_domain(name.strip(), "--targets") for name in names(targets, "--targets")))
