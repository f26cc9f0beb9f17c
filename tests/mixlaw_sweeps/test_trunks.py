from __future__ import annotations

import dataclasses
from pathlib import Path

from mixlaw.pretrain import Placement
from mixlaw.pretrain.checkpoints.trunk import Trunk
from mixlaw.trial import Trial
from mixlaw_sweeps.studies import TINY, single_language
from mixlaw_sweeps.trunks import Trunks, branch_of, groups, planned_steps_from_trunk
from mixlaw_sweeps.tune_study import TrunksFirst


def wsd(trials: list[Trial]) -> list[Trial]:
    return [dataclasses.replace(trial, recipe=trial.recipe.as_wsd()) for trial in trials]


def one_trunk() -> list[Trial]:
    return wsd([TINY.trial("t", str(steps), "25k", steps * 2_048, {"go": 1.0}) for steps in (400, 200, 100)])


def lay(trial: Trial, placement: Placement) -> None:
    """A trunk's checkpoint at the trial's branch point, as far as the order of trials looks."""
    (Trunk.of(trial, placement).folder / f"step-{branch_of(trial):08d}").mkdir(parents=True)


def asked(searcher: TrunksFirst, tune_id: str) -> str | None:
    given = searcher.suggest(tune_id)
    return None if given is None else given["trial"]["label"]


def test_budgets_are_grouped_by_all_else() -> None:
    trials = single_language(TINY)
    found = groups(wsd(trials))
    assert len(found) == 7 * 3
    assert all([t.train_tokens for t in group] == [786_432, 393_216, 196_608] for group in found.values())
    assert groups(trials) == {}, "cosine trials share nothing"
    assert groups(wsd(trials)[::3]) == {}, "nor does a single budget"


def test_what_a_plan_is_spared() -> None:
    trials = one_trunk()
    assert planned_steps_from_trunk(trials) == {trials[1].trial_id: 160, trials[2].trial_id: 80}
    assert planned_steps_from_trunk([trials[0]]) == {}


def test_a_branch_waits_for_its_point_without_a_slot(tmp_path: Path) -> None:
    placement, trials = Placement.of(out=tmp_path), one_trunk()
    trunks = Trunks.of(trials, placement)
    trunks.want_for([trial.trial_id for trial in trials])
    searcher = TrunksFirst(trials, trunks)
    assert asked(searcher, "a") == "400"
    assert asked(searcher, "b") is None
    lay(trials[2], placement)
    assert asked(searcher, "b") == "100", "the shorter one's point is there first"
    assert asked(searcher, "c") is None
    lay(trials[1], placement)
    assert asked(searcher, "c") == "200"
    searcher.on_trial_complete("a", {"status": "finished"})
    assert Trunk.of(trials[0], placement).laid() == [160, 80], "those that run might need it again"
    searcher.on_trial_complete("b", {"status": "finished"})
    assert Trunk.of(trials[0], placement).laid() == [160]
    searcher.on_trial_complete("c", {"status": "finished"})
    assert not Trunk.of(trials[0], placement).folder.exists()


def test_when_the_longest_ends_early_the_next_takes_its_place(tmp_path: Path) -> None:
    placement, trials = Placement.of(out=tmp_path), one_trunk()
    searcher = TrunksFirst(trials, Trunks.of(trials, placement))
    assert asked(searcher, "a") == "400"
    searcher.on_trial_complete("a", {"status": "failed"})
    assert asked(searcher, "b") == "200"
    assert asked(searcher, "c") is None
    searcher.on_trial_complete("b", error=True)
    assert asked(searcher, "c") == "100"


def test_a_lost_branch_keeps_its_point(tmp_path: Path) -> None:
    placement, trials = Placement.of(out=tmp_path), one_trunk()[:2]
    trunks = Trunks.of(trials, placement)
    lay(trials[1], placement)
    searcher = TrunksFirst(trials, trunks)
    searcher.suggest("a")
    searcher.suggest("b")
    searcher.on_trial_complete("b", {"status": "lost"})
    searcher.on_trial_complete("a", {"status": "finished"})
    assert Trunk.of(trials[0], placement).laid() == [160]
    trunks.want_for([])
    assert not Trunk.of(trials[0], placement).folder.exists()
