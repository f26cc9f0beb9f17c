"""`mixlaw tune-lr`: the peak learning rate as a rule of model and budget, for a corpus."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mixlaw.trial import DOMAINS, MixlawError, normalize
from mixlaw_sweeps.commands.shared import (
    Address,
    CorpusOption,
    LearningRateOption,
    MaxEpochs,
    ScaleOption,
    ScheduleOption,
    Verbose,
    learning_rate_rule,
    on_schedule,
)
from mixlaw_sweeps.console import console, count, print_json, progress, table
from mixlaw_sweeps.options import mixture, names, number
from mixlaw_sweeps.ray_session import ray_session
from mixlaw_sweeps.studies import scale_named

if TYPE_CHECKING:
    from mixlaw.pretrain.learning_rate import LearningRateRule, Optimum, RuleFit
    from mixlaw_sweeps.rate_search import Cell, Tried

FILE = "learning_rate.json"


def tune_lr(
    corpus: CorpusOption,
    out: Annotated[Path, typer.Option(help="Folder for results and the rule; on a cluster, shared by all nodes.")],
    scale: ScaleOption = "tiny",
    sizes: Annotated[
        str | None, typer.Option(help="Rungs of the ladder, such as 25k,50k,100k.", show_default="the scale's grid")
    ] = None,
    tokens: Annotated[
        str | None, typer.Option(help="Budgets, such as 0.25M,0.5M.", show_default="the scale's least and most")
    ] = None,
    shares: Annotated[
        str | None,
        typer.Option(help="The mixture, such as python=0.5,rust=0.5, or one language.", show_default="all alike"),
    ] = None,
    trials: Annotated[int, typer.Option(min=3, help="Rates per size and budget.")] = 7,
    schedule: ScheduleOption = None,
    rule: LearningRateOption = None,
    seed: Annotated[int, typer.Option(help="Of initialisation and data order.")] = 0,
    address: Address = "local",
    max_concurrent: Annotated[
        int | None, typer.Option(min=1, help="Trials at once.", show_default="as many as fit")
    ] = None,
    device: Annotated[str, typer.Option(help="auto, cpu or cuda.")] = "auto",
    precision: Annotated[str, typer.Option(help="auto, fp32 or bf16.")] = "auto",
    validation_tokens: Annotated[int, typer.Option(min=1, help="Held-out tokens measured per language.")] = 65_536,
    max_epochs: MaxEpochs = 4.0,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for a script instead of tables.")] = False,
    verbose: Verbose = False,
) -> None:
    """Find the best peak learning rate of every size and budget, and fit the rule lr = c * N**-a * D**-b.

    A Ray Tune study over Optuna; rates that train badly are stopped early (ASHA). It writes OUT/learning_rate.json, for
    mixlaw run --learning-rate-rule. The same command again resumes; more --trials refine it.
    """
    from mixlaw.corpus import Corpus
    from mixlaw.pretrain import Placement
    from mixlaw.pretrain.learning_rate import find_optima, fit
    from mixlaw_sweeps.data_check import check_data
    from mixlaw_sweeps.rate_search import Cell
    from mixlaw_sweeps.tune_lr import cells_of, tune_learning_rates, tuned_runs

    opened, its = Corpus.open(corpus), scale_named(scale)
    around = None if rule is None else learning_rate_rule(rule)
    cells = cells_of(
        its,
        opened,
        sizes=names(sizes, "--sizes") or its.grid_sizes,
        tokens=[int(number(text, "--tokens")) for text in names(tokens, "--tokens")]
        or sorted({min(its.grid_tokens), max(its.grid_tokens)}),
        shares=_mixture(shares),
        around=around,
        seed=seed,
    )
    if schedule is not None:
        cells = [Cell(first=on_schedule(cell.first, schedule)) for cell in cells]
    check_data([cell.first for cell in cells], opened, max_epochs)
    placement = Placement.of(out=out, device=device, precision=precision, validation_tokens=validation_tokens)
    with ray_session(address, trains=True, verbose=verbose), progress("learning rates") as on_progress:
        tried = tune_learning_rates(
            cells, opened, placement, n_trials=trials, max_concurrent=max_concurrent, on_progress=on_progress
        )
    runs = tuned_runs(cells, tried)
    try:
        fitted = fit(runs, fallback=around)
    except MixlawError:
        _show_cells(cells, tried, find_optima(runs)[0])
        raise
    first = cells[0].first
    recipe = {name: value for name, value in first.to_json()["recipe"].items() if name != "learning_rate"}
    made = {"corpus": first.corpus, "recipe": recipe, "shares": dict(first.shares)}
    fitted.rule.save(out / FILE, **fitted.to_json(), trained=made)
    if as_json:
        print_json(fitted.to_json() | {"rule": {"c": fitted.rule.c, "a": fitted.rule.a, "b": fitted.rule.b}})
        return
    _show_cells(cells, tried, fitted.optima, fitted.rule)
    _show_rule(fitted)
    console.print(f"written to {out / FILE}; use it with mixlaw run STUDY --learning-rate-rule {out / FILE}")


def _mixture(text: str | None) -> dict[str, float] | None:
    if text is None:
        return None
    return normalize({text: 1.0}) if text in DOMAINS else mixture(text, "--shares")


def _show_cells(
    cells: Sequence[Cell],
    tried: Sequence[Sequence[Tried]],
    optima: Sequence[Optimum],
    rule: LearningRateRule | None = None,
) -> None:
    by_cell = {(optimum.N, optimum.D): optimum for optimum in optima}
    rows = [
        _row(cell, found, by_cell[cell.N, cell.first.trained_tokens], rule)
        for cell, found in zip(cells, tried, strict=True)
        if (cell.N, cell.first.trained_tokens) in by_cell
    ]
    table(
        "Best learning rates (95% intervals), and what the rule's and the first one cost in nats per token",
        ["size", "tokens", "ended", "stopped", "best", "interval", "rule", "costs", "first", "costs"],
        rows,
    )


def _row(cell: Cell, found: Sequence[Tried], optimum: Optimum, rule: LearningRateRule | None) -> list[str]:
    first = cell.first.recipe.learning_rate
    predicted = None if rule is None else rule.peak(cell.N, cell.first.trained_tokens)
    return [
        cell.first.model.name,
        count(cell.first.trained_tokens),
        str(sum(one.loss is not None for one in found)),
        str(sum(one.loss is None for one in found)),
        "–" if optimum.rate is None else f"{optimum.rate:.3g}",
        f"{optimum.low:.2g}–{optimum.high:.2g}",
        "–" if predicted is None else f"{predicted:.3g}",
        "–" if predicted is None else f"{optimum.cost(predicted):.3f}",
        f"{first:.3g}",
        f"{optimum.cost(first):.3f}",
    ]


def _show_rule(fitted: RuleFit) -> None:
    told = {"log_c": "log c", "a": "a", "b": "b"}
    ranges = [f"{told[name]} {low:.3g} to {high:.3g}" for name, (low, high) in fitted.intervals.items()]
    console.print(f"[bold]lr(N, D) = {fitted.rule}[/]  (95%: {', '.join(ranges)})")
    told_apart = isfinite(fitted.left_out_error)
    factor = f"{exp(fitted.left_out_error):.3g} (root mean square)" if told_apart else "unknown, cells being too few"
    console.print(f"losses scatter about the parabolas by {fitted.noise:.4f} nats")
    console.print(f"factor by which a rule fitted to the other cells misses a cell's best rate: {factor}")
