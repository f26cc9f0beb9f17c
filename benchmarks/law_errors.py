"""How well a law fitted to some rows predicts others: errors with intervals, for every protocol of `laws.py`."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
import numpy.typing as npt
from scipy.stats import rankdata  # pyright: ignore[reportUnknownVariableType]

from mixlaw.laws import AUTO, FAMILIES, Form, Observations, fit
from mixlaw.laws.evaluate import loss_on_mixture
from mixlaw.laws.families.family import require_enough
from mixlaw.laws.forms import Array
from mixlaw.trial import MixlawError

Mask = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.intp]

RESAMPLES, LEVEL = 400, 0.90
IGNORED = "chinchilla"
"""The law that is fitted to all runs as if they had the same data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A number that compares predicted and measured losses, both (n, T)."""

    name: str
    of: Callable[[Array, Array], float]
    digits: int
    least: float = 0.0
    most: float = np.inf


@dataclass(frozen=True, slots=True, kw_only=True)
class Protocol:
    """Rows to fit to and rows to predict, fold by fold."""

    title: str
    mark: str
    """What the best known method reaches, and on what."""
    observed: Observations
    folds: Sequence[tuple[Mask, Mask]]
    """(n,) rows to fit to, (n,) rows to predict."""
    cluster: Rows
    """(n,) what is drawn together in the bootstrap of the errors."""
    metrics: Sequence[Metric]
    laws: Sequence[str]

    @property
    def targets(self) -> tuple[str, ...]:
        return tuple(self.observed.losses)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a law fitted to one fold predicts of its other rows, or why it could not be fitted."""

    predicted: Array
    """(n, T) nats per token."""
    seconds: float
    weights: dict[str, float]
    """Of the members, for the automatic choice."""
    refused: str = ""


def answer(protocol: Protocol, law: str, fold: int) -> Answer:
    """Fit to the training rows, which is all that the law ever sees, and predict the others."""
    train, test = (protocol.observed.keep(rows) for rows in protocol.folds[fold])
    if law == IGNORED:
        train, test = _without_shares(train), _without_shares(test)
    started = time.process_time()
    try:
        forms, weights = _auto(train) if law == AUTO else _named(train, law)
    except MixlawError as refusal:
        return Answer(predicted=np.empty((0, 0)), seconds=0.0, weights={}, refused=str(refusal))
    seconds = time.process_time() - started
    predicted = [loss_on_mixture(forms[t], test.own(t), test.N, test.D, test.shares) for t in protocol.targets]
    return Answer(predicted=np.stack(predicted, axis=1), seconds=seconds, weights=weights)


def _auto(train: Observations) -> tuple[dict[str, Form], dict[str, float]]:
    law = fit(train, AUTO, n_bootstrap=0)
    return dict(law.point), dict(law.choice.weights) if law.choice else {}


def _named(train: Observations, name: str) -> tuple[dict[str, Form], dict[str, float]]:
    family = FAMILIES[name]
    targets = family.targets(train, tuple(train.losses))
    used = family.select(train, targets)
    family.check(used, targets)
    require_enough(family, used, targets)
    return {t: point.form for t, point in family.point(used, targets).items()}, {}


def _without_shares(observed: Observations) -> Observations:
    return dataclasses.replace(observed.only(()), own_domain={})


def measured(protocol: Protocol, fold: int) -> Array:
    """(n, T) losses of the rows that a fold predicts, NaN where not measured."""
    test = protocol.observed.keep(protocol.folds[fold][1])
    return np.stack([test.losses[t] for t in protocol.targets], axis=1)


def with_interval(protocol: Protocol, metric: Metric, answers: Sequence[Answer]) -> tuple[float, float, float]:
    """The metric, mean over folds, and its 90% interval: clusters drawn anew with replacement, alike in all folds.

    Rows that are drawn twice tie, which lowers rank correlations and regrets: the resampled values are moved by the
    difference between their mean and the metric.
    """
    folds = [
        (a.predicted, measured(protocol, f), protocol.cluster[protocol.folds[f][1]]) for f, a in enumerate(answers)
    ]
    value = float(np.mean([metric.of(predicted, losses) for predicted, losses, _ in folds]))
    clusters = np.unique(np.concatenate([cluster for *_, cluster in folds]))
    rng = np.random.default_rng(0)
    drawn = rng.multinomial(len(clusters), np.full(len(clusters), 1 / len(clusters)), size=RESAMPLES)
    values = [_resampled(metric, folds, dict(zip(clusters.tolist(), counts.tolist(), strict=True))) for counts in drawn]
    moved = np.clip(np.array(values) + value - np.nanmean(values), metric.least, metric.most)
    lower, upper = np.nanquantile(moved, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return value, float(lower), float(upper)


def _resampled(metric: Metric, folds: Sequence[tuple[Array, Array, Rows]], counts: dict[int, int]) -> float:
    values: list[float] = []
    for predicted, losses, cluster in folds:
        rows = np.repeat(np.arange(len(cluster)), [counts[c] for c in cluster.tolist()])
        # Of fewer than two rows nothing can be ranked.
        if len(np.unique(rows)) > 1:
            values.append(metric.of(predicted[rows], losses[rows]))
    return float(np.mean(values)) if values else float("nan")


def mean_error(predicted: Array, losses: Array) -> float:
    """Mean relative error, percent, mean over targets."""
    return float(np.nanmean(100 * np.abs(predicted / losses - 1), axis=0).mean())


def rank_correlation(predicted: Array, losses: Array) -> float:
    """Spearman's, mean over targets; 0 for a target that is predicted the same everywhere."""
    known = np.isfinite(losses)
    if known.all():
        return float(np.mean(_spearman(predicted, losses)))
    pairs = zip(predicted.T, losses.T, known.T, strict=True)
    return float(np.mean([_spearman(a[rows, None], b[rows, None]) for a, b, rows in pairs]))


def _spearman(a: Array, b: Array) -> Array:
    """(T,) of the columns of (n, T), equal values at their mean rank."""
    x, y = (_ranks(v) - (len(v) + 1) / 2 for v in (a, b))
    scale = np.sqrt(np.sum(x**2, axis=0) * np.sum(y**2, axis=0))
    return np.sum(x * y, axis=0) / np.where(scale > 0, scale, np.inf)


def _ranks(values: Array) -> Array:
    return np.array(cast("Callable[..., Array]", rankdata)(values, axis=0), dtype=np.float64)


def regret(predicted: Array, losses: Array) -> float:
    """Nats: measured loss of the row predicted best (the mean over ties) less the least measured; mean over targets."""
    best = predicted == predicted.min(axis=0)
    chosen = np.sum(np.where(best, losses, 0.0), axis=0) / best.sum(axis=0)
    return float((chosen - losses.min(axis=0)).mean())


def of_target(metric: Callable[[Array, Array], float], index: int) -> Callable[[Array, Array], float]:
    """The same metric of one target only."""
    return lambda predicted, losses: metric(predicted[:, index : index + 1], losses[:, index : index + 1])


MRE = Metric(name="MRE %", of=mean_error, digits=3)
SPEARMAN = Metric(name="Spearman, mean", of=rank_correlation, digits=4, least=-1.0, most=1.0)
REGRET = Metric(name="top-1 regret, nats", of=regret, digits=4)
