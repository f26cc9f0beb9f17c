"""Compute-optimal N and D: published numbers, the closed form against the search, intervals."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import numpy as np
import pytest

from mixlaw.laws import Chinchilla, FittedLaw, Scales, TargetReport, Transfer
from mixlaw.laws.optimal import chinchilla_optimum, compute_optimum
from mixlaw.trial import MixlawError

HOFFMANN = Chinchilla(E=1.69, A=406.4, B=410.7, alpha_N=0.34, alpha_D=0.28)
BESIROGLU = Chinchilla(E=1.8172, A=482.01, B=2085.43, alpha_N=0.3478, alpha_D=0.3658)
REPORT = TargetReport(n_rows=1, n_runs=1, objective=0.0, converged=True, in_sample_error=0.0, noise=0.0, held_out={})


def law_of(point: dict, replicates: tuple = (), domains: tuple[str, ...] = ("python", "rust")) -> FittedLaw:
    return FittedLaw(
        form=next(iter(point.values())).name,
        domains=domains,
        targets=tuple(point),
        point=point,
        replicates=replicates,
        report=dict.fromkeys(point, REPORT),
        scales=Scales(N=(1e8, 1e10), D=(2e9, 4e11)),
        n_runs=1,
        seed=0,
    )


def test_published_optima_at_the_budget_of_chinchilla() -> None:
    """5.76e23 FLOPs, as Chinchilla was trained (70B parameters, 1.4T tokens). The refit of Besiroglu et al. 2024
    (arXiv:2404.10102) agrees with its 20 tokens per parameter; the parameters as first published do not."""
    N, D = chinchilla_optimum(BESIROGLU, 5.76e23)
    assert pytest.approx(5.76e23) == 6 * N * D
    assert pytest.approx(18.3, abs=0.5) == D / N
    assert pytest.approx(72.4e9, rel=0.01) == N
    N, D = chinchilla_optimum(HOFFMANN, 5.76e23)
    assert pytest.approx(32.2e9, rel=0.01) == N
    assert D / N > 60


@pytest.mark.parametrize("C", [1e17, 1e21, 5.76e23])
def test_the_search_agrees_with_the_closed_form(C: float) -> None:
    """The same surface as a transfer law that counts nothing else goes through the search."""
    fields = dataclasses.asdict(BESIROGLU)
    same = Transfer(**fields, rho=1.0, weights=(1.0, 0.0), own=0)
    found = compute_optimum(law_of({"python": same}), C, {"python": 1.0}, {"python": 1.0})
    N, D = chinchilla_optimum(BESIROGLU, C)
    assert found.N.value == pytest.approx(N, rel=1e-5)
    assert found.D.value == pytest.approx(D, rel=1e-5)
    direct = compute_optimum(law_of({"python": BESIROGLU}), C, {"python": 1.0}, {"python": 1.0})
    assert direct.N.value == pytest.approx(N, rel=1e-12)
    assert direct.loss.loss == pytest.approx(found.loss.loss, rel=1e-9)


def test_no_other_split_is_better() -> None:
    point = {
        "python": Transfer(E=1.0, A=400.0, B=900.0, alpha_N=0.33, alpha_D=0.3, rho=0.6, weights=(1.0, 0.4), own=0),
        "rust": Transfer(E=0.8, A=300.0, B=700.0, alpha_N=0.31, alpha_D=0.34, rho=0.8, weights=(0.2, 1.0), own=1),
    }
    law, shares, weights = law_of(point), {"python": 0.4, "rust": 0.6}, {"python": 2.0, "rust": 1.0}
    found = compute_optimum(law, 1e21, shares, weights)
    N = found.N.value * np.exp(np.linspace(-1, 1, 201))
    losses = law.predict_rows(N, 1e21 / (6 * N), np.tile([0.4, 0.6], (201, 1)), weights)[:, 0]
    assert losses.argmin() == 100
    assert found.loss.loss == pytest.approx(losses.min(), rel=1e-12)
    assert found.tokens_per_parameter == pytest.approx(found.D.value / found.N.value)


def test_intervals_and_extrapolation() -> None:
    rng = np.random.default_rng(0)

    def scattered() -> Chinchilla:
        return BESIROGLU.with_parameters(BESIROGLU.parameters * np.exp(0.01 * rng.normal(size=5)))

    law = law_of({"python": BESIROGLU}, tuple({"python": scattered()} for _ in range(100)))
    inside = compute_optimum(law, 1e21, {"python": 1.0}, {"python": 1.0})
    assert inside.N.lower < inside.N.value < inside.N.upper
    assert inside.D.lower < inside.D.value < inside.D.upper
    assert inside.loss.lower < inside.loss.loss < inside.loss.upper
    assert inside.beyond == ""
    assert "largest N" in compute_optimum(law, 1e24, {"python": 1.0}, {"python": 1.0}).beyond


def test_an_open_end_is_open() -> None:
    """Bootstrap laws without any gain from data: their optimum is as large a model as there is."""
    useless = dataclasses.replace(BESIROGLU, B=1e-12)
    law = law_of({"python": BESIROGLU}, tuple({"python": f} for f in [BESIROGLU] * 18 + [useless] * 2))
    found = compute_optimum(law, 1e21, {"python": 1.0}, {"python": 1.0})
    assert found.N.upper is None
    assert found.D.lower is None


@pytest.mark.parametrize(
    ("change", "C", "message"),
    [
        ({}, -1.0, "flops must be a number above"),
        ({}, 1e3, "flops must be a number above"),
        ({"scales": Scales(N=(1e9, 1e9), D=(1e9, 1e10))}, 1e21, "fitted at one N"),
        ({"point": {"python": dataclasses.replace(BESIROGLU, A=0.0)}}, 1e21, "no compute optimum"),
    ],
)
def test_what_has_no_optimum_is_refused(change: dict, C: float, message: str) -> None:
    law = dataclasses.replace(law_of({"python": BESIROGLU}), **change)
    with pytest.raises(MixlawError, match=message):
        compute_optimum(law, C, {"python": 1.0}, {"python": 1.0})


def test_unknown_names_are_refused() -> None:
    law: FittedLaw = law_of({"python": BESIROGLU})
    wrong: list[Callable[[], object]] = [
        lambda: compute_optimum(law, 1e21, {"cobol": 1.0}, {"python": 1.0}),
        lambda: compute_optimum(law, 1e21, {"python": 1.0}, {"cobol": 1.0}),
    ]
    for call in wrong:
        with pytest.raises(MixlawError, match="cobol"):
            call()
