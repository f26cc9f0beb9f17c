"""The Optuna study that explores mixtures, and the polish of its best trials by gradients on the law.

Trials are sampled in memory and then added to the storage, which costs a database one transaction per trial in
place of a dozen: 200 trials in SQLite take a few seconds less, and what is stored is an ordinary study.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager

import numpy as np
import optuna
from optuna.trial import FrozenTrial, TrialState

from mixlaw.laws.forms import Array
from mixlaw.search.constraints import Box
from mixlaw.search.objective import Task
from mixlaw.search.question import Question
from mixlaw.trial import MixlawError

STUDY_NAME = "mixlaw-proportions"
_LEAST_U = 1e-6
_POLISHED = 5
"""Trials that are polished, the best ones."""


def best_mixture(question: Question, *, n_trials: int, storage: str | None, study_name: str, seed: int) -> Array:
    """(M,) the polished best of `n_trials` sampled mixtures, those of a stored study included.

    The study gets every sampled mixture as a trial with its `shares`, and the answer as one more, marked `polished`.
    Raises MixlawError for a storage that cannot be opened and for a stored study of another question.
    """
    task, domains = question.task(question.law.point), question.law.domains
    with _quiet():
        stored = None if storage is None else _stored(question, storage, study_name)
        known = [t for t in stored.trials if t.state == TrialState.COMPLETE] if stored else []
        sampled = [t for t in known if not t.user_attrs.get("polished", False)]
        new = _sample(task, domains, sampled, n_trials - len(sampled), seed)
        best = task.polish(_starts([*sampled, *new], domains))
        if stored and new:
            stored.add_trials([*new, _polished(task, domains, best)])
    return best


@contextmanager
def _quiet() -> Generator[None]:
    before = optuna.logging.get_verbosity()
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    try:
        yield
    finally:
        optuna.logging.set_verbosity(before)


def _stored(question: Question, storage: str, name: str) -> optuna.Study:
    try:
        study = optuna.create_study(storage=storage, study_name=name, direction="minimize", load_if_exists=True)
        asked = study.user_attrs.get("question")
        if asked is None:
            study.set_user_attr("question", question.fingerprint)
    except Exception as error:  # Optuna, SQLAlchemy and database drivers raise many kinds
        raise MixlawError(f"Optuna cannot open the study {name!r} in {storage}: {error}") from error
    if asked not in (None, question.fingerprint):
        raise MixlawError(
            f"the study {name!r} in {storage} belongs to another law, scale or limits; name another study"
        )
    return study


def _sample(
    task: Task, domains: Sequence[str], known: list[FrozenTrial], n_trials: int, seed: int
) -> list[FrozenTrial]:
    """Up to n_trials new trials; the first of a fresh study is the reference."""
    # Another seed after a resume: the same would draw the same mixtures again.
    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=seed + len(known)))
    study.add_trials(known)
    if not known:
        study.enqueue_trial(_as_u(domains, task.reference, task.box))

    def objective(trial: optuna.Trial) -> float:
        p = task.box.place(_portions(np.array([trial.suggest_float(f"u_{d}", _LEAST_U, 1.0) for d in domains])))
        trial.set_user_attr("shares", _named(domains, p))
        trial.set_user_attr("allowed", task.allowed(p))
        return task.objective.value(p)

    study.optimize(objective, n_trials=max(n_trials, 0))
    return study.trials[len(known) :]


def _starts(trials: list[FrozenTrial], domains: Sequence[str]) -> list[Array]:
    """Shares of the best trials that every target allows."""
    allowed = [t for t in trials if t.user_attrs["allowed"] and t.value is not None]
    best = sorted(allowed, key=lambda t: t.value or 0.0)[:_POLISHED]
    return [np.array([t.user_attrs["shares"][d] for d in domains]) for t in best]


def _portions(u: Array) -> Array:
    """Uniform on the simplex for uniform u: -log u is exponential, and normalised exponentials are Dirichlet(1)."""
    exponential = -np.log(u)
    total = exponential.sum()
    return exponential / total if total > 0 else np.full(len(u), 1 / len(u))


def _as_u(domains: Sequence[str], p: Array, box: Box) -> dict[str, float]:
    """Parameters whose shares are p: the inverse of `_portions` within the box."""
    above = np.maximum(p - box.lower, 0.0)
    largest = float(above.max())
    u = np.exp(-above / largest) if largest > 0 else np.full(len(p), 0.5)
    return {f"u_{d}": float(value) for d, value in zip(domains, np.clip(u, _LEAST_U, 1.0), strict=True)}


def _polished(task: Task, domains: Sequence[str], best: Array) -> FrozenTrial:
    """The answer as a trial, so that the study's best trial is the recommendation."""
    params = _as_u(domains, best, task.box)
    return optuna.trial.create_trial(
        params=params,
        distributions=dict.fromkeys(params, optuna.distributions.FloatDistribution(_LEAST_U, 1.0)),
        value=task.objective.value(best),
        user_attrs={"shares": _named(domains, best), "allowed": True, "polished": True},
    )


def _named(domains: Sequence[str], p: Array) -> dict[str, float]:
    return dict(zip(domains, p.tolist(), strict=True))
