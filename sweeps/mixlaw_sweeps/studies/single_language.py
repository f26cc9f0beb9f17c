"""One language at a time over a grid of sizes and budgets (paper, section 3): 7 x 10 x 6 = 420 runs when published."""

from __future__ import annotations

from collections.abc import Sequence

from mixlaw.trial import LANGUAGES, Trial
from mixlaw_sweeps.studies.scale import Scale


def single_language(scale: Scale, *, languages: Sequence[str] = LANGUAGES, seeds: Sequence[int] = (0,)) -> list[Trial]:
    """Every language x size x budget x seed: what per-language Chinchilla laws are fitted to."""
    return [
        scale.trial("single-language", f"{language} {size}", size, tokens, {language: 1.0}, seed=seed)
        for language in languages
        for size in scale.grid_sizes
        for tokens in scale.grid_tokens
        for seed in seeds
    ]
