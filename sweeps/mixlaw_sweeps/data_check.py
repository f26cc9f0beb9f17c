"""Whether a corpus can feed a study's trials, before anything is started."""

from __future__ import annotations

from collections.abc import Sequence

from mixlaw.corpus import Corpus
from mixlaw.mixture import RowPlan, stopped_when_used_up
from mixlaw.trial import Trial


def check_data(trials: Sequence[Trial], corpus: Corpus, max_epochs: float) -> None:
    """Raise MixlawError, before anything runs, for the first trial that the corpus cannot feed."""
    for trial in trials:
        RowPlan.of(trial, corpus, max_epochs=max_epochs)


def stop_when_used_up(trials: Sequence[Trial], corpus: Corpus) -> tuple[list[Trial], list[str]]:
    """The trials as they are if training stops before a language repeats, and a line about each that is cut short.

    Trials that become the same one are run once. Raises MixlawError for a language that cannot feed one step.
    """
    stopped: dict[str, Trial] = {}
    told: list[str] = []
    for trial in trials:
        shorter, domain = stopped_when_used_up(trial, corpus)
        stopped.setdefault(shorter.trial_id, shorter)
        if domain:
            told.append(
                f"{trial.label or trial.trial_id} stops after {shorter.n_steps:,} of {trial.n_steps:,} steps "
                f"({shorter.trained_tokens:,} tokens), when {domain} is used up"
            )
    return list(stopped.values()), told
