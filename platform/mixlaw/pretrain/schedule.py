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
    warmup = round(recipe.warmup_fraction * n_steps)
    if step < warmup:
        return recipe.learning_rate * (step + 1) / warmup
    height = _cosine(step, warmup, n_steps) if recipe.schedule == "cosine" else _wsd(step, recipe, n_steps)
    return recipe.learning_rate * (recipe.final_lr_fraction + (1 - recipe.final_lr_fraction) * height)


def _cosine(step: int, warmup: int, n_steps: int) -> float:
    progress = (step - warmup) / max(1, n_steps - 1 - warmup)
    return 0.5 * (1 + math.cos(math.pi * progress))


def _wsd(step: int, recipe: Recipe, n_steps: int) -> float:
    decay = max(1, round(recipe.decay_fraction * n_steps))
    progress = max(0, step + 1 - (n_steps - decay)) / decay
    return 1 - math.sqrt(progress)
