"""How much memory training takes, estimated from shapes; and what to do where there was not enough."""

from __future__ import annotations

import contextlib
from collections.abc import Generator
from dataclasses import dataclass

import torch

from mixlaw.model import count_parameters
from mixlaw.model.count import ADAMW_STATES, FLOAT32_BYTES
from mixlaw.model.loss import CHUNK_LOGITS, MOST_LOGITS
from mixlaw.pretrain.machine.hardware import device_of, precision_of
from mixlaw.pretrain.placement import CPU_MICRO_BATCH_TOKENS, Placement
from mixlaw.trial import MixlawError, ModelShape, Trial

_SAYS_SO = ("can't allocate memory", "not enough memory", "out of memory")


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryEstimate:
    """Bytes in one process at the peak of a step, which is where the backward pass begins."""

    states: int
    """Weights, gradients and AdamW's two moments, float32: this process's share of them."""
    weights_at_work: int
    """bfloat16 copies of the weights for the products; of several processes also the blocks that are gathered whole."""
    activations: int
    """What the backward pass needs of every block."""
    logits: int
    """Of one micro-batch, with their softmax and gradient."""

    @property
    def total(self) -> int:
        """All of it; CUDA's context (0.5 GB or so) and fragmentation come on top."""
        return self.states + self.weights_at_work + self.activations + self.logits

    def __str__(self) -> str:
        parts = {
            "weights, gradients and moments": self.states,
            "weights at work": self.weights_at_work,
            "activations": self.activations,
            "logits": self.logits,
        }
        said = ", ".join(f"{name} {_size(n)}" for name, n in parts.items() if n)
        return f"{_size(self.total)} ({said})"


def estimate_memory(
    shape: ModelShape,
    vocab_size: int,
    micro_batch_tokens: int,
    *,
    precision: str = "fp32",
    workers: int = 1,
    activation_checkpointing: bool = False,
) -> MemoryEstimate:
    """What one process of `workers` holds when it trains on `micro_batch_tokens` at a time. Pure.

    Counted from what this decoder saves for the backward pass, block by block, as Korthikanti et al. 2022
    (arXiv:2205.05198, section 4) do for theirs. Not compiled; compiled blocks save less.
    """
    parameters = count_parameters(shape, vocab_size).total
    copies = 2 * parameters if precision == "bf16" else 0
    block = (4 * shape.d_model**2 + 3 * shape.d_model * shape.d_ff) * FLOAT32_BYTES
    tables = (1 if shape.tied_embeddings else 2) * vocab_size * shape.d_model * FLOAT32_BYTES
    # Two blocks (one computes, the next is fetched) and the tables stand whole, with their gradients.
    gathered = 2 * (2 * block + tables) if workers > 1 else 0
    return MemoryEstimate(
        states=(2 + ADAMW_STATES) * FLOAT32_BYTES * parameters // workers,
        weights_at_work=copies + gathered,
        activations=micro_batch_tokens * _activation_bytes(shape, precision, activation_checkpointing),
        logits=_logit_bytes(micro_batch_tokens, vocab_size, precision),
    )


def memory_of(trial: Trial, vocab_size: int, placement: Placement, device: torch.device) -> MemoryEstimate:
    """`estimate_memory` of a trial where it is placed. A GPU's native precision is this machine's word on it."""
    return estimate_memory(
        trial.model,
        vocab_size,
        micro_batch_tokens(trial, placement, device),
        precision=precision_of(placement, device),
        workers=placement.workers,
        activation_checkpointing=placement.activation_checkpointing,
    )


def _activation_bytes(shape: ModelShape, precision: str, activation_checkpointing: bool) -> int:
    """Per token, of all blocks and the final norm."""
    width, d_ff = shape.d_model, shape.d_ff
    # Two residual inputs, two norms, q, k, v, attention twice; gate, its SiLU, up and their product.
    block = 9 * 4 * width + 4 * 4 * d_ff
    if precision == "bf16":
        # The residual inputs stay float32; five casts for linear layers stand for the two norms.
        block = 2 * 4 * width + 10 * 2 * width + 4 * 2 * d_ff
    kept = shape.n_layers * 4 * width + block if activation_checkpointing else shape.n_layers * block
    return kept + 2 * 4 * width


def _logit_bytes(tokens: int, vocab_size: int, precision: str) -> int:
    # Log-probabilities, their gradient and that of the logits in float32; autocast adds two copies in bfloat16.
    per_logit = 3 * FLOAT32_BYTES + (4 if precision == "bf16" else 0)
    logits = tokens * vocab_size
    return per_logit * (CHUNK_LOGITS if logits > MOST_LOGITS else logits)


class OutOfMemory(MixlawError):  # noqa: N818 - the name says what happened
    """A process could not allocate; the message has trial, estimate and remedies."""

    @classmethod
    def of(cls, trial: Trial, vocab_size: int, placement: Placement, *, said: str) -> OutOfMemory:
        """`said` is the allocator's own word."""
        device = device_of(placement)
        most_tokens = micro_batch_tokens(trial, placement, device)
        estimate = memory_of(trial, vocab_size, placement, device)
        remedies = ["--activation-checkpointing", "more --workers, over which the states are shared out"]
        if most_tokens > trial.recipe.seq_len:
            remedies.insert(0, f"a lower --micro-batch-tokens (it was {most_tokens:,})")
        if placement.gpus_per_worker < 1 and device.type == "cuda":
            remedies.insert(0, f"a lower --trials-per-gpu (it was {placement.trials_per_gpu})")
        return cls(
            f"trial {trial.label or trial.trial_id} ran out of memory ({said.strip().partition(chr(10))[0]}). By "
            f"estimate a process of it needs {estimate}. Try {', '.join(remedies)}; then --retry-failed"
        )


@contextlib.contextmanager
def memory_explained(trial: Trial, vocab_size: int, placement: Placement) -> Generator[None]:
    """Raise OutOfMemory, with what to do, for any allocator's way of saying so in the body."""
    try:
        yield
    except (RuntimeError, MemoryError) as error:  # torch's CPU allocator has no class of its own
        told = isinstance(error, MemoryError | torch.OutOfMemoryError) or any(w in str(error) for w in _SAYS_SO)
        if not told or isinstance(error, MixlawError):
            raise
        raise OutOfMemory.of(trial, vocab_size, placement, said=str(error)) from error


def micro_batch_tokens(trial: Trial, placement: Placement, device: torch.device) -> int:
    """Most tokens of a forward pass in one process."""
    local = trial.recipe.batch_tokens // placement.workers
    default = CPU_MICRO_BATCH_TOKENS if device.type == "cpu" else local
    return max(trial.recipe.seq_len, min(local, placement.micro_batch_tokens or default))


def _size(n_bytes: float) -> str:
    return f"{n_bytes / 1e9:.3g} GB" if n_bytes >= 1e8 else f"{n_bytes / 1e6:.3g} MB"
