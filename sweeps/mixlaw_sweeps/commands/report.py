"""`mixlaw report`: one page with every figure."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mixlaw_sweeps.commands.shared import OutArgument
from mixlaw_sweeps.console import console


def report(
    out: OutArgument,
    corpus: Annotated[Path | None, typer.Option(help="Corpus folder, for its funnel and sources.")] = None,
) -> None:
    """Write OUT/report.html (self-contained) and its figures as PNG and SVG in OUT/figures."""
    from mixlaw.corpus import Corpus
    from mixlaw.report import write_report

    page = write_report(out, corpus=Corpus.open(corpus) if corpus else None)
    console.print(f"report: {page.resolve()}")
