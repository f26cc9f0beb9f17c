"""torch.compile, block by block, where it pays and where there is a compiler."""

from __future__ import annotations

import importlib
import logging
import os
import shutil
from pathlib import Path
from typing import Any, cast

import torch

from mixlaw.model import Decoder, training_flops
from mixlaw.model.attention import sparse_attention_problem
from mixlaw.pretrain.machine.hardware import precision_of
from mixlaw.pretrain.placement import Placement
from mixlaw.trial import Trial

log = logging.getLogger(__name__)

_CACHE = "TORCHINDUCTOR_CACHE_DIR"
_PAYS_FROM_FLOPS = {"cpu": 2e12, "cuda": 1e16}
"""Per trial. On one CPU core a compile costs 15 to 25 s for a process's first shape and 10 s for each further one,
from a warm cache 3 s and 1 s, for a repeated shape 0.1 s; training is then 1.2 to 1.7 times as fast. 2e12 FLOPs are
about half a minute uncompiled. A launcher that knows of dozens of trials of few shapes says `on`."""


def compile_where_it_pays(decoder: Decoder, trial: Trial, placement: Placement, device: torch.device) -> bool:
    """Compile the blocks and the loss, in place, if the placement says so; whether it was done.

    Without a C++ compiler (which a CPU needs) training goes on uncompiled, with a warning.
    """
    if not wants_compile(trial, placement, device, decoder.vocab_size):
        return False
    if device.type == "cpu" and not _cpp_compiler():
        log.warning("training is not compiled: no C++ compiler (c++, g++ or clang++) on the path")
        return False
    _prepare()
    if trial.recipe.boundaries == "kept" and device.type == "cuda":
        decoder.blockwise = _sparse_attention_works(trial, placement, device)
    for block in decoder.blocks:
        # The function, not the module: FSDP's hooks stay outside the graph. One graph serves all blocks, and all later
        # models of this shape in the process.
        block.forward = torch.compile(block.forward, dynamic=False)
    decoder.score = torch.compile(decoder.score, dynamic=False)
    return True


def wants_compile(trial: Trial, placement: Placement, device: torch.device, vocab_size: int) -> bool:
    """Whether the placement asks for it, or the trial is long enough to win back the compiler's time."""
    if placement.compile != "auto":
        return placement.compile == "on"
    flops = training_flops(trial.model, vocab_size, trial.recipe.seq_len, trial.trained_tokens)
    return flops / placement.workers >= _PAYS_FROM_FLOPS[device.type]


def _sparse_attention_works(trial: Trial, placement: Placement, device: torch.device) -> bool:
    dtype = torch.bfloat16 if precision_of(placement, device) == "bf16" else torch.float32
    problem = sparse_attention_problem(device, dtype, trial.model.head_dim)
    if problem:
        log.warning("a dense mask keeps documents apart, slower than flex_attention, which fails here: %s", problem)
    return not problem


def _cpp_compiler() -> str | None:
    named = os.environ.get("CXX")
    return next((found for name in (named, "c++", "g++", "clang++") if name and (found := shutil.which(name))), None)


def _prepare() -> None:
    """A cache that outlives the machine's /tmp, room for a study's shapes in one process, and no failed compiles."""
    places = cast(Any, importlib.import_module("torch._inductor.runtime.cache_dir_utils"))
    if os.environ.get(_CACHE) in (None, places.default_cache_dir()):  # torch sets the default itself when imported
        home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        os.environ[_CACHE] = str(home / "mixlaw" / "inductor")
    config = cast(Any, importlib.import_module("torch._dynamo.config"))
    config.recompile_limit = 64
    config.suppress_errors = True  # a broken compiler must not fail a trial: torch warns and goes on uncompiled
