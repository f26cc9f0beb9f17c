"""Learning rates by step: pure."""

from __future__ import annotations

import math

from mixlaw.trial import Recipe


def learning_rate(recipe: Recipe, step: int, n_steps: int) -> float:
    """The rate of update `step` (from 0) of `n_steps`: linear warm-up to the peak, then the recipe's schedule.

    `cosine` falls over all that remains (Hoffmann et al. 2022, arXiv:2203.15556). `wsd` stays at the peak and falls
    over the last `decay_fraction` of the steps as 1 - sqrt(progress) (warm-up, stable, decay: Hu et al. 2024,
    arXiv:2404.06395; the shape: Haegele et al. 2024, arXiv:2405.18392). Both end at `final_lr_fraction` of the peak.
    """
    warmup = warmup_steps(recipe, n_steps)
    if step < warmup:
        return recipe.learning_rate * (step + 1) / warmup
    height = _cosine(step, warmup, n_steps) if recipe.schedule == "cosine" else _wsd(step, recipe, n_steps)
    return recipe.learning_rate * (recipe.final_lr_fraction + (1 - recipe.final_lr_fraction) * height)


def warmup_steps(recipe: Recipe, n_steps: int) -> int:
    """Updates of the warm-up: of a fixed number of tokens, or a fraction of all updates."""
    if recipe.warmup_tokens is None:
        return round(recipe.warmup_fraction * n_steps)
    return round(recipe.warmup_tokens / recipe.batch_tokens)


def branch_step(recipe: Recipe, n_steps: int) -> int:
    """How many updates of a `wsd` training come before its decay: they do not depend on `n_steps`."""
    return n_steps - max(1, round(recipe.decay_fraction * n_steps))


def _cosine(step: int, warmup: int, n_steps: int) -> float:
    progress = (step - warmup) / max(1, n_steps - 1 - warmup)
    return 0.5 * (1 + math.cos(math.pi * progress))


def _wsd(step: int, recipe: Recipe, n_steps: int) -> float:
    stable = branch_step(recipe, n_steps)
    progress = max(0, step + 1 - stable) / (n_steps - stable)
    return 1 - math.sqrt(progress)
