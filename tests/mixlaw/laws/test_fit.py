"""From a results table to a fitted law: planted tables come out, bad ones are refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from mixlaw.laws import FittedLaw, Transfer, compare_order, fit, observe, synergy_matrix
from mixlaw.laws.bootstrap import interval, run_weights
from mixlaw.laws.order import kendall
from mixlaw.trial import MixlawError

MIXTURE = {"python": 0.4, "java": 0.3, "go": 0.2, "rust": 0.1}


@pytest.fixture(scope="module")
def _cache() -> dict[str, FittedLaw]:
    return {}


@pytest.fixture
def fitted(plant, _cache) -> Callable[[str], FittedLaw]:
    """A law fitted to the planted table, once for the whole file."""

    def build(law: str) -> FittedLaw:
        if law not in _cache:
            _cache[law] = fit(observe(plant(repeat_worth=1.0).table), law, n_bootstrap=60)
        return _cache[law]

    return build


def true_loss(law: Transfer, N: float, D: float, shares: dict[str, float], languages: tuple[str, ...]) -> float:
    p = np.array([[shares.get(t, 0.0) for t in languages]])
    return float(law.loss(np.array([N]), np.array([D]), p)[0])


def test_transfer_recovers_the_planted_weights(plant, fitted) -> None:
    law, planted = fitted("transfer"), plant()
    for target, truth in planted.laws.items():
        found = law.point[target]
        assert isinstance(found, Transfer)
        np.testing.assert_allclose(found.weights, truth.weights, atol=0.02)
        assert found.alpha_D == pytest.approx(truth.alpha_D, rel=0.1)


def test_transfer_extrapolates_within_its_interval(plant, fitted) -> None:
    law, planted = fitted("transfer"), plant()
    inside = 0
    for target, truth in planted.laws.items():
        predicted = law.predict(1.6e6, 8e6, MIXTURE, target)
        expected = true_loss(truth, 1.6e6, 8e6, MIXTURE, planted.languages)
        assert predicted.loss == pytest.approx(expected, rel=0.02)
        inside += predicted.lower <= expected <= predicted.upper
    assert inside >= 3


def test_held_out_errors_are_of_the_noise(fitted) -> None:
    held = fitted("transfer").report["python"].held_out
    assert set(held) == {"largest-N", "largest-D", "mixtures"}
    for errors in held.values():
        assert errors.error is not None
        # The mean absolute value of 0.5% noise is 0.4%.
        assert 0.2 < errors.error < 0.8
        assert errors.standard_error is not None
        assert errors.standard_error < 0.2


def test_chinchilla_takes_single_language_runs_only(fitted) -> None:
    law = fitted("chinchilla")
    assert law.report["go"].n_rows == 16
    assert law.report["go"].held_out["mixtures"].error is None
    assert law.report["go"].held_out["mixtures"].reason
    own = law.predict(4e5, 1e6, {"go": 1.0}, "go").loss
    half = law.predict(4e5, 2e6, {"go": 0.5, "rust": 0.5}, "go").loss
    assert half == pytest.approx(own), "of a mixture it counts the target's own tokens"


def test_runs_that_repeat_their_data_do_not_bend_the_law(plant) -> None:
    # The table's repeated runs are worth half of what the same tokens, new, would be.
    worthless, worthy = (fit(observe(plant(repeat_worth=w).table), "chinchilla", n_bootstrap=0) for w in (0.0, 1.0))
    assert worthless.point == worthy.point
    assert any("repeat their data" in note for note in worthless.notes)


def test_proportion_gives_one_mixture_loss(plant, fitted) -> None:
    law = fitted("proportion")
    assert law.targets == ("mixture",)
    single = law.predict(2e5, 1e6, {"go": 1.0}, "mixture").loss
    assert single == pytest.approx(true_loss(plant().laws["go"], 2e5, 1e6, {"go": 1.0}, plant().languages), rel=0.25)


@pytest.mark.parametrize("name", ["chinchilla", "transfer", "proportion"])
def test_law_file_round_trips_exactly(name: str, fitted, tmp_path: Path) -> None:
    law = fitted(name)
    law.save(tmp_path / "law.json")
    assert FittedLaw.load(tmp_path / "law.json") == law


def test_fit_is_deterministic(plant) -> None:
    table = plant().table
    first, second, other = (fit(observe(table), "transfer", n_bootstrap=5, seed=s).dumps() for s in (1, 1, 2))
    assert first == second
    assert first != other


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": "mixlaw-law", "version": 99}'])
def test_a_file_that_is_no_law_is_refused(content: str, tmp_path: Path) -> None:
    (tmp_path / "law.json").write_text(content)
    with pytest.raises(MixlawError, match=r"law\.json"):
        FittedLaw.load(tmp_path / "law.json")


def test_checkpoints_of_one_run_are_resampled_together() -> None:
    run = np.array([0, 0, 1, 1, 2])
    weights = run_weights(run, n_replicates=50, parameters_per_run=0.1, rng=np.random.default_rng(0))
    np.testing.assert_array_equal(weights[:, 0], weights[:, 1])
    np.testing.assert_array_equal(weights[:, 2], weights[:, 3])
    assert not np.allclose(weights[:, 0], weights[:, 2])
    np.testing.assert_allclose(weights.sum(axis=1), 5)


def test_an_open_end_is_not_printed_as_a_number() -> None:
    replicates = np.array([0.0] * 20 + list(np.linspace(0.1, 1, 80)))
    found = interval(0.3, replicates, least=1e-3, most=np.inf)
    assert found.lower is None
    assert found.upper is not None
    assert not found.identified
    assert "open below" in found.reason


def test_a_domain_that_never_varies_leaves_its_weight_open(plant) -> None:
    """Next to nothing of Rust is in any run: its weight rests on the prior, and that is said."""
    table = plant(n_random=0).table.filter(pl.col("share_rust") == 0).with_columns(share_rust=pl.lit(1e-9))
    law = fit(observe(table), "transfer", targets=["python"], n_bootstrap=20)
    found = law.intervals("python")
    assert not found["w_rust"].identified
    assert "prior" in found["w_rust"].reason
    assert found["w_java"].identified


def test_synergy_by_hand(plant) -> None:
    planted = plant(noise=0.0, repeat_worth=0.5)
    matrix = synergy_matrix(observe(planted.table), planted.languages)
    law = planted.laws["java"]
    repeated = true_loss(law, 2e5, 0.75e6, {"java": 1.0}, planted.languages)
    mixed = true_loss(law, 2e5, 1e6, {"java": 0.5, "python": 0.5}, planted.languages)
    row, column = planted.languages.index("java"), planted.languages.index("python")
    assert matrix.gain[row, column] == pytest.approx(100 * (repeated - mixed) / repeated)
    assert matrix.baseline[row] == pytest.approx(repeated)
    assert np.isnan(np.diag(matrix.gain)).all()
    assert matrix.noise == "evaluation"
    expected = 100 * 0.002 / repeated * np.sqrt(1 + (mixed / repeated) ** 2)
    assert matrix.se[row, column] == pytest.approx(expected)


def test_synergy_takes_its_noise_from_seeds_where_there_are_any(plant) -> None:
    planted = plant(noise=0.004)
    again = plant(noise=0.004, seed=1).table.with_columns(trial_id=pl.col("trial_id") + "b")
    pairs = pl.col("label").str.extract(r"(\d+)").cast(pl.Int64).is_between(64, 73)
    matrix = synergy_matrix(observe(pl.concat([planted.table, again.filter(pairs)])), planted.languages)
    assert matrix.noise == "seeds"
    # Two seeds on either side: 0.4% * sqrt(2 / 2).
    assert np.nanmedian(matrix.se) == pytest.approx(0.4, rel=0.4)


def test_synergy_without_the_repeated_run_is_not_measured(plant) -> None:
    planted = plant()
    matrix = synergy_matrix(observe(planted.table.filter(pl.col("epochs_java") < 1.5)), planted.languages)
    row = planted.languages.index("java")
    assert np.isnan(matrix.gain[row]).all()
    assert np.isfinite(np.delete(matrix.gain, row, axis=0)).any()


def test_order_against_the_paper(fitted) -> None:
    compared = compare_order(fitted("transfer"))
    # Planted E rises in the order python, java, go, rust.
    assert compared.order[0] == "python"
    assert compared.lower <= compared.tau <= compared.upper
    with pytest.raises(MixlawError, match="at least three"):
        compare_order(fitted("proportion"))


def test_kendall_with_ties() -> None:
    assert kendall(np.array([1.0, 2, 3]), np.array([1.0, 2, 3])) == 1
    assert kendall(np.array([1.0, 2, 3]), np.array([3.0, 2, 1])) == -1
    assert kendall(np.array([1.0, 2, 3]), np.array([1.0, 1, 2])) == pytest.approx(2 / np.sqrt(6))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (pl.when(pl.col("trial_id") == "t007").then(pl.lit("failed")).otherwise("status").alias("status"), "t007"),
        (pl.when(pl.col("trial_id") == "t007").then(None).otherwise("loss_go").alias("loss_go"), "loss of go.*t007"),
        (pl.when(pl.col("trial_id") == "t007").then(np.nan).otherwise("loss_go").alias("loss_go"), "loss of go.*t007"),
        (pl.when(pl.col("trial_id") == "t007").then(-1.0).otherwise("loss_go").alias("loss_go"), "loss of go.*t007"),
        (pl.when(pl.col("trial_id") == "t007").then(0.5).otherwise("share_go").alias("share_go"), "sum to 1.*t007"),
        ((pl.col("train_tokens") // 1_000_000).alias("train_tokens"), "train_tokens.*billions"),
        ((pl.col("params_non_embedding") // 1_000).alias("params_non_embedding"), "params_non_embedding.*billions"),
        (pl.lit("translation/go-rust").alias("evaluation"), "no validation rows"),
    ],
)
@pytest.mark.parametrize("law", ["transfer", "chinchilla"])
def test_bad_tables_are_refused(law: str, change: pl.Expr, message: str, plant) -> None:
    with pytest.raises(MixlawError, match=message):
        fit(observe(plant().table.with_columns(change)), law)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (pl.lit(100_000).alias("params_non_embedding"), "single model size N"),
        (pl.lit(1_000_000).alias("train_tokens"), "single number of tokens D"),
    ],
)
def test_a_chinchilla_law_needs_two_scales(change: pl.Expr, message: str, plant) -> None:
    with pytest.raises(MixlawError, match=message):
        fit(observe(plant().table.with_columns(change)), "chinchilla")


def test_failed_trials_are_left_out_when_asked(plant) -> None:
    failed = pl.col("trial_id") == "t007"
    table = plant().table.with_columns(
        pl.when(failed).then(pl.lit("failed")).otherwise("status").alias("status"),
        pl.when(pl.col("trial_id") == "t008").then(np.nan).otherwise("loss_go").alias("loss_go"),
    )
    law = fit(observe(table, allow_failed=True), "transfer", n_bootstrap=0)
    fresh = table.filter(pl.max_horizontal(pl.col("^epochs_.*$")) <= 1.5, pl.col("status") == "finished")
    trained = {t: len(fresh.filter(pl.col(f"share_{t}") > 0)) for t in ("python", "go")}
    assert law.report["python"].n_rows == trained["python"]
    assert law.report["go"].n_rows == trained["go"] - len(
        fresh.filter(pl.col("loss_go").is_nan(), pl.col("share_go") > 0)
    )
    assert not law.intervals("go")["E"].identified


def test_too_few_runs_and_unknown_names(plant) -> None:
    table = plant().table
    with pytest.raises(MixlawError, match="4 runs for a law of 9"):
        fit(observe(table.tail(4)), "transfer", targets=["python"])
    with pytest.raises(MixlawError, match="unknown law 'linear'"):
        fit(observe(table), "linear")  # type: ignore[arg-type]
    with pytest.raises(MixlawError, match="no loss of text"):
        fit(observe(table), "transfer", targets=["text"])
    with pytest.raises(MixlawError, match="alone"):
        fit(observe(table.filter(pl.col("share_go") < 0.9)), "chinchilla", targets=["go"])
    law = fit(observe(table), "transfer", targets=["python"], n_bootstrap=2)
    with pytest.raises(MixlawError, match="no loss of java"):
        law.predict(1e6, 1e6, {"python": 1.0}, "java")
    with pytest.raises(MixlawError, match="nothing of typescript"):
        law.predict(1e6, 1e6, {"typescript": 1.0}, "python")


def test_runs_with_paired_programs_are_another_kind_of_data(plant) -> None:
    table = plant().table
    paired = table.head(10).with_columns(
        organisation=pl.lit("paired-direct"), loss_python=pl.lit(99.0), trial_id=pl.col("trial_id") + "p"
    )
    first, second = (fit(observe(t), "transfer", n_bootstrap=0).point for t in (table, pl.concat([table, paired])))
    assert first == second
