"""Proportions searched against a fitted law, and the answers as tables for people."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Literal

from mixlaw.laws import FittedLaw
from mixlaw.search import Constraints, Front, FrontPoint, Recommendation
from mixlaw.search import pareto as search_front
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
    goal: Literal["mean", "robust"] = "mean",
    n_trials: int = 200,
    storage: str | None = None,
    seed: int = 0,
) -> Recommendation:
    """`mixlaw.search.search` with the study kept in SQLite beside the law."""
    constraints = constraints or Constraints()
    return search_shares(
        law,
        N=N,
        D=D,
        weights=weights,
        constraints=constraints,
        goal=goal,
        n_trials=n_trials,
        storage=storage or _beside(folder),
        study_name=study_name(law, N, D, weights, constraints, goal, seed),
        seed=seed,
    )


def front(
    law: FittedLaw,
    *,
    N: float,
    D: float,
    folder: Path,
    n_points: int,
    weights: dict[str, float] | None = None,
    constraints: Constraints | None = None,
    n_trials: int = 200,
    storage: str | None = None,
    seed: int = 0,
) -> Front:
    """`mixlaw.search.pareto` with the study kept in SQLite beside the law."""
    constraints = constraints or Constraints()
    return search_front(
        law,
        N=N,
        D=D,
        n_points=n_points,
        weights=weights,
        constraints=constraints,
        n_trials=n_trials,
        storage=storage or _beside(folder),
        study_name=study_name(law, N, D, weights, constraints, "pareto", seed),
        seed=seed,
    )


def study_name(
    law: FittedLaw,
    N: float,
    D: float,
    weights: dict[str, float] | None,
    constraints: Constraints,
    goal: str,
    seed: int,
) -> str:
    """One Optuna study per question: asking the same again resumes it, asking another starts another."""
    question = f"{law.dumps()} {N} {D} {sorted((weights or {}).items())} {constraints} {goal} {seed}"
    return f"N={count(N)} D={count(D)} {goal} {hashlib.sha256(question.encode()).hexdigest()[:8]}"


def _beside(folder: Path) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    return f"sqlite:///{(folder / 'search.db').resolve()}"


def show_recommendation(found: Recommendation) -> None:
    """Shares with intervals, what more data of each domain would save, the verdict."""
    title = f"Recommended mixture for N = {count(found.N)}, D = {count(found.D)}"
    billion = found.marginal_tokens == 1e9
    unit = "per 1B" if billion else "per 1% of D"
    columns = ["domain", "share", "90% interval", "uniform", unit, "90% interval", *(["epochs"] * bool(found.epochs))]
    table(title, columns, [_row(found, d) for d in found.shares])
    size = "a billion more tokens" if billion else "as many more tokens as 1% of D"
    console.print(f"{unit}: nats of mean loss that {size} of it would save at this N", style="dim")
    if found.goal == "robust":
        console.print("robust: the lower end of the gain's interval is as high as the limits allow", style="dim")
    console.print(found.verdict, markup=False)


def _row(found: Recommendation, domain: str) -> list[str]:
    marginal = found.marginal[domain]
    known = marginal.lower == marginal.lower
    cells = [
        DISPLAY.get(domain, domain),
        f"{100 * found.shares[domain]:.1f}%",
        _interval(found, domain),
        f"{100 * found.reference[domain]:.1f}%",
        f"{marginal.nats:.2g}",
        f"[{marginal.lower:.2g}, {marginal.upper:.2g}]" if known else "unknown",
    ]
    if found.epochs:
        cells.append(f"{found.epochs[domain]:.2g}" if domain in found.epochs else "–")
    return cells


def _interval(found: Recommendation, domain: str) -> str:
    if domain not in found.share_intervals:
        return "unknown"
    lower, upper = found.share_intervals[domain]
    return f"[{100 * lower:.1f}, {100 * upper:.1f}]"


def show_front(found: Front) -> None:
    """The mixtures from the least mean loss to the best worst target, and their shares."""
    numbers = [str(i + 1) for i in range(len(found.points))]
    table(
        f"Pareto front for N = {count(found.N)}, D = {count(found.D)}: mean loss against the worst target",
        ["", "mean loss", "gain, nats", "90% interval", "worst target", "change", "90% interval"],
        [[number, *_front_row(point)] for number, point in zip(numbers, found.points, strict=True)],
    )
    shares = [
        [DISPLAY.get(d, d), *(f"{100 * point.shares[d]:.1f}%" for point in found.points)] for d in found.reference
    ]
    table("Shares", ["domain", *numbers], shares)
    if len(found.points) == 1:
        console.print("One mixture is best on both counts.")
    console.print("gain, change: against uniform as near as the limits allow", style="dim")
    if found.extrapolates:
        console.print(found.extrapolates, markup=False)


def _front_row(point: FrontPoint) -> list[str]:
    gain, worst = point.gain, point.worst
    known = gain.lower == gain.lower
    return [
        f"{point.mean.loss:.4f}",
        f"{gain.nats:.4f}",
        f"[{gain.lower:.4f}, {gain.upper:.4f}]" if known else "unknown",
        DISPLAY.get(worst.target, worst.target),
        f"{100 * worst.change:+.2f}%",
        f"[{100 * worst.lower:+.2f}, {100 * worst.upper:+.2f}]" if known else "unknown",
    ]
