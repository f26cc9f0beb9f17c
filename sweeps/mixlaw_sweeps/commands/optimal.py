"""`mixlaw optimal`: how large a model, and how many tokens, for an amount of compute."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mixlaw.trial import DISPLAY, MixlawError
from mixlaw_sweeps.commands.search import LawChoice, LawOption, law_path
from mixlaw_sweeps.commands.shared import Json
from mixlaw_sweeps.console import console, count, errors, print_json, table
from mixlaw_sweeps.options import assignments, number

if TYPE_CHECKING:
    from mixlaw.laws import FittedLaw, Interval
    from mixlaw.laws.optimal import ComputeOptimum


def optimal(
    law: LawChoice = None,
    law_option: LawOption = None,
    flops: Annotated[
        str | None, typer.Option(help="C = 6 N D, training compute in FLOPs, such as 1e21.", show_default=False)
    ] = None,
    shares: Annotated[
        str | None,
        typer.Option(help="Proportions that sum to 1, such as python=0.5,rust=0.5.", show_default="uniform"),
    ] = None,
    recommendation: Annotated[
        Path | None, typer.Option(help="The shares of a recommendation file instead.", show_default=False)
    ] = None,
    target: Annotated[
        str | None,
        typer.Option(help="Weights of the targets whose mean loss counts for the mixture.", show_default="equal"),
    ] = None,
    as_json: Json = False,
) -> None:
    """Find the compute-optimal N and D: for each language trained alone, and for a mixture."""
    from mixlaw.search.question import default_weights
    from mixlaw_sweeps import fitting, limits

    found = fitting.open_law(law_path(law, law_option))
    if flops is None:
        raise MixlawError("--flops is missing: training compute C = 6 N D, such as 1e21")
    if shares is not None and recommendation is not None:
        raise MixlawError("--shares and --recommendation both name a mixture: give one of them")
    weights = assignments(target, "--target", found.targets) or default_weights(found)
    given = shares if recommendation is None else str(recommendation)
    mixture = limits.mixture_of(given or limits.UNIFORM, "--shares", found.domains) if found.domains else {}
    name = "mixture" if given else "uniform mixture"
    optima = optima_of(found, number(flops, "--flops"), mixture, weights, name if found.domains else "all")
    if as_json:
        print_json({"flops": number(flops, "--flops"), "shares": mixture, "optima": [_plain(*row) for row in optima]})
        return
    table(
        f"{found.form}: compute-optimal N and D at C = 6 N D = {number(flops, '--flops'):.3g} FLOPs",
        ["trained on", "N", "90% interval", "D", "90% interval", "D/N", "loss", "range"],
        [_row(*row) for row in optima],
    )
    for label, optimum in optima:
        if optimum.beyond:
            console.print(f"{DISPLAY.get(label, label)}: {optimum.beyond} of the fitted runs", markup=False)
    console.print("N counts non-embedding parameters as the law does; an open end: the runs allow any value there.")


def optima_of(
    law: FittedLaw, C: float, mixture: dict[str, float], weights: dict[str, float], name: str
) -> list[tuple[str, ComputeOptimum]]:
    """The optimum of every target with a domain of its own, trained on that alone, and of the mixture.

    A target whose own law has none is said and left out. Raises MixlawError when the mixture has none.
    """
    from mixlaw.laws.optimal import compute_optimum

    of_mixture = (name, compute_optimum(law, C, mixture, weights))
    optima: list[tuple[str, ComputeOptimum]] = []
    for target in law.targets:
        own = law.own(target)
        if own is None or len(law.domains) == 1:
            continue
        try:
            optima.append((target, compute_optimum(law, C, {law.domains[own]: 1.0}, {target: 1.0})))
        except MixlawError as none:
            errors.print(f"{target} alone: {none}", markup=False)
    return [*optima, of_mixture]


def _row(name: str, found: ComputeOptimum) -> list[str]:
    return [
        DISPLAY.get(name, name),
        count(found.N.value),
        _ends(found.N),
        count(found.D.value),
        _ends(found.D),
        count(round(found.tokens_per_parameter, 1)),
        f"{found.loss.loss:.4f}",
        "beyond" if found.beyond else "within",
    ]


def _ends(interval: Interval) -> str:
    if interval.lower is None and interval.upper is None:
        return "open"
    return f"[{', '.join('open' if end is None else count(end) for end in (interval.lower, interval.upper))}]"


def _plain(name: str, found: ComputeOptimum) -> dict[str, Any]:
    def ends(interval: Interval) -> dict[str, Any]:
        return {"value": interval.value, "lower": interval.lower, "upper": interval.upper, "reason": interval.reason}

    loss = found.loss
    return {
        "trained_on": name,
        "params": ends(found.N),
        "tokens": ends(found.D),
        "tokens_per_parameter": found.tokens_per_parameter,
        "loss": {"value": loss.loss, "lower": _or_null(loss.lower), "upper": _or_null(loss.upper)},
        "beyond": found.beyond,
    }


def _or_null(end: float) -> float | None:
    return None if end != end else end
