"""torch.compile, block by block, where it pays and where there is a compiler."""

from __future__ import annotations

import importlib
import logging
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import torch

from mixlaw.model import Decoder, training_flops
from mixlaw.model.decoder import Block
from mixlaw.pretrain.placement import Placement
from mixlaw.trial import Trial

log = logging.getLogger(__name__)

_PAYS_FROM_FLOPS = {"cpu": 2e13, "cuda": 1e16}
"""A compile costs 5 to 20 s per process and shape (1 to 3 s from a warm cache) and gains 1.2 to 2 times on a CPU:
trials of some minutes win it back."""


def compile_where_it_pays(decoder: Decoder, trial: Trial, placement: Placement, device: torch.device) -> bool:
    """Compile the blocks and the loss, in place, if the placement says so; whether it was done.

    Without a C++ compiler (which a CPU needs) training goes on uncompiled, with a warning.
    """
    if not _wanted(trial, placement, device, decoder.vocab_size):
        return False
    if device.type == "cpu" and not _cpp_compiler():
        log.warning("training is not compiled: no C++ compiler (c++, g++ or clang++) on the path")
        return False
    _prepare_cache()
    for block in decoder.blocks:
        # One graph serves all blocks, and all later models of this shape in the process.
        cast(Block, block).compile(dynamic=False)
    decoder.score = cast(Callable[..., Any], torch.compile(decoder.score, dynamic=False))
    return True


def _wanted(trial: Trial, placement: Placement, device: torch.device, vocab_size: int) -> bool:
    if placement.compile != "auto":
        return placement.compile == "on"
    flops = training_flops(trial.model, vocab_size, trial.recipe.seq_len, trial.trained_tokens)
    return flops / placement.workers >= _PAYS_FROM_FLOPS[device.type]


def _cpp_compiler() -> str | None:
    named = os.environ.get("CXX")
    return next((found for name in (named, "c++", "g++", "clang++") if name and (found := shutil.which(name))), None)


def _prepare_cache() -> None:
    """A cache that outlives the machine's /tmp, and room for the shapes of a whole study in one process."""
    home = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    os.environ.setdefault("TORCHINDUCTOR_CACHE_DIR", str(home / "mixlaw" / "inductor"))
    config = cast(Any, importlib.import_module("torch._dynamo.config"))
    config.recompile_limit = 64
