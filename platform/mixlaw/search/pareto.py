"""The search for the Pareto front of mean loss and worst target: sampled by Optuna, each point polished."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import numpy as np

from mixlaw.laws import FittedLaw
from mixlaw.laws.bootstrap import quantiles
from mixlaw.laws.forms import Array
from mixlaw.search.constraints import Constraints
from mixlaw.search.descend import Ceilings
from mixlaw.search.front import Front, FrontPoint, Worst
from mixlaw.search.objective import WorstRatio
from mixlaw.search.outlook import Outlook
from mixlaw.search.question import Question, ask
from mixlaw.search.recommend import extrapolates
from mixlaw.search.study import STUDY_NAME, explore, named
from mixlaw.search.task import Task
from mixlaw.trial import MixlawError

_STARTS = 5
_SAME = 1e-7


def pareto(
    law: FittedLaw,
    *,
    N: float,
    D: float,
    n_points: int = 9,
    weights: Mapping[str, float] | None = None,
    constraints: Constraints | None = None,
    reference: Mapping[str, float] | None = None,
    n_trials: int = 200,
    storage: str | None = None,
    study_name: str = STUDY_NAME,
    seed: int = 0,
) -> Front:
    """Up to `n_points` mixtures, from the least mean loss to the least loss of the worst target over the reference's.

    The ends are searched as such; between them, each point has the least mean loss with every target's ratio below
    an evenly spaced ceiling (epsilon constraint). Arguments and errors as for `mixlaw.search.search`; the Optuna study
    has two objectives. A law with one target has no front, only its optimum.
    """
    if n_points < 2:
        raise MixlawError(f"a front has two points or more, got {n_points}")
    question = ask(law, N, D, weights, constraints or Constraints(), reference, "pareto")
    task = question.point_task()
    losses = question.losses(law.point)
    worst = WorstRatio(losses=losses, ceilings=losses.losses(question.reference[None])[0])
    explored = explore(
        question, task, (task.objective, worst), n_trials=n_trials, storage=storage, study_name=study_name, seed=seed
    )
    least_mean = task.solve(explored.best(_STARTS, 0), seed)
    least_worst = dataclasses.replace(task, objective=worst).solve([*explored.best(_STARTS, 1), least_mean], seed)
    mixtures = _between(task, worst, least_mean, least_worst, explored.best(n_trials, 0), n_points)
    explored.add_answers(mixtures)
    return _front(question, mixtures, n_trials)


def _between(
    task: Task, worst: WorstRatio, first: Array, last: Array, sampled: list[Array], n_points: int
) -> list[Array]:
    ratios = np.linspace(worst.smooth(first), worst.smooth(last), n_points)
    found = [first]
    for ratio in ratios[1:-1]:
        within = Task(
            objective=task.objective, box=task.box, anchor=last, ceilings=_ceilings(task, worst, float(ratio))
        )
        near = [p for p in sampled if within.allowed(p)][:_STARTS]
        found.append(within.polish([found[-1], last, *near]))
    return _undominated(task, worst, [*found, last])


def _ceilings(task: Task, worst: WorstRatio, ratio: float) -> Ceilings:
    most = ratio * worst.ceilings
    return Ceilings(losses=worst.losses, most=most if task.ceilings is None else np.minimum(most, task.ceilings.most))


def _undominated(task: Task, worst: WorstRatio, mixtures: list[Array]) -> list[Array]:
    """In order of mean loss, those whose worst target fares better than under all before."""
    kept: list[Array] = []
    for p in sorted(mixtures, key=task.value):
        if not kept or worst.smooth(p) < worst.smooth(kept[-1]) - _SAME:
            kept.append(p)
    return kept


def _front(question: Question, mixtures: list[Array], n_trials: int) -> Front:
    outlook, last = Outlook.of(question, [*mixtures, question.reference]), len(mixtures)
    return Front(
        law=question.law.form,
        N=question.N,
        D=question.D,
        weights=question.weights,
        reference=named(question.law.domains, question.reference),
        reference_mean=outlook.prediction(last, question.weights),
        points=tuple(
            FrontPoint(
                shares=named(question.law.domains, p),
                mean=outlook.prediction(i, question.weights),
                gain=outlook.gain(i, last),
                worst=_worst(outlook, i, last),
            )
            for i, p in enumerate(mixtures)
        ),
        extrapolates=extrapolates(question),
        n_trials=n_trials,
    )


def _worst(outlook: Outlook, mixture: int, reference: int) -> Worst:
    ratios, replicates = outlook.ratios(mixture, reference)
    target = max(ratios, key=ratios.__getitem__)
    lower, upper = quantiles(replicates - 1)
    return Worst(target=target, change=ratios[target] - 1, lower=lower, upper=upper)
