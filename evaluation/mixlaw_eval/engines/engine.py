"""What every engine does, and the values that go in and come out."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from mixlaw.trial import MixlawError
from mixlaw_eval.engines.checkpoint import Checkpoint

EngineName = Literal["auto", "vllm", "transformers"]
Advance = Callable[[int], None]
"""Called with the number of prompts or pairs just finished, for a progress bar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampling:
    """How to continue a prompt. Temperature 0 is greedy; above it, `n` samples from the `top_p` nucleus.

    A continuation ends at the first of: `max_tokens`, the end of the model's context, an end-of-text token
    (not part of it), or one of the strings in `stop` (cut off). A sample depends on `seed`, the prompt and its
    index among the `n`, never on the other prompts; the two engines draw different samples from one seed.
    """

    max_tokens: int
    n: int = 1
    temperature: float = 0.0
    top_p: float = 1.0
    seed: int = 0
    stop: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.max_tokens < 1 or self.n < 1:
            raise MixlawError(f"max_tokens and n must be at least 1, got {self.max_tokens} and {self.n}")
        if not (math.isfinite(self.temperature) and self.temperature >= 0):
            raise MixlawError(f"temperature must be finite and >= 0, got {self.temperature}")
        if not 0 < self.top_p <= 1:
            raise MixlawError(f"top_p must be in (0, 1], got {self.top_p}")
        if self.n > 1 and self.temperature == 0:
            raise MixlawError(f"n = {self.n} greedy continuations are all the same; set a temperature above 0")
        if "" in self.stop:
            raise MixlawError("an empty stop string would end every continuation at once; remove it")


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """One continuation: its text, the token ids up to where it ended, and why it ended."""

    text: str
    tokens: tuple[int, ...]
    finish: Literal["stop", "end-of-text", "length"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Token ids of a target, to be scored given a source of at least one token."""

    source: tuple[int, ...]
    target: tuple[int, ...]

    def __post_init__(self) -> None:
        if not self.source or not self.target:
            raise ValueError("source and target need at least one token each; begin the source with end-of-text")

    def __len__(self) -> int:
        return len(self.source) + len(self.target)


class Engine(Protocol):
    """A loaded checkpoint that continues prompts and scores targets."""

    @property
    def checkpoint(self) -> Checkpoint:
        """What was loaded: path, context length, tokenizer."""
        ...

    def generate(
        self, prompts: Sequence[Sequence[int]], sampling: Sampling, *, advance: Advance | None = None
    ) -> list[list[Generation]]:
        """`sampling.n` continuations of each prompt (token ids), in the order of the prompts.

        Raises MixlawError for a prompt that is empty or leaves no room in the context for one token.
        """
        ...

    def score(self, pairs: Sequence[Pair], *, advance: Advance | None = None) -> list[NDArray[np.float64]]:
        """For each pair log P(target[j] | source, target[:j]) in nats, one number per target token.

        Raises MixlawError for a pair that is longer than the context; nothing is ever cut.
        """
        ...
