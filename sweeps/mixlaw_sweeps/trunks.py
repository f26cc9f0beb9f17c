"""Trials that share a trunk: who lays it, who waits for it, what it spares."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ray.tune.search import Searcher

from mixlaw.pretrain import Placement
from mixlaw.pretrain.schedule import branch_step
from mixlaw.pretrain.trunk import Trunk, trunk_id
from mixlaw.trial import Trial


def branch_of(trial: Trial) -> int:
    """Steps of a `wsd` trial before its decay."""
    return branch_step(trial.recipe, trial.n_steps)


def groups(trials: Sequence[Trial]) -> dict[str, list[Trial]]:
    """The trials that share a trunk with another one, by its name, longest first."""
    found: dict[str, list[Trial]] = {}
    for trial in sorted(trials, key=lambda t: -t.n_steps):
        if trial.recipe.schedule == "wsd" and branch_of(trial) > 0:
            found.setdefault(trunk_id(trial), []).append(trial)
    return {name: group for name, group in found.items() if len(group) > 1}


def planned_steps_from_trunk(trials: Sequence[Trial]) -> dict[str, int]:
    """Steps that each trial will be spared, by trial_id, when all are run as one study."""
    return {trial.trial_id: branch_of(trial) for group in groups(trials).values() for trial in group[1:]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trunks:
    """The trunks of a study in its folder."""

    groups: Mapping[str, Sequence[Trial]]
    placement: Placement

    @classmethod
    def of(cls, trials: Sequence[Trial], placement: Placement) -> Trunks:
        """Those of all trials of a study, also of the finished ones."""
        return cls(groups=groups(trials), placement=placement)

    def want_for(self, unfinished: Collection[str]) -> None:
        """Ask for the branch points of these trials (by trial_id) and drop what none of them needs."""
        for name in self.groups:
            self.want_of(name, unfinished)

    def want_of(self, name: str, unfinished: Collection[str]) -> None:
        """The same of one trunk."""
        longest, *others = self.groups[name]
        steps = {branch_of(trial) for trial in others if trial.trial_id in unfinished}
        Trunk.of(longest, self.placement).want(steps)


class TrunksFirst(Searcher):
    """Gives Ray Tune the trials in their order, each branch once its trunk has reached it.

    A branch waits, without holding a slot, as long as a running trial of its trunk will pass its branch point. If that
    one ends early, the longest that waits takes its place.
    """

    def __init__(self, trials: Sequence[Trial], trunks: Trunks) -> None:
        super().__init__()
        self._waiting = list(trials)
        self._trunks = trunks
        self._running: dict[str, Trial] = {}
        self._lost: list[Trial] = []

    def suggest(self, trial_id: str) -> dict[str, Any] | None:
        """The configuration of the next trial that need not wait; None while all must."""
        ready = next((trial for trial in self._waiting if self._may_start(trial)), None)
        if ready is None:
            return None
        self._waiting.remove(ready)
        self._running[trial_id] = ready
        return {"trial": ready.to_json()}

    def on_trial_complete(self, trial_id: str, result: dict[str, Any] | None = None, error: bool = False) -> None:
        """Drop the branch points that nobody waits for any more; a lost trial goes on from there another time."""
        ended = self._running.pop(trial_id)
        if error or (result or {}).get("status") == "lost":
            self._lost.append(ended)
        unfinished = {trial.trial_id for trial in (*self._waiting, *self._running.values(), *self._lost)}
        if trunk_id(ended) in self._trunks.groups:
            self._trunks.want_of(trunk_id(ended), unfinished)

    def save(self, checkpoint_path: str) -> None:
        """Tune asks for it; nothing is ever restored, since what is finished is told by the results."""
        Path(checkpoint_path).touch()

    def restore(self, checkpoint_path: str) -> None:
        """Never called, see `save`."""
        raise NotImplementedError("a study is run again, not restored: the launcher leaves out what is finished")

    def _may_start(self, trial: Trial) -> bool:
        name = trunk_id(trial)
        ahead = [t for t in self._running.values() if trunk_id(t) == name and branch_of(t) >= branch_of(trial)]
        if name not in self._trunks.groups or not ahead:
            return True
        return branch_of(trial) in Trunk.of(trial, self._trunks.placement).laid()
