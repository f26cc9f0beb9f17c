"""Predictions row by row, and how they are judged."""

from __future__ import annotations

import dataclasses

import numpy as np
import polars as pl
import pytest

from mixlaw.laws import Chinchilla, FittedLaw, RunColumns, Scales, TargetReport, score, with_predictions
from mixlaw.trial import MixlawError

FORM = Chinchilla(E=1.5, A=400.0, B=1000.0, alpha_N=0.34, alpha_D=0.28)
COLUMNS = RunColumns(targets=("loss", "other loss"), params="N", tokens="D", group="run")
NOISE = 0.01


def law(*, spread: float = 0.0, n: int = 40, columns: RunColumns | None = COLUMNS) -> FittedLaw:
    """Both targets have the same law; replicates scatter all of its loss by `spread`."""
    report = TargetReport(
        n_rows=9, n_runs=9, objective=0.1, converged=True, in_sample_error=0.2, noise=NOISE, held_out={}
    )
    scatter = np.exp(spread * np.random.default_rng(1).normal(size=n))
    replicates = [dataclasses.replace(FORM, E=FORM.E * s, A=FORM.A * s, B=FORM.B * s) for s in scatter.tolist()]
    return FittedLaw(
        form="chinchilla",
        domains=(),
        targets=COLUMNS.targets,
        point=dict.fromkeys(COLUMNS.targets, FORM),
        replicates=tuple(dict.fromkeys(COLUMNS.targets, form) for form in replicates),
        report=dict.fromkeys(COLUMNS.targets, report),
        scales=Scales(N=(1e8, 1e9), D=(2e9, 2e10)),
        n_runs=9,
        seed=0,
        columns=columns,
    )


def runs(n: int = 400, noise: float = 0.0, seed: int = 0) -> pl.DataFrame:
    rng = np.random.default_rng(seed)
    N, D = np.resize(np.repeat([1e8, 3e8, 1e9], 4), n), 10 ** rng.uniform(9.5, 10.5, n)
    loss = FORM.loss(N, D, np.zeros((n, 0)))
    noisy = {t: loss * np.exp(noise * rng.normal(size=n)) for t in COLUMNS.targets}
    return pl.DataFrame({"run": [f"r{i // 4}" for i in range(n)], "N": N, "D": D, **noisy})


def test_predictions_are_added_and_nothing_else_changes() -> None:
    table = runs(8).with_columns(note=pl.Series(["b", "a"] * 4))
    predicted = with_predictions(law(spread=0.02), table)
    assert predicted.columns == [
        *table.columns,
        *("predicted_loss", "lower_loss", "upper_loss"),
        *("predicted_other loss", "lower_other loss", "upper_other loss"),
    ]
    assert predicted.select(table.columns).equals(table)
    np.testing.assert_allclose(predicted["predicted_loss"].to_numpy(), table["loss"].to_numpy())
    assert (predicted["lower_loss"] < predicted["predicted_loss"]).all()
    assert (predicted["predicted_loss"] < predicted["upper_loss"]).all()


def test_without_bootstrap_laws_the_ends_are_empty() -> None:
    predicted = with_predictions(law(n=0), runs(3))
    assert predicted["lower_loss"].null_count() == 3
    assert predicted["predicted_loss"].null_count() == 0


def test_a_column_is_never_overwritten() -> None:
    with pytest.raises(MixlawError, match="has upper_loss already"):
        with_predictions(law(), runs(3).with_columns(upper_loss=1.0))


def test_a_law_of_the_results_table_reads_no_columns() -> None:
    for judged in (with_predictions, score):
        with pytest.raises(MixlawError, match="--params, --tokens and --shares"):
            judged(law(columns=None), runs(3))


def test_a_perfect_law() -> None:
    found = score(law(), runs())
    assert found.mean.error == pytest.approx(0.0, abs=1e-10)
    assert found.mean.spearman == pytest.approx(1.0)
    assert found.mean.regret == 0.0
    assert found.mean.coverage == 100.0
    assert found.varies == ("N", "D")


def test_figures_by_hand() -> None:
    table = runs(4, noise=0.1).with_columns(loss=pl.Series([2.0, 3.0, 2.5, None]))
    predicted = with_predictions(law(), table)["predicted_loss"].to_numpy()[:3]
    measured = np.array([2.0, 3.0, 2.5])
    found = score(law(), table).targets["loss"]
    assert (found.n_rows, found.n_missing) == (3, 1)
    assert found.error == pytest.approx(100 * np.mean(np.abs(predicted / measured - 1)))
    assert found.regret == pytest.approx(measured[predicted.argmin()] - 2.0)
    ranks = [np.argsort(np.argsort(v)) for v in (predicted, measured)]
    assert found.spearman == pytest.approx(np.corrcoef(*ranks)[0, 1])


def test_ties_share_their_rank_and_their_regret() -> None:
    table = runs(4).with_columns(N=pl.lit(1e8), D=pl.lit(1e10), loss=pl.Series([2.0, 3.0, 2.5, 2.5]))
    found = score(law(), table)
    assert found.targets["loss"].regret == pytest.approx(0.5), "the mean of four rows that are predicted alike"
    assert np.isnan(found.targets["loss"].spearman)
    assert found.varies == ()


@pytest.mark.parametrize("spread", [0.0, 0.03])
def test_coverage_counts_the_noise_of_a_run(spread: float) -> None:
    found = score(law(spread=spread), runs(4000, noise=NOISE)).targets["loss"]
    assert found.error == pytest.approx(100 * NOISE * np.sqrt(2 / np.pi), rel=0.05)
    if spread:
        assert found.coverage > 99, "the law's own uncertainty comes on top"
    else:
        assert found.coverage == pytest.approx(90, abs=1.5)


def test_rows_of_a_run_are_resampled_together() -> None:
    """Four rows a run with one error: the interval is twice as wide as if they were independent."""
    table = runs(800)
    rng = np.random.default_rng(2)
    loss = table["loss"].to_numpy() * np.exp(0.02 * np.repeat(rng.normal(size=200), 4))
    table = table.with_columns(loss=loss)
    widths: list[float] = []
    for given in (table, table.drop("run")):
        found = score(law(), given)
        assert found.by_run == ("run" in given.columns)
        widths.append(found.targets["loss"].error_upper - found.targets["loss"].error_lower)
    assert widths[0] == pytest.approx(2 * widths[1], rel=0.15)
    assert score(law(), table) == score(law(), table), "the same seed, the same interval"


def test_missing_losses_are_left_out_by_target() -> None:
    table = runs(8).with_columns(loss=pl.Series([None, float("nan"), 0.0, -1.0, *([2.5] * 4)]))
    found = score(law(), table)
    assert (found.targets["loss"].n_rows, found.targets["loss"].n_missing) == (4, 4)
    assert found.targets["other loss"].n_missing == 0
    assert found.mean.n_rows == 12
    with pytest.raises(MixlawError, match="no row has a loss 'loss'"):
        score(law(), table.head(3))
    with pytest.raises(MixlawError, match="no column 'other loss'"):
        score(law(), table.drop("other loss"))
