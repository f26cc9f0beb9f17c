"""The best learning rate of every (N, D): Ray Tune over Optuna, bad rates stopped early by ASHA.

Each cell has an Optuna study of its own and an ASHA of its own (Li et al. 2018, arXiv:1810.05934): losses of another
size or budget say nothing about a rate. What is finished stands in the ordinary results table and what was stopped in
the trial's folder, so that the same command goes on where it was.
"""

from __future__ import annotations

import dataclasses
import json
import math
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import optuna
from ray import tune
from ray.tune.execution.tune_controller import TuneController
from ray.tune.experiment import Trial as TuneTrial
from ray.tune.schedulers import ASHAScheduler, FIFOScheduler, TrialScheduler
from ray.tune.search import Searcher

from mixlaw import store
from mixlaw.corpus import Corpus
from mixlaw.model import count_parameters, ladder
from mixlaw.pretrain import Placement, read_progress
from mixlaw.pretrain.learning_rate import LearningRateRule, TunedRun
from mixlaw.trial import LANGUAGES, MEASURED, TEXT, MixlawError, Trial
from mixlaw_sweeps.launch import folder_lock, record_study, settle_compile, status_of, trial_name
from mixlaw_sweeps.run_trial import EVALUATION
from mixlaw_sweeps.studies import Scale, uniform_shares
from mixlaw_sweeps.studies.scale import with_rule
from mixlaw_sweeps.tune_study import trainable
from mixlaw_sweeps.watch import OnProgress, Running, telling, work

STUDY = "learning-rate"
MILESTONES = (25, 50)
"""Percents of the steps at which ASHA compares training losses."""
_KEEP_ONE_IN = 2
_SPARED = (1.0, 0.5, 2.0)
"""Factors of the first rate that are trained to the end: a parabola needs three points, and a comparison peers.

Halfway, a high rate looks worse than it ends, since the decay is still to come; these can't be misjudged.
"""
_FIRST = (*_SPARED, 4.0, 0.25)
_REACH = 16.0
_MOST_EXTRA = 4
"""Trials beyond those asked for, where the best rate is still the highest or the lowest."""


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


def cells_of(
    scale: Scale,
    corpus: Corpus,
    *,
    sizes: Sequence[str],
    tokens: Sequence[int],
    shares: Mapping[str, float] | None = None,
    changes: Mapping[str, Any] | None = None,
    around: LearningRateRule | None = None,
    seed: int = 0,
) -> list[Cell]:
    """Every size with every budget, of one mixture (all languages of the corpus alike unless given).

    `changes` are of the scale's recipe; the search begins at the scale's rate, or at that of the rule `around`.
    """
    cells: list[Cell] = []
    mixture = shares or even_shares(corpus)
    for size in sizes:
        for budget in tokens:
            recipe = dataclasses.replace(scale.recipe(ladder(size)), **(changes or {}))
            trial = scale.trial(STUDY, f"{size}, {budget:,} tokens", size, budget, mixture, seed=seed)
            trial = dataclasses.replace(trial, recipe=recipe, corpus=corpus.fingerprint)
            cells.append(Cell(first=trial if around is None else with_rule(trial, around)))
    return cells


def even_shares(corpus: Corpus) -> dict[str, float]:
    """The same share for every language of the corpus, and text beside them where it has some."""
    languages = [language for language in LANGUAGES if language in corpus.domains]
    return uniform_shares(languages) if TEXT in corpus.domains else uniform_shares(languages, 0.0)


def mixture_loss(out: Path, trial: Trial) -> float:
    """The held-out loss of a finished trial on its own mixture: domains by their shares, nats per token."""
    row = store.read_rows(out, trial.trial_id, EVALUATION)
    assert row is not None
    measured = {d: share for d, share in trial.shares.items() if d in MEASURED}
    return sum(share * row[f"loss_{d}"][0] for d, share in measured.items()) / sum(measured.values())


