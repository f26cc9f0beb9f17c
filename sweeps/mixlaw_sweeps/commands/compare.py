"""`mixlaw compare`: is one checkpoint's pass@k better than another's, or is it chance?"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mixlaw.trial import MixlawError
from mixlaw_sweeps.commands.execute import known
from mixlaw_sweeps.commands.shared import Json
from mixlaw_sweeps.console import console, print_json

if TYPE_CHECKING:
    from mixlaw_eval.multipl_e import Comparison, Flavour, PassResults

Results = Annotated[
    Path,
    typer.Argument(
        help="RESULTS.jsonl of mixlaw execute, a folder with one such file, or a folder of MultiPL-E's result files.",
        show_default=False,
    ),
]


def compare(
    a: Results,
    b: Results,
    flavour: Annotated[
        str | None, typer.Option(help="as-published or repaired.", show_default="repaired where both have it")
    ] = None,
    k: Annotated[int, typer.Option("--k", min=1, help="Compare pass@k.")] = 1,
    seed: Annotated[int, typer.Option(help="Of the resampling and the permutations.")] = 0,
    as_json: Json = False,
) -> None:
    """Compare two sets of results problem by problem: difference of pass@k with a 95% interval and a p-value."""
    from mixlaw_eval.multipl_e import compare as compare_results
    from mixlaw_eval.multipl_e import comparison_table, load_results

    first, second = load_results(a), load_results(b)
    chosen = _flavour(flavour, first, second)
    found = compare_results(first, second, flavour=chosen, k=k, seed=seed)
    if as_json:
        print_json([_json(entry, chosen, k) for entry in found])
    else:
        console.print(comparison_table(found, names=(str(a), str(b)), flavour=chosen, k=k))


def _flavour(asked: str | None, first: PassResults, second: PassResults) -> Flavour:
    """The one asked for, else the last that both have. Raises MixlawError when there is none."""
    both: list[Flavour] = [flavour for flavour in first.flavours if flavour in second.flavours]
    if asked is not None and asked not in both:
        raise MixlawError(
            f"--flavour {asked}: both sets of results must have it; both have {', '.join(both) or 'none'}"
        )
    if not both:
        raise MixlawError(
            f"one set of results is {', '.join(first.flavours)}, the other {', '.join(second.flavours)}; "
            "run mixlaw execute with --flavour both"
        )
    return asked or both[-1]


def _json(found: Comparison, flavour: Flavour, k: int) -> dict[str, Any]:
    return {
        "language": found.language or "macro",
        "flavour": flavour,
        "k": k,
        **known({"a": found.first, "b": found.second}),
        "difference": known(asdict(found.difference)),
    }
