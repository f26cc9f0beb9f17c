"""Recommended against uniform: pairing and intervals, on values worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mixlaw.report.comparison import Pair, Run, differences, largest_pairs, runs_of
from mixlaw.report.figures.mixtures import MEAN
from mixlaw.store import SCHEMA

WEIGHTS = {"python": 0.75, "go": 0.25}


def run(python: float, go: float, *, N: float = 1e5, seed: int = 0, error: float = 0.01) -> Run:
    return Run(
        N=N,
        D=1e6,
        flops=6e6 * N,
        seed=seed,
        shares={"python": 0.5, "go": 0.5},
        losses={"python": python, "go": go},
        errors={"python": error, "go": error},
    )


def test_two_seeds_use_students_t() -> None:
    pairs = [
        Pair(recommended=run(2.9, 2.0), uniform=run(3.0, 2.0)),
        Pair(recommended=run(2.8, 2.1, seed=1), uniform=run(3.0, 2.0, seed=1)),
    ]
    mean, python, go = differences(pairs, WEIGHTS, {MEAN: -0.1})
    assert mean.difference == pytest.approx(0.75 * -0.15 + 0.25 * 0.05)
    assert mean.predicted == -0.1
    spread = abs((0.75 * -0.1) - (0.75 * -0.2 + 0.25 * 0.1)) / 2  # standard error of a mean of two
    assert mean.upper - mean.difference == pytest.approx(6.3138 * spread, rel=1e-4)
    # Pooled over two languages: both have a standard error of 0.05, two degrees of freedom.
    assert python.difference == pytest.approx(-0.15)
    assert python.upper - python.difference == pytest.approx(2.9200 * 0.05, rel=1e-4)
    assert go.upper - go.difference == pytest.approx(2.9200 * 0.05, rel=1e-4)
    assert math.isnan(python.predicted)


def test_one_seed_uses_the_errors_over_rows() -> None:
    pairs = [Pair(recommended=run(2.9, 2.0), uniform=run(3.0, 2.0))]
    mean, python, go = differences(pairs, WEIGHTS, {})
    assert python.upper - python.lower == pytest.approx(2 * 1.6449 * 0.01 * math.sqrt(2), rel=1e-4)
    assert python.known
    assert not go.known
    assert mean.upper - mean.lower == pytest.approx(2 * 1.6449 * 0.01 * math.sqrt(2 * (0.75**2 + 0.25**2)), rel=1e-4)


def test_pairs_share_size_and_seed_at_the_largest_compute() -> None:
    recommended = [run(2.9, 2.0), run(2.8, 1.9, N=2e5), run(2.8, 1.9, N=2e5, seed=1), run(2.7, 1.8, N=4e5)]
    uniform = [run(3.0, 2.0), run(2.9, 2.0, N=2e5), run(2.9, 2.0, N=2e5, seed=1)]
    pairs = largest_pairs(recommended, uniform)
    assert [(p.recommended.N, p.recommended.seed, p.uniform.seed) for p in pairs] == [(2e5, 0, 0), (2e5, 1, 1)]
    assert largest_pairs(recommended, []) == []


def table(rows: list[dict[str, object]]) -> pl.DataFrame:
    base: dict[str, object] = {"params_non_embedding": 1, "train_tokens": 1, "flops": 1.0, "seed": 0}
    return pl.DataFrame([{name: (base | row).get(name) for name in SCHEMA} for row in rows], schema=SCHEMA)


def test_runs_are_found_by_their_shares_to_rounding() -> None:
    rows = table(
        [
            {"share_python": 0.3333, "share_go": 0.6667, "loss_python": 3.0, "study": "mine", "label": "x"},
            {"share_python": 0.5, "share_go": 0.5, "study": "allocation", "label": "recommended"},
        ]
    )
    (found,) = runs_of(rows, {"python": 1 / 3, "go": 2 / 3}, "recommended")
    assert found.losses == {"python": 3.0}
    (fallback,) = runs_of(rows, {"python": 0.9, "go": 0.1}, "recommended")
    assert fallback.shares == {"python": 0.5, "go": 0.5}
    assert runs_of(rows, {"python": 0.9, "go": 0.1}, "uniform") == []


@given(st.lists(st.floats(-0.2, 0.2), min_size=2, max_size=6), st.floats(-0.5, 0.5))
def test_intervals_move_with_the_difference_and_contain_it(noise: list[float], shift: float) -> None:
    def at(offset: float) -> list[float]:
        pairs = [
            Pair(recommended=run(3.0 + e + offset, 2.0, seed=i), uniform=run(3.0, 2.0, seed=i))
            for i, e in enumerate(noise)
        ]
        python = differences(pairs, {"python": 1.0}, {})[1]
        assert python.lower <= python.difference <= python.upper
        return [python.lower, python.difference, python.upper]

    np.testing.assert_allclose(np.array(at(shift)) - np.array(at(0.0)), shift, atol=1e-9)
