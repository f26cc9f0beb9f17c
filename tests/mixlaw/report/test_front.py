"""The front's figure and the value of more data: what is printed is what was found."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from mixlaw.report.blocks import Paragraph, Table
from mixlaw.report.figures.front import FrontMixture, pareto_front
from mixlaw.report.sections.front import front_blocks, marginals
from mixlaw.search import Marginal, Recommendation

from .conftest import front_of


@pytest.fixture
def found(full_out: Path) -> Recommendation:
    return Recommendation.load(full_out / "laws" / "recommendation.json")


def mixture(gain: float, worst: float, python: float) -> FrontMixture:
    shares = {"python": python, "go": 1 - python}
    return FrontMixture(gain=gain, lower=gain - 0.01, upper=gain + 0.01, worst=worst, target="go", shares=shares)


def test_a_front_shows_each_mixture_twice_under_one_number() -> None:
    figure = pareto_front([mixture(0.02, 0.03, 0.96), mixture(0.01, 0.0, 0.5)])
    front, shares = figure.axes
    assert [text.get_text() for text in front.texts] == ["1", "2"]
    assert [label.get_text() for label in shares.get_yticklabels()] == ["1", "2"]
    assert [text.get_text() for text in shares.texts] == ["96", "50", "50"]  # 4% is too narrow for a number
    assert "Go" in front.get_xlabel()


def test_one_mixture_that_is_best_on_both_counts_has_no_figure(found: Recommendation) -> None:
    front = front_of(found)
    assert len(front_blocks(front)) == 1
    assert front_blocks(dataclasses.replace(front, points=front.points[:1])) == ()
    assert front_blocks(None) == ()
    with pytest.raises(ValueError, match="at least one"):
        pareto_front([])


def test_more_data_of_the_language_worth_most_is_named(found: Recommendation) -> None:
    value = Marginal(nats=0.001, lower=0.0005, upper=0.0015)
    equal = dataclasses.replace(found, marginal=dict.fromkeys(found.shares, value), binding=())
    _, note = marginals(equal)
    assert isinstance(note, Paragraph)
    assert note.text.startswith("The values are equal")
    more = {**equal.marginal, "rust": dataclasses.replace(value, nats=0.004)}
    table, note = marginals(dataclasses.replace(equal, marginal=more))
    assert isinstance(note, Paragraph)
    assert note.text == "More data of Rust would help most."
    assert isinstance(table, Table)
    printed = {row[0].text: (row[3].text, row[3].detail) for row in table.rows}
    assert printed["Rust"] == ("4.00", "0.50 to 1.50")