def tune_learning_rates(
    cells: Sequence[Cell],
    corpus: Corpus,
    placement: Placement,
    *,
    n_trials: int,
    max_concurrent: int | None = None,
    on_progress: OnProgress | None = None,
) -> list[list[Tried]]:
    """Search every cell inside the current Ray session; what was tried in each, rates ascending.

    `n_trials` rates a cell, and a few more where the best is at an end. Raises MixlawError when another run holds the
    folder, or a trial was lost to the machine.
    """
    with folder_lock(placement.out):
        search = RateSearch(cells, corpus, placement.out, n_trials)
        settled = settle_compile([cell.first for cell in cells for _ in range(n_trials)], corpus, placement)
        if not search.done:
            with telling(search.look, on_progress):
                _run_with_tune(search, corpus, settled, max_concurrent)
    if search.lost:
        raise MixlawError(f"trial {search.lost[0]} was lost to the machine; the same command goes on from here")
    return search.tried


def tuned_runs(cells: Sequence[Cell], tried: Sequence[Sequence[Tried]]) -> list[TunedRun]:
    """The finished ones, as the rule is fitted to them."""
    return [
        TunedRun(N=cell.N, D=cell.first.trained_tokens, rate=one.rate, loss=one.loss)
        for cell, found in zip(cells, tried, strict=True)
        for one in found
        if one.loss is not None
    ]


def _run_with_tune(search: RateSearch, corpus: Corpus, placement: Placement, max_concurrent: int | None) -> None:
    scratch = placement.out / "ray_tune"  # Tune's own state; nothing of it is ever restored
    shutil.rmtree(scratch, ignore_errors=True)
    tune.Tuner(
        trainable(corpus.path, placement, milestones=MILESTONES),
        tune_config=tune.TuneConfig(
            search_alg=search,
            scheduler=AshaPerCell(len(search.tried)),
            num_samples=-1,
            max_concurrent_trials=max_concurrent,
            reuse_actors=True,
            trial_dirname_creator=trial_name,
        ),
        run_config=tune.RunConfig(
            name="trials",
            storage_path=str(scratch.resolve()),
            verbose=0,
            failure_config=tune.FailureConfig(max_failures=placement.lost_process_retries),
        ),
    ).fit()
    shutil.rmtree(scratch, ignore_errors=True)


class AshaPerCell(FIFOScheduler):
    """An ASHA for each cell, which may stop those trials that the search lets it stop (`may_stop`)."""

    def __init__(self, n_cells: int) -> None:
        super().__init__()
        self._cells: list[FIFOScheduler] = [
            ASHAScheduler(
                time_attr="percent",
                metric="train_loss",
                mode="min",
                max_t=100,
                grace_period=MILESTONES[0],
                reduction_factor=_KEEP_ONE_IN,
            )
            for _ in range(n_cells)
        ]

    def on_trial_add(self, tune_controller: TuneController, trial: TuneTrial) -> None:
        """A trial joins the ASHA of its cell."""
        self._cells[int(_config(trial)["cell"])].on_trial_add(tune_controller, trial)

    def on_trial_result(self, tune_controller: TuneController, trial: TuneTrial, result: dict[str, Any]) -> str:
        """What its cell's ASHA says, except for the trials that all cells train to the end."""
        asha = self._cells[int(_config(trial)["cell"])]
        decision = asha.on_trial_result(tune_controller, trial, result)
        return decision if _config(trial)["may_stop"] else TrialScheduler.CONTINUE


def _config(trial: TuneTrial) -> dict[str, Any]:
    return cast(dict[str, Any], trial.config)


