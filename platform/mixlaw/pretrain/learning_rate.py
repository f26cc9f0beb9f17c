"""Which peak learning rate: a rule of model and budget, and its fit to tuned runs. Pure: no disk but load and save.

A law fitted to runs of one rate for all sizes measures the rate as much as the data. The rule is the power law
lr(N, D) = c * N**-a * D**-b that Bjorck et al. 2024 (arXiv:2409.19913) and Li et al. 2025 (arXiv:2503.04715) fit to
the optima of sweeps, N without embeddings, D in tokens. At one batch size a longer budget wants a smaller rate (b > 0,
Bjorck); Li's b is negative, for batches that grow with D.
"""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from scipy import stats

from mixlaw.store import atomic_write
from mixlaw.trial import MixlawError

Floats = npt.NDArray[np.float64]
Interval = tuple[float, float]

_WINDOW = math.log(4.0) * 1.001
"""A parabola in log rate holds near its optimum: rates within a factor of 4 of the best one are fitted."""
_LEVEL = 0.95
_DIGITS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningRateRule:
    """lr(N, D) = c * N**-a * D**-b: the peak rate of AdamW for N parameters without embeddings and D tokens."""

    c: float
    a: float
    b: float
    source: str = ""

    def __post_init__(self) -> None:
        if not self.c > 0 or not all(math.isfinite(x) for x in (self.c, self.a, self.b)):
            raise MixlawError(
                f"a learning-rate rule needs c > 0 and finite a and b, got c={self.c}, a={self.a}, b={self.b}"
            )

    def peak(self, N: float, D: float) -> float:
        """The peak rate, to four significant digits: it becomes a literal of the trial."""
        return float(f"{self.c * N**-self.a * D**-self.b:.{_DIGITS}g}")

    def __str__(self) -> str:
        return f"{self.c:.4g} * N**{-self.a:.3f} * D**{-self.b:.3f}"

    def save(self, path: Path, **beside: Any) -> None:
        """Write it as JSON, with whatever else should stand beside it."""
        atomic_write(path, (json.dumps(dataclasses.asdict(self) | beside, indent=1) + "\n").encode())

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what `save` wrote. Raises MixlawError when the file is missing or no rule."""
        try:
            data = json.loads(path.read_text())
            return cls(c=float(data["c"]), a=float(data["a"]), b=float(data["b"]), source=str(data.get("source", "")))
        except FileNotFoundError as error:
            raise MixlawError(f"no learning-rate rule at {path}; make one with mixlaw tune-lr") from error
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise MixlawError(f"{path} is not a learning-rate rule of mixlaw tune-lr ({error!r})") from error

    @classmethod
    def constant(cls, rate: float) -> Self:
        """The same rate for every model and budget."""
        return cls(c=rate, a=0.0, b=0.0, source="given")


STEP_LAW = LearningRateRule(c=1.79, a=0.713, b=-0.307, source="Li et al. 2025, arXiv:2503.04715")
"""For batches of 0.58 * D**0.571 tokens, the other half of that law."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TunedRun:
    """A finished run of a sweep: N without embeddings, D in tokens, peak rate, held-out loss in nats per token."""

    N: int
    D: int
    rate: float
    loss: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Optimum:
    """The best rate of one (N, D): the minimum of a parabola in log rate, with its 95% interval.

    `rate` is None where the runs do not enclose a minimum; `low` and `high` may be 0 and infinity, where the curvature
    is not told from noise.
    """

    N: int
    D: int
    n_rates: int
    best_rate: float
    """Of those that were run."""
    best_loss: float
    rate: float | None = None
    low: float = 0.0
    high: float = math.inf
    log_se: float = math.inf
    """Standard error of the log of the rate, first order."""
    curvature: float = math.nan
    """Nats per squared natural log of the rate: what a wrong rate costs."""

    def cost(self, rate: float) -> float:
        """Nats per token that this rate loses to the optimum, by the parabola; NaN where there is none."""
        return self.curvature * math.log(rate / self.rate) ** 2 if self.rate else math.nan


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFit:
    """A fitted rule, 95% intervals of its constants, and what it was fitted to."""

    rule: LearningRateRule
    intervals: Mapping[str, Interval]
    """Of log_c, a, b; an exponent that the sweep could not tell has no entry."""
    optima: tuple[Optimum, ...]
    noise: float
    """Standard deviation of a loss about its parabola, nats per token, pooled over the cells."""
    left_out_error: float
    """Root mean square of log(predicted / measured) of cells that the fit did not see; NaN below one spare cell."""

    def to_json(self) -> dict[str, Any]:
        """What stands beside the rule in its file; infinities as None."""
        told = dataclasses.asdict(self)
        del told["rule"]
        return _without_infinities(told)


