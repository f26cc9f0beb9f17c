"""What mixtures are predicted to do, under the point law and every bootstrap law: losses, gains, marginal values."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from mixlaw.laws import Prediction
from mixlaw.laws.bootstrap import quantiles
from mixlaw.laws.forms import Array
from mixlaw.search.objective import MeanLoss
from mixlaw.search.question import Question
from mixlaw.search.recommendation import Gain, Marginal

_LARGE_BUDGET = 100e9
_BILLION = 1e9


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """Predicted losses of k mixtures: all targets, under the point law (k, T) and R bootstrap laws (R, k, T)."""

    question: Question
    point: Array
    replicates: Array

    @classmethod
    def of(cls, question: Question, mixtures: Sequence[Array]) -> Outlook:
        """Of mixtures (M,)."""
        everything, points = dict.fromkeys(question.law.targets, 1.0), np.array(mixtures)
        replicates = [question.losses(forms, everything).losses(points) for forms in question.law.replicates]
        shape = (len(replicates), len(points), len(everything))
        return cls(
            question=question,
            point=question.losses(question.law.point, everything).losses(points),
            replicates=np.array(replicates).reshape(shape),
        )

    def prediction(self, mixture: int, weights: Mapping[str, float]) -> Prediction:
        """The weighted mean loss of one of the mixtures; weights sum to 1."""
        chosen = self._weights(weights)
        lower, upper = quantiles(self.replicates[:, mixture] @ chosen)
        return Prediction(loss=float(self.point[mixture] @ chosen), lower=lower, upper=upper)

    def by_target(self, mixture: int) -> dict[str, Prediction]:
        """Every target's loss under one of the mixtures."""
        return {t: self.prediction(mixture, {t: 1.0}) for t in self.question.law.targets}

    def gain(self, mixture: int, reference: int) -> Gain:
        """How much lower the mean loss of a mixture is than the reference's."""
        weights = self._weights(self.question.weights)
        replicates = (self.replicates[:, reference] - self.replicates[:, mixture]) @ weights
        lower, upper = quantiles(replicates)
        known = len(replicates) > 0
        return Gain(
            nats=float((self.point[reference] - self.point[mixture]) @ weights),
            mean=float(replicates.mean()) if known else float("nan"),
            lower=lower,
            upper=upper,
            probability=float(np.mean(replicates > 0)) if known else float("nan"),
        )

    def ratios(self, mixture: int, reference: int) -> tuple[dict[str, float], Array]:
        """Loss over the reference's by weighted target, and the largest such ratio under each bootstrap law (R,)."""
        places = [self.question.law.targets.index(t) for t in self.question.weights]
        point = self.point[mixture, places] / self.point[reference, places]
        replicates = self.replicates[:, mixture][:, places] / self.replicates[:, reference][:, places]
        return dict(zip(self.question.weights, point.tolist(), strict=True)), replicates.max(axis=1, initial=0.0)

    def _weights(self, weights: Mapping[str, float]) -> Array:
        return np.array([weights.get(t, 0.0) for t in self.question.law.targets])


def marginal_tokens(D: float) -> float:
    """The unit of marginal values: a billion tokens, or 1% of a budget below 100 billion."""
    return _BILLION if D >= _LARGE_BUDGET else D / 100


def marginal_values(question: Question, p: Array) -> dict[str, Marginal]:
    """What `marginal_tokens` more of each domain would save, added to the budget at mixture p (M,) and fixed N."""
    point = _saved(question, question.losses(question.law.point), p)
    replicates = np.array([_saved(question, question.losses(forms), p) for forms in question.law.replicates])
    ends = [quantiles(replicates[:, j]) if len(replicates) else quantiles(replicates) for j in range(len(p))]
    return {
        d: Marginal(nats=float(point[j]), lower=ends[j][0], upper=ends[j][1])
        for j, d in enumerate(question.law.domains)
    }


def _saved(question: Question, losses: MeanLoss, p: Array) -> Array:
    """(M,) nats by domain: by derivatives, or by difference for a law without slopes."""
    unit = marginal_tokens(question.D) * question.law_D / question.D
    slopes = np.array(list(losses.weights.values())) @ losses.by_token(p)
    return -slopes * unit if np.any(slopes) else _by_difference(losses, p, unit)


def _by_difference(losses: MeanLoss, p: Array, unit: float) -> Array:
    larger = dataclasses.replace(losses, D=losses.D + unit)
    points = (losses.D * p + unit * np.eye(len(p))) / larger.D
    return losses.smooth(p) - larger.values(points)
