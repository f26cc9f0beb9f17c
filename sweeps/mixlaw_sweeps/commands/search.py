"""`mixlaw search`: the proportions that do best at a scale, within limits."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mixlaw.trial import MixlawError
from mixlaw_sweeps.commands.shared import Json
from mixlaw_sweeps.console import console, errors, print_json
from mixlaw_sweeps.options import assignments, number

if TYPE_CHECKING:
    from mixlaw.laws import FittedLaw
    from mixlaw.search import Recommendation

LawChoice = Annotated[
    Path | None,
    typer.Argument(help="A law file, or the folder of a run (its law of mixtures).", show_default=False),
]
LawOption = Annotated[Path | None, typer.Option("--law", help="The same, as an option.", show_default=False)]


def search(
    law: LawChoice = None,
    law_option: LawOption = None,
    params: Annotated[
        str | None,
        typer.Option(help="N, non-embedding parameters of the model to train, such as 1.5B.", show_default=False),
    ] = None,
    tokens: Annotated[
        str | None, typer.Option(help="D, its training tokens, such as 350B.", show_default=False)
    ] = None,
    target: Annotated[
        str | None,
        typer.Option(
            help="Weights of the targets whose mean loss counts, such as python=2,java=1.",
            show_default="equal over programming languages, or else over all",
        ),
    ] = None,
    fix: Annotated[str | None, typer.Option(help="Shares held fixed, such as text=0.125.")] = None,
    min_share: Annotated[str | None, typer.Option(help="Least shares, such as rust=0.05.")] = None,
    max_share: Annotated[str | None, typer.Option(help="Largest shares.")] = None,
    available: Annotated[
        str | None,
        typer.Option(
            help="Distinct tokens there are, such as rust=20e9,go=5B, or a YAML file of them. Repeated tokens count "
            "as worth less, and --max-epochs caps them.",
        ),
    ] = None,
    max_epochs: Annotated[float, typer.Option(help="Passes over the available tokens that are allowed.")] = 4.0,
    repetition: Annotated[
        float,
        typer.Option(help="R*: repetitions after which more are worth little (Muennighoff et al. 2023); inf: none."),
    ] = 15.387756,
    no_worse_than: Annotated[
        str | None,
        typer.Option(
            help="Percent by which no target's predicted loss may exceed that of a reference: uniform:1%, or with "
            "shares or a recommendation file in place of uniform."
        ),
    ] = None,
    robust: Annotated[
        bool, typer.Option("--robust", help="Raise the lower end of the gain over the bootstrap laws instead.")
    ] = False,
    pareto: Annotated[
        int | None,
        typer.Option(min=2, help="A front of so many mixtures: mean loss against the worst target's.", metavar="N"),
    ] = None,
    samples: Annotated[int, typer.Option(min=1, help="Optuna trials, those of a resumed study included.")] = 200,
    storage: Annotated[
        str | None,
        typer.Option(help="Optuna storage URL; workers may share one.", show_default="sqlite in the law's folder"),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Of Optuna's sampler.")] = 0,
    out: Annotated[
        Path | None, typer.Option(help="Answer file.", show_default="recommendation.json or front.json beside the law")
    ] = None,
    export: Annotated[
        str | None,
        typer.Option(help="Print what a trainer reads: json, yaml, csv, huggingface, megatron, torchtitan, olmo-core."),
    ] = None,
    export_to: Annotated[Path | None, typer.Option(help="Write the export to a file instead.")] = None,
    paths: Annotated[
        str | None,
        typer.Option(help="Data of each domain for the export, as python=/data/py,...", show_default="DATA/<domain>"),
    ] = None,
    as_json: Json = False,
) -> None:
    """Search the proportions with the least mean predicted loss; say how sure that is, and against uniform.

    The same command in several processes or on several machines with one --storage shares the trials.
    """
    from mixlaw.laws.repetition import Repetition
    from mixlaw.search import Constraints
    from mixlaw_sweeps import fitting, limits, searching

    _check_together(robust, pareto, export, export_to, paths, as_json)
    path = law_path(law, law_option)
    found = fitting.open_law(path)
    folder = path / "laws" if path.is_dir() else path.parent
    asked: dict[str, Any] = {
        "N": scale(found, "N", params),
        "D": scale(found, "D", tokens),
        "weights": assignments(target, "--target", found.targets) or None,
        "constraints": Constraints(
            fixed=assignments(fix, "--fix", found.domains),
            min_share=assignments(min_share, "--min-share", found.domains),
            max_share=assignments(max_share, "--max-share", found.domains),
            available=limits.available_tokens(available, found.domains),
            max_epochs=max_epochs,
            repetition=Repetition(R_star=repetition),
            no_worse_than=limits.no_worse_than(no_worse_than, found.domains),
        ),
        "folder": folder,
        "n_trials": samples,
        "storage": storage,
        "seed": seed,
    }
    if pareto is not None:
        front = searching.front(found, n_points=pareto, **asked)
        front.save(file := out or folder / "front.json")
        _print(front.to_json() if as_json else None, lambda: searching.show_front(front), f"front: {file}")
        return
    data_paths = limits.paths_by_domain(paths, found.domains)
    recommendation = searching.recommend(found, goal="robust" if robust else "mean", **asked)
    recommendation.save(file := out or folder / "recommendation.json")
    if export is not None and _export(recommendation, export, export_to, data_paths):
        errors.print(recommendation.verdict, markup=False)
        return
    note = f"recommendation: {file}; train it beside uniform with: mixlaw run allocation --recommendation {file}"
    shown = recommendation.to_json() if as_json else None
    _print(shown, lambda: searching.show_recommendation(recommendation), note)


def law_path(argument: Path | None, option: Path | None) -> Path:
    """The law that is asked for. Raises MixlawError unless it is given exactly once."""
    given = [path for path in (argument, option) if path is not None]
    if len(given) != 1:
        raise MixlawError("name one law file or folder of a run: mixlaw search LAW, or mixlaw search --law LAW")
    return given[0]


def scale(law: FittedLaw, name: str, text: str | None) -> float:
    """N or D as given, or as the law's only one. Raises MixlawError when it is not given and the law knows several."""
    option, (least, most) = {"N": ("--params", law.scales.N), "D": ("--tokens", law.scales.D)}[name]
    if text is not None:
        return number(text, option)
    if least != most:
        raise MixlawError(f"{option} is missing: {name} of the model to train, such as 1.5B")
    return least


