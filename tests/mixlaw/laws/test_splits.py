"""What is left out to judge a law."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mixlaw.laws import Observations, RunColumns, observe_runs
from mixlaw.laws.splits import FOLDS, splits

SIZES = (1e7, 3e7, 1e8, 3e8)


def runs(N: np.ndarray, D: np.ndarray, shares: np.ndarray | None = None) -> Observations:
    weights = {} if shares is None else {f"w{j}": shares[:, j] for j in range(shares.shape[1])}
    table = pl.DataFrame({"N": N, "D": D, "loss": np.full(len(N), 2.0), **weights})
    return observe_runs(table, RunColumns(targets=("loss",), weights=tuple(weights), params="N", tokens="D"))


def grid(n_mixtures: int = 6) -> Observations:
    rng = np.random.default_rng(0)
    mixtures = rng.dirichlet(np.ones(3), n_mixtures)
    rows = [(N, D, p) for N in SIZES for D in (1e9, 2e9, 4e9) for p in (*mixtures, np.eye(3)[0])]
    return runs(*(np.array(column) for column in zip(*rows, strict=True)))


def test_the_largest_sizes_are_left_out_in_steps() -> None:
    observed = grid()
    folds = splits(observed, seed=0)["largest-N"]
    assert [sorted(set(observed.N[fold])) for fold in folds] == [[3e8], [1e8, 3e8]]


def test_many_sizes_are_left_out_by_tenths_of_the_rows() -> None:
    N = np.geomspace(1e7, 1e9, 50)
    folds = splits(runs(N, np.full(50, 1e9) * np.geomspace(1, 3, 50)), seed=0)["largest-N"]
    assert [int(np.sum(fold)) for fold in folds] == [5, 15]
    assert all(N[fold].min() > N[~np.array(fold)].max() for fold in folds)


def test_the_longest_training_of_every_size_is_left_out() -> None:
    observed = grid()
    (fold,) = splits(observed, seed=0)["largest-D"]
    assert set(observed.D[fold]) == {4e9}
    assert set(observed.N[fold]) == set(SIZES)


def test_late_checkpoints_are_left_out_together() -> None:
    D = np.tile(np.linspace(0.1, 1.0, 10), 2) * 2e10
    (fold,) = splits(runs(np.repeat([1e7, 1e8], 10), D), seed=0)["largest-D"]
    assert D[fold].min() == pytest.approx(1.6e10)


def test_one_budget_per_size_leaves_out_the_longest_of_all() -> None:
    N = np.array([1e7, 2e7, 4e7, 8e7])
    (fold,) = splits(runs(N, 20 * N), seed=0)["largest-D"]
    assert np.flatnonzero(fold).tolist() == [3]


def test_what_cannot_be_left_out_says_why() -> None:
    found = splits(runs(np.full(8, 1e8), np.full(8, 1e9)), seed=0)
    assert found["largest-N"] == "fewer than three values of the model size: without the largest no slope is left"
    assert "number of tokens" in found["largest-D"]
    assert found["mixtures"] == "there are no shares: all runs had the same data"


@given(seed=st.integers(0, 1000), n_mixtures=st.integers(FOLDS, 30))
def test_every_mixture_is_left_out_once_and_whole(seed: int, n_mixtures: int) -> None:
    observed = grid(n_mixtures)
    folds = np.array(splits(observed, seed=seed)["mixtures"])
    single = observed.shares.max(axis=1) > 0.999
    assert (folds.sum(axis=0) == ~single).all()
    for mixture in np.unique(observed.shares[~single], axis=0):
        same = (observed.shares == mixture).all(axis=1)
        assert (folds[:, same] == folds[:, same][:, :1]).all()
