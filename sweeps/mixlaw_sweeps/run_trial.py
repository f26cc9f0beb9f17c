"""One trial from data to measurement."""

from __future__ import annotations

import datetime
import errno
import os
import platform
import traceback
from importlib.metadata import version
from pathlib import Path
from typing import Any, cast

import mixlaw
from mixlaw import store
from mixlaw.corpus import Corpus
from mixlaw.mixture import RowPlan
from mixlaw.model import count_parameters, training_flops
from mixlaw.pretrain import Placement, TrainingResult
from mixlaw.pretrain.checkpoints.sole_writer import sole_writer
from mixlaw.pretrain.checkpoints.trunk import steps_from_trunk
from mixlaw.pretrain.progress import Report
from mixlaw.trial import MixlawError, Trial

EVALUATION = "validation"


def run_trial(trial: Trial, corpus_path: Path, placement: Placement, on_step: Report | None = None) -> str:
    """Train, measure, and write the result row last: "finished" or "failed".

    A trial's own error becomes a failed row, so that the others go on and nothing is retried in vain. What the machine
    did to it (a full disk) is raised as OSError, what befell Ray (a node died) as Ray raised it: the trial has no
    result and goes on from its checkpoint. `on_step` hears of every step, where the training is in this process, and
    may end it by SystemExit: no result either. A result is written once: an earlier process of the same trial that is
    still dying is waited for, and if it got as far as the result, that one stands.
    """
    with sole_writer(placement.trial_folder(trial.trial_id)):
        written = store.read_rows(placement.out, trial.trial_id, EVALUATION)
        if written is not None and written["status"][0] == "finished":
            return "finished"
        return _train_and_write(trial, corpus_path, placement, on_step)


def _train_and_write(trial: Trial, corpus_path: Path, placement: Placement, on_step: Report | None) -> str:
    # Here, where a trial trains: who only starts trials, or reads their results, needs no torch.
    from mixlaw.pretrain import Checkpoints, run_with_ray_train

    try:
        result = run_with_ray_train(trial, corpus_path, placement, on_step)
        row = finished_row(trial, Corpus.open(corpus_path), result, placement)
    except Exception as error:
        if _is_machines_fault(error):
            raise OSError(str(error)) from error
        if _is_rays_fault(error):
            raise
        row = failed_row(trial, error)
        if not isinstance(error, MixlawError):
            trace = placement.trial_folder(trial.trial_id) / "error.txt"
            store.atomic_write(trace, traceback.format_exc().encode())
    store.write_rows(placement.out, trial.trial_id, EVALUATION, [row])
    if row["status"] == "finished":
        Checkpoints.of(trial, placement).remove()  # a finished trial needs none
    return row["status"]


def finished_row(trial: Trial, corpus: Corpus, result: TrainingResult, placement: Placement) -> dict[str, Any]:
    """The row of a finished trial."""
    shape, vocab = trial.model, corpus.vocab_size
    count = count_parameters(shape, vocab)
    epochs = RowPlan.of(trial, corpus, max_epochs=float("inf")).epochs()
    return {
        **_identity(trial),
        **store.loss_columns(result.measurements),
        **{f"epochs_{domain}": passes for domain, passes in epochs.items()},
        "status": "finished",
        "error": "",
        "params_non_embedding": count.non_embedding,
        "params_total": count.total,
        "flops": training_flops(shape, vocab, trial.recipe.seq_len, trial.trained_tokens),
        "train_loss": result.train_loss,
        "tokens_per_second": result.tokens_per_second,
        "train_seconds": result.train_seconds,
        "data_wait_fraction": result.data_seconds / result.train_seconds,
        "precision": result.precision,
        "hardware": result.hardware,
        "workers": placement.workers,
        "steps_from_trunk": steps_from_trunk(placement.trial_folder(trial.trial_id), result.resumed_from),
    }


def failed_row(trial: Trial, error: Exception) -> dict[str, Any]:
    """The row of a trial that could not be trained: everything but its losses, and why."""
    kind = "" if isinstance(error, MixlawError) else f"{type(error).__name__}: "
    return {
        **_identity(trial),
        "status": "failed",
        "error": f"{kind}{error}",
        "hardware": platform.processor(),
    }


def _is_machines_fault(error: Exception) -> bool:
    # Libraries below us (safetensors, Arrow) wrap a full disk in errors of their own.
    return isinstance(error, OSError) or os.strerror(errno.ENOSPC) in str(error)


def _is_rays_fault(error: Exception) -> bool:
    """Whether a process or a node was lost under us; what a task of ours raised is its own affair."""
    from ray.exceptions import RayError, RayTaskError

    if isinstance(error, RayTaskError):
        return isinstance(cast(Any, error).cause, RayError)
    return isinstance(error, RayError)


def _identity(trial: Trial) -> dict[str, Any]:
    versions = f"mixlaw {mixlaw.__version__}, torch {version('torch')}, ray {version('ray')}"
    return {
        "trial_id": trial.trial_id,
        "evaluation": EVALUATION,
        "study": trial.study,
        "label": trial.label,
        "model": trial.model.name,
        "organisation": trial.organisation,
        "corpus": trial.corpus,
        "schedule": trial.recipe.schedule,
        "boundaries": trial.recipe.boundaries,
        "learning_rate": trial.recipe.learning_rate,
        "batch_tokens": trial.recipe.batch_tokens,
        "seq_len": trial.recipe.seq_len,
        "train_tokens": trial.trained_tokens,
        "seed": trial.seed,
        **{f"share_{domain}": trial.shares.get(domain, 0.0) for domain in store.DOMAINS},
        "versions": versions,
        "finished_at": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
    }
