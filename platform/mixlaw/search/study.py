"""Search the proportions: an Optuna study explores, gradients on the law polish, bootstrap laws say how sure it is."""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import optuna

from mixlaw.laws import FittedLaw, Form
from mixlaw.laws.bootstrap import quantiles
from mixlaw.laws.forms import Array
from mixlaw.search.constraints import Box, Constraints
from mixlaw.search.objective import MeanLoss, Task
from mixlaw.search.recommendation import Gain, Recommendation
from mixlaw.trial import LANGUAGES, MixlawError

STUDY_NAME = "mixlaw-proportions"
_LEAST_U = 1e-6
_POLISHED = 5
_BEYOND = 1.05


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """What is searched for, checked and in the law's order."""

    law: FittedLaw
    N: float
    D: float
    weights: Mapping[str, float]
    box: Box
    reference: Array
    worst_ratio: float | None

    def task(self, forms: Mapping[str, Form]) -> Task:
        """The same question under one set of forms."""
        objective = MeanLoss(law=self.law, forms=forms, N=self.N, D=self.D, weights=self.weights)
        return Task(objective=objective, box=self.box, reference=self.reference, worst_ratio=self.worst_ratio)

    @property
    def fingerprint(self) -> str:
        """Hash of all that the answer depends on: trials of another question must not mix into a stored study."""
        asked = (self.N, self.D, sorted(self.weights.items()), self.box.lower.tolist(), self.box.upper.tolist())
        words = f"{self.law.dumps()}{asked}{self.reference.tolist()}{self.worst_ratio}"
        return hashlib.sha256(words.encode()).hexdigest()[:16]


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
    `n_trials`; None keeps it in memory. Deterministic for a seed and a fresh study.

    Raises MixlawError for N or D that are not positive, unknown targets or domains, limits that cannot be met (each
    one named), and a stored study that belongs to another question.
    """
    question = _question(law, N, D, weights, constraints or Constraints(), reference)
    task = question.task(law.point)
    study = _study(question, storage, study_name, seed)
    starts = _explore(study, task, law.domains, n_trials)
    best = task.polish(starts)
    _record(study, task, law.domains, best)
    return _recommend(question, best, n_trials)


def _question(
    law: FittedLaw,
    N: float,
    D: float,
    weights: Mapping[str, float] | None,
    constraints: Constraints,
    reference: Mapping[str, float] | None,
) -> _Question:
    if not (N > 0 and D > 0):
        raise MixlawError(f"parameters and tokens must be above 0, got N = {N:g}, D = {D:g}")
    given = dict(weights) if weights else dict.fromkeys([t for t in law.targets if t in LANGUAGES] or law.targets, 1.0)
    law.check_targets(given)
    total = sum(given.values())
    box = constraints.box(law.domains, D)
    worse = constraints.no_worse_than_uniform
    return _Question(
        law=law,
        N=N,
        D=D,
        weights={t: w / total for t, w in given.items() if w > 0},
        box=box,
        reference=box.project(law.shares(reference) if reference else _uniform(law.domains, constraints)),
        worst_ratio=None if worse is None else 1 + worse / 100,
    )


def _uniform(domains: tuple[str, ...], constraints: Constraints) -> Array:
    free = [d for d in domains if d not in constraints.fixed]
    rest = 1 - sum(constraints.fixed.values())
    return np.array([constraints.fixed.get(d, rest / max(len(free), 1)) for d in domains])


@contextmanager
def _quiet() -> Generator[None]:
    before = optuna.logging.get_verbosity()
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    try:
        yield
    finally:
        optuna.logging.set_verbosity(before)


def _study(question: _Question, storage: str | None, name: str, seed: int) -> optuna.Study:
    try:
        with _quiet():
            study = optuna.create_study(storage=storage, study_name=name, direction="minimize", load_if_exists=True)
            # Another seed after a resume: the same would draw the same mixtures again.
            study.sampler = optuna.samplers.TPESampler(seed=seed + len(study.trials))
            stored = study.user_attrs.get("question")
            if stored is None:
                study.set_user_attr("question", question.fingerprint)
    except Exception as error:
        raise MixlawError(f"Optuna cannot open the study {name!r} in {storage}: {error}") from error
    if stored not in (None, question.fingerprint):
        raise MixlawError(
            f"the study {name!r} in {storage} belongs to another law, scale or limits; name another study"
        )
    return study


def _explore(study: optuna.Study, task: Task, domains: tuple[str, ...], n_trials: int) -> list[Array]:
    """Sample up to n_trials in all; the shares of the best few, and the reference."""

    def objective(trial: optuna.Trial) -> float:
        u = np.array([trial.suggest_float(f"u_{d}", _LEAST_U, 1.0) for d in domains])
        p = task.box.place(_portions(u))
        trial.set_user_attr("shares", dict(zip(domains, p.tolist(), strict=True)))
        trial.set_user_attr("allowed", task.allowed(p))
        return task.objective.value(p)

    with _quiet():
        sampled = [t for t in study.trials if t.state.is_finished() and "polished" not in t.user_attrs]
        if not study.trials:
            study.enqueue_trial(_as_u(domains, task.reference, task.box))
        study.optimize(objective, n_trials=max(n_trials - len(sampled), 0))
    finished = [
        t for t in study.get_trials(states=[optuna.trial.TrialState.COMPLETE]) if t.user_attrs.get("allowed", True)
    ]
    best = sorted(finished, key=lambda t: t.value if t.value is not None else np.inf)[:_POLISHED]
    return [*(np.array([t.user_attrs["shares"][d] for d in domains]) for t in best), task.reference]


def _portions(u: Array) -> Array:
    """Uniform on the simplex for uniform u: -log u is exponential, and normalised exponentials are Dirichlet(1)."""
    exponential = -np.log(u)
    total = exponential.sum()
    return exponential / total if total > 0 else np.full(len(u), 1 / len(u))


def _as_u(domains: tuple[str, ...], p: Array, box: Box) -> dict[str, float]:
    """The parameters whose shares are p: the inverse of `_portions` within the box."""
    above = np.maximum(p - box.lower, 0.0)
    largest = float(above.max())
    u = np.exp(-above / largest) if largest > 0 else np.full(len(p), 0.5)
    return {f"u_{d}": float(value) for d, value in zip(domains, np.clip(u, _LEAST_U, 1.0), strict=True)}


def _record(study: optuna.Study, task: Task, domains: tuple[str, ...], best: Array) -> None:
    """The polished mixture becomes a trial of the study, so that the study's best trial is the answer."""
    distribution = optuna.distributions.FloatDistribution(_LEAST_U, 1.0)
    params = _as_u(domains, best, task.box)
    attributes: dict[str, Any] = {
        "shares": dict(zip(domains, best.tolist(), strict=True)),
        "allowed": True,
        "polished": True,
    }
    study.add_trial(
        optuna.trial.create_trial(
            params=params,
            distributions=dict.fromkeys(params, distribution),
            value=task.objective.value(best),
            user_attrs=attributes,
        )
    )


