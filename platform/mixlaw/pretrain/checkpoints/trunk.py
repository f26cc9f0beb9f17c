"""Trunks: what trials that differ in nothing but their budget have in common.

Until its decay begins, a `wsd` training does not know its budget (Hu et al. 2024, arXiv:2404.06395; Haegele et al.
2024, arXiv:2405.18392): rows and learning rates are pure functions of the step. So the longest of several budgets
passes through the state from which every other one decays. It leaves a checkpoint there, and the others begin with it.
Which steps a trial was spared is a matter of placement: its result is the same, bit for bit in one process.
"""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
import tempfile
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from mixlaw import store
from mixlaw.pretrain.checkpoints.checkpoint_folder import CheckpointFolder
from mixlaw.pretrain.placement import Placement
from mixlaw.pretrain.schedule import branch_step
from mixlaw.trial import Trial

_WANTED = "wanted.json"
_LENT = "from_trunk.json"


def trunk_id(trial: Trial) -> str:
    """The name of the trial's trunk: the hash of all its literals but the budget."""
    return dataclasses.replace(trial, train_tokens=trial.recipe.batch_tokens).trial_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Trunk:
    """The checkpoints at the branch points of one trunk: `OUT/trunks/<trunk_id>`. Without the folder, none is shared.

    Which ones are wanted is said by who knows all trials, the launcher. Whole once there; any number of trainings and
    the launcher may work here side by side.
    """

    folder: Path

    @classmethod
    def of(cls, trial: Trial, placement: Placement) -> Trunk:
        """That of a trial, whatever its schedule: a trial that shares nothing has a trunk without a folder."""
        return cls(folder=placement.out / "trunks" / trunk_id(trial))

    def want(self, steps: Collection[int]) -> None:
        """Ask for checkpoints after these steps and drop those after others; nothing is left of one without any."""
        if not steps:
            shutil.rmtree(self.folder, ignore_errors=True)
            return
        store.atomic_write(self.folder / _WANTED, json.dumps(sorted(steps)).encode())
        for step in set(self.laid()) - set(steps):
            shutil.rmtree(self._checkpoints.path(step), ignore_errors=True)

    def laid(self) -> list[int]:
        """The steps after which there is a checkpoint."""
        return self._checkpoints.steps()

    def missing(self, trial: Trial) -> frozenset[int]:
        """The wanted steps, not there yet, that this trial passes before its decay begins."""
        try:
            wanted = [int(step) for step in json.loads((self.folder / _WANTED).read_text())]
        except FileNotFoundError:
            return frozenset()
        end = branch_step(trial.recipe, trial.n_steps)
        return frozenset(step for step in wanted if step <= end) - frozenset(self.laid())

    def take(self, checkpoints: CheckpointFolder, step: int) -> None:
        """Keep a trial's checkpoint as that of the trunk."""
        if self.folder.exists():  # else everybody has what they need
            _share(checkpoints.path(step), self._checkpoints.path(step))

    def exchange(self, trial: Trial, placement: Placement) -> None:
        """Before a trial trains: take what is wanted of its checkpoints, give it the one that spares it most steps."""
        if not self.folder.exists():
            return
        checkpoints = CheckpointFolder(folder=CheckpointFolder.path_of(trial, placement))
        for step in self.missing(trial).intersection(checkpoints.steps()):
            self.take(checkpoints, step)
        own = max(checkpoints.steps(), default=0)
        end = branch_step(trial.recipe, trial.n_steps)
        best = max((step for step in self.laid() if step <= end), default=0)
        if best > own:
            _note(placement.trial_folder(trial.trial_id), own, best)
            _share(self._checkpoints.path(best), checkpoints.path(best))

    @property
    def _checkpoints(self) -> CheckpointFolder:
        return CheckpointFolder(folder=self.folder)


def steps_from_trunk(folder: Path, resumed_from: int) -> int:
    """Steps that the trial of this folder, which last began after step `resumed_from`, was spared by its trunk."""
    return sum(end - start for start, end in _lent(folder) if end <= resumed_from)


def _note(folder: Path, own: int, step: int) -> None:
    # Before the checkpoint is there: killed in between, the trial is given it again, and the note is not repeated.
    lent = [span for span in _lent(folder) if span[1] <= own]
    store.atomic_write(folder / _LENT, json.dumps([*lent, (own, step)]).encode())


def _lent(folder: Path) -> list[tuple[int, int]]:
    """Spans of steps, (from, to), that the trial took over."""
    try:
        return [(int(start), int(end)) for start, end in json.loads((folder / _LENT).read_text())]
    except FileNotFoundError:
        return []


def _share(source: Path, target: Path) -> None:
    """The same checkpoint in another folder, where it may be already: links to its files, which nobody changes."""
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
    try:
        shutil.copytree(source, temporary, copy_function=_link_or_copy, dirs_exist_ok=True)
        temporary.rename(target)
    except OSError:
        if not target.exists():  # else somebody was faster
            raise
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # a file system without links
        shutil.copy2(source, target)
