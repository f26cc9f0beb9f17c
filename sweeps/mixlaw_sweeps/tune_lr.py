"""The best learning rate of every (N, D): Ray Tune over Optuna, bad rates stopped early by ASHA.

Each cell has an Optuna study of its own and an ASHA of its own (Li et al. 2018, arXiv:1810.05934): losses of another
size or budget say nothing about a rate. What is finished stands in the ordinary results table and what was stopped in
the trial's folder, so that the same command goes on where it was.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from ray import tune
from ray.tune.execution.tune_controller import TuneController
from ray.tune.experiment import Trial as TuneTrial
from ray.tune.schedulers import ASHAScheduler, FIFOScheduler, TrialScheduler
from ray.tune.search import Searcher

from mixlaw import store
from mixlaw.corpus import Corpus
from mixlaw.pretrain import Placement, read_progress
from mixlaw.pretrain.learning_rate import LearningRateRule, TunedRun
from mixlaw.trial import LANGUAGES, TEXT, MixlawError, Trial
from mixlaw_sweeps.launch import folder_lock, record_study, settle_compile, status_of, trial_name
from mixlaw_sweeps.rate_search import Cell, CellSearch, Tried, known_trials, stopped_path
from mixlaw_sweeps.sharing import Sharing, sharing_of
from mixlaw_sweeps.studies import Scale, uniform_shares
from mixlaw_sweeps.studies.scale import with_rule
from mixlaw_sweeps.tune_study import run_config, trainable
from mixlaw_sweeps.watch import OnProgress, Running, telling, work

STUDY = "learning-rate"
MILESTONES = (25, 50)
"""Percents of the steps at which ASHA compares training losses."""
_KEEP_ONE_IN = 2


def cells_of(
    scale: Scale,
    corpus: Corpus,
    *,
    sizes: Sequence[str],
    tokens: Sequence[int],
    shares: Mapping[str, float] | None = None,
    around: LearningRateRule | None = None,
    seed: int = 0,
) -> list[Cell]:
    """Every size with every budget, of one mixture (all languages of the corpus alike unless given).

    The search begins at the scale's rate, or at that of the rule `around`.
    """
    cells: list[Cell] = []
    mixture = shares or even_shares(corpus)
    for size in sizes:
        for budget in tokens:
            trial = scale.trial(STUDY, f"{size}, {budget:,} tokens", size, budget, mixture, seed=seed)
            trial = dataclasses.replace(trial, corpus=corpus.fingerprint)
            cells.append(Cell(first=trial if around is None else with_rule(trial, around)))
    return cells


def even_shares(corpus: Corpus) -> dict[str, float]:
    """The same share for every language of the corpus, and text beside them where it has some."""
    languages = [language for language in LANGUAGES if language in corpus.domains]
    return uniform_shares(languages) if TEXT in corpus.domains else uniform_shares(languages, 0.0)


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
            sharing = sharing_of([cell.first for cell in cells], corpus, settled, on_progress)
            with telling(search.look, on_progress):
                _run_with_tune(search, corpus, settled, sharing, max_concurrent)
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


def _run_with_tune(
    search: RateSearch, corpus: Corpus, placement: Placement, sharing: Sharing, max_concurrent: int | None
) -> None:
    tune_config = tune.TuneConfig(
        search_alg=search,
        scheduler=AshaPerCell(len(search.tried)),
        num_samples=-1,
        max_concurrent_trials=max_concurrent,
        reuse_actors=True,
        trial_dirname_creator=trial_name,
    )
    train = trainable(corpus.path, placement, milestones=MILESTONES, sharing=sharing)
    with run_config(placement) as config:
        tune.Tuner(train, tune_config=tune_config, run_config=config).fit()


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
            store.atomic_write(stopped_path(self._out, trial), json.dumps(stopped).encode())
        cell.tell(trial)

    def set_search_properties(self, metric: str | None, mode: str | None, config: dict[str, Any], **spec: Any) -> bool:
        """Nothing of Tune's own settings is used."""
        return True

    def save(self, checkpoint_path: str) -> None:
        """Nothing: Tune's state is never restored."""

    def restore(self, checkpoint_path: str) -> None:
        """Nothing: what is done is read from the folder."""
