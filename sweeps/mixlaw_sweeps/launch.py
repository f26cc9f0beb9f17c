"""Run a study: give Ray Tune the trials that have no result yet, show progress, say what became of them."""

from __future__ import annotations

import contextlib
import dataclasses
import json
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

import filelock
from ray import tune

from mixlaw import store
from mixlaw.corpus import Corpus
from mixlaw.pretrain import Placement
from mixlaw.trial import MixlawError, Trial
from mixlaw_sweeps.run_trial import EVALUATION
from mixlaw_sweeps.sharing import Sharing, sharing_of
from mixlaw_sweeps.tracking import run_name
from mixlaw_sweeps.trunks import Trunks, groups
from mixlaw_sweeps.tune_study import TrunksFirst, run_config, search_space, trainable
from mixlaw_sweeps.watch import OnProgress, Watch, by_cost, telling, trial_name, work

_PAYS_FROM = 1e13
"""Work per shape, as counted by `work`, from which compiling it (some 20 s, 2 s from a warm cache) is won back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a study's trials."""

    reused: list[Trial]
    finished: list[Trial]
    failed: list[Trial]
    lost: list[Trial]
    """Those whose process died again and again, or whose disk was full: they go on at the next run."""
    reasons: dict[str, str]
    """Why, by trial_id, where it is known."""


def status_of(out: Path, trial: Trial) -> str | None:
    """ "finished", "failed", or None when the trial has no result."""
    rows = store.read_rows(out, trial.trial_id, EVALUATION)
    return None if rows is None else str(rows["status"][0])


def launch(
    trials: Sequence[Trial],
    corpus: Corpus,
    placement: Placement,
    *,
    max_concurrent: int | None = None,
    retry_failed: bool = False,
    on_progress: OnProgress | None = None,
    trackers: Sequence[tune.Callback] = (),
) -> Outcome:
    """Run the trials that have no result (and failed ones if asked) inside the current Ray session.

    `trackers` are Tune callbacks to which every trial reports while it trains (`mixlaw_sweeps.tracking`).
    Raises MixlawError when another run holds the folder.
    """
    with folder_lock(placement.out):
        before = {trial.trial_id: status_of(placement.out, trial) for trial in trials}
        done = {"finished"} if retry_failed else {"finished", "failed"}
        pending = [trial for trial in trials if before[trial.trial_id] not in done]
        record_study(placement.out, trials)
        reasons: dict[str, str] = {}
        trunks = Trunks.of(trials, placement)
        trunks.want_for([trial.trial_id for trial in pending])
        if pending:
            settled = settle_compile(pending, corpus, placement)
            sharing = sharing_of(pending, corpus, settled, on_progress)
            reasons = _run_with_tune(
                by_cost(pending, corpus), corpus, settled, sharing, trunks, max_concurrent, on_progress, trackers
            )
        after = {trial.trial_id: status_of(placement.out, trial) for trial in trials}
        trunks.want_for([name for name, status in after.items() if status is None])
    ran = {trial.trial_id for trial in pending}
    return Outcome(
        reused=[t for t in trials if t.trial_id not in ran and after[t.trial_id] == "finished"],
        finished=[t for t in pending if after[t.trial_id] == "finished"],
        failed=[t for t in trials if after[t.trial_id] == "failed"],
        lost=[t for t in pending if after[t.trial_id] is None],
        reasons=reasons,
    )


def settle_compile(trials: Sequence[Trial], corpus: Corpus, placement: Placement) -> Placement:
    """Compile or not, for a study as a whole: a reused process compiles a shape once for all trials that have it."""
    if placement.compile != "auto" or placement.device != "cpu":
        return placement
    per_shape = sum(work(trial, corpus) for trial in trials) / len({trial.model for trial in trials})
    return dataclasses.replace(placement, compile="on" if per_shape >= _PAYS_FROM else "off")


def record_study(out: Path, trials: Sequence[Trial]) -> None:
    """Write down what was asked for: `OUT/studies/<study>.json` and, per trial, `OUT/trials/<trial_id>/trial.json`."""
    for trial in trials:
        path = out / "trials" / trial.trial_id / "trial.json"
        if not path.exists():
            store.atomic_write(path, json.dumps(trial.to_json(), indent=1).encode())
    for name in dict.fromkeys(trial.study or "study" for trial in trials):
        asked = [trial.to_json() | {"trial_id": trial.trial_id} for trial in trials if (trial.study or "study") == name]
        store.atomic_write(out / "studies" / f"{name}.json", json.dumps(asked, indent=1).encode())


@contextlib.contextmanager
def folder_lock(out: Path) -> Generator[None]:
    """Hold the folder for the body. Raises MixlawError when another run holds it."""
    out.mkdir(parents=True, exist_ok=True)
    try:
        with filelock.FileLock(out / ".lock", timeout=0):
            yield
    except filelock.Timeout as error:
        raise MixlawError(
            f"another mixlaw run is working in {out}; wait for it, or give this one another --out"
        ) from error


def _run_with_tune(
    pending: Sequence[Trial],
    corpus: Corpus,
    placement: Placement,
    sharing: Sharing,
    trunks: Trunks,
    max_concurrent: int | None,
    on_progress: OnProgress | None,
    trackers: Sequence[tune.Callback],
) -> dict[str, str]:
    shared = bool(groups(pending))
    watch = Watch(pending, corpus, placement)
    tune_config = tune.TuneConfig(
        search_alg=TrunksFirst(pending, trunks) if shared else None,
        num_samples=len(pending) if shared else 1,
        max_concurrent_trials=max_concurrent,
        reuse_actors=placement.workers == 1,
        trial_name_creator=run_name,
        trial_dirname_creator=trial_name,
    )
    train = trainable(corpus.path, placement, track=bool(trackers), sharing=sharing)
    space = None if shared else search_space(pending)
    with run_config(placement, [watch, *trackers]) as config, telling(watch.look, on_progress):
        ended = tune.Tuner(train, param_space=space, tune_config=tune_config, run_config=config).fit()
    told = [result.metrics for result in ended if result.metrics and result.metrics.get("error")]
    return {str(metrics["trial_name"]): str(metrics["error"]) for metrics in told}