class RateSearch(Searcher):
    """What Tune asks for the next trial: the cell that has been asked least, and the rate that its study wants."""

    def __init__(self, cells: Sequence[Cell], corpus: Corpus, out: Path, n_trials: int) -> None:
        super().__init__()
        known = known_trials(out)
        self._out = out
        self._work = [work(cell.first, corpus) for cell in cells]
        self._cells = [
            CellSearch(cell, n_trials, seed, [trial for trial in known if cell.holds(trial)], out)
            for seed, cell in enumerate(cells)
        ]
        self._begun = [trial for trial in known if any(cell.holds(trial) for cell in cells)]
        self._running: dict[str, tuple[CellSearch, Trial]] = {}
        self.lost: list[str] = []

    @property
    def done(self) -> bool:
        """Whether no cell wants another trial."""
        return all(cell.done for cell in self._cells)

    @property
    def tried(self) -> list[list[Tried]]:
        """What was tried in each cell, rates ascending."""
        return [sorted(cell.tried, key=lambda one: one.rate) for cell in self._cells]

    def look(self) -> tuple[float, str, list[Running]]:
        """The part of the trials that has ended, and what runs."""
        done, total = (sum(numbers) for numbers in zip(*(cell.progress for cell in self._cells), strict=True))
        trials = [trial for _, trial in list(self._running.values())]
        folders = [self._out / "trials" / trial.trial_id for trial in trials]
        running = [Running(label=t.label, progress=read_progress(f)) for t, f in zip(trials, folders, strict=True)]
        return done / total, f"{done}/{total} rates", running

    def suggest(self, trial_id: str) -> dict[str, Any] | str | None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """The next trial; None while all that is left waits for running trials; FINISHED at the end."""
        if self.done or self.lost:
            return Searcher.FINISHED
        order = sorted(range(len(self._cells)), key=lambda i: (self._cells[i].n_asked, -self._work[i]))
        for place in order:
            asked = self._cells[place].ask()
            if asked is not None:
                trial = self._cells[place].cell.trial(asked[0])
                self._begun.append(trial)
                record_study(self._out, self._begun)
                self._running[trial_id] = self._cells[place], trial
                return {"trial": trial.to_json(), "cell": place, "may_stop": asked[1]}
        return None

    def on_trial_complete(self, trial_id: str, result: dict[str, Any] | None = None, error: bool = False) -> None:
        """Read what became of a trial; write it down if it was stopped, for then nothing else tells of it."""
        cell, trial = self._running.pop(trial_id)
        if status_of(self._out, trial) is None:
            if error or not result or "percent" not in result:
                self.lost.append(trial.label)
                return
            stopped = {"percent": result["percent"], "train_loss": result["train_loss"]}
            store.atomic_write(_stopped_path(self._out, trial), json.dumps(stopped).encode())
        cell.tell(trial)

    def set_search_properties(self, metric: str | None, mode: str | None, config: dict[str, Any], **spec: Any) -> bool:
        """Nothing of Tune's own settings is used."""
        return True

    def save(self, checkpoint_path: str) -> None:
        """Nothing: Tune's state is never restored."""

    def restore(self, checkpoint_path: str) -> None:
        """Nothing: what is done is read from the folder."""


class CellSearch:
    """The rates of one cell: a first few, then Optuna's TPE, then outward until the best has neighbours."""

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
        return not self._running and self.n_asked >= self._n_trials and self._outward() is None

    def ask(self) -> tuple[float, bool] | None:
        """The next rate and whether it may be stopped early, or None: nothing is wanted, or not before others end."""
        if self._planned and self.n_asked < self._n_trials:
            rate = self._start(self._planned.pop(0))
            return rate, rate not in self._spared
        outward = None if self._running else self._outward()
        if outward is not None:
            return self._start(outward), False
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

    def _outward(self) -> float | None:
        """A rate beyond the best one, where no finished one lies on that side and there are trials to spare."""
        finished = {one.rate: one.loss for one in self.tried if one.loss is not None}
        if not finished or self.n_asked >= self._n_trials + _MOST_EXTRA:
            return None
        best = min(finished, key=lambda rate: finished[rate])
        for way, lacking in ((2.0, best == max(finished)), (0.5, best == min(finished))):
            if lacking:
                # Where the double was stopped or diverged, half the way to it, in logs.
                beyond = [one.rate for one in self.tried if (one.rate - best) * (way - 1) > 0]
                nearest = min(beyond, key=lambda rate: abs(rate - best), default=best * way**2)
                return literal(math.sqrt(best * nearest))
        return None


_FAIL = optuna.trial.TrialState.FAIL


def literal(rate: float) -> float:
    """The rate to three significant digits, as it stands in a trial."""
    return float(f"{rate:.3g}")


def what_became_of(out: Path, trial: Trial) -> Tried | None:
    """What the folder says of a trial: finished, failed, stopped, or None when it has not ended."""
    rate, status, stopped = trial.recipe.learning_rate, status_of(out, trial), _stopped_path(out, trial)
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


def _stopped_path(out: Path, trial: Trial) -> Path:
    return out / "trials" / trial.trial_id / "stopped.json"
