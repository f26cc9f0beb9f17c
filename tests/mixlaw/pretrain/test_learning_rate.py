from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mixlaw.pretrain.learning_rate import STEP_LAW, LearningRateRule, TunedRun, find_optima, fit
from mixlaw.trial import MixlawError

SIZES = (25_000, 100_000, 400_000)
BUDGETS = (250_000, 1_000_000)


def sweep(
    rule: LearningRateRule, *, noise: float = 0.0, sizes: tuple[int, ...] = SIZES, budgets: tuple[int, ...] = BUDGETS
) -> list[TunedRun]:
    """Losses of a bowl in log rate about the rule's own rate, on a lattice that knows nothing of the rule."""
    generator = np.random.default_rng(0)
    runs: list[TunedRun] = []
    for N in sizes:
        for D in budgets:
            middle = math.log2(rule.c * N**-rule.a * D**-rule.b)
            for power in np.arange(math.floor(middle) - 2, math.floor(middle) + 3.1, 0.5):
                loss = 3 + 0.1 * (math.log(2) * (power - middle)) ** 2 + noise * generator.normal()
                runs.append(TunedRun(N=N, D=D, rate=float(2**power), loss=loss))
    return runs


@given(st.floats(-0.5, 1.0), st.floats(-0.5, 0.5))
def test_a_planted_rule_is_recovered(a: float, b: float) -> None:
    planted = LearningRateRule(c=0.01 * 1e5**a * 1e6**b, a=a, b=b)
    found = fit(sweep(planted))
    assert found.rule.a == pytest.approx(a, abs=1e-6)
    assert found.rule.b == pytest.approx(b, abs=1e-6)
    for N in SIZES:
        assert found.rule.peak(N, 10**6) == pytest.approx(planted.peak(N, 10**6), rel=1e-3)


def test_intervals_cover_the_planted_rule_and_its_optima_under_noise() -> None:
    planted = LearningRateRule(c=20.0, a=0.4, b=0.2)
    found = fit(sweep(planted, noise=0.003))
    assert found.noise == pytest.approx(0.003, rel=0.5)
    for name, value in (("a", planted.a), ("b", planted.b), ("log_c", math.log(planted.c))):
        low, high = found.intervals[name]
        assert low < value < high
        assert low < high
    covered = [cell.low < planted.peak(cell.N, cell.D) < cell.high for cell in found.optima]
    assert sum(covered) >= 5  # of six, at 95%
    assert 0 < found.left_out_error < 0.5


def test_a_wrong_rate_costs_what_the_bowl_says() -> None:
    planted = LearningRateRule(c=20.0, a=0.4, b=0.2)
    optima, _ = find_optima(sweep(planted))
    for cell in optima:
        assert cell.rate is not None
        assert cell.cost(2 * cell.rate) == pytest.approx(0.1 * math.log(2) ** 2, rel=1e-3)


def test_an_exponent_that_the_sweep_cannot_tell_is_taken_from_the_fallback() -> None:
    planted = LearningRateRule(c=20.0, a=0.4, b=0.2)
    found = fit(sweep(planted, budgets=(500_000,)), fallback=planted)
    assert found.rule.b == planted.b
    assert set(found.intervals) == {"log_c", "a"}
    assert found.rule.c == pytest.approx(planted.c, rel=1e-3)


def test_a_best_rate_at_the_end_of_the_sweep_is_no_optimum() -> None:
    falling = [TunedRun(N=1000, D=1000, rate=2.0**-i, loss=3.0 + i) for i in range(5)]
    optima, noise = find_optima(falling)
    assert optima[0].rate is None
    assert optima[0].best_rate == 1.0
    assert math.isnan(noise)
    with pytest.raises(MixlawError, match="0 of 1 cells enclose"):
        fit(falling)


def test_noise_as_deep_as_the_bowl_leaves_the_optimum_open() -> None:
    rates = [2.0**i for i in range(-2, 3)]
    losses = [3.03, 2.96, 2.95, 3.05, 2.97]
    (cell,), noise = find_optima([TunedRun(N=1, D=1, rate=r, loss=x) for r, x in zip(rates, losses, strict=True)])
    assert noise > 0.02
    assert (cell.low, cell.high) == (0.0, math.inf)


def test_the_rule_is_a_file_and_its_rate_a_short_literal(tmp_path: Path) -> None:
    found = fit(sweep(LearningRateRule(c=20.0, a=0.4, b=0.2), noise=0.003))
    path = tmp_path / "learning_rate.json"
    found.rule.save(path, **found.to_json())
    assert LearningRateRule.load(path) == found.rule
    assert json.loads(path.read_text())["optima"][0]["N"] == SIZES[0]
    rate = LearningRateRule.load(path).peak(123_456, 7_654_321)
    assert rate == float(f"{rate:.4g}")


@pytest.mark.parametrize("text", ["{}", "[]", "nonsense", '{"c": -1, "a": 0, "b": 0}', '{"c": "x", "a": 0, "b": 0}'])
def test_a_file_that_is_no_rule_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "rule.json"
    path.write_text(text)
    with pytest.raises(MixlawError, match="learning-rate rule"):
        LearningRateRule.load(path)
    with pytest.raises(MixlawError, match="make one with mixlaw tune-lr"):
        LearningRateRule.load(tmp_path / "absent.json")


def test_the_published_law_as_it_is_printed() -> None:
    assert STEP_LAW.peak(10**9, 10**11) == pytest.approx(1.79 * 1e9**-0.713 * 1e11**0.307, rel=1e-3)
