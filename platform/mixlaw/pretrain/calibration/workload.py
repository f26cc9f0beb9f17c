"""What decides how fast a process trains, and how fast one was found to."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass

from mixlaw.model import flops_per_token, training_flops
from mixlaw.trial import ModelShape, Trial

MOST_TOKENS_A_PASS = 16_384
"""Larger passes are measured as this one: the rate is flat from there on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """What decides the speed of one process."""

    shape: ModelShape
    vocab_size: int
    seq_len: int
    compiled: bool
    micro_batch_tokens: int = MOST_TOKENS_A_PASS
    """Most tokens of a forward pass: the smaller it is, the less of a GPU one trial fills."""

    @classmethod
    def of(
        cls, trial: Trial, vocab_size: int, *, compiled: bool, micro_batch_tokens: int = MOST_TOKENS_A_PASS
    ) -> Workload:
        """A trial's."""
        return cls(
            shape=dataclasses.replace(trial.model, name=""),
            vocab_size=vocab_size,
            seq_len=trial.recipe.seq_len,
            compiled=compiled,
            micro_batch_tokens=min(micro_batch_tokens, MOST_TOKENS_A_PASS),
        )

    @property
    def rows(self) -> int:
        """Of a forward pass."""
        return max(1, self.micro_batch_tokens // self.seq_len)

    @property
    def flops(self) -> float:
        """Of training on one token."""
        return training_flops(self.shape, self.vocab_size, self.seq_len, 1)

    @property
    def name(self) -> str:
        """In the file of what was measured."""
        return json.dumps(dataclasses.asdict(self), sort_keys=True)

    @classmethod
    def from_name(cls, name: str) -> Workload:
        """What `name` says."""
        numbers = json.loads(name)
        return cls(**numbers | {"shape": ModelShape(**numbers["shape"])})


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """Seconds of one process among as many as a study runs: CPU seconds on a CPU, as if nothing else ran there."""

    token: float
    """Forward and backward."""
    step: float
    """The optimiser, once a step."""
    held_out_token: float
    """Forward."""
    compiling: float
    """Of a process that meets the shape, the compiler's cache warm."""
    measured: bool = True
    """Not so where it follows by FLOPs from another shape's."""

    def training(self, tokens: int, steps: int) -> float:
        """Seconds of so many tokens in so many steps."""
        return tokens * self.token + steps * self.step


def scaled(speed: Speed, measured: Workload, wanted: Workload) -> Speed:
    """By FLOPs: the rate of FLOPs of a machine is flat from a certain size on."""
    times = wanted.flops / measured.flops
    forward = flops_per_token(wanted.shape, wanted.vocab_size, wanted.seq_len)
    forward /= flops_per_token(measured.shape, measured.vocab_size, measured.seq_len)
    return Speed(
        token=speed.token * times,
        step=speed.step * times,
        held_out_token=speed.held_out_token * forward,
        compiling=speed.compiling,
        measured=False,
    )
