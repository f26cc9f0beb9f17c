"""`mixlaw score`: how well a law predicts runs that it was not fitted to."""

from __future__ import annotations

import dataclasses
import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mixlaw_sweeps.commands.shared import Json
from mixlaw_sweeps.console import console, print_json, short_names, table

if TYPE_CHECKING:
    from mixlaw.laws import Score, TargetScore


def score(
    law: Annotated[Path, typer.Argument(help="A law file made by mixlaw fit FILE.", show_default=False)],
    rows: Annotated[
        Path,
        typer.Argument(help="CSV or Parquet file of runs, with the law's columns and losses.", show_default=False),
    ],
    min_fraction: Annotated[
        float | None, typer.Option(help="Leave out checkpoints before this fraction of their run's tokens.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Of the resampling behind the interval of the error.")] = 0,
    as_json: Json = False,
) -> None:
    """Compare a law's predictions with measured losses: relative error, ranks, regret, coverage of its intervals."""
    from mixlaw.laws import score as score_rows
    from mixlaw_sweeps import fitting
    from mixlaw_sweeps.tables import read_table

    found = score_rows(fitting.open_law(law), read_table(rows), min_fraction=min_fraction, seed=seed)
    if as_json:
        print_json(_json(found))
        return
    shown = short_names(list(found.targets))
    table(
        f"{rows.name}: {found.n_runs} runs" if found.by_run else rows.name,
        ["target", "rows", "missing", "MRE %", "90% interval", "Spearman", "regret", "coverage %"],
        [*(_line(shown[name], scored) for name, scored in found.targets.items()), _line("mean", found.mean)],
    )
    for note in _notes(found):
        console.print(note, markup=False, style="dim")


def _line(name: str, scored: TargetScore) -> list[str]:
    return [
        name,
        str(scored.n_rows),
        str(scored.n_missing),
        _number(scored.error, 3),
        f"[{_number(scored.error_lower, 3)}, {_number(scored.error_upper, 3)}]",
        _number(scored.spearman, 4),
        _number(scored.regret, 4),
        _number(scored.coverage, 1),
    ]


def _notes(found: Score) -> list[str]:
    unit = "run" if found.by_run else "row"
    notes = [
        f"MRE: mean relative error, interval over {unit}s drawn anew; regret: measured loss of the row predicted best, "
        "less the least measured; coverage: of the law's 90% intervals and a run's noise; mean: over targets"
    ]
    if found.varies:
        notes.append(f"{' and '.join(found.varies)} differ between rows: ranks and regret are over all of them")
    return notes


def _number(value: float, digits: int) -> str:
    return f"{value:.{digits}f}" if math.isfinite(value) else "–"


def _json(found: Score) -> dict[str, Any]:
    def plain(scored: TargetScore) -> dict[str, Any]:
        values: dict[str, Any] = dataclasses.asdict(scored)
        return {name: value if math.isfinite(value) else None for name, value in values.items()}

    return {
        "targets": {name: plain(scored) for name, scored in found.targets.items()},
        "mean": plain(found.mean),
        "runs": found.n_runs,
        "by_run": found.by_run,
        "varies": list(found.varies),
    }
