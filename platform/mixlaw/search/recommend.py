"""The search: from a fitted law and constraints to a recommendation with its uncertainty."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from mixlaw.laws import FittedLaw, Form
from mixlaw.laws.bootstrap import quantiles
from mixlaw.laws.forms import Array
from mixlaw.search.constraints import Constraints
from mixlaw.search.question import Question, ask
from mixlaw.search.recommendation import Gain, Recommendation
from mixlaw.search.study import STUDY_NAME, best_mixture


def search(
    law: FittedLaw,
    *,
    N: float,
    D: float,
    weights: Mapping[str, float] | None = None,
    constraints: Constraints | None = None,
    reference: Mapping[str, float] | None = None,
    n_trials: int = 200,
    storage: str | None = None,
    study_name: str = STUDY_NAME,
    seed: int = 0,
) -> Recommendation:
    """The mixture with the lowest weighted mean of predicted target losses at N parameters and D tokens.

    `weights` of targets default to equal over the law's programming languages (over all targets if it has none).
    `reference` defaults to uniform: fixed shares kept, the rest divided equally, as near as the limits allow.
    `storage` is any Optuna storage URL, as in sqlite:///study.db: the study named `study_name` is resumed up to
    `n_trials`; None stores nothing. Deterministic for a seed and a fresh study.

    Raises MixlawError for N or D that are not positive, unknown targets or domains, limits that cannot be met (each
    one named), and a stored study that belongs to another question.
    """
    question = ask(law, N, D, weights, constraints or Constraints(), reference)
    best = best_mixture(question, n_trials=n_trials, storage=storage, study_name=study_name, seed=seed)
    return _recommend(question, best, n_trials)


def _recommend(question: Question, best: Array, n_trials: int) -> Recommendation:
    law, N, D = question.law, question.N, question.D
    shares, reference = _named(law, best), _named(law, question.reference)
    optima = np.array([question.task(forms).polish([best]) for forms in law.replicates])
    return Recommendation(
        law=law.form,
        N=N,
        D=D,
        weights=question.weights,
        shares=shares,
        share_intervals={d: quantiles(optima[:, j]) for j, d in enumerate(law.domains)} if len(optima) else {},
        reference=reference,
        predicted={t: law.predict(N, D, shares, t) for t in law.targets},
        reference_predicted={t: law.predict(N, D, reference, t) for t in law.targets},
        mean=law.predict_mean(N, D, shares, question.weights),
        reference_mean=law.predict_mean(N, D, reference, question.weights),
        gain=_gain(question, best),
        binding=tuple(law.domains[j] for j in question.box.binding(best)),
        run_noise=_run_noise(question),
        law_error=_law_error(question),
        extrapolates=_extrapolates(question),
        n_trials=n_trials,
    )


def _named(law: FittedLaw, p: Array) -> dict[str, float]:
    return dict(zip(law.domains, p.tolist(), strict=True))


def _gain(question: Question, best: Array) -> Gain:
    def gain(forms: Mapping[str, Form]) -> float:
        objective = question.task(forms).objective
        return objective.value(question.reference) - objective.value(best)

    replicates = np.array([gain(forms) for forms in question.law.replicates])
    lower, upper = quantiles(replicates)
    probability = float(np.mean(replicates > 0)) if len(replicates) else float("nan")
    return Gain(nats=gain(question.law.point), lower=lower, upper=upper, probability=probability)


def _run_noise(question: Question) -> float:
    """Scatter of the difference of two runs' mean losses, targets taken as independent."""
    losses = question.task(question.law.point).objective.target_losses(question.reference)
    parts = [w * losses[t] * question.law.report[t].noise for t, w in question.weights.items()]
    return float(np.sqrt(2 * np.sum(np.square(parts))))


def _law_error(question: Question) -> float | None:
    """Weighted mean over targets of the error on mixtures left out of the fit."""
    losses = question.task(question.law.point).objective.target_losses(question.reference)
    left_out = {t: question.law.report[t].held_out.get("mixtures") for t in question.weights}
    errors = {t: held.error if held else None for t, held in left_out.items()}
    parts = [w * losses[t] * error / 100 for t, w in question.weights.items() if (error := errors[t]) is not None]
    return float(sum(parts)) if len(parts) == len(errors) else None


def _extrapolates(question: Question) -> str:
    beyond = question.law.beyond(question.N, question.D)
    return f"This extrapolates to {beyond} of the fitted runs." if beyond else ""
