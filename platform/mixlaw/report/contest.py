"""The recommendation's day in court: everything measured and predicted about both mixtures at one scale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mixlaw.laws import FittedLaw, Prediction
from mixlaw.report.comparison import Pair, differences, largest_pairs, runs_of
from mixlaw.report.evidence import Evidence
from mixlaw.report.figures.mixtures import MEAN, LossDifference, MixturePoint
from mixlaw.report.predicted import predicted_difference
from mixlaw.search import Recommendation
from mixlaw.trial import LANGUAGES

MIXTURES = ("recommended", "uniform")
STALE_SHARE = 0.002
"""A trained share that differs by more is of another recommendation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """Both mixtures trained at N and D with the same seeds, their differences, and what the law had said."""

    pairs: tuple[Pair, ...]
    weights: Mapping[str, float]
    differences: tuple[LossDifference, ...]
    """The weighted mean first, then the targets; nats per token, recommended minus uniform."""
    predicted: Prediction | None
    """Of the weighted mean's difference; None without the law."""
    law: FittedLaw | None
    stale: float
    """Largest difference between a trained share and today's recommendation."""
    available: Mapping[str, float]
    """Distinct tokens by domain, as the search was told."""

    @property
    def N(self) -> float:
        """Non-embedding parameters of the runs."""
        return self.pairs[0].recommended.N

    @property
    def D(self) -> float:
        """Training tokens of the runs."""
        return self.pairs[0].recommended.D

    @property
    def mean(self) -> LossDifference:
        """The difference of the weighted mean."""
        return self.differences[0]

    @property
    def unseen(self) -> bool | None:
        """Whether N or D lies outside the range of the law's fit; None without the law."""
        return None if self.law is None else bool(self.law.beyond(self.N, self.D))

    def shares(self, mixture: str) -> Mapping[str, float]:
        """The shares that were trained."""
        pair = self.pairs[0]
        return pair.recommended.shares if mixture == MIXTURES[0] else pair.uniform.shares

    def measured(self, mixture: str) -> list[float]:
        """The weighted mean loss of each seed's run."""
        runs = [pair.recommended if mixture == MIXTURES[0] else pair.uniform for pair in self.pairs]
        return [run.mean(self.weights) for run in runs]

    def predict(self, mixture: str) -> Prediction | None:
        """The law's weighted mean loss of a mixture at this scale; None without the law."""
        if self.law is None:
            return None
        weights = law_weights(self.law, self.weights)
        return self.law.predict_mean(self.N, self.D, self.shares(mixture), weights, self.available)


def hold_contest(evidence: Evidence) -> Contest | None:
    """The comparison at the largest compute at which both mixtures were trained; None without such runs."""
    recommendation = evidence.recommendation
    if recommendation is None:
        return None
    both = {mixture: runs_of(evidence.finished, shares, mixture) for mixture, shares in shares_of(recommendation)}
    pairs = largest_pairs(both["recommended"], both["uniform"])
    runs = [run for pair in pairs for run in (pair.recommended, pair.uniform)]
    weights = target_weights(recommendation)
    weights = _normal({d: w for d, w in weights.items() if all(d in run.losses for run in runs)})
    if not pairs or not weights:
        return None
    law = evidence.law(recommendation.law)
    of_targets = _predictions(law, pairs[0], weights, recommendation.available)
    return Contest(
        pairs=tuple(pairs),
        weights=weights,
        differences=tuple(differences(pairs, weights, {d: p.loss for d, p in of_targets.items()})),
        predicted=of_targets.get(MEAN),
        law=law,
        stale=_stale(recommendation, pairs[0]),
        available=recommendation.available,
    )


def shares_of(recommendation: Recommendation) -> tuple[tuple[str, Mapping[str, float]], ...]:
    """Both mixtures by name."""
    return ((MIXTURES[0], recommendation.shares), (MIXTURES[1], recommendation.reference))


def target_weights(recommendation: Recommendation) -> dict[str, float]:
    """Weights of the languages whose loss counts; equal ones for a law that predicts only the mixture's loss."""
    languages = {d: w for d, w in recommendation.weights.items() if d != "mixture"}
    return _normal(languages or dict.fromkeys(LANGUAGES, 1.0))


def law_weights(law: FittedLaw, weights: Mapping[str, float]) -> dict[str, float]:
    """The weights of the law's own targets: its one mixture loss where it has no others."""
    known = {d: w for d, w in weights.items() if d in law.targets}
    return known or dict.fromkeys(law.targets, 1.0)


def contest_points(evidence: Evidence) -> list[MixturePoint]:
    """Weighted mean loss of every run of both mixtures, at all scales."""
    recommendation = evidence.recommendation
    if recommendation is None:
        return []
    weights = target_weights(recommendation)
    return [
        MixturePoint(recommended=name == MIXTURES[0], flops=run.flops, loss=run.mean(weights))
        for name, shares in shares_of(recommendation)
        for run in runs_of(evidence.finished, shares, name)
        if set(weights) <= set(run.losses)
    ]


def _predictions(
    law: FittedLaw | None, pair: Pair, weights: Mapping[str, float], available: Mapping[str, float]
) -> dict[str, Prediction]:
    """The predicted difference of the mean and of each target that the law knows."""
    if law is None:
        return {}
    run, both = pair.recommended, (pair.recommended.shares, pair.uniform.shares)
    found = {MEAN: predicted_difference(law, run.N, run.D, both, law_weights(law, weights), available)}
    known = [target for target in weights if target in law.targets]
    return found | {t: predicted_difference(law, run.N, run.D, both, {t: 1.0}, available) for t in known}


def _stale(recommendation: Recommendation, pair: Pair) -> float:
    trained = pair.recommended.shares
    return max(abs(trained.get(d, 0.0) - recommendation.shares.get(d, 0.0)) for d in {*trained, *recommendation.shares})


def _normal(weights: Mapping[str, float]) -> dict[str, float]:
    total = sum(weights.values())
    return {d: w / total for d, w in weights.items() if total > 0}
