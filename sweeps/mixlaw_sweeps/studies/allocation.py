"""The recommended mixture against the uniform one, at a scale that the law did not see (paper, section 6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mixlaw.trial import LANGUAGES, TEXT, Trial, normalize
from mixlaw_sweeps.studies.scale import Scale

TEXT_SHARE = 0.125
"""The paper holds natural language at 50B of 400B tokens in both mixtures."""


def uniform_shares(languages: Sequence[str] = LANGUAGES, text_share: float = TEXT_SHARE) -> dict[str, float]:
    """The same share for each language, beside a fixed share of text."""
    each = (1 - text_share) / len(languages)
    return normalize({**dict.fromkeys(languages, each), TEXT: text_share})


def allocation(
    scale: Scale,
    *,
    languages: Sequence[str] = LANGUAGES,
    seeds: Sequence[int] | None = None,
    recommended: Mapping[str, float] | None = None,
) -> list[Trial]:
    """Uniform and, once there is a recommendation, recommended: one run of each per seed."""
    mixtures = {"uniform": uniform_shares(languages)}
    if recommended is not None:
        mixtures["recommended"] = normalize({d: round(share, 4) for d, share in recommended.items()})
    return [
        scale.trial("allocation", label, scale.allocation_size, scale.allocation_tokens, shares, seed=seed)
        for seed in seeds or scale.allocation_seeds
        for label, shares in mixtures.items()
    ]
