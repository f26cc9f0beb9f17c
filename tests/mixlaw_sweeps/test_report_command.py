"""`mixlaw report` on a law file: what it needs, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from mixlaw.laws import RunColumns, fit, observe_runs
from mixlaw.trial import MixlawError
from mixlaw_sweeps.commands.report import report


@pytest.fixture(scope="module")
def law_and_runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("law")
    N, D = (grid.ravel() for grid in np.meshgrid([1e7, 3e7, 9e7], [1e9, 3e9, 9e9]))
    table = pl.DataFrame({"N": N, "D": D, "loss": 1.8 + 400 / N**0.34 + 400 / D**0.28})
    table.write_csv(folder / "runs.csv")
    law = fit(observe_runs(table, RunColumns(targets=("loss",), params="N", tokens="D")), "chinchilla", n_bootstrap=3)
    law.save(folder / "law.json")
    return folder / "law.json", folder / "runs.csv"


def test_the_page_lies_beside_the_law(law_and_runs: tuple[Path, Path]) -> None:
    law, runs = law_and_runs
    report(law, runs=runs, left_out=runs)
    assert law.with_suffix(".html").read_text().startswith("<!doctype html>")


def test_what_means_nothing_is_refused(law_and_runs: tuple[Path, Path], tmp_path: Path) -> None:
    law, runs = law_and_runs
    with pytest.raises(MixlawError, match="give --runs"):
        report(law)
    with pytest.raises(MixlawError, match="--corpus says nothing here"):
        report(law, corpus=tmp_path, runs=runs)
    with pytest.raises(MixlawError, match="--runs, --out say nothing here"):
        report(tmp_path, runs=runs, out=tmp_path / "x.html")
