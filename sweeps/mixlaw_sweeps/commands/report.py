"""`mixlaw report`: one page with every figure, of a run's folder or of one law and anybody's runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mixlaw.trial import MixlawError
from mixlaw_sweeps.commands.shared import refuse_options
from mixlaw_sweeps.console import console

if TYPE_CHECKING:
    from mixlaw.laws import FittedLaw, Observations

Runs = Annotated[
    Path | None, typer.Option(help="Law file: the CSV or Parquet file it was fitted to.", show_default=False)
]


def report(
    source: Annotated[Path, typer.Argument(help="The folder of a mixlaw run, or a law file made by mixlaw fit FILE.")],
    corpus: Annotated[Path | None, typer.Option(help="Folder: the corpus, for its funnel and sources.")] = None,
    runs: Runs = None,
    left_out: Annotated[
        Path | None, typer.Option(help="Law file: runs that were not in its fit, to judge it by.", show_default=False)
    ] = None,
    min_fraction: Annotated[
        float | None, typer.Option(help="Law file: leave out checkpoints before this fraction, as the fit did.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Law file: the page to write.", show_default="LAW.html beside it")
    ] = None,
) -> None:
    """Write a self-contained page. Folder: report.html in it, with its figures as PNG and SVG in figures/."""
    if source.is_dir() or source.suffix != ".json":
        given = {"--runs": runs, "--left-out": left_out, "--min-fraction": min_fraction, "--out": out}
        refuse_options(given, f"{source} is no law file")
        page = _folder(source, corpus)
    else:
        refuse_options({"--corpus": corpus}, f"{source} is a law file")
        page = _law(source, runs, left_out, min_fraction, out)
    console.print(f"report: {page.resolve()}", soft_wrap=True)


def _folder(out: Path, corpus: Path | None) -> Path:
    from mixlaw.corpus import Corpus
    from mixlaw.report import write_report

    return write_report(out, corpus=Corpus.open(corpus) if corpus else None)


def _law(source: Path, runs: Path | None, left_out: Path | None, min_fraction: float | None, out: Path | None) -> Path:
    from mixlaw.laws import FittedLaw
    from mixlaw.report import write_law_report

    law = FittedLaw.load(source)
    if law.columns is None:
        raise MixlawError(f"{source} was fitted to the results of a run; its report is that of the folder")
    if runs is None:
        raise MixlawError(f"give --runs, the table that {source} was fitted to")
    unseen = None if left_out is None else _rows(law, left_out, min_fraction)
    return write_law_report(law, _rows(law, runs, min_fraction), out or source.with_suffix(".html"), left_out=unseen)


def _rows(law: FittedLaw, path: Path, min_fraction: float | None) -> Observations:
    from mixlaw.laws import observe_runs
    from mixlaw_sweeps.tables import read_table

    if law.columns is None:
        raise MixlawError(f"the law was not fitted to a table such as {path}")
    return observe_runs(read_table(path), law.columns, min_fraction=min_fraction, allow_missing=True)
