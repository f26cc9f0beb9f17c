"""Pretraining: one loop for one process or many, its schedule and checkpoints, and the Ray Train entry."""

from mixlaw.pretrain.checkpoint import Checkpoints
from mixlaw.pretrain.diverged import TrainingDiverged
from mixlaw.pretrain.hardware import hardware_name
from mixlaw.pretrain.loop import train_trial
from mixlaw.pretrain.placement import Placement
from mixlaw.pretrain.progress import Progress, read_progress
from mixlaw.pretrain.ray_train import run_with_ray_train
from mixlaw.pretrain.result import TrainingResult
from mixlaw.pretrain.speed import measured_tokens_per_second

__all__ = [
    "Checkpoints",
    "Placement",
    "Progress",
    "TrainingDiverged",
    "TrainingResult",
    "hardware_name",
    "measured_tokens_per_second",
    "read_progress",
    "run_with_ray_train",
    "train_trial",
]
