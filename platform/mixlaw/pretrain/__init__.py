"""Pretraining: one loop for one process or many, its schedule and checkpoints, and the Ray Train entry.

The entry is loaded on first use, so that the loop itself runs where there is no Ray.
"""

import importlib
from typing import TYPE_CHECKING, Any

from mixlaw.pretrain.checkpoint import Checkpoints
from mixlaw.pretrain.diverged import TrainingDiverged
from mixlaw.pretrain.hardware import hardware_name
from mixlaw.pretrain.loop import train_trial
from mixlaw.pretrain.placement import Placement
from mixlaw.pretrain.progress import Progress, read_progress
from mixlaw.pretrain.ray_train import run_with_ray_train
from mixlaw.pretrain.result import TrainingResult

if TYPE_CHECKING:
    from mixlaw.pretrain.ray_train import run_with_ray_train

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
    if name != "run_with_ray_train":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return importlib.import_module("mixlaw.pretrain.ray_train").run_with_ray_train
