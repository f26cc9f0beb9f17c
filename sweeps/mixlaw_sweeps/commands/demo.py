"""`mixlaw demo`: the whole job, small, on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def demo(
    out: Annotated[Path, typer.Option(help="Folder for everything that it makes.")] = Path("runs/demo"),
    spec: Annotated[str, typer.Option(help="Corpus spec.")] = "demo",
    max_concurrent: Annotated[
        int | None, typer.Option(min=1, help="Trials at once.", show_default="one per CPU")
    ] = None,
) -> None:
    """From source code in seven languages to a recommended mixture, on this machine, in about a quarter of an hour.

    It fetches a corpus, trains a grid of small models, fits laws, searches proportions, trains the recommended and the
    uniform mixture at a larger scale that the fit did not see, and writes OUT/report.html. Run it again and it reuses
    what is finished.
    """
    from mixlaw_sweeps.demo import run_demo

    run_demo(out, spec=spec, max_concurrent=max_concurrent)
