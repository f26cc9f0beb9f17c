"""Which learning rate to try next in one size and budget, and what became of those that were tried."""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import optuna

from mixlaw import store
from mixlaw.model import count_parameters
from mixlaw.trial import MEASURED, Trial
from mixlaw_sweeps.launch import status_of
from mixlaw_sweeps.run_trial import EVALUATION

_SPARED = (1.0, 0.5, 2.0)
"""Factors of the first rate that are trained to the end: a parabola needs three points, and a comparison peers.

Halfway, a high rate looks worse than it ends, since the decay is still to come; these can't be misjudged.
"""
_FIRST = (*_SPARED, 4.0, 0.25)
_REACH = 8.0
_ENOUGH = 5
"""Finished rates within a factor of 4 of the best: a parabola has three constants, the noise wants some to spare."""
_MOST_EXTRA = 4
"""Trials beyond those asked for, where the best rate is at an end or too few lie near it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One size and budget: a trial at the rate where the search begins, of which only the rate is varied."""

    first: Trial

    @property
    def N(self) -> int:
        """Parameters without embeddings."""
        return count_parameters(self.first.model, 1).non_embedding

    def trial(self, rate: float) -> Trial:
        """The trial at this rate."""
        recipe = dataclasses.replace(self.first.recipe, learning_rate=rate)
        return dataclasses.replace(self.first, recipe=recipe, label=f"{self.first.label}, rate {rate:g}")

    def holds(self, trial: Trial) -> bool:
        """Whether the trial is one of this cell's, whatever its rate."""
        return self.trial(trial.recipe.learning_rate).trial_id == trial.trial_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What became of a rate: finished with a held-out loss, failed (it diverged), or stopped early."""

    rate: float
    status: str
    loss: float | None = None
    stopped_at: tuple[int, float] | None = None
    """Percent of the steps and the training loss there."""


class CellSearch:
    """The rates of one cell: a first few, then those that a parabola about the best one lacks, then Optuna's TPE."""

    def __init__(self, cell: Cell, n_trials: int, seed: int, known: Sequence[Trial], out: Path) -> None:
        optuna.logging.set_verbosity(optuna.logging.ERROR)
        first = cell.first.recipe.learning_rate
        begun = [trial.recipe.learning_rate for trial in known]
        low, high = min([first / _REACH, *begun]), max([first * _REACH, *begun])
        self.cell, self.tried, self._out, self._n_trials = cell, list[Tried](), out, n_trials
        self._range = optuna.distributions.FloatDistribution(low, high, log=True)
        self._study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=seed, n_startup_trials=len(_SPARED)))
        self._running: dict[float, optuna.Trial] = {}
        self._spared = {literal(first * factor) for factor in _SPARED}
        for trial in known:
            if what_became_of(out, trial) is not None:
                self._start(trial.recipe.learning_rate)
                self.tell(trial)
        rates = [*begun, *(literal(first * factor) for factor in _FIRST)]
        self._planned = [rate for rate in dict.fromkeys(rates) if rate not in {one.rate for one in self.tried}]

    @property
    def n_asked(self) -> int:
        """Trials that run or have ended."""
        return len(self.tried) + len(self._running)

    @property
    def progress(self) -> tuple[int, int]:
        """Trials that have ended, of how many at least."""
        return len(self.tried), max(self._n_trials, self.n_asked)

    @property
    def done(self) -> bool:
        """Whether nothing runs or is wanted."""
        return not self._running and self.n_asked >= self._n_trials and self._wanted() is None

    def ask(self) -> tuple[float, bool] | None:
        """The next rate and whether it may be stopped early, or None: nothing is wanted, or not before others end."""
        if self._planned and self.n_asked < self._n_trials:
            rate = self._start(self._planned.pop(0))
            return rate, rate not in self._spared
        wanted = None if self._running else self._wanted()
        if wanted is not None:
            return self._start(wanted), False
        return (self._start(None), True) if self.n_asked < self._n_trials else None

    def tell(self, trial: Trial) -> None:
        """Hand what stands in the folder about a trial that ended to the study."""
        became = what_became_of(self._out, trial)
        assert became is not None
        asked = self._running.pop(became.rate)
        self.tried.append(became)
        if became.loss is not None:
            self._study.tell(asked, became.loss)
            return
        if became.stopped_at:
            percent, train_loss = became.stopped_at
            asked.report(train_loss, percent)
        self._study.tell(asked, state=optuna.trial.TrialState.PRUNED if became.stopped_at else _FAIL)

    def _start(self, rate: float | None) -> float:
        """Open a trial of the study at this rate, or at the one that its sampler wants."""
        if rate is not None:
            self._study.enqueue_trial({"rate": rate})
        asked = self._study.ask({"rate": self._range})
        found = literal(asked.params["rate"])
        if rate is None and found in {*self._running, *(one.rate for one in self.tried)}:
            self._study.tell(asked, state=_FAIL)
            return self._start(None)
        self._running[found] = asked
        return found

    def _wanted(self) -> float | None:
        """A rate that the parabola lacks: beyond the best one if that is at an end, else between it and the next."""
        finished = {one.rate: one.loss for one in self.tried if one.loss is not None}
        if not finished or self.n_asked >= self._n_trials + _MOST_EXTRA:
            return None
        best = min(finished, key=lambda rate: finished[rate])
        if best == max(finished):
            return self._between(best, 2.0, [one.rate for one in self.tried])
        if best == min(finished):
            return self._between(best, 0.5, [one.rate for one in self.tried])
        if sum(0.25 <= rate / best <= 4.0 for rate in finished) >= _ENOUGH:
            return None
        inside = [self._between(best, way, list(finished)) for way in (2.0, 0.5)]
        return max(inside, key=lambda rate: abs(math.log(rate / best)))

    @staticmethod
    def _between(best: float, way: float, tried: Sequence[float]) -> float:
        """Half the way, in logs, from the best rate to the next that was tried upward or downward, else twice it."""
        beyond = [rate for rate in tried if (rate - best) * (way - 1) > 0]
        return literal(math.sqrt(best * min(beyond, key=lambda rate: abs(rate - best), default=best * way**2)))


