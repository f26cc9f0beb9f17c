"""`mixlaw fit`: from the results table to law files."""

from __future__ import annotations

from typing import Annotated

import typer

from mixlaw_sweeps.commands.shared import Json, OutArgument
from mixlaw_sweeps.console import console, print_json
from mixlaw_sweeps.options import known_domain

LAWS = ("chinchilla", "proportion", "transfer")
"""What `all` fits."""


def fit(
    out: OutArgument,
    law: Annotated[str, typer.Option(help=f"all, or one of {', '.join(LAWS)}.")] = "all",
    targets: Annotated[
        str | None, typer.Option(help="Only these languages' losses, such as python,rust.", show_default="all measured")
    ] = None,
    bootstrap: Annotated[int, typer.Option(min=0, help="Bootstrap laws behind the 90% intervals.")] = 200,
    seed: Annotated[int, typer.Option(help="Of the bootstrap.")] = 0,
    allow_failed: Annotated[bool, typer.Option("--allow-failed", help="Leave failed trials out.")] = False,
    without: Annotated[
        str, typer.Option(help="Studies left out of the fit, by default the one that judges it; '' for none.")
    ] = "allocation",
    as_json: Json = False,
) -> None:
    """Fit scaling laws to a run's results, print parameters with 90% intervals, write OUT/laws/LAW.json."""
    from mixlaw_sweeps import fitting

    wanted = None if targets is None else _domains(targets)
    names = list(LAWS) if law == "all" else [law]
    fitted = fitting.fit_laws(
        out,
        names,
        targets=wanted,
        n_bootstrap=bootstrap,
        seed=seed,
        allow_failed=allow_failed,
        without=[study for study in without.split(",") if study],
    )
    if as_json:
        print_json({name: {t: fitting.intervals_json(f, t) for t in f.targets} for name, f in fitted.items()})
        return
    for name, found in fitted.items():
        fitting.show_law(found)
        console.print(f"law file: {fitting.law_path(out, name)}\n")


def _domains(targets: str) -> list[str]:
    names = [name.strip() for name in targets.split(",") if name.strip()]
    return list(dict.fromkeys(known_domain(name, "--targets") for name in names))
