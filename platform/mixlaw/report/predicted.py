"""What a law says about every measured run, and whether the run can have been in its fit."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from mixlaw.laws import FAMILIES, FittedLaw, Form, Observations, Prediction
from mixlaw.report.figures.predictions import PredictedPoint

_LEAST_SHARE = 0.01
"""A Chinchilla law counts the target's own tokens only: with less of them than this it says nothing useful."""


def predicted_points(law: FittedLaw, observed: Observations, *, held_out: bool = False) -> tuple[PredictedPoint, ...]:
    """Measured and predicted loss of every run and target that the law can say something about.

    `held_out` says that none of the runs was in the fit.
    Otherwise a point is held out that cannot have been in it: of a run outside the law's range of N and D. Within its
    range a Chinchilla law is judged on single-language runs only, which is what it describes.
    """
    points: list[PredictedPoint] = []
    for target in law.targets:
        rows, measured = target_rows(law, observed, target)
        if not len(rows):
            continue
        predicted = law.loss(law.point, target, rows.N, rows.D, shares_in_order(law, rows))
        unseen = np.ones(len(rows), dtype=bool) if held_out else beyond(law, rows)
        points += [
            PredictedPoint(domain=target, measured=float(m), predicted=float(p), held_out=bool(u))
            for m, p, u in zip(measured, predicted, unseen, strict=True)
        ]
    return tuple(points)


def beyond(law: FittedLaw, rows: Observations) -> npt.NDArray[np.bool_]:
    """(n,) whether N or D lies outside the range of the runs that the law was fitted to."""
    return np.array([bool(law.beyond(N, D)) for N, D in zip(rows.N, rows.D, strict=True)], dtype=bool)


def target_rows(law: FittedLaw, observed: Observations, target: str) -> tuple[Observations, npt.NDArray[np.float64]]:
    """The rows that the law can predict, and their measured losses of the target."""
    if target not in observed.losses:
        return _mixture_rows(law, observed)
    rows = observed.keep(observed.measured(target) & _known(law, observed))
    if law.columns is not None:
        rows = rows.keep(FAMILIES["chinchilla" if law.form == "chinchilla" else "transfer"].rows(rows, target))
        return rows, rows.losses[target]
    own = rows.own(target)
    share = rows.shares[:, own] if own is not None else np.zeros(len(rows))
    if law.form == "chinchilla":
        unseen = beyond(law, rows) & (share >= _LEAST_SHARE)
        rows = rows.keep(unseen | rows.single(target))
    elif own is not None:
        # The loss of a language that a model never saw is not what a law of learning it describes.
        rows = rows.keep(share > 0)
    return rows, rows.losses[target]


def _mixture_rows(law: FittedLaw, observed: Observations) -> tuple[Observations, npt.NDArray[np.float64]]:
    """The proportion law's rows and their mixture loss: the p-weighted mean of the losses of the run's languages."""
    rows = observed.keep(_known(law, observed))
    losses = np.stack([rows.losses[domain] for domain in rows.domains], axis=1)
    mixture = np.sum(np.where(rows.shares > 0, rows.shares * losses, 0.0), axis=1)
    complete = np.isfinite(mixture)
    return rows.keep(complete), mixture[complete]


def _known(law: FittedLaw, observed: Observations) -> npt.NDArray[np.bool_]:
    """(n,) rows without a share of a domain that the law does not know; a Chinchilla law ignores other domains."""
    if law.form == "chinchilla":
        return np.ones(len(observed), dtype=bool)
    foreign = [j for j, domain in enumerate(observed.domains) if domain not in law.domains]
    return observed.shares[:, foreign].sum(axis=1) < 1e-9


def shares_in_order(law: FittedLaw, rows: Observations) -> npt.NDArray[np.float64]:
    """(n, M) in the law's order of domains."""
    columns = [
        rows.shares[:, rows.domains.index(domain)] if domain in rows.domains else np.zeros(len(rows))
        for domain in law.domains
    ]
    return np.stack(columns, axis=1) if columns else np.zeros((len(rows), 0))


def predicted_difference(
    law: FittedLaw,
    N: float,
    D: float,
    mixtures: tuple[Mapping[str, float], Mapping[str, float]],
    weights: Mapping[str, float],
    available: Mapping[str, float],
) -> Prediction:
    """Weighted mean loss of the first mixture minus that of the second, nats per token, with its 90% interval.

    The interval is of the difference itself, law by law of the bootstrap: what both losses share cancels.
    `available` are distinct tokens by domain: what is repeated counts less.
    """
    sizes, budgets = np.full(2, N), np.full(2, D)
    p = np.stack([law.shares(shares) for shares in mixtures])
    total = sum(weights.values())

    def difference(forms: Mapping[str, Form]) -> float:
        losses = [w / total * law.loss(forms, t, sizes, budgets, p, available) for t, w in weights.items()]
        first, second = np.sum(losses, axis=0)
        return float(first - second)

    replicates = [difference(forms) for forms in law.replicates]
    lower, upper = np.quantile(replicates, [0.05, 0.95]) if replicates else (np.nan, np.nan)
    return Prediction(loss=difference(law.point), lower=float(lower), upper=float(upper))
