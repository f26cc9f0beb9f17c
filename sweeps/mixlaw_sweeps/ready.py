"""Imported by a process that is to train: everything its first trial needs, before there is one."""

import importlib

from mixlaw_sweeps.importing import quick_imports

NEEDED = ("mixlaw_sweeps.tune_study", "mixlaw.pretrain.ray_train")

with quick_imports():
    for name in NEEDED:
        importlib.import_module(name)
