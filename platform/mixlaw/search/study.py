"""The Optuna study that explores mixtures, kept in any Optuna storage and shared by as many workers as write to it.

Trials are sampled in memory a batch at a time and then added to the storage, which costs a database one transaction
per trial in place of a dozen. One trial of each batch is asked from the storage itself: its number, which the storage
gives out once, seeds the batch, so that workers on one storage never sample the same mixtures.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import optuna
from optuna.study import StudyDirection
from optuna.trial import FrozenTrial, TrialState

from mixlaw.laws.forms import Array
from mixlaw.search.box import Box
from mixlaw.search.objective import Objective
from mixlaw.search.question import Question
from mixlaw.search.task import Task
from mixlaw.trial import MixlawError

STUDY_NAME = "mixlaw-proportions"
_LEAST_U = 1e-6
_BATCH = 25
_CREATION_TRIES = 5
_SQLITE_PATIENCE_S = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Explored:
    """The sampled mixtures of a study, and where to add the answer."""

    study: optuna.Study
    question: Question
    task: Task
    objectives: tuple[Objective, ...]
    """One value of a trial each, all minimised."""
    trials: tuple[FrozenTrial, ...]

    def best(self, count: int, objective: int = 0) -> list[Array]:
        """Shares of the trials with the lowest value of an objective, of those that every target allows."""
        allowed = [t for t in self.trials if t.user_attrs["allowed"]]
        ordered = sorted(allowed, key=lambda t: t.values[objective])[:count]
        return [np.array([t.user_attrs["shares"][d] for d in self.question.law.domains]) for t in ordered]

    def add_answers(self, mixtures: Sequence[Array]) -> None:
        """Add the answer as trials marked `polished`, so that the study's best trial is the recommendation."""
        with _quiet():
            self.study.add_trials([_polished(self, p) for p in mixtures])


def explore(
    question: Question,
    task: Task,
    objectives: tuple[Objective, ...],
    *,
    n_trials: int,
    storage: str | None,
    study_name: str,
    seed: int,
) -> Explored:
    """Sample until the study holds `n_trials` mixtures, those of other workers and earlier calls included.

    Each trial has its `shares` and whether every target `allowed` it in its user attributes. Workers that share a
    storage may exceed `n_trials` by a batch each. Deterministic for a seed and a fresh study with one worker.
    Raises MixlawError for a storage that cannot be opened and for a stored study of another question.
    """
    with _quiet():
        study = _study(question, len(objectives), storage, study_name)
        while (missing := n_trials - len(known := _sampled(study))) > 0:
            _add_batch(study, question, task, objectives, known, min(missing, _BATCH), seed)
    return Explored(study=study, question=question, task=task, objectives=objectives, trials=tuple(known))


def _add_batch(
    study: optuna.Study,
    question: Question,
    task: Task,
    objectives: tuple[Objective, ...],
    known: list[FrozenTrial],
    size: int,
    seed: int,
) -> None:
    domains = question.law.domains

    def evaluate(trial: optuna.Trial) -> float | list[float]:
        u = np.array([trial.suggest_float(f"u_{d}", _LEAST_U, 1.0) for d in domains])
        p = task.box.place(_portions(u))
        trial.set_user_attr("shares", named(domains, p))
        trial.set_user_attr("allowed", task.allowed(p))
        values = _values(objectives, p)
        return values if len(values) > 1 else values[0]

    if not known:
        study.enqueue_trial(_as_u(domains, question.reference, task.box))
    first = study.ask()
    seeds = np.random.SeedSequence((seed, first.number)).generate_state(2).tolist()
    study.sampler, sampler = (optuna.samplers.TPESampler(seed=each) for each in seeds)
    study.tell(first, evaluate(first))
    inner = optuna.create_study(sampler=sampler, directions=study.directions)
    inner.add_trials([*known, study.trials[first.number]])
    inner.optimize(evaluate, n_trials=size - 1)
    study.add_trials(inner.trials[len(known) + 1 :])


def _values(objectives: tuple[Objective, ...], p: Array) -> list[float]:
    # Optuna fails a trial whose value is not a number, and a database stores no infinity.
    return [min(float(objective.values(p[None])[0]), 1e9) for objective in objectives]


@contextmanager
def _quiet() -> Generator[None]:
    before = optuna.logging.get_verbosity()
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    try:
        yield
    finally:
        optuna.logging.set_verbosity(before)


def _study(question: Question, n_objectives: int, storage: str | None, name: str) -> optuna.Study:
    if storage is None:
        return optuna.create_study(directions=[StudyDirection.MINIMIZE] * n_objectives)
    for tried in range(_CREATION_TRIES):
        try:
            return _stored(question, n_objectives, storage, name)
        except MixlawError:
            raise
        except Exception as error:  # Optuna, SQLAlchemy and database drivers raise many kinds
            if tried == _CREATION_TRIES - 1:
                raise MixlawError(f"Optuna cannot open the study {name!r} in {storage}: {error}") from error
            # Another worker may be creating the tables at this moment.
            time.sleep(0.2 * (tried + 1))
    raise AssertionError


def _stored(question: Question, n_objectives: int, storage: str, name: str) -> optuna.Study:
    study = optuna.create_study(
        storage=_opened(storage),
        study_name=name,
        directions=[StudyDirection.MINIMIZE] * n_objectives,
        load_if_exists=True,
    )
    asked = study.user_attrs.get("question")
    if asked is None:
        study.set_user_attr("question", question.fingerprint)
    if asked not in (None, question.fingerprint):
        raise MixlawError(
            f"the study {name!r} in {storage} belongs to another law, scale or limits; name another study"
        )
    return study


def _opened(storage: str) -> optuna.storages.RDBStorage | str:
    if not storage.startswith("sqlite"):
        return storage
    # SQLite lets one worker write at a time: the others wait their turn.
    return optuna.storages.RDBStorage(storage, engine_kwargs={"connect_args": {"timeout": _SQLITE_PATIENCE_S}})


def _sampled(study: optuna.Study) -> list[FrozenTrial]:
    complete = study.get_trials(deepcopy=False, states=(TrialState.COMPLETE,))
    return [t for t in complete if not t.user_attrs.get("polished", False)]


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


def _polished(explored: Explored, p: Array) -> FrozenTrial:
    domains = explored.question.law.domains
    params = _as_u(domains, p, explored.task.box)
    return optuna.trial.create_trial(
        params=params,
        distributions=dict.fromkeys(params, optuna.distributions.FloatDistribution(_LEAST_U, 1.0)),
        values=_values(explored.objectives, p),
        user_attrs={"shares": named(domains, p), "allowed": True, "polished": True},
    )


def named(domains: Sequence[str], p: Array) -> dict[str, float]:
    """Shares by domain of a mixture p (M,)."""
    return dict(zip(domains, p.tolist(), strict=True))