def _check_together(
    robust: bool, pareto: int | None, export: str | None, export_to: Path | None, paths: str | None, as_json: bool
) -> None:
    from mixlaw.search.export import EXPORTS

    if export is not None and export not in EXPORTS:
        raise MixlawError(f"unknown export {export!r}; known are {', '.join(EXPORTS)}")
    if pareto is not None and (robust or export is not None):
        raise MixlawError("--pareto gives several mixtures: it goes with neither --robust nor --export")
    if export is None and (export_to is not None or paths is not None):
        raise MixlawError("--export-to and --paths are for an export: name its format with --export")
    if export is not None and export_to is None and as_json:
        raise MixlawError("--json and --export both print to standard output: write the export with --export-to FILE")


def _export(found: Recommendation, name: str, file: Path | None, paths: dict[str, str]) -> bool:
    """Write the export; whether it went to standard output, where nothing else may follow."""
    from mixlaw.search.export import EXPORTS, mix_of
    from mixlaw.store import atomic_write

    text = EXPORTS[name](mix_of(found, paths))
    if file is None:
        sys.stdout.write(text)
        return True
    atomic_write(file, text.encode())
    errors.print(f"{name}: {file}", markup=False)
    return False


def _print(data: dict[str, Any] | None, show: Callable[[], None], note: str) -> None:
    if data is not None:
        print_json(data)
        return
    show()
    console.print(note, markup=False)
