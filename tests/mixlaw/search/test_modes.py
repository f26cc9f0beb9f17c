"""Pareto front, robust search, repetition in the search, marginal values, references."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import numpy as np
import optuna
import pytest

from mixlaw.laws import FittedLaw, Scales
from mixlaw.laws.repetition import Repetition
from mixlaw.search import Constraints, Front, NoWorseThan, pareto, search
from mixlaw.search.objective import LowerGain
from mixlaw.search.outlook import marginal_tokens
from mixlaw.search.question import ask
from mixlaw.trial import MixlawError

SCALE = {"N": 1.5e9, "D": 350e9}
Plant = Callable[..., FittedLaw]


def test_the_front_runs_from_the_best_mean_to_the_best_worst_target(plant: Plant, tmp_path: Path) -> None:
    law = plant("transfer", 4, n_replicates=15)
    limits = Constraints(min_share={"weight_a": 0.1})
    front = pareto(law, n_points=5, constraints=limits, n_trials=30, **SCALE)
    means, worst = ([f(p) for p in front.points] for f in (lambda p: p.mean.loss, lambda p: p.worst.change))
    assert means == sorted(means)
    assert worst == sorted(worst, reverse=True)
    assert len(front.points) >= 4
    best = search(law, constraints=limits, n_trials=30, **SCALE)
    assert means[0] == pytest.approx(best.mean.loss, abs=1e-7)
    for point in front.points:
        assert point.shares["weight_a"] >= 0.1
        assert point.gain.lower <= point.gain.nats + 0.1
        assert point.worst.lower <= point.worst.upper
    front.save(tmp_path / "front.json")
    assert Front.load(tmp_path / "front.json") == front


def test_no_sampled_mixture_dominates_the_front(plant: Plant) -> None:
    law = plant("additive", 4)
    front = pareto(law, n_points=7, n_trials=30, **SCALE)
    losses = ask(law, 1.5e9, 350e9, None, Constraints(), None).losses(law.point)
    random = np.random.default_rng(0).dirichlet(np.ones(4), 20_000)
    reference = losses.losses(np.full((1, 4), 0.25))
    means, worst = losses.values(random), (losses.losses(random) / reference).max(axis=1) - 1
    for point in front.points:
        better = (means < point.mean.loss - 1e-6) & (worst < point.worst.change - 1e-6)
        assert not better.any()


def test_a_front_is_an_ordinary_study_of_two_objectives(plant: Plant, tmp_path: Path) -> None:
    storage = f"sqlite:///{tmp_path}/study.db"
    front = pareto(plant("transfer", 3), n_points=3, n_trials=20, storage=storage, **SCALE)
    study = optuna.load_study(study_name="mixlaw-proportions", storage=storage)
    assert len(study.directions) == 2
    polished = [t for t in study.trials if t.user_attrs.get("polished")]
    assert len(polished) == len(front.points)
    assert {t.number for t in study.best_trials} <= {t.number for t in study.trials}
    with pytest.raises(MixlawError, match="two points or more"):
        pareto(plant("transfer", 3), n_points=1, **SCALE)


def test_the_robust_mixture_has_the_higher_lower_end(plant: Plant) -> None:
    law = plant("transfer", 4, n_replicates=40, spread=0.1)
    mean, robust = (search(law, n_trials=20, goal=goal, **SCALE) for goal in ("mean", "robust"))
    assert robust.gain.lower > mean.gain.lower
    assert robust.gain.nats <= mean.gain.nats + 1e-9
    assert robust.goal == "robust"
    question = ask(law, 1.5e9, 350e9, None, Constraints(), None, "robust")
    objective = question.lower_gain()
    p = np.array(list(robust.shares.values()))
    assert robust.gain.lower == pytest.approx(-objective.values(p[None])[0], abs=1e-12)
    random = np.random.default_rng(1).dirichlet(np.ones(4), 3000)
    assert -objective.values(random).min() <= robust.gain.lower + 1e-5


def test_robust_keeps_limits_and_needs_bootstrap_laws(plant: Plant) -> None:
    law = plant("transfer", 3, n_replicates=10)
    limits = Constraints(max_share={"weight_b": 0.2}, no_worse_than=NoWorseThan(percent=0.5))
    found = search(law, n_trials=10, goal="robust", constraints=limits, **SCALE)
    assert found.shares["weight_b"] <= 0.2
    for t, p in found.predicted.items():
        assert p.loss <= 1.005 * found.reference_predicted[t].loss * (1 + 1e-12)
    with pytest.raises(MixlawError, match="needs bootstrap laws"):
        search(plant("transfer", 3), goal="robust", **SCALE)


def test_the_smoothed_quantile_has_the_gradient_it_says(plant: Plant) -> None:
    law = plant("transfer", 3, n_replicates=30, spread=0.1)
    objective: LowerGain = ask(law, 1.5e9, 350e9, None, Constraints(), None, "robust").lower_gain()
    p = np.array([0.5, 0.3, 0.2])
    for j in range(3):
        step = 1e-6 * np.eye(3)[j]
        difference = (objective.smooth(p + step) - objective.smooth(p - step)) / 2e-6
        assert objective.gradient(p)[j] == pytest.approx(difference, rel=1e-3)


def test_scarce_data_shift_the_optimum_before_the_cap(plant: Plant) -> None:
    law = plant("transfer", 4)
    free = search(law, n_trials=20, **SCALE)
    scarce = max(free.shares, key=free.shares.__getitem__)
    tokens = free.shares[scarce] * 350e9 / 3
    limits = Constraints(available={scarce: tokens}, max_epochs=20)
    found = search(law, constraints=limits, n_trials=20, **SCALE)
    assert scarce not in found.binding
    assert 1 < found.epochs[scarce] < 3
    assert found.shares[scarce] < free.shares[scarce] - 0.005
    assert found.mean.loss > free.mean.loss
    full = Constraints(available={scarce: tokens}, max_epochs=20, repetition=Repetition(R_star=np.inf))
    assert search(law, constraints=full, n_trials=20, **SCALE).shares[scarce] == pytest.approx(
        free.shares[scarce], abs=1e-4
    )


@pytest.mark.parametrize("form", ["transfer", "chinchilla", "regmix-trees"])
def test_marginal_values_are_what_more_tokens_save(plant: Plant, form: str) -> None:
    law = plant(form, 3, n_replicates=12)
    limits = Constraints(available={"weight_a": 50e9})
    found = search(law, n_trials=20, constraints=limits, **SCALE)
    losses = ask(law, 1.5e9, 350e9, None, limits, None).losses(law.point)
    p = np.array(list(found.shares.values()))
    for j, (domain, marginal) in enumerate(found.marginal.items()):
        more = 1e6 if form != "regmix-trees" else found.marginal_tokens
        larger = dataclasses.replace(losses, D=350e9 + more)
        there = (350e9 * p + more * np.eye(3)[j]) / (350e9 + more)
        saved = (losses.smooth(p) - larger.smooth(there)) * found.marginal_tokens / more
        assert marginal.nats == pytest.approx(saved, rel=2e-3, abs=1e-8), domain
        assert marginal.lower <= marginal.upper
    assert found.marginal_tokens == 1e9
    assert marginal_tokens(2e6) == 2e4


def test_a_reference_that_the_limits_exclude_is_named(plant: Plant) -> None:
    law = plant("chinchilla", 3)
    alone = NoWorseThan(percent=0.1, shares={"weight_b": 1.0})
    ok = search(law, weights={"weight_b": 1.0}, constraints=Constraints(no_worse_than=alone), n_trials=10, **SCALE)
    assert ok.shares["weight_b"] > 0.9
    limits = Constraints(no_worse_than=alone, max_share={"weight_b": 0.2})
    with pytest.raises(MixlawError, match=r"nearest exceeds it for .*weight_b \(by"):
        search(law, constraints=limits, n_trials=10, **SCALE)
    wrong = NoWorseThan(percent=-1, shares={"weight_q": 0.5})
    with pytest.raises(MixlawError) as error:
        search(law, constraints=Constraints(no_worse_than=wrong), **SCALE)
    for part in ("weight_q is not in the law (did you mean weight_", "percentage >= 0", "sum of 0.5"):
        assert part in str(error.value)


def test_a_law_of_one_scale_says_nothing_of_others(plant: Plant) -> None:
    law = dataclasses.replace(plant("transfer", 3), scales=Scales(N=(1e9, 1e9), D=(1.0, 1.0)))
    far, near = (search(law, N=1e9, D=D, n_trials=10) for D in (350e9, 1e9))
    assert far.shares == near.shares
    assert far.mean.loss == near.mean.loss
    assert "one N and one D" in far.verdict
    limits = Constraints(available={"weight_a": 1e9})
    capped = search(law, N=1e9, D=350e9, constraints=limits, n_trials=10)
    assert capped.shares["weight_a"] <= 4e9 / 350e9
