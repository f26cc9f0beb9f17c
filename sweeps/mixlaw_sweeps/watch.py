"""How far a study is: read from its folder, so that it works for any placement and any process may look."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Generator, Sequence

from mixlaw.corpus import Corpus
from mixlaw.model import training_flops
from mixlaw.pretrain import Placement, read_progress
from mixlaw.store import part_path
from mixlaw.trial import Trial
from mixlaw_sweeps.run_trial import EVALUATION

OnProgress = Callable[[float, str], None]
"""Called every second or so: the part of the work that is done, and a word on what runs."""

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
def watching(
    trials: Sequence[Trial], corpus: Corpus, placement: Placement, on_progress: OnProgress | None
) -> Generator[None]:
    """Report progress of the trials, from a thread of its own, while the body runs."""
    with telling(_Watch(trials, corpus, placement).look, on_progress):
        yield


@contextlib.contextmanager
def telling(look: Callable[[], tuple[float, str]], on_progress: OnProgress | None) -> Generator[None]:
    """Tell what `look` sees, from a thread of its own, while the body runs."""
    if on_progress is None:
        yield
        return
    stop = threading.Event()

    def watch() -> None:
        while not stop.wait(_EVERY_SECONDS):
            on_progress(*look())

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
        on_progress(*look())


class _Watch:
    def __init__(self, trials: Sequence[Trial], corpus: Corpus, placement: Placement) -> None:
        self._work = {trial.trial_id: work(trial, corpus) for trial in trials}
        self._labels = {trial.trial_id: trial.label for trial in trials}
        self._running = set(self._work)
        self._placement = placement

    def look(self) -> tuple[float, str]:
        """The part of the work done, and the trials that run with their losses."""
        self._running -= {name for name in self._running if self._ended(name)}
        done = sum(work for name, work in self._work.items() if name not in self._running)
        notes: list[str] = []
        for name in sorted(self._running):
            now = read_progress(self._placement.trial_folder(name))
            if now is not None:
                done += self._work[name] * now.step / now.n_steps
                notes.append(f"{self._labels[name]} {now.loss:.3f}")
        ended = len(self._work) - len(self._running)
        return done / sum(self._work.values()), f"{ended}/{len(self._work)} trials; {', '.join(notes[:2])}"

    def _ended(self, name: str) -> bool:
        return part_path(self._placement.out, name, EVALUATION).exists()
