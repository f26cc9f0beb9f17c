"""The automatic choice: what it sees, what it prefers, what it says of itself."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from mixlaw.laws import FAMILIES, Coupled, FittedLaw, Observations, RunColumns, fit, observe_runs
from mixlaw.laws.choose import choose
from mixlaw.laws.families.coupled import CoupledFamily
from mixlaw.laws.forms import Ensemble
from mixlaw.trial import MixlawError

WEIGHTS = ("web", "code", "books")
TARGETS = ("code loss", "books loss", "essays loss")


def truth(k: int, gamma: float = 0.6) -> Coupled:
    return Coupled(
        E=1.0 + 0.2 * k,
        A=1.5e3,
        B=4e4,
        alpha_N=0.42,
        alpha_D=0.55,
        beta_E=0.05,
        beta_N=0.1,
        beta_D=0.3,
        gamma=gamma,
        rho=(0.6, 0.55, 0.65),
        w=tuple(np.roll([4.0, 1.0, 0.3], k)),
        reference=(1 / 3, 1 / 3, 1 / 3),
    )


def runs(
    *, n_mixtures: int = 14, noise: float = 0.002, seed: int = 0, sizes: tuple[float, ...] = (1e7, 3e7, 1e8, 3e8)
) -> Observations:
    rng = np.random.default_rng(seed)
    mixtures = rng.dirichlet(np.ones(3), n_mixtures)
    N, D, p = zip(*[(n, d, m) for n in sizes for d in (5e8, 2e9, 8e9) for m in mixtures], strict=True)
    N, D, p = np.array(N), np.array(D), np.array(p)
    losses = {t: truth(k).loss(N, D, p) * np.exp(noise * rng.normal(size=len(N))) for k, t in enumerate(TARGETS)}
    table = pl.DataFrame({"N": N, "D": D, **dict(zip(WEIGHTS, p.T, strict=True)), **losses})
    return observe_runs(table, RunColumns(targets=TARGETS, weights=WEIGHTS, params="N", tokens="D"))


@pytest.fixture(scope="module")
def chosen() -> FittedLaw:
    return fit(runs(), "auto", n_bootstrap=8)


def test_the_form_that_made_the_data_weighs_most(chosen: FittedLaw) -> None:
    assert chosen.choice is not None
    assert next(iter(chosen.choice.weights)) in ("coupled", "coupled-common")
    assert sum(chosen.choice.weights.values()) == pytest.approx(1)


def test_it_predicts_larger_models_and_new_mixtures(chosen: FittedLaw) -> None:
    test = runs(n_mixtures=5, noise=0.0, seed=9, sizes=(1e9,))
    for target in TARGETS:
        predicted = chosen.loss(chosen.point, target, test.N, test.D, test.shares)
        assert np.abs(predicted / test.losses[target] - 1).mean() < 0.01


def test_the_errors_it_reports_are_near_those_on_runs_it_did_not_see(chosen: FittedLaw) -> None:
    test = runs(n_mixtures=20, seed=9)
    unseen = [
        100 * np.abs(chosen.loss(chosen.point, t, test.N, test.D, test.shares) / test.losses[t] - 1).mean()
        for t in TARGETS
    ]
    reported = [chosen.report[t].held_out["mixtures"].error or 0 for t in TARGETS]
    assert np.mean(reported) == pytest.approx(np.mean(unseen), rel=0.3)


class Watched(CoupledFamily):
    """Notes the rows that it is fitted to."""

    seen: list[set[str]]

    def point(self, observed, targets):
        self.seen.append(set(observed.labels))
        return super().point(observed, targets)


def test_no_fold_sees_what_it_is_judged_on() -> None:
    observed, family = runs(n_mixtures=6), Watched()
    family.seen = []
    choose([family], observed, TARGETS, seed=0, progress=lambda what: None)
    n_left_out = [len(observed) - len(seen) for seen in family.seen]
    # Two folds of sizes (a quarter and a half of the rows), one of budgets, five of mixtures.
    n = len(observed)
    assert n_left_out == [n // 4, n // 2, n // 3, *[2 * n // 6, *[n // 6] * 4]]


def test_weights_of_a_fold_come_from_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    from mixlaw.laws import choose as module

    asked: list[int] = []
    real = module._weights  # pyright: ignore[reportPrivateUsage]

    def noted(folds, observed, *, blend):
        asked.append(len(folds))
        return real(folds, observed, blend=blend)

    monkeypatch.setattr(module, "_weights", noted)
    families = [FAMILIES["coupled-common"], FAMILIES["additive"]]
    choose(families, runs(n_mixtures=6), TARGETS[:1], seed=0, progress=lambda what: None)
    assert asked == [8, *[7] * 8]


def test_the_same_runs_and_seed_give_the_same_file(chosen: FittedLaw) -> None:
    assert fit(runs(), "auto", n_bootstrap=8).dumps() == chosen.dumps()


def test_the_choice_is_kept_in_the_law_file(chosen: FittedLaw, tmp_path: Path) -> None:
    chosen.save(tmp_path / "law.json")
    loaded = FittedLaw.load(tmp_path / "law.json")
    assert loaded == chosen
    assert loaded.dumps() == chosen.dumps()


def test_an_ensemble_is_the_weighted_mean_of_its_members(chosen: FittedLaw) -> None:
    form = chosen.point[TARGETS[0]]
    assert isinstance(form, Ensemble)
    N, D, p = np.array([1e8]), np.array([1e9]), np.array([[0.2, 0.5, 0.3]])
    parts = [member.loss(N, D, p) for member in form.members]
    assert form.loss(N, D, p) == pytest.approx(np.average(parts, axis=0, weights=form.weights))
    assert all(np.isfinite(i.value) for i in chosen.intervals(TARGETS[0]).values())


def test_replicates_spread_around_the_point(chosen: FittedLaw) -> None:
    predicted = chosen.predict(1e9, 8e9, {"web": 0.3, "code": 0.4, "books": 0.3}, TARGETS[0])
    assert predicted.lower < predicted.loss * 1.002
    assert predicted.upper > predicted.loss * 0.998
    assert 0 < predicted.upper - predicted.lower < 0.1


def test_runs_of_one_kind_of_data_get_a_law_of_size_and_data() -> None:
    rng = np.random.default_rng(1)
    N, D = (np.array(c) for c in zip(*[(n, d) for n in (1e7, 3e7, 1e8, 3e8) for d in (1e9, 4e9, 1.6e10)], strict=True))
    loss = (1.2 + (1500 * N**-0.4 + 3e4 * D**-0.5) ** 0.6) * np.exp(0.001 * rng.normal(size=len(N)))
    table = pl.DataFrame({"N": N, "D": D, "loss": loss})
    law = fit(observe_runs(table, RunColumns(targets=("loss",), params="N", tokens="D")), "auto", n_bootstrap=0)
    assert law.choice is not None
    assert {candidate.law for candidate in law.choice.candidates} == {"coupled", "chinchilla"}
    far = law.loss(law.point, "loss", np.array([1e9]), np.array([6.4e10]), np.zeros((1, 0)))
    assert far == pytest.approx(1.2 + (1500 * 1e9**-0.4 + 3e4 * 6.4e10**-0.5) ** 0.6, rel=0.02)


def test_forms_are_not_averaged_where_no_larger_model_could_judge_them() -> None:
    law = fit(runs(n_mixtures=8, sizes=(3e7, 1e8)), "auto", n_bootstrap=0)
    assert law.choice is not None
    assert list(law.choice.weights.values()) == [1.0]
    assert law.form == "coupled"


def test_too_few_runs_are_refused_with_every_reason() -> None:
    few = runs(n_mixtures=5, sizes=(1e7, 3e7)).keep(np.arange(30) < 4)
    with pytest.raises(MixlawError, match=r"no law can be fitted and judged: coupled: .*; additive: "):
        fit(few, "auto", n_bootstrap=0)


def test_exponents_are_drawn_together_over_targets() -> None:
    points = CoupledFamily().point(runs(noise=0.004), TARGETS)
    alone = {t: CoupledFamily().point(runs(noise=0.004), (t,))[t] for t in TARGETS}

    def spread(found):
        return np.std([np.log(found[t].form.alpha_D) for t in TARGETS])

    assert spread(points) < spread(alone)
