"""Figures: pure functions that show what they are given, refuse nothing to show, and leave Matplotlib alone."""

from __future__ import annotations

import dataclasses
import math
import xml.etree.ElementTree as ElementTree

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from mixlaw.report.figures.corpus import FunnelStage, funnel, tokens_by_split
from mixlaw.report.figures.heatmap import Matrix, heatmap
from mixlaw.report.figures.hero import hero
from mixlaw.report.figures.loss_curves import LossCurve, LossPanel, LossPoint, loss_curves
from mixlaw.report.figures.mixtures import (
    MEAN,
    LossDifference,
    MixturePoint,
    ShareBar,
    allocation,
    loss_differences,
    loss_over_compute,
)
from mixlaw.report.figures.pass_at_1 import MACRO, PassBar, pass_at_1
from mixlaw.report.figures.predictions import (
    LawPanel,
    PredictedPoint,
    mean_relative_error,
    predicted_against_measured,
)
from mixlaw.report.figures.style import COLOURS, count, ramp, render
from mixlaw.trial import DOMAINS, LANGUAGES


def texts(figure: Figure) -> list[str]:
    return [text.get_text() for axes in figure.axes for text in axes.texts]


def matrix(values: list[list[float]], half: float | None = None) -> Matrix:
    grid = np.array(values)
    names = LANGUAGES[: len(values)]
    bounds = {} if half is None else {"lower": grid - half, "upper": grid + half}
    return Matrix(rows=names, columns=names, values=grid, row_title="r", column_title="c", unit="%", **bounds)


def panel(domain: str) -> LossPanel:
    x = np.array([1e5, 1e6])
    curve = LossCurve(level=1e5, x=x, loss=np.array([3.0, 2.5]), lower=np.array([2.9, 2.4]), upper=np.array([3.1, 2.6]))
    points = (LossPoint(N=1e5, D=2e5, loss=3.0, se=0.01), LossPoint(N=1e5, D=9e5, loss=2.5, repeated=domain == "go"))
    return LossPanel(domain=domain, points=points, curves=(curve,))


def test_a_heat_map_prints_values_and_hatches_what_is_missing() -> None:
    figure = heatmap(
        matrix([[math.nan, 5.0, -0.04], [1.2, math.nan, math.nan], [-3.0, 0.4, math.nan]], 1.0), "diverging"
    )
    printed = texts(figure)
    assert {"5.0", "0.0", "1.2", "−3.0", "0.4"} <= set(printed)
    assert "−0.0" not in printed
    hatched = [patch for patch in figure.axes[0].patches if patch.get_hatch()]
    assert [(patch.get_x(), patch.get_y()) for patch in hatched] == [(1.5, 0.5)]  # the diagonal is blank, not hatched
    styles = {text.get_text(): text.get_style() for text in figure.axes[0].texts}
    assert styles["5.0"] == "normal"
    assert styles["0.4"] == "italic"


def test_a_heat_map_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="no measured value"):
        heatmap(matrix([[math.nan, math.nan], [math.nan, math.nan]]), "sequential")


def test_small_differences_stay_pale() -> None:
    values = matrix([[math.nan, 0.1], [-0.1, math.nan]])
    loud = heatmap(values, "diverging")
    quiet = heatmap(dataclasses.replace(values, least_span=10.0), "diverging")
    loudest, quietest = (min(sum(p.get_facecolor()[:3]) for p in f.axes[0].patches) for f in (loud, quiet))
    assert quietest > loudest + 0.5


def test_loss_curves_have_a_panel_per_language_on_shared_log_axes() -> None:
    figure = loss_curves([panel("python"), panel("go")], "D")
    shown = [axes for axes in figure.axes if axes.get_title(loc="left")]
    assert [axes.get_title(loc="left") for axes in shown] == ["Python", "Go"]
    assert all(axes.get_xscale() == axes.get_yscale() == "log" for axes in shown)
    assert shown[0].get_ylim() == shown[1].get_ylim()
    legend = [text.get_text() for axes in figure.axes if axes.get_legend() for text in axes.get_legend().get_texts()]
    assert legend == ["N = 100k parameters", "90% band of the law", "data repeated"]


def test_errors_are_of_the_points_shown() -> None:
    points = (
        PredictedPoint(domain="python", measured=2.0, predicted=2.2),
        PredictedPoint(domain="python", measured=4.0, predicted=3.8, held_out=True),
    )
    assert mean_relative_error(points) == pytest.approx(0.075)
    assert math.isnan(mean_relative_error(()))
    (note,) = texts(predicted_against_measured([LawPanel(title="t", points=points)]))
    assert "fitted range: 10.0% (n=1)" in note
    assert "beyond it: 5.0% (n=1)" in note


