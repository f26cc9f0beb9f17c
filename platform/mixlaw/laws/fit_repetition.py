"""R*, how fast repeated tokens lose their worth, from runs that repeat, given a law of runs that do not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mixlaw.laws.bootstrap import Interval, interval, run_weights
from mixlaw.laws.evaluate import loss_on_mixture
from mixlaw.laws.fitted import FittedLaw
from mixlaw.laws.forms import Array, Form
from mixlaw.laws.observed.observations import MOST_EPOCHS, Observations
from mixlaw.laws.repetition import Repetition
from mixlaw.trial import MixlawError

LEAST_R_STAR, MOST_R_STAR = 0.05, 1000.0
_DELTA = 1e-2
_POINTS = 41
_ZOOMS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class RepetitionFit:
    """The fitted R* with its 90% interval; `R_star.identified` says whether the runs tell it at all."""

    R_star: Interval
    n_rows: int
    """Losses of repeating runs that it rests on."""

    @property
    def repetition(self) -> Repetition:
        """The fitted rule."""
        return Repetition(R_star=self.R_star.value)


def fit_repetition(law: FittedLaw, observed: Observations, *, n_bootstrap: int = 200, seed: int = 0) -> RepetitionFit:
    """R* by the least sum of Huber losses (delta 1e-2) of log residuals over the runs that repeat their data.

    `law` was fitted to runs that do not; the distinct tokens of a domain are D p_j / epochs_j. Each replicate weighs
    the runs anew and takes the next bootstrap law, so that what is uncertain about the law is uncertain here. An end
    of the interval is open where the runs allow any R* on that side: up to 4 passes, say, all large ones look alike.

    Raises MixlawError when no run of the law's targets and domains repeats its data.
    """
    rows = _repeating(law, observed)
    points: Array = np.geomspace(LEAST_R_STAR, MOST_R_STAR, _POINTS)
    counts = np.ones(len(rows))
    best = _least(law, law.point, rows, counts, points)
    rng = np.random.default_rng(seed)
    weights = run_weights(rows.run, n_replicates=n_bootstrap, parameters_per_run=1 / (int(rows.run.max()) + 1), rng=rng)
    laws = law.replicates or (law.point,)
    replicates = np.array([_least(law, laws[r % len(laws)], rows, weights[r], points) for r in range(n_bootstrap)])
    found = interval(best, replicates, least=LEAST_R_STAR * 1.05, most=MOST_R_STAR / 1.05)
    return RepetitionFit(R_star=found, n_rows=sum(int(_rows_of(law, rows, t).sum()) for t in law.targets))


def distinct_tokens(observed: Observations) -> Array:
    """(n, M) distinct tokens of each domain in each run; infinite where it was passed over at most once."""
    tokens, repeats = observed.D[:, None] * observed.shares, observed.epochs > 1
    return np.where(repeats, tokens / np.where(repeats, observed.epochs, 1.0), np.inf)


def _repeating(law: FittedLaw, observed: Observations) -> Observations:
    unknown = [d for d in law.targets if d not in observed.losses] + [
        d for j, d in enumerate(observed.domains) if d not in law.domains and observed.shares[:, j].max() > 0
    ]
    if unknown:
        raise MixlawError(f"law and runs do not share {', '.join(unknown)}; fit the law to runs of the same table")
    chosen: npt.NDArray[np.bool_] = ~observed.fresh & np.any([observed.measured(t) for t in law.targets], axis=0)
    if not chosen.any():
        raise MixlawError(
            f"no run passes over a domain more than {MOST_EPOCHS:g} times, so there is nothing to fit R* to; "
            "run the synergy study, whose baselines repeat one language"
        )
    rows = observed.keep(chosen)
    missing = [d for d in law.domains if d not in rows.domains]
    if missing:
        raise MixlawError(f"the runs have no shares of {', '.join(missing)}, which the law knows")
    return rows.only(law.domains)


def _least(law: FittedLaw, forms: Mapping[str, Form], rows: Observations, counts: Array, points: Array) -> float:
    """R* of the least objective: a grid in its logarithm, then finer ones around the lowest point."""
    grid: Array = np.log(points)
    step = float(grid[1] - grid[0])
    best = float(grid[0])
    for _ in range(_ZOOMS):
        best = float(grid[int(np.argmin([_objective(law, forms, rows, counts, x) for x in np.exp(grid)]))])
        low, high = max(best - step, np.log(LEAST_R_STAR)), min(best + step, np.log(MOST_R_STAR))
        grid, step = np.linspace(low, high, 9), (high - low) / 8
    return float(np.exp(best))


def _objective(law: FittedLaw, forms: Mapping[str, Form], rows: Observations, counts: Array, R_star: float) -> float:
    total, unique, repetition = 0.0, distinct_tokens(rows), Repetition(R_star=R_star)
    for target in law.targets:
        ok = _rows_of(law, rows, target)
        predicted = loss_on_mixture(
            forms[target], law.own(target), rows.N[ok], rows.D[ok], rows.shares[ok], unique[ok], repetition
        )
        residual = np.abs(np.log(predicted / rows.losses[target][ok]))
        huber = np.where(residual <= _DELTA, residual**2 / 2, _DELTA * (residual - _DELTA / 2))
        total += float(counts[ok] @ huber)
    return total if np.isfinite(total) else np.inf


def _rows_of(law: FittedLaw, rows: Observations, target: str) -> npt.NDArray[np.bool_]:
    """(n,) rows that measured the target and, where it has a domain, trained on it."""
    own, measured = law.own(target), rows.measured(target)
    return measured if own is None else measured & (rows.shares[:, own] > 0)
