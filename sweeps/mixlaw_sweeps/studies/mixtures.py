"""Random mixtures of all languages and text: what a proportion-dependent law is fitted to (beyond the paper)."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np

from mixlaw.trial import LANGUAGES, TEXT, Trial, normalize
from mixlaw_sweeps.studies.scale import Scale

_DESIGN_SEED = 20_251_213


def random_mixtures(n: int, domains: Sequence[str], *, seed: int = _DESIGN_SEED) -> list[dict[str, float]]:
    """n mixtures: the uniform one, then in turn even ones (Dirichlet 1) and sparse ones (Dirichlet 0.3).

    Sparse mixtures say what one language does for another, even ones what happens near where the optimum usually is.
    Shares are rounded to four digits: a mixture is readable, and its trial's identity does not hang on the last bit.
    """
    generator = np.random.default_rng(seed)
    drawn = [np.ones(len(domains))]
    drawn += [generator.dirichlet([1.0 if i % 2 else 0.3] * len(domains)) for i in range(1, n)]
    return [
        normalize({d: round(float(share), 4) for d, share in zip(domains, w / w.sum(), strict=True)}) for w in drawn[:n]
    ]


def mixtures(scale: Scale, *, languages: Sequence[str] = LANGUAGES, seeds: Sequence[int] = (0,)) -> list[Trial]:
    """Random mixtures, each at one size and one budget, which take turns.

    A law is pinned better by as many different mixtures than by few of them at every scale.
    """
    drawn = random_mixtures(scale.n_mixtures, (*languages, TEXT))
    cells = list(itertools.product(scale.mixture_sizes, scale.mixture_tokens))
    # In twos, so that even and sparse mixtures both meet every scale.
    placed = [(i, shares, *cells[i // 2 % len(cells)]) for i, shares in enumerate(drawn)]
    return [
        scale.trial("mixtures", "uniform" if i == 0 else f"mixture {i}", size, tokens, shares, seed=seed)
        for i, shares, size, tokens in placed
        for seed in seeds
    ]
