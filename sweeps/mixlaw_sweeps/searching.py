"""Proportions searched against a fitted law, and the recommendation as a table for people."""

from __future__ import annotations

import hashlib
from pathlib import Path

from mixlaw.laws import FittedLaw
from mixlaw.search import Constraints, Recommendation
from mixlaw.search import search as search_shares
from mixlaw.trial import DISPLAY
from mixlaw_sweeps.console import console, count, table


def recommend(
    law: FittedLaw,
    *,
    N: float,
    D: float,
    folder: Path,
    weights: dict[str, float] | None = None,
    constraints: Constraints | None = None,
    n_trials: int = 200,
    storage: str | None = None,
    seed: int = 0,
) -> Recommendation:
    """`mixlaw.search.search` with the study kept in SQLite beside the law."""
    if storage is None:
        folder.mkdir(parents=True, exist_ok=True)
        storage = f"sqlite:///{(folder / 'search.db').resolve()}"
    constraints = constraints or Constraints()
    # One Optuna study per question: asking the same again resumes it, asking another starts another.
    question = f"{law.dumps()} {N} {D} {sorted((weights or {}).items())} {constraints} {seed}"
    name = f"N={count(N)} D={count(D)} {hashlib.sha256(question.encode()).hexdigest()[:8]}"
    return search_shares(
        law,
        N=N,
        D=D,
        weights=weights,
        constraints=constraints,
        n_trials=n_trials,
        storage=storage,
        study_name=name,
        seed=seed,
    )


def show_recommendation(found: Recommendation) -> None:
    """Shares with intervals, predicted losses of both mixtures, the verdict."""
    rows = [
        [
            DISPLAY.get(d, d),
            f"{100 * share:.1f}%",
            _interval(found, d),
            f"{100 * found.reference[d]:.1f}%",
        ]
        for d, share in found.shares.items()
    ]
    title = f"Recommended mixture for N = {count(found.N)}, D = {count(found.D)}"
    table(title, ["language", "share", "90% interval", "uniform"], rows)
    console.print(found.verdict, markup=False)


def _interval(found: Recommendation, domain: str) -> str:
    if domain not in found.share_intervals:
        return "unknown"
    lower, upper = found.share_intervals[domain]
    return f"[{100 * lower:.1f}, {100 * upper:.1f}]"
