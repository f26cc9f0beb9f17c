"""Three arrangements of parallel programs, with a tenth of text (paper, section 5): 5 sizes x 3 runs of 1T tokens."""

from __future__ import annotations

from collections.abc import Sequence

from mixlaw.trial import LANGUAGES, ORGANISATIONS, PARALLEL, TEXT, Trial
from mixlaw_sweeps.studies.scale import Scale


def organisation(scale: Scale, *, languages: Sequence[str] = LANGUAGES, seeds: Sequence[int] = (0,)) -> list[Trial]:
    """The same programs apart, joined directly, and joined by a translation prompt.

    The languages are those of the corpus's parallel programs; `languages` is taken for the common signature only.
    """
    del languages
    return [
        scale.trial(
            "organisation",
            f"{arrangement} {size}",
            size,
            scale.organisation_tokens,
            {PARALLEL: 0.9, TEXT: 0.1},
            organisation=arrangement,
            seed=seed,
        )
        for size in scale.organisation_sizes
        for arrangement in ORGANISATIONS
        for seed in seeds
    ]
