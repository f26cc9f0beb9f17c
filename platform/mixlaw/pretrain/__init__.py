"""Pretraining: one loop for one process or many, its schedule and checkpoints, and the Ray Train entry.

Names are loaded on first use: a launcher needs no torch, and the loop itself runs where there is no Ray.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from mixlaw.pretrain.placement import Placement
from mixlaw.pretrain.progress import Progress, read_progress
from mixlaw.pretrain.result import TrainingResult

if TYPE_CHECKING:
    from mixlaw.pretrain.checkpoints.checkpoint import Checkpoints
    from mixlaw.pretrain.diverged import TrainingDiverged
    from mixlaw.pretrain.loop import train_trial
    from mixlaw.pretrain.machine.hardware import hardware_name
    from mixlaw.pretrain.ray_train import run_with_ray_train

_LAZY = {
    "Checkpoints": "checkpoints.checkpoint",
    "TrainingDiverged": "diverged",
    "hardware_name": "machine.hardware",
    "run_with_ray_train": "ray_train",
    "train_trial": "loop",
}

__all__ = [
    "Checkpoints",
    "Placement",
    "Progress",
    "TrainingDiverged",
    "TrainingResult",
    "hardware_name",
    "read_progress",
    "run_with_ray_train",
    "train_trial",
]


def __getattr__(name: str) -> Any:
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_LAZY[name]}"), name)
