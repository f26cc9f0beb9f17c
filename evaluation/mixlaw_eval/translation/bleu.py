"""Corpus BLEU of greedy translations, by sacrebleu (Post 2018, arXiv:1804.08771), with its signature."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sacrebleu.metrics.bleu import BLEU

from mixlaw_eval.translation.written import Translation

RESAMPLES = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Bleu:
    """Corpus BLEU, 0 to 100, with a 95% interval by bootstrap over programs (NaN for one program)."""

    score: float
    lower: float
    upper: float
    programs: int
    signature: str


def bleu_of(translations: Sequence[Translation]) -> Bleu:
    """BLEU of one or more translations against their references. Raises ValueError for none."""
    if not translations:
        raise ValueError("BLEU of no translation is not defined")
    metric: Any = BLEU()
    texts, references = [t.text for t in translations], [[t.reference for t in translations]]
    n_resamples = RESAMPLES if len(translations) > 1 else 1
    found = metric.corpus_score(texts, references, n_bootstrap=n_resamples)
    # sacrebleu gives the bootstrap's mean and half its width, and has no public name for them.
    middle, half = (found._mean, found._ci) if n_resamples > 1 else (math.nan, math.nan)
    return Bleu(
        score=float(found.score),
        lower=max(0.0, middle - half) if n_resamples > 1 else math.nan,
        upper=min(100.0, middle + half) if n_resamples > 1 else math.nan,
        programs=len(translations),
        signature=str(metric.get_signature()),
    )