def fit(runs: Sequence[TunedRun], *, fallback: LearningRateRule | None = None) -> RuleFit:
    """The rule through the optima of all (N, D) cells, by least squares in logs, weighted by the optima's errors.

    An exponent along which the sweep has one value only cannot be told: it is taken from `fallback` (0 without one).
    Raises MixlawError when no cell encloses a minimum, or there are fewer such cells than constants.
    """
    optima, noise = find_optima(runs)
    cells = [cell for cell in optima if cell.rate is not None and math.isfinite(cell.log_se)]
    fixed = _fixed(cells, fallback)
    if len(cells) < 3 - len(fixed):
        raise MixlawError(
            f"{len(cells)} of {len(optima)} cells enclose a best learning rate, too few for a rule of {3 - len(fixed)} "
            "constants; try more rates (--trials)"
        )
    rule, intervals = _fit_cells(cells, fixed)
    return RuleFit(
        rule=rule,
        intervals=intervals,
        optima=tuple(optima),
        noise=noise,
        left_out_error=_left_out_error(cells, fixed),
    )


def find_optima(runs: Sequence[TunedRun]) -> tuple[list[Optimum], float]:
    """The best rate of every (N, D), and the standard deviation of losses about their parabolas (NaN: none to spare).

    The noise is pooled over all cells: it holds that of seeds and of the order of data, and the parabola's misfit.
    """
    cells: dict[tuple[int, int], list[TunedRun]] = {}
    for run in runs:
        cells.setdefault((run.N, run.D), []).append(run)
    parabolas = {cell: _Parabola.through(found) for cell, found in sorted(cells.items())}
    fitted = [p for p in parabolas.values() if p is not None]
    spare = sum(p.spare for p in fitted)
    noise = math.sqrt(sum(p.squares for p in fitted) / spare) if spare else math.nan
    return [_optimum(cells[cell], parabolas[cell], noise, spare) for cell in parabolas], noise


def _without_infinities(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_infinities(part) for name, part in value.items()}  # pyright: ignore
    if isinstance(value, list | tuple):
        return [_without_infinities(part) for part in value]  # pyright: ignore
    return None if isinstance(value, float) and not math.isfinite(value) else value


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parabola:
    """loss = q0 + q1 x + q2 x**2 with x = log(rate / best rate)."""

    coefficients: Floats
    covariance: Floats
    """Of the coefficients, for losses of unit variance."""
    squares: float
    spare: int

    @classmethod
    def through(cls, runs: Sequence[TunedRun]) -> Self | None:
        """Through the runs near the best one, or None where they do not enclose it."""
        best = min(runs, key=lambda run: run.loss)
        near = [run for run in runs if abs(math.log(run.rate / best.rate)) <= _WINDOW]
        rates = {run.rate for run in near}
        if len(rates) < 3 or not min(rates) < best.rate < max(rates):
            return None
        design = np.vander([math.log(run.rate / best.rate) for run in near], 3, increasing=True)
        losses = np.array([run.loss for run in near])
        covariance: Floats = np.linalg.inv(design.T @ design).astype(np.float64)
        coefficients = covariance @ design.T @ losses
        squares = float(np.sum((losses - design @ coefficients) ** 2))
        return cls(coefficients=coefficients, covariance=covariance, squares=squares, spare=len(near) - 3)