_FAIL = optuna.trial.TrialState.FAIL


def literal(rate: float) -> float:
    """The rate to three significant digits, as it stands in a trial."""
    return float(f"{rate:.3g}")


def what_became_of(out: Path, trial: Trial) -> Tried | None:
    """What the folder says of a trial: finished, failed, stopped, or None when it has not ended."""
    rate, status, stopped = trial.recipe.learning_rate, status_of(out, trial), stopped_path(out, trial)
    if status == "finished":
        return Tried(rate=rate, status=status, loss=mixture_loss(out, trial))
    if status is not None:
        return Tried(rate=rate, status=status)
    if not stopped.exists():
        return None
    told = json.loads(stopped.read_text())
    return Tried(rate=rate, status="stopped", stopped_at=(told["percent"], told["train_loss"]))


def known_trials(out: Path) -> list[Trial]:
    """Every trial that was ever begun in the folder."""
    return [Trial.from_json(json.loads(path.read_text())) for path in sorted(out.glob("trials/*/trial.json"))]


def stopped_path(out: Path, trial: Trial) -> Path:
    """Where it stands that a trial was stopped early: no result, and no wish to run it again."""
    return out / "trials" / trial.trial_id / "stopped.json"


def mixture_loss(out: Path, trial: Trial) -> float:
    """The held-out loss of a finished trial on its own mixture: domains by their shares, nats per token."""
    row = store.read_rows(out, trial.trial_id, EVALUATION)
    assert row is not None
    measured = {d: share for d, share in trial.shares.items() if d in MEASURED}
    return sum(share * row[f"loss_{d}"][0] for d, share in measured.items()) / sum(measured.values())
