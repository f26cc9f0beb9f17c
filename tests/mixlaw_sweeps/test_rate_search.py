from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from mixlaw import store
from mixlaw.pretrain.learning_rate import LearningRateRule, TunedRun, find_optima
from mixlaw.trial import MixlawError, ModelShape, Recipe, Trial
from mixlaw_sweeps.commands.shared import learning_rate_rule, study_trials
from mixlaw_sweeps.launch import record_study
from mixlaw_sweeps.rate_search import Cell, CellSearch, known_trials, stopped_path

CELL = Cell(
    first=Trial(
        model=ModelShape(name="t", n_layers=1, d_model=32, n_heads=1, d_ff=64),
        train_tokens=64 * 512,
        shares={"python": 1.0},
        recipe=Recipe(learning_rate=0.01, batch_tokens=512, seq_len=64),
        label="t",
    )
)


def end(out: Path, rate: float, best: float) -> Trial:
    """The trial of this rate, ended: it diverges beyond eight times the best rate, else its loss is on a bowl."""
    trial = CELL.trial(rate)
    row: dict[str, object] = {"trial_id": trial.trial_id, "evaluation": "validation", "status": "failed"}
    if rate < 8 * best:
        row |= {"status": "finished", "loss_python": 3 + 0.1 * math.log(rate / best) ** 2}
    store.write_rows(out, trial.trial_id, "validation", [row])
    return trial


def search(out: Path, best: float, n_trials: int) -> CellSearch:
    """A search over losses of that bowl, to its end."""
    found = CellSearch(CELL, n_trials, 0, known_trials(out), out)
    while not found.done:
        asked = found.ask()
        assert asked is not None
        trial = CELL.trial(asked[0])
        record_study(out, [trial])
        found.tell(end(out, asked[0], best))
    return found


@pytest.mark.parametrize("best", [0.003, 0.007, 0.01, 0.02, 0.05])
@pytest.mark.parametrize("n_trials", [5, 9])
def test_a_search_ends_with_the_best_rate_enclosed_and_points_to_spare(
    tmp_path: Path, best: float, n_trials: int
) -> None:
    found = search(tmp_path, best, n_trials)
    assert n_trials <= len(found.tried) <= n_trials + 4
    assert len({one.rate for one in found.tried}) == len(found.tried)
    runs = [TunedRun(N=1, D=1, rate=one.rate, loss=one.loss) for one in found.tried if one.loss is not None]
    (optimum,), _ = find_optima(runs)
    assert optimum.rate == pytest.approx(best, rel=0.02)
    assert sum(0.25 <= run.rate / optimum.best_rate <= 4 for run in runs) >= 4


def test_a_search_goes_on_from_what_is_in_the_folder(tmp_path: Path) -> None:
    whole = search(tmp_path / "whole", 0.02, 7)
    out = tmp_path / "killed"
    begun = CellSearch(CELL, 7, 0, [], out)
    rates = [asked[0] for asked in (begun.ask() for _ in range(3)) if asked]
    record_study(out, [CELL.trial(rate) for rate in rates])
    end(out, rates[0], 0.02)
    store.atomic_write(stopped_path(out, CELL.trial(rates[1])), json.dumps({"percent": 25, "train_loss": 4.0}).encode())
    resumed = CellSearch(CELL, 7, 0, known_trials(out), out)
    assert {one.rate: one.status for one in resumed.tried} == {rates[0]: "finished", rates[1]: "stopped"}
    assert resumed.ask() == (rates[2], False)
    again = CellSearch(CELL, 7, 0, known_trials(tmp_path / "whole"), tmp_path / "whole")
    assert again.done
    assert again.ask() is None
    assert sorted(one.rate for one in again.tried) == sorted(one.rate for one in whole.tried)


def test_a_study_takes_its_rates_from_a_rule_or_a_number(tmp_path: Path) -> None:
    path = tmp_path / "learning_rate.json"
    LearningRateRule(c=1.0, a=0.3, b=0.1).save(path)
    ruled = study_trials("single-language", "tiny", None, "go", None, None, rule=str(path))
    assert len({trial.recipe.learning_rate for trial in ruled}) == len({(t.model, t.trained_tokens) for t in ruled})
    longer, shorter = (max(ruled, key=lambda t: s * t.trained_tokens * t.model.d_model) for s in (1, -1))
    assert longer.recipe.learning_rate < shorter.recipe.learning_rate
    flat = study_trials("single-language", "tiny", None, "go", None, None, rule="0.003")
    assert {trial.recipe.learning_rate for trial in flat} == {0.003}
    assert {t.trial_id for t in ruled}.isdisjoint(t.trial_id for t in flat)
    with pytest.raises(MixlawError, match="no learning-rate rule at"):
        learning_rate_rule(str(tmp_path / "absent.json"))
    with pytest.raises(MixlawError, match="c > 0"):
        learning_rate_rule("-1")
