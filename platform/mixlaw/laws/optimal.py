"""How to split compute between parameters and tokens: the N and D of least predicted loss at C = 6 N D."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from mixlaw.laws.bootstrap import Interval, interval
from mixlaw.laws.fitted import FittedLaw, Prediction
from mixlaw.laws.forms import Array, Chinchilla, Form
from mixlaw.trial import MixlawError

FLOPS_PER_PARAMETER_AND_TOKEN = 6.0
"""Of training: forward 2, backward 4 (Kaplan et al. 2020, arXiv:2001.08361, section 2.1)."""
_LEAST_N, _LEAST_D = 1e3, 1e3
_POINTS = 65
_ZOOMS = 7
_OPEN = 1.01
"""Times a bound of the search: an optimum this close to it is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComputeOptimum:
    """The N and D of least loss at C training FLOPs, with 90% intervals over the bootstrap laws."""

    C: float
    N: Interval
    D: Interval
    loss: Prediction
    """At the point law's N and D."""
    beyond: str
    """How far N and D lie outside the fitted runs; empty when within."""

    @property
    def tokens_per_parameter(self) -> float:
        """D / N."""
        return self.D.value / self.N.value


def chinchilla_optimum(form: Chinchilla, C: float) -> tuple[float, float]:
    """N and D of least loss at C FLOPs: N = G (C / 6)**a, D = (C / 6)**b / G (Hoffmann et al. 2022, Eq. 4).

    G = (alpha_N A / (alpha_D B))**(1 / (alpha_N + alpha_D)), a = alpha_D / (alpha_N + alpha_D), b = 1 - a. Without a
    gain from N (A = 0) that is N = 0, and without one from D, D = 0.
    """
    if not (form.A > 0 and form.B > 0):
        return (0.0, np.inf) if form.B > 0 else (np.inf, 0.0)
    total = form.alpha_N + form.alpha_D
    G = (form.alpha_N * form.A / (form.alpha_D * form.B)) ** (1 / total)
    N = G * (C / FLOPS_PER_PARAMETER_AND_TOKEN) ** (form.alpha_D / total)
    return N, C / (FLOPS_PER_PARAMETER_AND_TOKEN * N)


def compute_optimum(
    law: FittedLaw, C: float, shares: Mapping[str, float], weights: Mapping[str, float]
) -> ComputeOptimum:
    """The optimum for a mixture and the weighted mean of the targets' losses.

    Raises MixlawError for C that is not positive or too small for any run, unknown targets or domains, and a law
    whose loss does not fall in both N and D.
    """
    _check(law, C)
    law.check_targets(weights)
    p, total = law.shares(shares), sum(weights.values())
    normalised = {t: w / total for t, w in weights.items() if w > 0}
    N = _best_N(law, law.point, C, p, normalised)
    least, most = _bounds(C)
    if not least * _OPEN < N < most / _OPEN:
        raise MixlawError(
            f"the law has no compute optimum at {C:g} FLOPs: its loss falls in only one of N and D; "
            "fit it to runs in which both vary"
        )
    replicates = np.array([_best_N(law, forms, C, p, normalised) for forms in law.replicates])
    tokens = C / FLOPS_PER_PARAMETER_AND_TOKEN
    return ComputeOptimum(
        C=C,
        N=interval(N, replicates, least=least * _OPEN, most=most / _OPEN),
        D=interval(tokens / N, tokens / replicates, least=tokens / most * _OPEN, most=tokens / least / _OPEN),
        loss=law.predict_mean(N, tokens / N, shares, normalised),
        beyond=law.beyond(N, tokens / N),
    )


def _check(law: FittedLaw, C: float) -> None:
    for name, (least, most) in (("N", law.scales.N), ("D", law.scales.D)):
        if least == most:
            raise MixlawError(f"the law was fitted at one {name} ({least:g}) and knows no slope in it; add others")
    least, most = _bounds(C) if C > 0 else (1.0, 0.0)
    if not (np.isfinite(C) and most > least * _OPEN**2):
        raise MixlawError(f"flops must be a number above {6 * _LEAST_N * _LEAST_D:g}, got {C:g}")


def _bounds(C: float) -> tuple[float, float]:
    return _LEAST_N, C / (FLOPS_PER_PARAMETER_AND_TOKEN * _LEAST_D)


def _best_N(law: FittedLaw, forms: Mapping[str, Form], C: float, p: Array, weights: Mapping[str, float]) -> float:
    (target, *others), least = weights, _bounds(C)[0]
    form, own = forms[target], law.own(target)
    if not others and isinstance(form, Chinchilla) and (own is None or p[own] == 1):
        return float(np.clip(chinchilla_optimum(form, C)[0], least, _bounds(C)[1]))

    def loss(log_N: Array) -> Array:
        N = np.exp(log_N)
        D, mixtures = C / (FLOPS_PER_PARAMETER_AND_TOKEN * N), np.tile(p, (len(N), 1))
        losses = np.sum([w * law.loss(forms, t, N, D, mixtures) for t, w in weights.items()], axis=0)
        return np.where(np.isfinite(losses), losses, np.inf)

    low, high = np.log(_bounds(C))
    return float(np.exp(_minimise(loss, low, high)))


def _minimise(of: Callable[[Array], Array], low: float, high: float) -> float:
    """Where a function of one variable is least: a grid, then finer ones around its lowest point."""
    best = low
    for _ in range(_ZOOMS):
        grid = np.linspace(low, high, _POINTS)
        best, step = float(grid[int(np.argmin(of(grid)))]), float(grid[1] - grid[0])
        low, high = max(low, best - step), min(high, best + step)
    return best
