"""Residuals and curves through runs of many scales: on a law that is known, with residuals that are planted."""

from __future__ import annotations

import dataclasses

import numpy as np
import polars as pl
import pytest

from mixlaw.laws import FittedLaw, Observations, RunColumns, fit, observe_runs
from mixlaw.report.figures.residuals import TargetResiduals, residuals
from mixlaw.report.law_curves import law_panels
from mixlaw.report.residuals import inside, residuals_of, run_noise

COLUMNS = RunColumns(targets=("loss_a", "loss_b"), weights=("a", "b"), params="size", tokens="seen")


def planted(N: float, D: float, own: float) -> float:
    return 1.5 + 400 / N**0.35 + 900 / (D * (0.1 + 0.9 * own)) ** 0.33


def runs_table() -> pl.DataFrame:
    rng = np.random.default_rng(3)
    rows = [
        {
            "size": N,
            "seen": D,
            "a": a,
            "b": 1 - a,
            "loss_a": planted(N, D, a) * np.exp(0.004 * rng.normal()),
            "loss_b": planted(N, D, 1 - a) * np.exp(0.004 * rng.normal()),
        }
        for N in (1e6, 4e6, 1.6e7)
        for D in (2e8, 8e8)
        for a in (0.1, 0.3, 0.5, 0.7, 0.9)
    ]
    return pl.DataFrame(rows)


@pytest.fixture(scope="module")
def runs() -> Observations:
    return observe_runs(runs_table(), COLUMNS)


@pytest.fixture(scope="module")
def law(runs: Observations) -> FittedLaw:
    return fit(runs, "transfer", n_bootstrap=8)


def test_residuals_are_logs_of_measured_over_predicted(law: FittedLaw, runs: Observations) -> None:
    before = residuals_of(law, runs)
    assert [(of.target, len(of.percent)) for of in before] == [("loss_a", 30), ("loss_b", 30)]
    raised = {target: loss * np.exp(0.01) for target, loss in runs.losses.items()}
    after = residuals_of(law, dataclasses.replace(runs, losses=raised))
    for old, new in zip(before, after, strict=True):
        np.testing.assert_allclose(new.percent - old.percent, 1.0, atol=1e-9)
        np.testing.assert_allclose(new.share, old.share)
    np.testing.assert_allclose(before[1].share, 1 - before[0].share)
    assert 0.001 < run_noise(law) < 0.01
    assert 0.7 < inside(before, run_noise(law)) <= 1.0


def test_a_point_keeps_its_residual_when_it_is_moved_to_a_curve(law: FittedLaw, runs: Observations) -> None:
    panel = law_panels(law, runs, "N")[0]
    assert [curve.level for curve in panel.curves] == [2e8, 8e8]
    p = np.tile(runs.shares.mean(axis=0), (len(panel.points), 1))
    N, D = (np.array([getattr(point, name) for point in panel.points]) for name in ("N", "D"))
    on_curve = law.loss(law.point, "loss_a", N, D, p)
    moved = 100 * np.log(np.array([point.loss for point in panel.points]) / on_curve)
    np.testing.assert_allclose(moved, residuals_of(law, runs)[0].percent, atol=1e-9)


def test_levels_without_rows_have_no_curve(law: FittedLaw, runs: Observations) -> None:
    D = np.repeat([1e8, 2e8, 4e8, 8e8, 1.6e9, 3.2e9], 5)
    panel = law_panels(law, dataclasses.replace(runs, D=D), "N")[0]
    assert {curve.level for curve in panel.curves} == {point.D for point in panel.points}


def test_there_are_no_curves_along_what_does_not_vary(law: FittedLaw, runs: Observations) -> None:
    assert law_panels(law, runs.keep(runs.N == 1e6), "N") == []
    assert law_panels(law, runs.keep(runs.N == 1e6), "D")


def drawn(n: int, N: np.ndarray, share: float = np.nan) -> TargetResiduals:
    percent = np.linspace(-1, 1, n)
    return TargetResiduals(
        target="x", N=N, D=np.full(n, 1e9), share=np.full(n, share), predicted=np.linspace(2, 3, n), percent=percent
    )


def test_panels_are_of_what_varies() -> None:
    figure = residuals([drawn(40, np.repeat([1e6, 2e6], 20))], noise=0.005)
    assert [axes.get_xlabel() for axes in figure.axes] == ["N, parameters", "predicted loss, nats per token"]
    figure = residuals([drawn(4, np.full(4, 1e6))], noise=0.005)  # too few for a median: drawn all the same
    assert [axes.get_xlabel() for axes in figure.axes] == ["predicted loss, nats per token"]


def test_what_lies_beyond_the_frame_is_counted() -> None:
    of = drawn(400, np.repeat([1e6, 2e6], 200))
    wild = dataclasses.replace(of, percent=np.r_[of.percent[:-1], 80.0])
    figure = residuals([wild], noise=0.005)
    assert [text.get_text() for text in figure.axes[0].texts] == ["beyond the frame: 1"]
    assert figure.axes[0].get_ylim()[1] < 5


def test_a_negative_prediction_lies_beyond_every_frame() -> None:
    of = drawn(20, np.repeat([1e6, 2e6], 10))
    figure = residuals([dataclasses.replace(of, percent=np.r_[of.percent[:-1], np.inf])], noise=0.005)
    assert [text.get_text() for text in figure.axes[0].texts] == ["beyond the frame: 1"]


def test_nothing_to_show_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        residuals([], noise=0.01)
