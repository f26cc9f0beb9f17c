"""`mixlaw search`: the proportions that do best at a scale, within limits."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mixlaw_sweeps.commands.predict import LawArgument
from mixlaw_sweeps.commands.shared import Json
from mixlaw_sweeps.console import console, print_json
from mixlaw_sweeps.options import assignments, number


def search(
    law: LawArgument,
    params: Annotated[str, typer.Option(help="N, non-embedding parameters of the model to train, such as 1.5B.")],
    tokens: Annotated[str, typer.Option(help="D, its training tokens, such as 350B.")],
    target: Annotated[
        str | None,
        typer.Option(
            help="Weights of the languages whose mean loss counts, such as python=2,java=1.", show_default="equal"
        ),
    ] = None,
    fix: Annotated[str | None, typer.Option(help="Shares held fixed, such as text=0.125.")] = None,
    min_share: Annotated[str | None, typer.Option(help="Least shares, such as rust=0.05.")] = None,
    max_share: Annotated[str | None, typer.Option(help="Largest shares.")] = None,
    available: Annotated[
        str | None, typer.Option(help="Distinct tokens there are, such as rust=20e9; with --max-epochs a limit.")
    ] = None,
    max_epochs: Annotated[float, typer.Option(help="Passes over the available tokens that are allowed.")] = 4.0,
    no_worse_than: Annotated[
        str | None,
        typer.Option(
            help="Percent by which no target's predicted loss may exceed that of a reference: uniform:1%, or shares or "
            "a recommendation file in place of uniform."
        ),
    ] = None,
    samples: Annotated[int, typer.Option(min=1, help="Optuna trials.")] = 200,
    storage: Annotated[
        str | None, typer.Option(help="Optuna storage URL.", show_default="sqlite in the law's folder")
    ] = None,
    seed: Annotated[int, typer.Option(help="Of Optuna's sampler.")] = 0,
    out: Annotated[
        Path | None, typer.Option(help="Recommendation file.", show_default="recommendation.json beside the law")
    ] = None,
    as_json: Json = False,
) -> None:
    """Search the proportions with the least mean predicted loss; say how sure that is, and against uniform."""
    from mixlaw.search import Constraints
    from mixlaw_sweeps import fitting, limits, searching

    found = fitting.open_law(law)
    folder = law / "laws" if law.is_dir() else law.parent
    constraints = Constraints(
        fixed=assignments(fix, "--fix", found.domains),
        min_share=assignments(min_share, "--min-share", found.domains),
        max_share=assignments(max_share, "--max-share", found.domains),
        available=limits.available_tokens(available, found.domains),
        max_epochs=max_epochs,
        no_worse_than=limits.no_worse_than(no_worse_than, found.domains),
    )
    recommendation = searching.recommend(
        found,
        N=number(params, "--params"),
        D=number(tokens, "--tokens"),
        weights=assignments(target, "--target", found.targets) or None,
        constraints=constraints,
        folder=folder,
        n_trials=samples,
        storage=storage,
        seed=seed,
    )
    path = out or folder / "recommendation.json"
    recommendation.save(path)
    if as_json:
        print_json(recommendation.to_json())
        return
    searching.show_recommendation(recommendation)
    console.print(
        f"recommendation: {path}; train it beside uniform with: mixlaw run allocation --recommendation {path}"
    )
