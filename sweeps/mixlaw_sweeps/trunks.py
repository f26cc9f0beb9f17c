"""Trials that share a trunk: who they are, which checkpoints they want, what they are spared."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from mixlaw.pretrain import Placement
from mixlaw.pretrain.checkpoints.trunk import Trunk, trunk_id
from mixlaw.pretrain.schedule import branch_step
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
