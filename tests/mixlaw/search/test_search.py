"""The search finds the true optimum of planted laws, within limits, and says what it does not know."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import optuna
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mixlaw.laws import Chinchilla, FittedLaw, Form, HeldOut, Proportion, Scales, TargetReport, Transfer
from mixlaw.search import Box, Constraints, NoWorseThan, Recommendation, search
from mixlaw.search.question import ask
from mixlaw.search.study import _as_u, _portions
from mixlaw.search.task import Task
from mixlaw.trial import LANGUAGES, MixlawError

M = len(LANGUAGES)
SCALE = {"N": 1.5e9, "D": 350e9}


def law_of(
    point: Mapping[str, Form],
    replicates: tuple[Mapping[str, Form], ...] = (),
    noise: float = 0.0,
    held_out: Mapping[str, HeldOut] | None = None,
) -> FittedLaw:
    report = TargetReport(
        n_rows=1,
        n_runs=1,
        objective=0.0,
        converged=True,
        in_sample_error=0.0,
        noise=noise,
        held_out=held_out or {},
    )
    return FittedLaw(
        form=next(iter(point.values())).name,
        domains=LANGUAGES,
        targets=tuple(point),
        point=point,
        replicates=replicates,
        report=dict.fromkeys(point, report),
        scales=Scales(N=(1e8, 2e9), D=(2e9, 4e11)),
        n_runs=1,
        seed=0,
    )


def transfer(seed: int = 0, spread: float = 0.0) -> dict[str, Form]:
    """Planted transfer laws; `spread` scatters them, as a bootstrap would."""
    rng, scatter = np.random.default_rng(seed if not spread else 0), np.random.default_rng(seed)
    forms: dict[str, Form] = {}
    for k, t in enumerate(LANGUAGES):
        weights = rng.uniform(0.0, 0.4, M) * np.exp(spread * scatter.normal(size=M))
        weights[k] = 1.0
        forms[t] = Transfer(
            E=0.5 + 0.05 * k,
            A=150.0,
            B=float(800 * np.exp(0.6 * rng.normal() + spread * scatter.normal())),
            alpha_N=0.3,
            alpha_D=0.33,
            weights=tuple(map(float, weights)),
            own=k,
        )
    return forms


def chinchilla() -> dict[str, Form]:
    return {
        t: Chinchilla(E=0.5, A=150.0, B=500.0 + 150 * k, alpha_N=0.3, alpha_D=0.30 + 0.01 * k)
        for k, t in enumerate(LANGUAGES)
    }


def proportion() -> dict[str, Form]:
    rng = np.random.default_rng(4)
    tau = rng.uniform(0, 0.2, (M, M))
    np.fill_diagonal(tau, 0)
    return {
        "mixture": Proportion(
            A=0.3,
            B=0.9,
            gamma=20.0,
            alpha_N=tuple(rng.uniform(0.2, 0.3, M)),
            alpha_D=tuple(rng.uniform(0.3, 0.35, M)),
            L_inf=tuple(rng.uniform(0.30, 0.31, M)),
            tau=tuple(tuple(map(float, row)) for row in tau),
        )
    }


def task_of(law: FittedLaw, constraints: Constraints) -> Task:
    return ask(law, SCALE["N"], SCALE["D"], None, constraints, None).point_task()


LIMITS = {
    "free": Constraints(),
    "bounds": Constraints(fixed={"go": 0.2}, min_share={"rust": 0.1}, max_share={"python": 0.12}),
    "data": Constraints(available={"python": 5e9, "rust": 8e9}, max_epochs=4),
    "no worse": Constraints(no_worse_than=NoWorseThan(percent=0.5)),
}


@pytest.mark.parametrize("limits", LIMITS)
@pytest.mark.parametrize("forms", [transfer, chinchilla, proportion])
def test_it_finds_the_best_of_fifty_gradient_starts(forms, limits: str) -> None:
    law, constraints = law_of(forms()), LIMITS[limits]
    found = search(law, constraints=constraints, n_trials=60, **SCALE)
    task = task_of(law, constraints)
    rng = np.random.default_rng(7)
    starts = [task.box.place(rng.dirichlet(np.ones(M))) for _ in range(50)]
    assert found.mean.loss <= task.value(task.polish(starts)) + 1e-5
    p = np.array([found.shares[t] for t in LANGUAGES])
    assert abs(p.sum() - 1) < 1e-12
    assert np.all(p >= task.box.lower)
    assert np.all(p <= task.box.upper)
    assert task.allowed(p)
    assert found.mean.loss <= task.value(task.anchor)


def test_the_optimum_of_equal_languages_is_uniform() -> None:
    """No transfer and equal laws: by symmetry and convexity the optimum is uniform, and the verdict says so."""
    same = {t: Chinchilla(E=0.5, A=150.0, B=500.0, alpha_N=0.3, alpha_D=0.3) for t in LANGUAGES}
    found = search(law_of(same), n_trials=30, **SCALE)
    np.testing.assert_allclose(list(found.shares.values()), 1 / M, atol=1e-3)
    assert found.verdict.startswith("No better than uniform")


def test_without_transfer_the_optimum_is_known() -> None:
    """min sum_k B_k p_k^-a on the simplex: p_k is proportional to B_k^(1 / (1 + a))."""
    B = np.linspace(300, 1500, M)
    forms = {
        t: Chinchilla(E=0.5, A=150.0, B=float(b), alpha_N=0.3, alpha_D=0.3) for t, b in zip(LANGUAGES, B, strict=True)
    }
    expected = B ** (1 / 1.3) / np.sum(B ** (1 / 1.3))
    found = search(law_of(forms), n_trials=30, **SCALE)
    np.testing.assert_allclose(list(found.shares.values()), expected, atol=1e-4)


def test_target_weights_move_the_answer() -> None:
    law = law_of(chinchilla())
    equal = search(law, n_trials=20, **SCALE)
    leaning = search(law, n_trials=20, weights={**dict.fromkeys(LANGUAGES, 1.0), "rust": 5.0}, **SCALE)
    assert leaning.shares["rust"] > equal.shares["rust"] + 0.05
    assert sum(leaning.weights.values()) == pytest.approx(1)


def test_a_gain_below_the_laws_own_error_is_said_so() -> None:
    left_out = {"mixtures": HeldOut(error=90.0, standard_error=1.0, n_rows=9)}
    doubted = search(law_of(transfer(), held_out=left_out), n_trials=30, **SCALE)
    trusted = search(law_of(transfer(), held_out={}), n_trials=30, **SCALE)
    assert doubted.law_error == pytest.approx(0.9 * doubted.reference_mean.loss, rel=1e-6)
    assert "train both before trusting it" in doubted.verdict
    assert trusted.law_error is None
    assert "trusting" not in trusted.verdict


def test_uncertainty_reaches_the_answer() -> None:
    sure = law_of(transfer(), tuple(transfer(seed, 0.02) for seed in range(1, 41)))
    unsure = law_of(transfer(), tuple(transfer(seed, 0.8) for seed in range(1, 41)), noise=0.5)
    first, second = (search(law, n_trials=30, **SCALE) for law in (sure, unsure))
    assert first.gain.lower > 0
    assert first.gain.probability == 1
    assert first.verdict.startswith("Better than uniform")
    width = [np.mean([b - a for a, b in r.share_intervals.values()]) for r in (first, second)]
    assert width[1] > 3 * width[0]
    assert second.gain.lower < first.gain.lower
    assert "A single pair of runs need not show it" in second.verdict
    for domain, (lower, upper) in first.share_intervals.items():
        assert lower - 0.05 <= first.shares[domain] <= upper + 0.05


def test_a_gain_that_the_laws_disagree_about_is_not_sold() -> None:
    point = chinchilla()
    opposite = dict(zip(LANGUAGES, reversed(point.values()), strict=True))
    law = law_of(point, tuple(opposite if i % 2 else point for i in range(20)))
    found = search(law, n_trials=30, **SCALE)
    assert found.gain.lower < 0 < found.gain.upper
    assert found.gain.probability == 0.5
    assert found.verdict.startswith("The runs cannot tell it from uniform")


def test_extrapolation_is_said() -> None:
    assert "extrapolates" not in search(law_of(chinchilla()), n_trials=5, **SCALE).verdict
    assert "7.0 times the largest N" in search(law_of(chinchilla()), N=14e9, D=1e11, n_trials=5).verdict


@pytest.mark.parametrize(
    ("constraints", "messages"),
    [
        (Constraints(min_share={"rust": 0.3}, max_share={"rust": 0.2}), ["rust: min_share 0.3 is above max_share 0.2"]),
        (
            Constraints(min_share={"rust": 0.1, "go": 0.2}, available={"rust": 1e9, "go": 1e9}, max_epochs=4),
            ["rust: min_share 0.1 of 3.5e+11 tokens would take 35.0 epochs", "go: min_share 0.2"],
        ),
        (Constraints(min_share=dict.fromkeys(LANGUAGES, 0.2)), ["least shares sum to 1.4"]),
        (Constraints(max_share=dict.fromkeys(LANGUAGES, 0.1)), ["greatest shares sum to 0.7"]),
        (Constraints(available=dict.fromkeys(LANGUAGES, 1e9)), ["greatest shares", "more epochs"]),
        (Constraints(fixed={"cobol": 0.1}, min_share={"rust": -1}), ["cobol is not in the law", "min_share of rust"]),
    ],
)
def test_infeasible_limits_are_named_one_by_one(constraints: Constraints, messages: list[str]) -> None:
    with pytest.raises(MixlawError) as error:
        search(law_of(chinchilla()), constraints=constraints, **SCALE)
    for message in messages:
        assert message in str(error.value)


@pytest.mark.parametrize(
    "arguments", [{"N": 0.0, "D": 1e9}, {"N": 1e9, "D": -1.0}, {**SCALE, "weights": {"cobol": 1.0}}]
)
def test_impossible_questions_are_refused(arguments: dict) -> None:
    with pytest.raises(MixlawError):
        search(law_of(chinchilla()), **arguments)


def test_the_study_is_stored_resumed_and_ordinary(tmp_path: Path) -> None:
    storage, law = f"sqlite:///{tmp_path}/study.db", law_of(transfer())
    search(law, n_trials=8, storage=storage, **SCALE)
    found = search(law, n_trials=12, storage=storage, **SCALE)
    study = optuna.load_study(study_name="mixlaw-proportions", storage=storage)
    sampled = [t for t in study.trials if not t.user_attrs.get("polished")]
    assert len(sampled) == 12
    assert len({tuple(t.params.values()) for t in sampled}) == 12
    assert study.best_trial.user_attrs["polished"]
    assert study.best_value == pytest.approx(found.mean.loss, abs=1e-9)
    assert sum(study.best_trial.user_attrs["shares"].values()) == pytest.approx(1)
    with pytest.raises(MixlawError, match="another law, scale or limits"):
        search(law, N=1e9, D=1e9, storage=storage)


def test_a_storage_that_cannot_be_opened_is_a_users_mistake(tmp_path: Path) -> None:
    with pytest.raises(MixlawError, match="cannot open the study"):
        search(law_of(chinchilla()), storage=f"sqlite:///{tmp_path}/no/such/folder.db", n_trials=1, **SCALE)


def test_search_is_deterministic_and_leaves_optuna_as_it_was() -> None:
    before = optuna.logging.get_verbosity()
    law = law_of(transfer())
    first, second = (search(law, n_trials=15, seed=3, **SCALE).shares for _ in range(2))
    assert first == second
    assert optuna.logging.get_verbosity() == before


def test_recommendation_round_trips(tmp_path: Path) -> None:
    law = law_of(transfer(), tuple(transfer(seed, 0.1) for seed in range(1, 6)))
    found = search(law, n_trials=10, **SCALE)
    found.save(tmp_path / "recommendation.json")
    assert Recommendation.load(tmp_path / "recommendation.json") == found
    (tmp_path / "other.json").write_text("{}")
    with pytest.raises(MixlawError, match="is not a recommendation"):
        Recommendation.load(tmp_path / "other.json")


boxes = st.lists(st.tuples(st.floats(0, 1 / 4), st.floats(0, 1)), min_size=4, max_size=4).map(
    lambda pairs: Box(lower=np.array([a for a, _ in pairs]), upper=np.array([min(a + b, 1.0) for a, b in pairs]))
)


@given(box=boxes, p=st.lists(st.floats(-2, 2), min_size=4, max_size=4))
def test_projection_stays_within_every_bound(box: Box, p: list[float]) -> None:
    if box.upper.sum() < 1:
        return
    q = box.project(np.array(p))
    assert np.all(q >= box.lower)
    assert np.all(q <= box.upper)
    assert abs(q.sum() - 1) < 1e-9
    np.testing.assert_allclose(box.project(q), q, atol=1e-9)


@given(st.lists(st.floats(1e-4, 1), min_size=3, max_size=3))
def test_parameters_of_a_mixture_give_it_back(weights: list[float]) -> None:
    p = np.array(weights) / sum(weights)
    box = Box(lower=np.zeros(3), upper=np.ones(3))
    u = np.array(list(_as_u(("a", "b", "c"), p, box).values()))
    np.testing.assert_allclose(_portions(u), p, atol=1e-9)
