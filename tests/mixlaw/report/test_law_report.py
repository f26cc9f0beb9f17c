"""The page of one law and anybody's runs: self-contained, honest about what the law has seen."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from mixlaw.laws import FittedLaw, Observations, RunColumns, fit, observe_runs
from mixlaw.report import write_law_report
from mixlaw.report.law_report import law_sections
from mixlaw.trial import MixlawError

COLUMNS = RunColumns(targets=("loss",), params="N", tokens="D")


def runs(sizes: tuple[float, ...]) -> Observations:
    rng = np.random.default_rng(5)
    rows = [
        {"N": N, "D": D, "loss": (1.8 + 400 / N**0.34 + 400 / D**0.28) * np.exp(0.003 * rng.normal())}
        for N in sizes
        for D in (1e9, 2e9, 4e9, 8e9)
    ]
    return observe_runs(pl.DataFrame(rows), COLUMNS)


@pytest.fixture(scope="module")
def law() -> FittedLaw:
    return fit(runs((1e7, 2e7, 4e7, 8e7)), "chinchilla", n_bootstrap=10)


def test_the_page_is_one_file_that_names_what_was_seen(law: FittedLaw, tmp_path: Path) -> None:
    page = write_law_report(law, runs((1e7, 2e7, 4e7, 8e7)), tmp_path / "law.html")
    text = page.read_text()
    assert [path.name for path in tmp_path.iterdir()] == ["law.html"]
    assert all(found.startswith(("data:", "#")) for found in re.findall(r'(?:src|href)="([^"]*)"', text))
    assert "In sample: the law has seen these runs" in text
    assert "N from 10M to 80M" in text


def test_runs_left_out_judge_the_law(law: FittedLaw) -> None:
    seen, unseen = runs((1e7, 2e7, 4e7, 8e7)), runs((3.2e8,))
    sections = {section.anchor: section for section in law_sections(law, seen, unseen)}
    assert list(sections) == ["law", "losses", "fit", "predictions"]  # no choice: the law's name was given
    (lead,) = sections["law"].blocks
    assert lead.kind == "paragraph"
    assert "and those of runs left out of the fit by" in lead.text
    assert [drawing.name for drawing in sections["losses"].drawings] == ["law_by_N", "law_by_D"]


def test_runs_that_the_law_knows_nothing_of_are_refused(law: FittedLaw, tmp_path: Path) -> None:
    none = runs((1e7,)).keep(np.zeros(4, dtype=bool))
    with pytest.raises(MixlawError, match="none of the runs"):
        write_law_report(law, none, tmp_path / "law.html")
