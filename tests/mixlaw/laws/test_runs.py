"""Anybody's table of runs becomes arrays; a table that would make a fit meaningless is refused, with what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mixlaw.laws import Chinchilla, Observations, RunColumns, Transfer, fit, observe_runs, rows_to_predict
from mixlaw.laws.observed.own_domain import match_domains
from mixlaw.trial import MixlawError

COLUMNS = RunColumns(
    targets=("loss/py thon", "loss/go"),
    weights=("w py thon", "w go"),
    params="Model Size",
    tokens="tokens, all",
    group="run",
)


def table(n: int = 12, **changes: Any) -> pl.DataFrame:
    """Checkpoints at 1, 2, 3 and 4 million tokens of runs of two sizes; `changes` replace columns by their key."""
    run = np.arange(n) // 4
    columns: dict[str, Any] = {
        "run": [f"r{r}" for r in run],
        "Model Size": np.where(run % 2 == 0, 1e6, 2e6),
        "tokens, all": 1e6 * (1 + np.arange(n) % 4),
        "w py thon": 0.2 + 0.1 * run,
        "w go": 0.8 - 0.1 * run,
        "loss/py thon": 3.0 - 0.1 * (np.arange(n) % 4),
        "loss/go": np.full(n, 2.5),
    }
    return pl.DataFrame(columns | {name.replace("_", " "): value for name, value in changes.items()})


def with_value(column: str, row: int, value: float | None) -> pl.DataFrame:
    values = table()[column].to_list()
    values[row] = value
    return table().with_columns(pl.Series(column, values))


def observed(given: pl.DataFrame, columns: RunColumns = COLUMNS, **options: Any) -> Observations:
    return observe_runs(given, columns, **options)


def test_columns_are_named_as_they_are_in_the_file() -> None:
    rows = observed(table())
    assert rows.domains == COLUMNS.weights
    assert list(rows.losses) == list(COLUMNS.targets)
    assert rows.labels[:2] == ("row 1", "row 2")
    assert rows.columns == COLUMNS
    assert (rows.own("loss/py thon"), rows.own("loss/go")) == (0, 1)
    np.testing.assert_array_equal(rows.run, np.arange(12) // 4)
    assert rows.varies_N
    assert rows.varies_D


def test_text_that_spells_numbers_is_read() -> None:
    spelled = table().with_columns(pl.all().cast(pl.String))
    np.testing.assert_array_equal(observed(spelled).N, observed(table()).N)
    np.testing.assert_array_equal(observed(spelled).shares, observed(table()).shares)


def test_one_group_with_another_size_or_mixture_is_another_run() -> None:
    sizes = observed(table(run=["same"] * 12)).run
    np.testing.assert_array_equal(sizes, np.arange(12) // 4)
    alone = observed(table(), RunColumns(targets=("loss/go",)))
    np.testing.assert_array_equal(alone.run, np.arange(12))


def test_early_checkpoints_are_left_out() -> None:
    late = observed(table(), min_fraction=0.5)
    assert set(late.D) == {2e6, 3e6, 4e6}
    assert late.labels[0] == "row 2"
    assert len(observed(table(), min_fraction=1.0)) == 3
    early = with_value("loss/go", 0, None)
    assert len(observed(early, min_fraction=0.5)) == 9, "what is left out may lack its loss"


def test_a_missing_loss_is_left_out_for_its_target_only() -> None:
    for value in (None, float("nan"), 0.0, -1.0, float("inf")):
        rows = observed(with_value("loss/go", 4, value), allow_missing=True)
        assert rows.measured("loss/py thon").all()
        assert np.flatnonzero(~rows.measured("loss/go")).tolist() == [4]


def test_what_is_absent_is_constant() -> None:
    rows = observed(table(), RunColumns(targets=("loss/go",), weights=COLUMNS.weights))
    assert set(rows.N) == set(rows.D) == {1.0}
    assert not rows.varies_N
    bare = observed(table(), RunColumns(targets=("loss/go",)))
    assert bare.shares.shape == (12, 0)
    assert bare.fresh.all()


@pytest.mark.parametrize("missing", ["params", "tokens"])
def test_flops_stand_in_for_what_is_missing(missing: str) -> None:
    given = table().with_columns(C=6 * pl.col("Model Size") * pl.col("tokens, all"))
    named = {"params": "Model Size", "tokens": "tokens, all"} | {missing: None}
    rows = observed(given, RunColumns(targets=("loss/go",), flops="C", **named))
    np.testing.assert_allclose(rows.N, table()["Model Size"].to_numpy())
    np.testing.assert_allclose(rows.D, table()["tokens, all"].to_numpy())


def test_shares_off_by_rounding_are_rescaled_and_that_is_said() -> None:
    rows = observed(with_value("w go", 5, 0.71))
    np.testing.assert_allclose(rows.shares.sum(axis=1), 1.0, atol=1e-15)
    assert rows.notes == ("shares were rescaled to sum to 1; furthest off was row 6, by 0.01",)
    assert observed(table()).notes == ()


def test_a_domain_without_any_share_is_said() -> None:
    rows = observed(table(w_go=np.zeros(12), w_py_thon=np.ones(12)))
    assert "w go has no share in any row" in rows.notes[0]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (with_value("loss/go", 4, None), r"loss 'loss/go' is empty, NaN or not .* in row 5;.*--allow-missing"),
        (with_value("loss/go", 4, float("nan")), "in row 5;"),
        (with_value("loss/go", 4, 0.0), "in row 5;"),
        (with_value("loss/go", 4, -2.0), "in row 5;"),
        (table().with_columns(pl.lit(None).alias("loss/go")), "no row has a loss 'loss/go'"),
        (with_value("w go", 4, -0.1), "share 'w go' is negative in row 5"),
        (with_value("w go", 4, None), "share 'w go' is empty in row 5; write 0"),
        (with_value("w go", 4, 0.9), r"sum to 1; they do not in row 5 \(row 5: 1.2\); name every weight"),
        (table().with_columns(pl.col("^w .*$") * 100), "given in percent"),
        (with_value("Model Size", 2, 0.0), "'Model Size' is empty or not a positive number in row 3"),
        (with_value("tokens, all", 2, None), "'tokens, all' is empty or not a positive number in row 3"),
        (table().with_columns(pl.col("Model Size") / 1e6), "'Model Size' must count parameters.*millions or billions"),
        (table().with_columns(pl.col("tokens, all") / 1e9), "'tokens, all' must count tokens.*millions or billions"),
        (table().with_columns(pl.lit("x").alias("loss/go")), "'loss/go' holds text where a number is needed: 'x' in r"),
        (table().with_columns(pl.lit(True).alias("w go")), "'w go' holds Boolean, not numbers"),
        (table().with_columns(pl.lit(None).alias("run")), "'run' names the run of a row; it is empty in row 1"),
        (table().clear(), "the table has no rows"),
        (table().rename({"Model Size": "model size"}), "no column 'Model Size', did you mean 'model size'"),
        (table().drop("loss/py thon"), "no column 'loss/py thon'"),
        (table().drop("w go"), "no column 'w go'"),
        (table().drop("run"), "no column 'run'"),
    ],
)
def test_bad_tables_are_refused(given: pl.DataFrame, message: str) -> None:
    with pytest.raises(MixlawError, match=message):
        observed(given)


def test_flops_in_another_unit_are_refused() -> None:
    off = table().with_columns(C=6e9 * pl.col("Model Size") * pl.col("tokens, all"))
    with pytest.raises(MixlawError, match=r"'C' is 1e\+09 times 6 x parameters x tokens"):
        observed(off, RunColumns(targets=("loss/go",), params="Model Size", tokens="tokens, all", flops="C"))
    with pytest.raises(MixlawError, match=r"'C' gives .* tokens in row 1"):
        observed(table(C=np.full(12, 6e6)), RunColumns(targets=("loss/go",), params="Model Size", flops="C"))
    with pytest.raises(MixlawError, match="alone do not say"):
        observed(off, RunColumns(targets=("loss/go",), flops="C"))


def test_a_column_has_one_meaning() -> None:
    for columns in (
        {"targets": ("a", "a")},
        {"targets": ("a",), "weights": ("b", "b")},
        {"targets": ("a",), "params": "a"},
        {"targets": ("a",), "weights": ("b",), "group": "b"},
    ):
        with pytest.raises(MixlawError, match="named twice"):
            RunColumns(**columns)  # type: ignore[arg-type]
    with pytest.raises(MixlawError, match="no target"):
        observed(table(), RunColumns(targets=()))


@pytest.mark.parametrize("columns", [{"group": None}, {"tokens": None}])
def test_a_fraction_needs_runs_and_tokens(columns: dict[str, None]) -> None:
    named = {"params": "Model Size", "tokens": "tokens, all", "group": "run"} | columns
    with pytest.raises(MixlawError, match="--min-fraction compares checkpoints"):
        observed(table(), RunColumns(targets=("loss/go",), **named), min_fraction=0.25)


@pytest.mark.parametrize("fraction", [0.0, -1.0, 1.5, float("nan")])
def test_a_fraction_is_one(fraction: float) -> None:
    with pytest.raises(MixlawError, match="above 0 and at most 1"):
        observed(table(), min_fraction=fraction)


def test_rows_to_predict_need_no_losses() -> None:
    given = table().drop("loss/py thon", "loss/go", "run")
    N, D, p = rows_to_predict(given, COLUMNS)
    assert N.shape == D.shape == (12,)
    assert p.shape == (12, 2)
    with pytest.raises(MixlawError, match="no column 'w go'"):
        rows_to_predict(given.drop("w go"), COLUMNS)


PILE = ("arxiv", "pubmed_central", "pubmed_abstracts", "pile_cc", "gutenberg_pg_19")


@pytest.mark.parametrize(
    ("targets", "weights", "expected"),
    [
        (["arxiv_loss", "book_loss", "hermes_loss"], ["weight_book", "weight_arxiv"], [1, 0, None]),
        ([f"metric/the_pile_{d}_val_loss" for d in PILE], [f"train_the_pile_{d}" for d in PILE], [0, 1, 2, 3, 4]),
        ([f"metric/the_pile_{d}_val_loss" for d in PILE[1:3]], [f"train_the_pile_{d}" for d in PILE], [1, 2]),
        (["metric/the_pile_pile_cc_val_loss"], [f"train_the_pile_{d}" for d in PILE], [3]),
        (["Pile-CC", "Books3", "ArXiv"], ["w_pile_cc", "w_arxiv"], [0, None, 1]),
        (["ArXiv", "Github"], ["w0", "w1"], [None, None]),
        (["loss"], ["w_code", "w_text"], [None]),
        (["github_issues_loss", "books_loss"], ["w_github", "w_books"], [None, 1]),
        (["web_code_loss"], ["w_web", "w_code"], [None]),
        (["a", "b"], [], [None, None]),
        (["!!"], ["w"], [None]),
    ],
)
def test_own_domains_are_found_by_name(targets: Sequence[str], weights: Sequence[str], expected: list[Any]) -> None:
    found = match_domains(targets, weights)
    assert [found.get(t) for t in targets] == expected


WORDS = st.lists(st.text("abcdefgh0123", min_size=1, max_size=6), min_size=2, max_size=8, unique=True)


@given(
    names=WORDS, prefix=st.sampled_from(["", "w_", "train/the pile "]), suffix=st.sampled_from(["", "_loss", " (val)"])
)
def test_any_affixes_come_off(names: list[str], prefix: str, suffix: str) -> None:
    targets, weights = [f"{n.upper()}{suffix}" for n in names], [f"{prefix}{n}" for n in names]
    assert match_domains(targets, weights) == {t: j for j, t in enumerate(targets)}


def planted_table(law: Transfer, *, sizes: Sequence[float], n: int = 160, noise: float = 0.002) -> pl.DataFrame:
    rng = np.random.default_rng(3)
    p = rng.dirichlet(np.ones(len(law.weights)), n)
    N, D = rng.choice(sizes, n), rng.choice([2e8, 5e8, 1e9, 2e9], n)
    loss = law.loss(N, D, p) * np.exp(noise * rng.normal(size=n))
    shares = {f"share {j}": p[:, j] for j in range(p.shape[1])}
    return pl.DataFrame({"N": N, "D": D, "loss": loss, **shares})


LAW = Transfer(E=1.5, A=30.0, B=300.0, alpha_N=0.3, alpha_D=0.3, rho=0.6, weights=(0.6, 1.0, 1.7), own=None)


def test_a_law_of_one_model_size_has_no_term_in_it() -> None:
    given = planted_table(LAW, sizes=[1e8])
    columns = RunColumns(targets=("loss",), weights=("share 0", "share 1", "share 2"), params="N", tokens="D")
    for named in (columns, RunColumns(targets=("loss",), weights=columns.weights, tokens="D")):
        law = fit(observe_runs(given, named), "transfer", n_bootstrap=10)
        assert law.point["loss"].parameters[1] == 0.0
        assert not {"A", "alpha_N"} & set(law.intervals("loss"))
        N, D, p = rows_to_predict(given, named)
        np.testing.assert_allclose(
            law.predict_rows(N, D, p, {"loss": 1.0})[:, 0], LAW.loss(np.full(160, 1e8), D, p), rtol=2e-3
        )
        assert law.report["loss"].held_out["largest-N"].error is None
        assert law.report["loss"].held_out["largest-D"].error is not None


def test_a_transfer_law_of_one_budget() -> None:
    given = planted_table(LAW, sizes=[1e8, 2e8, 4e8]).drop("D")
    weights = ("share 0", "share 1", "share 2")
    one = LAW.loss(given["N"].to_numpy(), np.full(160, 1e9), given.select(weights).to_numpy())
    law = fit(observe_runs(given.with_columns(loss=one), RunColumns(targets=("loss",), weights=weights, params="N")))
    predicted = law.predict(2e8, 1.0, {"share 0": 0.5, "share 2": 0.5}, "loss").loss
    expected = LAW.loss(np.array([2e8]), np.array([1e9]), np.array([[0.5, 0.0, 0.5]]))[0]
    assert predicted == pytest.approx(expected, rel=2e-3)


def test_chinchilla_takes_all_runs_where_no_domain_is_the_targets_own() -> None:
    truth = Chinchilla(E=1.7, A=400.0, B=1000.0, alpha_N=0.34, alpha_D=0.3)
    N, D = (grid.ravel() for grid in np.meshgrid([1e7, 1e8, 1e9], [1e9, 1e10, 1e11]))
    given = pl.DataFrame({"N": N, "D": D, "loss": truth.loss(N, D, np.zeros((9, 0)))})
    columns = RunColumns(targets=("loss",), params="N", tokens="D")
    law = fit(observe_runs(given, columns), "chinchilla", n_bootstrap=0)
    np.testing.assert_allclose(law.point["loss"].parameters, truth.parameters, rtol=1e-4)
    with pytest.raises(MixlawError, match="single model size N"):
        fit(observe_runs(given, RunColumns(targets=("loss",), tokens="D")), "chinchilla")
    with pytest.raises(MixlawError, match="compares mixtures"):
        fit(observe_runs(given, columns), "transfer")
    with pytest.raises(MixlawError, match="domains and losses of the same names"):
        fit(observe_runs(given, columns), "proportion")
