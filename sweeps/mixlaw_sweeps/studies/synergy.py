"""Every pair of languages against each language repeated (paper, section 4): 21 + 7 = 28 runs."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from mixlaw.trial import LANGUAGES, Trial
from mixlaw_sweeps.studies.scale import Scale


def synergy(scale: Scale, *, languages: Sequence[str] = LANGUAGES, seeds: Sequence[int] = (0,)) -> list[Trial]:
    """Half of the tokens of each of two languages, or one language's half twice, with the same distinct tokens."""
    half = scale.synergy_tokens // 2
    size, tokens = scale.synergy_size, scale.synergy_tokens
    repeated = [
        scale.trial("synergy", f"{a} twice", size, tokens, {a: 1.0}, unique_tokens={a: half}, seed=seed)
        for a in languages
        for seed in seeds
    ]
    paired = [
        scale.trial(
            "synergy",
            f"{a} + {b}",
            size,
            tokens,
            {a: 0.5, b: 0.5},
            unique_tokens={a: half, b: half},
            seed=seed,
        )
        for a, b in itertools.combinations(languages, 2)
        for seed in seeds
    ]
    return repeated + paired
