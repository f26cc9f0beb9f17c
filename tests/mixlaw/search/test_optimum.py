"""The search against the best of fifty descents, for every form, and limits kept to the last bit."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mixlaw.laws import FittedLaw
from mixlaw.search import Box, Constraints, NoWorseThan, search
from mixlaw.search.question import ask

SCALE = {"N": 1.5e9, "D": 350e9}
Plant = Callable[..., FittedLaw]
LIMITS: dict[str, Constraints] = {
    "free": Constraints(),
    "bounds": Constraints(fixed={"weight_a": 0.1}, min_share={"weight_b": 0.05}, max_share={"weight_c": 0.4}),
    "data": Constraints(available={"weight_a": 5e9, "weight_b": 40e9}),
    "no worse": Constraints(no_worse_than=NoWorseThan(percent=0.3)),
}
CASES = [
    ("chinchilla", 8, "data"),
    ("transfer", 7, "free"),
    ("transfer", 5, "no worse"),
    ("proportion", 5, "bounds"),
    ("additive", 2, "free"),
    ("additive", 6, "data"),
    ("additive", 4, "no worse"),
    ("joint", 4, "bounds"),
    ("data-mixing", 5, "no worse"),
    ("proportion-free", 4, "data"),
    ("regmix-linear", 8, "bounds"),
    ("gaussian-process", 4, "free"),
    ("coupled", 3, "data"),
    ("ensemble", 2, "free"),
]
WITHOUT_SLOPES = {"regmix-trees"}


def test_every_form_is_examined(form_names: Sequence[str]) -> None:
    assert {name for name, _, _ in CASES} | WITHOUT_SLOPES >= set(form_names)


@pytest.mark.parametrize(("form", "m", "limits"), CASES)
def test_within_1e_5_nats_of_the_best_of_fifty_descents(plant: Plant, form: str, m: int, limits: str) -> None:
    law, constraints = plant(form, m), LIMITS[limits]
    found = search(law, constraints=constraints, n_trials=30, **SCALE)
    task, rng = ask(law, SCALE["N"], SCALE["D"], None, constraints, None).point_task(), np.random.default_rng(7)
    fifty = task.polish([task.box.place(rng.dirichlet(np.ones(m))) for _ in range(50)])
    assert found.mean.loss <= task.value(fifty) + 1e-5
    p = np.array([found.shares[d] for d in law.domains])
    assert abs(math.fsum(p) - 1) <= 2.3e-16
    assert np.all(p >= task.box.lower)
    assert np.all(p <= task.box.upper)
    assert task.allowed(p)


def test_trees_are_searched_though_they_have_no_slope(plant: Plant) -> None:
    law = plant("regmix-trees", 4)
    found = search(law, n_trials=20, **SCALE)
    losses = ask(law, SCALE["N"], SCALE["D"], None, Constraints(), None).losses(law.point)
    random = np.random.default_rng(0).dirichlet(np.ones(4), 50_000)
    assert found.mean.loss <= losses.values(random).min() + 1e-5
    assert found.gain.nats > 0


def test_a_slope_that_is_infinite_at_zero_keeps_every_share_above_it(plant: Plant) -> None:
    """With every exponent below 1 and its own domain needed by each target, no domain is left out."""
    law = plant("transfer", 5)
    found = search(law, n_trials=20, **SCALE)
    assert min(found.shares.values()) > 1e-4


@st.composite
def limited(draw: st.DrawFn) -> tuple[int, Constraints, float]:
    """Feasible limits on up to eight domains, of numbers as a user or a computation would give them."""
    m = draw(st.integers(2, 8))
    names = [f"weight_{letter}" for letter in "abcdefgh"[:m]]
    share = st.floats(0, 1).map(lambda x: round(x, 3) if x > 0.5 else x)
    least = {name: draw(share) / m for name in names if draw(st.booleans())}
    most = {name: least.get(name, 0.0) + draw(share) for name in names if draw(st.booleans())}
    tokens = {name: draw(st.floats(1e6, 1e12)) for name in names if draw(st.booleans())}
    constraints = Constraints(
        min_share=least,
        max_share={name: min(value, 1.0) for name, value in most.items()},
        available=tokens,
        max_epochs=draw(st.sampled_from([1.0, 3.0, 4.0, 0.7])),
    )
    return m, constraints, draw(st.sampled_from([350e9, 1e9, 7.77e10]))


@settings(max_examples=150, deadline=None)
@given(limited(), st.lists(st.floats(-2, 2), min_size=8, max_size=8))
def test_limits_are_kept_to_the_last_bit(case: tuple[int, Constraints, float], wild: list[float]) -> None:
    m, constraints, D = case
    names = [f"weight_{letter}" for letter in "abcdefgh"[:m]]
    try:
        box = constraints.box(names, D)
    except Exception:
        assume(False)
        raise
    assume(math.fsum(box.lower) <= 1 <= math.fsum(box.upper))
    p = box.project(np.array(wild[:m]))
    assert abs(math.fsum(p) - 1) <= 2.3e-16
    for name, share in zip(names, p, strict=True):
        assert share >= constraints.min_share.get(name, 0.0)
        assert share <= constraints.max_share.get(name, 1.0)
        if name in constraints.available and constraints.min_share.get(name, 0.0) < share:
            assert share * D <= constraints.available[name] * constraints.max_epochs


@settings(max_examples=100, deadline=None)
@given(st.integers(2, 8), st.integers(0, 2**32 - 1))
def test_many_projections_agree_with_one(m: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    lower = rng.uniform(0, 0.9 / m, m)
    box = Box(lower=lower, upper=np.minimum(lower + rng.uniform(0.3, 1, m), 1.0))
    points = rng.normal(size=(5, m))
    together = box.project_many(points)
    np.testing.assert_allclose(together, [box.project(p) for p in points], atol=1e-9)
