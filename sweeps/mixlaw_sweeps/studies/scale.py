"""Scales: how large a study is. `tiny` fits a laptop, `small` one GPU, `paper` is the published plan."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mixlaw.model import count_parameters, ladder
from mixlaw.trial import MixlawError, ModelShape, Organisation, Recipe, Trial

if TYPE_CHECKING:
    from mixlaw.pretrain.learning_rate import LearningRateRule


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Sizes (rungs of the ladder) and budgets (tokens) of every study at one scale."""

    name: str
    seq_len: int
    batch_tokens: int
    grid_sizes: tuple[str, ...]
    grid_tokens: tuple[int, ...]
    synergy_size: str
    synergy_tokens: int
    """Of the whole run: half of it is distinct tokens of the target, repeated in the baseline."""
    mixture_sizes: tuple[str, ...]
    mixture_tokens: tuple[int, ...]
    n_mixtures: int
    organisation_sizes: tuple[str, ...]
    organisation_tokens: int
    allocation_size: str
    allocation_tokens: int
    allocation_seeds: tuple[int, ...]

    def trial(
        self,
        study: str,
        label: str,
        size: str,
        tokens: int,
        shares: Mapping[str, float],
        *,
        unique_tokens: Mapping[str, int] | None = None,
        organisation: Organisation = "shuffled",
        seed: int = 0,
    ) -> Trial:
        """A trial of this scale: the shape from the ladder, the recipe by the scale's rule."""
        shape = ladder(size)
        return Trial(
            study=study,
            label=label,
            model=shape,
            train_tokens=tokens,
            shares=shares,
            recipe=self.recipe(shape),
            unique_tokens=dict(unique_tokens or {}),
            organisation=organisation,
            seed=seed,
        )

    def recipe(self, shape: ModelShape) -> Recipe:
        """The recipe of one shape: the same for every language and budget, the learning rate by width."""
        return Recipe(learning_rate=learning_rate(shape), batch_tokens=self.batch_tokens, seq_len=self.seq_len)


def learning_rate(shape: ModelShape) -> float:
    """Peak rate of AdamW, in inverse proportion to the width (muP's rule for hidden matrices, arXiv:2203.03466).

    The constant was near the best of sweeps over factors of two at widths of 48 and 96 (half a million tokens of
    Python, batches of 2,048); at a width of 4,096 it gives 1.9e-4, where LLaMA-2 used 3e-4.
    """
    return round(min(0.768 / shape.d_model, _LARGEST_RATE), 6)


_LARGEST_RATE = 0.016


def with_rule(trial: Trial, rule: LearningRateRule) -> Trial:
    """The trial at the rule's rate for its N (without embeddings) and D; the rate becomes a literal of its recipe."""
    rate = rule.peak(count_parameters(trial.model, vocab_size=0).non_embedding, trial.trained_tokens)
    return dataclasses.replace(trial, recipe=dataclasses.replace(trial.recipe, learning_rate=rate))


BILLION = 10**9

TINY = Scale(
    name="tiny",
    seq_len=256,
    batch_tokens=2_048,
    grid_sizes=("25k", "50k", "100k"),
    grid_tokens=(196_608, 393_216, 786_432),
    synergy_size="50k",
    synergy_tokens=524_288,
    mixture_sizes=("25k", "50k", "100k"),
    mixture_tokens=(393_216, 786_432),
    n_mixtures=20,
    organisation_sizes=("50k",),
    organisation_tokens=524_288,
    allocation_size="200k",
    allocation_tokens=1_572_864,
    allocation_seeds=(0, 1, 2),
)

SMALL = Scale(
    name="small",
    seq_len=1_024,
    batch_tokens=131_072,
    grid_sizes=("10M", "30M", "0.1B"),
    grid_tokens=(BILLION // 4, BILLION // 2, BILLION),
    synergy_size="30M",
    synergy_tokens=BILLION,
    mixture_sizes=("10M", "30M"),
    mixture_tokens=(BILLION // 2, BILLION),
    n_mixtures=48,
    organisation_sizes=("30M", "0.1B"),
    organisation_tokens=BILLION,
    allocation_size="0.2B",
    allocation_tokens=4 * BILLION,
    allocation_seeds=(0, 1),
)

PAPER = Scale(
    name="paper",
    seq_len=4_096,
    batch_tokens=1_048_576,
    grid_sizes=("0.1B", "0.2B", "0.4B", "0.6B", "1.1B", "1.3B", "1.6B", "2.0B", "2.4B", "3.1B"),
    grid_tokens=tuple(b * BILLION for b in (2, 4, 8, 16, 32, 64)),
    synergy_size="1.3B",
    synergy_tokens=128 * BILLION,
    mixture_sizes=("0.2B", "0.6B", "1.3B"),
    mixture_tokens=(8 * BILLION, 32 * BILLION),
    n_mixtures=64,
    organisation_sizes=("0.2B", "0.5B", "1.5B", "3B", "7B"),
    organisation_tokens=1_000 * BILLION,
    allocation_size="1.5B",
    allocation_tokens=400 * BILLION,
    allocation_seeds=(0,),
)

SCALES: dict[str, Scale] = {scale.name: scale for scale in (TINY, SMALL, PAPER)}


def scale_named(name: str) -> Scale:
    """A scale by its name. Raises MixlawError that lists the known ones."""
    if name not in SCALES:
        raise MixlawError(f"unknown scale {name!r}; known are {', '.join(SCALES)}")
    return SCALES[name]
