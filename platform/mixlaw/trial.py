"""The nouns that all rooms share: languages, shares, a model's shape, a training recipe, a trial, a measurement.

A Trial says *what* is trained, in literals; two trials with the same literals are the same trial, wherever and
however they run. Paths, devices, workers and retries are never part of it.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast

LANGUAGES: tuple[str, ...] = ("python", "java", "javascript", "typescript", "csharp", "go", "rust")
"""The paper's seven programming languages, in the order of its tables."""
TEXT = "text"
"""Natural language (the paper's FineWeb-Edu part)."""
PARALLEL = "parallel"
"""Programs of the same task in several languages; a trial's `organisation` says how they are arranged."""
DOMAINS: tuple[str, ...] = (*LANGUAGES, TEXT, PARALLEL)
"""Everything that can be given a share of the training tokens."""
MEASURED: tuple[str, ...] = (*LANGUAGES, TEXT)
"""Everything that has a held-out loss of its own."""
DISPLAY: dict[str, str] = {
    "python": "Python",
    "java": "Java",
    "javascript": "JavaScript",
    "typescript": "TypeScript",
    "csharp": "C#",
    "go": "Go",
    "rust": "Rust",
    TEXT: "English text",
    PARALLEL: "parallel programs",
}
"""Names for people."""

Organisation = Literal["shuffled", "paired-direct", "paired-prompt"]
"""How parallel programs are arranged (paper, section 5): apart; x then y; x, the translation prompt, y."""
ORGANISATIONS: tuple[Organisation, ...] = ("shuffled", "paired-direct", "paired-prompt")

Schedule = Literal["cosine", "wsd"]
SCHEDULES: tuple[Schedule, ...] = ("cosine", "wsd")

Boundaries = Literal["ignored", "kept"]
"""What happens where documents meet in a packed row: nothing, or attention and positions begin anew."""
BOUNDARIES: tuple[Boundaries, ...] = ("ignored", "kept")

ROW_ORDER = 2
"""Version of the order in which `mixlaw.mixture` takes rows: another order is another training."""

SHARE_TOLERANCE = 1e-6
_ROUNDING = 1e-12