def test_allocation_prints_shares_and_tokens() -> None:
    bars = [ShareBar(domain="python", recommended=0.75, uniform=0.5, lower=0.6, upper=0.8),
            ShareBar(domain="rust", recommended=0.25, uniform=0.5)]  # fmt: skip
    printed = [text.strip() for text in texts(allocation(bars, tokens=4e9))]
    assert printed == ["75.0% · 3B", "50.0% · 2B", "25.0% · 1B", "50.0% · 2B"]
    assert texts(allocation(bars))[0].strip() == "75.0%"


def test_a_difference_is_filled_only_where_its_interval_excludes_zero() -> None:
    rows = [
        LossDifference(domain=MEAN, difference=-0.02, lower=-0.03, upper=-0.01),
        LossDifference(domain="go", difference=0.01, lower=-0.01, upper=0.03, predicted=0.02),
    ]
    dots = [line for line in loss_differences(rows).axes[0].lines if line.get_marker() == "o"]
    assert [dot.get_markerfacecolor() == "white" for dot in dots] == [False, True]


def test_the_funnel_adds_up() -> None:
    stages = [
        FunnelStage(name="found", documents={"python": 100, "go": 0}),
        FunnelStage(name="generated", documents={"python": 80}),
        FunnelStage(name="near duplicates", documents={"python": 50}),
    ]
    figure = funnel(stages)
    widths = [patch.get_width() for patch in figure.axes[0].patches]
    assert widths == pytest.approx([0.5, 0.2, 0.3])
    assert texts(figure) == ["50 of 100"]
    assert [t.get_text() for t in figure.legends[0].get_texts()] == [
        "kept", "removed: near duplicates", "removed: generated",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "draw",
    [
        lambda: loss_curves([], "N"),
        lambda: predicted_against_measured([]),
        lambda: allocation([]),
        lambda: loss_differences([]),
        lambda: loss_over_compute([]),
        lambda: tokens_by_split({}),
        lambda: funnel([]),
        lambda: hero([ShareBar(domain="go", recommended=1, uniform=1)], []),
    ],
)
def test_nothing_to_show_is_refused(draw) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match="at least"):
        draw()


def test_a_single_language_can_be_drawn() -> None:
    bars = [ShareBar(domain="go", recommended=1.0, uniform=1.0)]
    for figure in (
        hero(bars, [panel("rust")]),
        loss_over_compute([MixturePoint(recommended=True, flops=1e12, loss=3.0)]),
        tokens_by_split({"go": {"train": 5e6}}),
    ):
        assert len(render("x", figure, "title").png) > 5_000


def test_drawing_leaves_the_global_style_alone_and_is_deterministic() -> None:
    before = dict(mpl.rcParams)
    first, second = (render("x", loss_curves([panel("python")], "N"), "A & B < C") for _ in range(2))
    assert dict(mpl.rcParams) == before
    assert first == second
    root = ElementTree.fromstring(first.svg)
    assert not [e for e in root.iter() if e.tag.endswith(("image", "script", "metadata"))]


def test_every_domain_has_a_colour_of_its_own() -> None:
    assert set(DOMAINS) <= set(COLOURS)
    colours = [np.array(to_rgb(COLOURS[d])) for d in LANGUAGES]
    distances = [np.abs(a - b).sum() for i, a in enumerate(colours) for b in colours[:i]]
    assert min(distances) > 0.3
    assert len(set(ramp("#0072B2", 6))) == 6


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (950, "950"), (12_345, "12.3k"), (999_900, "1M"), (6.4e10, "64B"), (1e12, "1T")]
)
def test_counts_for_people(value: float, text: str) -> None:
    assert count(value) == text


def test_pass_at_1_has_a_bar_for_each_model_and_its_interval() -> None:
    bars = [
        PassBar(language=language, model=model, value=value, lower=value / 2, upper=2 * value)
        for language in ("python", "go", MACRO)
        for model, value in (("small", 0.0), ("large", 0.25))
    ]
    figure = pass_at_1(bars)
    heights = [patch.get_height() for patch in figure.axes[0].patches]
    assert heights == [0.0, 0.25] * 3
    assert [label.get_text() for label in figure.axes[0].get_xticklabels()] == ["Python", "Go", "mean"]
    assert [list(line.get_ydata()) for line in figure.axes[0].lines][1] == [0.125, 0.5]
    assert [text.strip() for text in texts(figure)] == ["0.0%", "25.0%"] * 3
    with pytest.raises(ValueError, match="at least one bar"):
        pass_at_1([])
