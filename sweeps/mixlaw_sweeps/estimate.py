"""What a trial will cost: FLOPs exactly, time from a measured or published rate, disk from the parameter count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mixlaw.corpus import Corpus
from mixlaw.mixture import RowPlan
from mixlaw.model import checkpoint_bytes, count_parameters, export_bytes, training_flops
from mixlaw.pretrain import measured_tokens_per_second
from mixlaw.trial import MixlawError, Trial
from mixlaw_sweeps.hardware import HARDWARE

UTILISATION = 0.4
"""Model FLOPs utilisation assumed on a named GPU: what published trainers reach at 1B parameters and more."""
NOMINAL_VOCABULARY = 32_000
"""Assumed where no corpus says it (LLaMA-2's)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """The cost of one trial."""

    params_non_embedding: int
    flops: float
    seconds: float
    disk_bytes: int
    """The exported model, float32."""
    checkpoint_bytes: int
    """One checkpoint: float32 weights and AdamW's two moments."""
    max_epochs: float | None
    """Passes over the domain that is repeated most; None without a corpus."""


def estimate(
    trials: Sequence[Trial], corpus: Corpus | None, *, hardware: str = "this", max_epochs: float = 4.0
) -> list[Estimate]:
    """One estimate per trial.

    Raises MixlawError for unknown hardware, or a trial that the corpus cannot feed.
    """
    if hardware != "this" and hardware not in HARDWARE:
        raise MixlawError(f"unknown hardware {hardware!r}; known are this, {', '.join(HARDWARE)}")
    vocab = corpus.vocab_size if corpus else NOMINAL_VOCABULARY
    return [_one(trial, corpus, vocab, hardware, max_epochs) for trial in trials]


def _one(trial: Trial, corpus: Corpus | None, vocab: int, hardware: str, max_epochs: float) -> Estimate:
    count = count_parameters(trial.model, vocab)
    flops = training_flops(trial.model, vocab, trial.recipe.seq_len, trial.trained_tokens)
    epochs = RowPlan.of(trial, corpus, max_epochs=max_epochs).epochs() if corpus else None
    if hardware == "this":
        seconds = trial.trained_tokens / measured_tokens_per_second(trial.model, vocab, trial.recipe)
    else:
        seconds = flops / (HARDWARE[hardware] * UTILISATION)
    return Estimate(
        params_non_embedding=count.non_embedding,
        flops=flops,
        seconds=seconds,
        disk_bytes=export_bytes(trial.model, vocab),
        checkpoint_bytes=checkpoint_bytes(trial.model, vocab),
        max_epochs=max(epochs.values()) if epochs else None,
    )
