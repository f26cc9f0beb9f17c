"""How far a study is: read from its folder, so that it works for any placement and any process may look."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, cast

from ray import tune
from ray.tune.experiment import Trial as TuneTrial

from mixlaw.corpus import Corpus
from mixlaw.model import training_flops
from mixlaw.pretrain import Placement, Progress, read_progress
from mixlaw.trial import Trial
from mixlaw_sweeps.beside import repeating
from mixlaw_sweeps.trunks import planned_steps_from_trunk


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A trial that runs; no progress while it starts."""

    label: str
    progress: Progress | None


class OnProgress(Protocol):
    """Called every second or so: the part of the work that is done, a word on it, the trials that run."""

    def __call__(self, done: float, note: str, running: Sequence[Running] = (), /) -> None:
        """`done` is between 0 and 1."""


_EVERY_SECONDS = 1.0


def work(trial: Trial, corpus: Corpus) -> float:
    """A trial's cost in FLOPs plus what a token costs whatever the model (at tiny sizes that is most of it)."""
    flops = training_flops(trial.model, corpus.vocab_size, trial.recipe.seq_len, trial.trained_tokens)
    return flops + 1e6 * trial.trained_tokens


def by_cost(trials: Sequence[Trial], corpus: Corpus) -> list[Trial]:
    """One trial of every shape first, then dearest first.

    The first of a shape compiles it for all: were two of them to start together, both would. The last trials to end
    are then short, and equal shapes follow each other in a reused process.
    """
    dearest = sorted(trials, key=lambda t: (-work(t, corpus) / t.trained_tokens, -t.trained_tokens))
    first = {trial.model: trial for trial in reversed(dearest)}
    return [t for t in dearest if first[t.model] is t] + [t for t in dearest if first[t.model] is not t]


@contextlib.contextmanager
def telling(
    look: Callable[[], tuple[float, str, Sequence[Running]]], on_progress: OnProgress | None
) -> Generator[None]:
    """Tell what `look` sees, from a thread of its own, while the body runs."""
    if on_progress is None:
        yield
        return

    def tell() -> None:
        on_progress(*look())

    try:
        with repeating(tell, _EVERY_SECONDS):
            yield
    finally:
        tell()


class Watch(tune.Callback):
    """Who runs, as Tune tells it, and how far: only the folders of running trials are read."""

    def __init__(self, trials: Sequence[Trial], corpus: Corpus, placement: Placement) -> None:
        self._begins = planned_steps_from_trunk(trials)
        self._work = {t.trial_id: work(t, corpus) * (1 - self._first(t.trial_id) / t.n_steps) for t in trials}
        self._labels = {trial.trial_id: trial.label or trial.trial_id for trial in trials}
        self._placement = placement
        self._running: dict[str, float] = {}
        self._ended: set[str] = set()
        # What a run before this one left half done, read once.
        before = {name: self._part_done(name, read_progress(self._folder(name))) for name in self._work}
        self._part = {name: part for name, part in before.items() if part}

    def look(self) -> tuple[float, str, list[Running]]:
        """The part of the work done, how many trials have ended, and those that run."""
        running = [self._look_at(name, since) for name, since in list(self._running.items())]
        ended = list(self._ended)
        parts = {**self._part, **dict.fromkeys(ended, 1.0)}
        done = sum(self._work[name] * part for name, part in parts.items())
        return done / sum(self._work.values()), f"{len(ended)}/{len(self._work)} trials", running

    def on_trial_start(self, iteration: int, trials: list[TuneTrial], trial: TuneTrial, **info: Any) -> None:
        """Tune's word that a trial runs."""
        self._running[trial_name(trial)] = time.time()

    def on_trial_complete(self, iteration: int, trials: list[TuneTrial], trial: TuneTrial, **info: Any) -> None:
        """Tune's word that a trial has ended."""
        self._running.pop(trial_name(trial), None)
        self._ended.add(trial_name(trial))

    def on_trial_error(self, iteration: int, trials: list[TuneTrial], trial: TuneTrial, **info: Any) -> None:
        """Tune's word that a trial's process was lost once too often."""
        self.on_trial_complete(iteration, trials, trial)

    def _look_at(self, name: str, since: float) -> Running:
        now = read_progress(self._folder(name))
        if now is not None:
            self._part[name] = self._part_done(name, now)
        # A word from before this start tells how far it was, and not what it does now.
        return Running(label=self._labels[name], progress=now if now and now.updated >= since else None)

    def _part_done(self, name: str, now: Progress | None) -> float:
        """Of the steps that are its own: a branch's first ones are its trunk's."""
        first = self._first(name)
        return max(0.0, (now.step - first) / (now.n_steps - first)) if now else 0.0

    def _first(self, name: str) -> int:
        return self._begins.get(name, 0)

    def _folder(self, name: str) -> Path:
        return self._placement.trial_folder(name)


def trial_name(trial: TuneTrial) -> str:
    """The trial_id of what a Tune trial trains."""
    return Trial.from_json(cast(dict[str, Any], trial.config)["trial"]).trial_id
