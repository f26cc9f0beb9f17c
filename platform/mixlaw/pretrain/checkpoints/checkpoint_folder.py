"""Where a trial's checkpoints are, for who only looks after them: without torch, which a launcher does not import."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from mixlaw.pretrain.placement import Placement
from mixlaw.trial import Trial

PREFIX = "step-"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckpointFolder:
    """The whole checkpoints in a folder, by step."""

    folder: Path

    @staticmethod
    def path_of(trial: Trial, placement: Placement) -> Path:
        """Where a trial's checkpoints are."""
        return placement.trial_folder(trial.trial_id) / "checkpoints"

    def steps(self) -> list[int]:
        """The steps of the checkpoints in the folder, last first."""
        return sorted((int(p.name.removeprefix(PREFIX)) for p in self.folder.glob(f"{PREFIX}*")), reverse=True)

    def path(self, step: int) -> Path:
        """Where the checkpoint after a step is, if there is one."""
        return self.folder / f"{PREFIX}{step:08d}"

    def remove(self) -> None:
        """Delete them all: a finished trial needs none."""
        shutil.rmtree(self.folder, ignore_errors=True)