class MixlawError(Exception):
    """A user's mistake or a broken input: shown as one message, without a traceback."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelShape:
    """A LLaMA-2-like decoder's shape. `name` is for people and not part of the identity."""

    name: str
    n_layers: int
    d_model: int
    n_heads: int
    d_ff: int
    tied_embeddings: bool = False

    @property
    def head_dim(self) -> int:
        """Width of one attention head; vLLM runs none below 32."""
        return self.d_model // self.n_heads

    def __post_init__(self) -> None:
        if self.d_model % self.n_heads:
            raise ValueError(f"d_model {self.d_model} is not a multiple of n_heads {self.n_heads}")
        if self.head_dim < 32 or self.head_dim % 2:
            raise ValueError(f"head_dim must be even and at least 32 (vLLM runs nothing smaller), got {self.head_dim}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """Optimiser and schedule: AdamW, warm-up, then cosine (Hoffmann et al. 2022) or constant-then-decay."""

    learning_rate: float
    batch_tokens: int
    seq_len: int
    schedule: Schedule = "cosine"
    warmup_fraction: float = 0.05
    """Of the steps, unless `warmup_tokens` says how long."""
    warmup_tokens: int | None = None
    """The same for every budget: `wsd` needs it, or runs of several budgets would have no common beginning."""
    decay_fraction: float = 0.2
    """Of the steps, for `wsd` (Hu et al. 2024, arXiv:2404.06395)."""
    final_lr_fraction: float = 0.1
    beta1: float = 0.9
    beta2: float = 0.95
    eps: float = 1e-8
    weight_decay: float = 0.1
    clip_norm: float = 1.0
    z_loss: float = 0.0
    """Weight of log(Z)**2 beside the cross-entropy (PaLM: 1e-4; Chowdhery et al. 2022, arXiv:2204.02311, section 5).
    Every loss that is told or measured is without it."""
    boundaries: Boundaries = "ignored"
    """Between documents of a row; `kept`: a token sees earlier tokens of its own document only (Zhao et al. 2024,
    arXiv:2402.13991), in training and in the held-out loss."""

    def __post_init__(self) -> None:
        if self.schedule == "wsd" and self.warmup_tokens is None:
            raise MixlawError(
                "the schedule wsd needs a warm-up that is the same for every budget: give the recipe warmup_tokens, "
                "or make it with recipe.as_wsd()"
            )
        if self.boundaries not in BOUNDARIES:
            raise MixlawError(f"unknown boundaries {self.boundaries!r}; known are {', '.join(BOUNDARIES)}")
        if not 0 <= self.z_loss < math.inf:
            raise MixlawError(f"z_loss must be 0 (off) or a small positive number such as 1e-4, got {self.z_loss}")
        if self.batch_tokens % self.seq_len:
            raise ValueError(f"batch_tokens {self.batch_tokens} is not a multiple of seq_len {self.seq_len}")

    def as_wsd(self) -> Recipe:
        """The same with the schedule `wsd`; the warm-up, unless it is given in tokens, 2 / (1 - beta2) steps.

        That is as long as AdamW's second moments take to settle, whatever the budget (Ma & Yarats 2021,
        arXiv:1910.04209, section 5).
        """
        settled = round(2 / (1 - self.beta2)) * self.batch_tokens
        tokens = settled if self.warmup_tokens is None else self.warmup_tokens
        return dataclasses.replace(self, schedule="wsd", warmup_tokens=tokens)

    @property
    def batch_rows(self) -> int:
        """Sequences per optimiser step."""
        return self.batch_tokens // self.seq_len


def normalize(shares: Mapping[str, float]) -> dict[str, float]:
    """Scale weights to shares that sum to 1, dropping zeros, in the order of `DOMAINS`.

    Raises MixlawError for an unknown domain, a negative or non-finite weight, or weights that are all zero.
    """
    unknown = sorted(set(shares) - set(DOMAINS))
    if unknown:
        raise MixlawError(f"unknown language {', '.join(unknown)}; known are {', '.join(DOMAINS)}")
    bad = {d: w for d, w in shares.items() if not math.isfinite(w) or w < 0}
    if bad:
        raise MixlawError(f"shares must be finite and >= 0, got {bad}")
    total = sum(shares.values())
    if total <= 0:
        raise MixlawError("at least one share must be above 0")
    return {d: shares[d] / total for d in DOMAINS if shares.get(d, 0.0) > 0}


def checked_shares(shares: Mapping[str, float]) -> dict[str, float]:
    """`normalize`, but shares that do not already sum to 1 are refused (they are usually a typing error)."""
    normal = normalize(shares)
    total = sum(shares.values())
    if abs(total - 1) > SHARE_TOLERANCE:
        raise MixlawError(f"shares must sum to 1, got {total:g} from {dict(shares)}; rescale with normalize(shares)")
    # Rescaling what already sums to 1 would move last digits, and with them a trial's identity.
    return {d: shares[d] for d in normal} if abs(total - 1) < _ROUNDING else normal


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One training run: what is trained, on how many tokens of which mixture, with which recipe and seed.

    `shares` are of training tokens. `unique_tokens` caps the distinct tokens of a domain: past the cap it repeats
    (the paper's self-repetition baseline, 64B repeated twice). `corpus` is the fingerprint of the corpus, empty in
    a plan that is not bound to one. `study`, `label` and the shape's name are for people, not identity.
    """

    model: ModelShape
    train_tokens: int
    shares: Mapping[str, float]
    recipe: Recipe
    unique_tokens: Mapping[str, int] = dataclasses.field(default_factory=dict[str, int])
    organisation: Organisation = "shuffled"
    seed: int = 0
    corpus: str = ""
    study: str = ""
    label: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "shares", checked_shares(self.shares))
        object.__setattr__(self, "unique_tokens", {d: self.unique_tokens[d] for d in sorted(self.unique_tokens)})
        if self.train_tokens < self.recipe.batch_tokens:
            raise MixlawError(
                f"train_tokens {self.train_tokens} is less than one batch of {self.recipe.batch_tokens}; "
                "raise the budget or lower batch_tokens"
            )
        if self.organisation not in ORGANISATIONS:
            raise MixlawError(f"unknown organisation {self.organisation!r}; known are {', '.join(ORGANISATIONS)}")

    @property
    def n_steps(self) -> int:
        """Optimiser steps: whole batches, rounded to the nearest."""
        return max(1, round(self.train_tokens / self.recipe.batch_tokens))

    @property
    def trained_tokens(self) -> int:
        """D as trained: whole batches."""
        return self.n_steps * self.recipe.batch_tokens

    @property
    def trial_id(self) -> str:
        """Hash of the literals: the trial's name on disk and in every table."""
        identity = self.to_json() | {"row_order": ROW_ORDER}
        for label in ("study", "label"):
            identity.pop(label)
        cast(dict[str, Any], identity["model"]).pop("name")
        recipe = cast(dict[str, Any], identity["recipe"])
        for option, usual in (("boundaries", "ignored"), ("z_loss", 0.0)):
            if recipe[option] == usual:  # trials from before there was a choice keep their names
                recipe.pop(option)
        if recipe["warmup_tokens"] is None:
            recipe.pop("warmup_tokens")
        canonical = json.dumps(identity, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()[:16]

    def to_json(self) -> dict[str, Any]:
        """A plain dict of literals; `from_json` is its inverse."""
        return dataclasses.asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Trial:
        """The inverse of `to_json`. Raises TypeError for unknown keys."""
        fields = dict(data)
        fields["model"] = ModelShape(**fields["model"])
        fields["recipe"] = Recipe(**fields["recipe"])
        return cls(**fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """A held-out loss of one domain: mean over tokens in nats, its standard error over rows, and the same per byte."""

    domain: str
    loss_nats: float
    loss_se: float
    bits_per_byte: float
    n_tokens: int

    @property
    def bits_per_byte_se(self) -> float:
        """Standard error in bits per byte: the same relative error as in nats."""
        return self.loss_se * self.bits_per_byte / self.loss_nats if self.loss_nats else math.nan


def bits_per_byte(loss_nats: float, bytes_per_token: float) -> float:
    """Loss in bits per byte of text, comparable between tokenizers: nats/token / (ln 2 * bytes/token)."""
    return loss_nats / (math.log(2) * bytes_per_token)
