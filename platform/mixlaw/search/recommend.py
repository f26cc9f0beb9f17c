"""The search: from a fitted law and constraints to a recommendation with its uncertainty."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np

from mixlaw.laws import FittedLaw
from mixlaw.laws.bootstrap import quantiles
from mixlaw.laws.forms import Array
from mixlaw.search.constraints import Constraints
from mixlaw.search.outlook import Outlook, marginal_tokens, marginal_values
from mixlaw.search.question import Question, ask
from mixlaw.search.recommendation import Recommendation
from mixlaw.search.study import STUDY_NAME, explore, named

_POLISHED = 5
"""Trials that are polished, the best ones."""


def search(
    law: FittedLaw,
    *,
    N: float,
    D: float,
    weights: Mapping[str, float] | None = None,
    constraints: Constraints | None = None,
    reference: Mapping[str, float] | None = None,
    goal: Literal["mean", "robust"] = "mean",
    n_trials: int = 200,
    storage: str | None = None,
    study_name: str = STUDY_NAME,
    seed: int = 0,
) -> Recommendation:
    """The mixture with the lowest weighted mean of predicted target losses at N parameters and D tokens.

    `weights` of targets default to equal over the law's programming languages (over all targets if it has none).
    `reference` defaults to uniform: fixed shares kept, the rest divided equally, as near as the limits allow.
    `goal="robust"` maximises the 5% quantile, over the bootstrap laws, of the gain over the reference instead.
    `storage` is any Optuna storage URL, as in sqlite:///study.db: the study named `study_name` is resumed up to
    `n_trials`, and several processes may work on it at once; None stores nothing. Deterministic for a seed and a
    fresh study.

    Raises MixlawError for N or D that are not positive, unknown targets or domains, limits that cannot be met (each
    one named), a robust search of a law without bootstrap laws, and a stored study that belongs to another question.
    """
    question = ask(law, N, D, weights, constraints or Constraints(), reference, goal)
    task = question.point_task()
    explored = explore(
        question, task, (task.objective,), n_trials=n_trials, storage=storage, study_name=study_name, seed=seed
    )
    starts = explored.best(_POLISHED)
    if goal == "robust":
        starts = [question.task(law.point, task.anchor).solve(starts, seed), *starts]
    best = task.solve(starts, seed)
    explored.add_answers([best])
    return _recommend(question, best, task.anchor, n_trials)


def _recommend(question: Question, best: Array, anchor: Array, n_trials: int) -> Recommendation:
    law, available = question.law, _available(question)
    outlook = Outlook.of(question, [best, question.reference])
    shares = named(law.domains, best)
    return Recommendation(
        law=law.form,
        goal=question.goal,
        N=question.N,
        D=question.D,
        weights=question.weights,
        shares=shares,
        share_intervals=_share_intervals(question, best, anchor),
        reference=named(law.domains, question.reference),
        predicted=outlook.by_target(0),
        reference_predicted=outlook.by_target(1),
        mean=outlook.prediction(0, question.weights),
        reference_mean=outlook.prediction(1, question.weights),
        gain=outlook.gain(0, 1),
        binding=tuple(law.domains[j] for j in question.box.binding(best)),
        available=available,
        max_epochs=question.constraints.max_epochs,
        epochs={d: shares[d] * question.D / tokens for d, tokens in available.items() if tokens > 0},
        marginal=marginal_values(question, best),
        marginal_tokens=marginal_tokens(question.D),
        run_noise=_run_noise(question, outlook),
        law_error=_law_error(question, outlook),
        extrapolates=extrapolates(question),
        n_trials=n_trials,
    )


def _available(question: Question) -> dict[str, float]:
    given = question.constraints.available
    return {d: given[d] for d in question.law.domains if np.isfinite(given.get(d, np.inf))}


def _share_intervals(question: Question, best: Array, anchor: Array) -> dict[str, tuple[float, float]]:
    """Of the optima of the bootstrap laws, each descended to from the answer."""
    optima: list[Array] = []
    for forms in question.law.replicates:
        task = question.task(forms, anchor)
        if not task.allowed(anchor):
            # A bootstrap law has ceilings of its own.
            task = question.task(forms)
        optima.append(task.polish([best]))
    places = {d: j for j, d in enumerate(question.law.domains)}
    return {d: quantiles(np.array(optima)[:, j]) for d, j in places.items()} if optima else {}


def _run_noise(question: Question, outlook: Outlook) -> float:
    """Scatter of the difference of two runs' mean losses, targets taken as independent."""
    report = question.law.report
    parts = [w * loss * report[t].noise for t, w, loss in _at_reference(question, outlook)]
    return float(np.sqrt(2 * np.sum(np.square(parts))))


def _law_error(question: Question, outlook: Outlook) -> float | None:
    """Weighted mean over targets of the error on mixtures left out of the fit."""
    total = 0.0
    for t, w, loss in _at_reference(question, outlook):
        held = question.law.report[t].held_out.get("mixtures")
        if held is None or held.error is None:
            return None
        total += w * loss * held.error / 100
    return total


def _at_reference(question: Question, outlook: Outlook) -> list[tuple[str, float, float]]:
    """(target, weight, loss at the reference) of the weighted targets."""
    losses = dict(zip(question.law.targets, outlook.point[1].tolist(), strict=True))
    return [(t, w, losses[t]) for t, w in question.weights.items()]


def extrapolates(question: Question) -> str:
    """How far the question lies beyond what the law was fitted to; empty when within."""
    law, words = question.law, ""
    if beyond := law.beyond(question.law_N, question.law_D):
        words = f"This extrapolates to {beyond} of the fitted runs."
    fixed = [name for name, scale in (("N", law.scales.N), ("D", law.scales.D)) if scale[0] == scale[1]]
    if fixed:
        words += f" The law was fitted at one {' and one '.join(fixed)}: it says nothing of other scales."
    return words.strip()