def _optimum(runs: Sequence[TunedRun], parabola: _Parabola | None, noise: float, spare: int) -> Optimum:
    best = min(runs, key=lambda run: run.loss)
    known = Optimum(
        N=best.N, D=best.D, n_rates=len({run.rate for run in runs}), best_rate=best.rate, best_loss=best.loss
    )
    if parabola is None or parabola.coefficients[2] <= 0:
        return known
    slope, curvature = float(parabola.coefficients[1]), float(parabola.coefficients[2])
    covariance = parabola.covariance[1:, 1:] * noise**2
    offset = -slope / (2 * curvature)
    gradient = np.array([-1 / (2 * curvature), slope / (2 * curvature**2)])
    low, high = _fieller(slope, curvature, covariance, _quantile(spare)) if spare else (-math.inf, math.inf)
    return dataclasses.replace(
        known,
        rate=best.rate * math.exp(offset),
        low=best.rate * math.exp(low),
        high=best.rate * math.exp(high),
        log_se=math.sqrt(gradient @ covariance @ gradient) if spare else math.inf,
        curvature=curvature,
    )


def _quantile(spare: int) -> float:
    return float(stats.t.ppf(0.5 + _LEVEL / 2, spare))


def _fieller(slope: float, curvature: float, covariance: Floats, t: float) -> Interval:
    """The interval of -slope / (2 curvature) (Fieller 1954): all x at which the parabola's slope may be 0.

    (slope + 2 curvature x)**2 <= t**2 Var(slope + 2 curvature x), a quadratic inequality in x.
    """
    top = 4 * (curvature**2 - t**2 * covariance[1, 1])
    middle = 4 * (slope * curvature - t**2 * covariance[0, 1])
    last = slope**2 - t**2 * covariance[0, 0]
    if top <= 0:
        return -math.inf, math.inf
    root = math.sqrt(max(0.0, middle**2 - 4 * top * last))
    return (-middle - root) / (2 * top), (-middle + root) / (2 * top)


def _fixed(cells: Sequence[Optimum], fallback: LearningRateRule | None) -> dict[str, float]:
    """The exponents that these cells cannot tell, with the values to use."""
    known = fallback or LearningRateRule.constant(1.0)
    return {
        **({"a": known.a} if len({cell.N for cell in cells}) < 2 else {}),
        **({"b": known.b} if len({cell.D for cell in cells}) < 2 else {}),
    }


def _fit_cells(cells: Sequence[Optimum], fixed: Mapping[str, float]) -> tuple[LearningRateRule, dict[str, Interval]]:
    """Weighted least squares of log rate on 1, -log N and -log D; the fixed exponents are moved to the other side."""
    columns = {
        "log_c": np.ones(len(cells)),
        "a": -np.log([cell.N for cell in cells]),
        "b": -np.log([cell.D for cell in cells]),
    }
    target = np.log([cell.rate or math.nan for cell in cells])
    target = target - sum((value * columns[name] for name, value in fixed.items()), np.zeros(len(cells)))
    free = [name for name in columns if name not in fixed]
    weights = 1 / np.array([max(cell.log_se, 1e-6) for cell in cells])
    design = np.column_stack([columns[name] for name in free]) * weights[:, None]
    found, *_ = np.linalg.lstsq(design, target * weights, rcond=None)
    spare = len(cells) - len(free)
    # The scatter of the optima about the rule, where it is larger than their own errors, is the rule's error too.
    scatter = float(np.sum((target * weights - design @ found) ** 2)) / spare if spare else 1.0
    errors = np.sqrt(np.diag(np.linalg.pinv(design.T @ design)) * max(1.0, scatter))
    reach = _quantile(spare) if spare else math.inf
    values = dict(zip(free, (float(x) for x in found), strict=True)) | dict(fixed)
    intervals = {
        name: (values[name] - reach * float(error), values[name] + reach * float(error))
        for name, error in zip(free, errors, strict=True)
    }
    return LearningRateRule(c=math.exp(values["log_c"]), a=values["a"], b=values["b"]), intervals


def _left_out_error(cells: Sequence[Optimum], fixed: Mapping[str, float]) -> float:
    """Each cell predicted by a rule fitted to the others that can still tell every constant."""
    errors: list[float] = []
    for cell in cells:
        others = [other for other in cells if other is not cell]
        if len(others) >= 3 - len(fixed) and set(_fixed(others, None)) <= set(fixed):
            rule, _ = _fit_cells(others, fixed)
            errors.append(math.log(rule.peak(cell.N, cell.D) / (cell.rate or math.nan)))
    return math.sqrt(sum(error**2 for error in errors) / len(errors)) if errors else math.nan