def _recommend(question: _Question, best: Array, n_trials: int) -> Recommendation:
    law, N, D = question.law, question.N, question.D
    shares, reference = _named(law, best), _named(law, question.reference)
    optima = np.array([question.task(forms).polish([best]) for forms in law.replicates])
    return Recommendation(
        law=law.form,
        N=N,
        D=D,
        weights=question.weights,
        shares=shares,
        intervals={d: quantiles(optima[:, j]) for j, d in enumerate(law.domains)} if len(optima) else {},
        reference=reference,
        predicted={t: law.predict(N, D, shares, t) for t in law.targets},
        reference_predicted={t: law.predict(N, D, reference, t) for t in law.targets},
        mean=law.predict_mean(N, D, shares, question.weights),
        reference_mean=law.predict_mean(N, D, reference, question.weights),
        gain=_gain(question, best),
        binding=tuple(law.domains[j] for j in question.box.binding(best)),
        run_noise=_run_noise(question),
        extrapolates=_extrapolates(question),
        n_trials=n_trials,
    )


def _named(law: FittedLaw, p: Array) -> dict[str, float]:
    return dict(zip(law.domains, p.tolist(), strict=True))


def _gain(question: _Question, best: Array) -> Gain:
    def gain(forms: Mapping[str, Form]) -> float:
        objective = question.task(forms).objective
        return objective.value(question.reference) - objective.value(best)

    replicates = np.array([gain(forms) for forms in question.law.replicates])
    lower, upper = quantiles(replicates)
    probability = float(np.mean(replicates > 0)) if len(replicates) else float("nan")
    return Gain(nats=gain(question.law.point), lower=lower, upper=upper, probability=probability)


def _run_noise(question: _Question) -> float:
    """Scatter of the difference of two runs' mean losses, targets taken as independent."""
    losses = question.task(question.law.point).objective.target_losses(question.reference)
    parts = [w * losses[t] * question.law.report[t].noise for t, w in question.weights.items()]
    return float(np.sqrt(2 * np.sum(np.square(parts))))


def _extrapolates(question: _Question) -> str:
    scales = question.law.scales
    beyond = [
        f"{value / most:.1f} times the largest {name}"
        for name, value, most in (("N", question.N, scales.N[1]), ("D", question.D, scales.D[1]))
        if value > _BEYOND * most
    ]
    return f"This extrapolates to {' and '.join(beyond)} of the fitted runs." if beyond else ""
