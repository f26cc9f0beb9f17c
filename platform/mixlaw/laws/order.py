"""How a fitted order of the languages compares with the paper's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from mixlaw.laws.bootstrap import quantiles
from mixlaw.laws.fitted import FittedLaw
from mixlaw.laws.forms import Array, Form
from mixlaw.laws.published.constants import L_INF_RANK
from mixlaw.trial import MixlawError


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderComparison:
    """Kendall's tau-b between fitted E and the paper's order: 1 the same, 0 unrelated, -1 reversed."""

    order: tuple[str, ...]
    """Languages by fitted E, lowest first."""
    tau: float
    lower: float
    upper: float
    """90% interval over the bootstrap laws; NaN without."""
    unidentified: tuple[str, ...]
    """Languages whose E the data leave open: with any, the order means little."""


def compare_order(law: FittedLaw) -> OrderComparison:
    """Compare E of the law's programming languages with the paper's order of L_inf (study S1).

    Raises MixlawError for a law without per-language E, or with fewer than three of the paper's languages.
    """
    languages = tuple(t for t in law.targets if t in L_INF_RANK)
    if len(languages) < 3:
        raise MixlawError(
            f"an order needs at least three of the paper's languages, the law has {', '.join(languages) or 'none'}; "
            "fit --law chinchilla or transfer on more languages"
        )
    published = np.array([L_INF_RANK[t] for t in languages])
    fitted = _irreducible(law.point, languages)
    replicates = np.array([kendall(_irreducible(forms, languages), published) for forms in law.replicates])
    lower, upper = quantiles(replicates)
    return OrderComparison(
        order=tuple(sorted(languages, key=dict(zip(languages, fitted, strict=True)).__getitem__)),
        tau=kendall(fitted, published),
        lower=lower,
        upper=upper,
        unidentified=tuple(t for t in languages if not law.intervals(t)["E"].identified),
    )


def kendall(x: Array, y: Array) -> float:
    """Kendall's tau-b of two (n,) arrays: concordant less discordant pairs, corrected for ties (Kendall 1945)."""
    upper = np.triu_indices(len(x), 1)
    a, b = (np.sign(v[:, None] - v[None, :])[upper] for v in (x, y))
    scale = np.sqrt(np.sum(a**2) * np.sum(b**2))
    return float(np.sum(a * b) / scale) if scale else float("nan")


def _irreducible(forms: Mapping[str, Form], languages: tuple[str, ...]) -> Array:
    return np.array([dict(zip(forms[t].parameter_names, forms[t].parameters, strict=True))["E"] for t in languages])
