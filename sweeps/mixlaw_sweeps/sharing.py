"""How many trials of each shape share a GPU: as asked, or measured on one GPU of the session before a study begins."""

from __future__ import annotations

import dataclasses
import json
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

import ray
from ray.exceptions import RayTaskError, WorkerCrashedError

from mixlaw import store
from mixlaw.corpus import Corpus
from mixlaw.pretrain import Placement
from mixlaw.trial import MixlawError, ModelShape, Trial
from mixlaw_sweeps.watch import OnProgress

if TYPE_CHECKING:
    from mixlaw.pretrain.calibration.packing import Packing

log = logging.getLogger(__name__)

Sharing = Mapping[ModelShape, int]
"""Trials per GPU by shape; one of what is not named."""
RECORD = "trials_per_gpu.json"


def is_measured(placement: Placement) -> bool:
    """Whether trials share GPUs by measurement: not on CPUs, nor in worker groups, nor by a number that was asked."""
    return placement.device == "cuda" and placement.workers == 1 and placement.trials_per_gpu == "auto"


def sharing_of(
    trials: Sequence[Trial], corpus: Corpus, placement: Placement, on_progress: OnProgress | None = None
) -> Sharing:
    """Measured, inside the current Ray session, on the first GPU that is free; what was found stands in OUT.

    Where it cannot be measured, every trial has a GPU for itself, and the log says why.
    """
    if not is_measured(placement):
        return {}
    if on_progress:
        on_progress(0.0, "measuring how many trials share a GPU")
    try:
        found = on_a_gpu(_packed, list(trials), corpus.vocab_size, placement)
    except MixlawError as error:
        log.warning("every trial has a GPU for itself: %s", error)
        return {}
    record = [dataclasses.asdict(shape) | dataclasses.asdict(packing) for shape, packing in found.items()]
    store.atomic_write(placement.out / RECORD, json.dumps(record, indent=1).encode())
    return {shape: packing.trials_per_gpu for shape, packing in found.items()}


def on_a_gpu(
    measure: Callable[[Sequence[Trial], int, Placement], dict[ModelShape, Packing]],
    trials: Sequence[Trial],
    vocab_size: int,
    placement: Placement,
) -> dict[ModelShape, Packing]:
    """A measurement in a Ray task that holds a whole GPU, so that it waits for one as a trial would.

    The process ends with it: its CUDA context would take memory from the trials. Raises what `measure` raises.
    """
    task = cast(Any, ray).remote(num_gpus=1, num_cpus=0, max_calls=1)(measure)
    try:
        return cast(Any, ray).get(task.remote(trials, vocab_size, placement))
    except RayTaskError as error:
        cause = cast(object, error.cause)
        raise (
            cause if isinstance(cause, MixlawError) else MixlawError(f"measuring on a GPU failed: {cause!r}")
        ) from None
    except WorkerCrashedError as error:
        raise MixlawError(f"measuring on a GPU failed: {error}") from error


def _packed(trials: Sequence[Trial], vocab_size: int, placement: Placement) -> dict[ModelShape, Packing]:
    from mixlaw.pretrain.calibration.packing import pack_trials  # where there is a GPU: a launcher needs no torch

    return pack_trials(trials, vocab_size, placement)


def shared(placement: Placement, trial: Trial, sharing: Sharing) -> Placement:
    """The placement with the number of trials per GPU that a trial of this shape has."""
    if not is_measured(placement):
        return placement
    return dataclasses.replace(placement, trials_per_gpu=sharing.get(trial.model, 1))
