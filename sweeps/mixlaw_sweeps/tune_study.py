"""A study as Ray Tune sees it: an ordinary search space and an ordinary function trainable.

tuner = tune.Tuner(trainable(corpus, placement), param_space=search_space(trials))
"""

from __future__ import annotations

import contextlib
import functools
import math
import shutil
from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import Any, cast

from ray import tune
from ray.tune.search import Searcher

from mixlaw.pretrain import Placement
from mixlaw.pretrain.checkpoints.trunk import Trunk, trunk_id
from mixlaw.pretrain.progress import Report, Step
from mixlaw.trial import Trial
from mixlaw_sweeps.run_trial import run_trial
from mixlaw_sweeps.sharing import Sharing, shared
from mixlaw_sweeps.tracking import last_word, telling_tune
from mixlaw_sweeps.trunks import Trunks, branch_of

HEAD_SLOT = "node:__internal_head__"
"""A resource that every Ray cluster's head has, once. A trial whose workers hold the CPUs or GPUs asks for a crumb of
it and for no CPU of its own: two such trials asking for CPUs would wait for each other's workers for ever."""


def search_space(trials: Sequence[Trial]) -> dict[str, Any]:
    """The study as a Tune search space: one grid value per trial."""
    return {"trial": tune.grid_search([trial.to_json() for trial in trials])}


def trainable(
    corpus: Path,
    placement: Placement,
    *,
    milestones: Sequence[int] = (),
    track: bool = False,
    sharing: Sharing | None = None,
) -> Callable[..., Any]:
    """A function trainable that runs one trial of the space and reports its status to Tune.

    With `milestones`, percents of a trial's steps, it reports `percent` and `train_loss` there too (in a trial of one
    worker), so that a Tune scheduler may stop it: a stopped trial has no result. With `track` it reports, for Tune
    callbacks that show metrics, its progress every few seconds and its held-out losses at the end. `sharing`
    says how many trials of which shape share a GPU (`mixlaw_sweeps.sharing`).
    """
    placement_of = functools.partial(_placed, placement, sharing or {})

    def train_one(config: dict[str, Any]) -> None:
        trial, placement = Trial.from_json(config["trial"]), placement_of(config)
        report = {"trial_name": trial.trial_id, "label": trial.label, "error": ""}
        try:
            on_step = at_milestones(milestones) if milestones else None
            with telling_tune(trial, placement) if track else contextlib.nullcontext():
                status = run_trial(trial, corpus, placement, on_step)
            tune.report(report | (last_word(trial, placement) if track else {}) | {"status": status})
        except OSError as error:
            # Trying again at once would meet the same full disk: reported, not raised, so that Tune does not.
            reached = last_word(trial, placement) if track else {}
            tune.report(report | reached | {"status": "lost", "error": str(error)})

    return cast(Callable[..., Any], tune.with_resources(train_one, resources_of(placement, sharing or {})))


def resources_of(placement: Placement, sharing: Sharing) -> Callable[[dict[str, Any]], tune.PlacementGroupFactory]:
    """What Tune reserves for a configuration's trial: some shapes share a GPU, another has one for itself."""

    def reserved(config: dict[str, Any]) -> tune.PlacementGroupFactory:
        return trial_resources(_placed(placement, sharing, config))

    return reserved


def _placed(placement: Placement, sharing: Sharing, config: dict[str, Any]) -> Placement:
    return shared(placement, Trial.from_json(config["trial"]), sharing)


def at_milestones(milestones: Sequence[int]) -> Report:
    """A report that tells Tune the training loss, mean over the last tenth of all steps, at percents of the steps."""
    ahead, losses = sorted(milestones, reverse=True), list[float]()

    def report(at: Step) -> None:
        losses.append(at.loss)
        passed = 0
        while ahead and 100 * at.step >= ahead[-1] * at.n_steps:
            passed = ahead.pop()
        if passed:
            recent = losses[-max(1, at.n_steps // 10) :]
            tune.report({"percent": passed, "train_loss": math.fsum(recent) / len(recent)})

    return report


def trial_resources(placement: Placement) -> tune.PlacementGroupFactory:
    """What Tune reserves for a trial: its one worker's CPU or GPU, or a head slot when it starts a worker group."""
    if placement.workers > 1:
        return tune.PlacementGroupFactory([{HEAD_SLOT: 0.001}])
    reserved = {"CPU": float(placement.cpus_per_worker), "GPU": placement.gpus_per_worker}
    return tune.PlacementGroupFactory([{name: part for name, part in reserved.items() if part}])


@contextlib.contextmanager
def run_config(placement: Placement, callbacks: Sequence[tune.Callback] = ()) -> Generator[tune.RunConfig]:
    """How Tune runs trials here, for the body.

    Tune's own state is scratch: what is finished is told by the results, so nothing of it is ever restored.
    """
    scratch = placement.out / "ray_tune"
    shutil.rmtree(scratch, ignore_errors=True)
    yield tune.RunConfig(
        name="trials",
        storage_path=str(scratch.resolve()),
        verbose=0,
        failure_config=tune.FailureConfig(max_failures=placement.lost_process_retries),
        callbacks=list(callbacks),
    )
    shutil.rmtree(scratch, ignore_errors=True)


class TrunksFirst(Searcher):
    """Gives Ray Tune the trials in their order, each branch once its trunk has reached it.

    A branch waits, without holding a slot, as long as a running trial of its trunk will pass its branch point. If that
    one ends early, the longest that waits takes its place.
    """

    def __init__(self, trials: Sequence[Trial], trunks: Trunks) -> None:
        super().__init__()
        self._waiting = list(trials)
        self._trunks = trunks
        self._running: dict[str, Trial] = {}
        self._lost: list[Trial] = []

    def suggest(self, trial_id: str) -> dict[str, Any] | None:
        """The configuration of the next trial that need not wait; None while all must."""
        ready = next((trial for trial in self._waiting if self._may_start(trial)), None)
        if ready is None:
            return None
        self._waiting.remove(ready)
        self._running[trial_id] = ready
        return {"trial": ready.to_json()}

    def on_trial_complete(self, trial_id: str, result: dict[str, Any] | None = None, error: bool = False) -> None:
        """Drop the branch points that nobody waits for any more; a lost trial goes on from there another time."""
        ended = self._running.pop(trial_id)
        if error or (result or {}).get("status") == "lost":
            self._lost.append(ended)
        unfinished = {trial.trial_id for trial in (*self._waiting, *self._running.values(), *self._lost)}
        if trunk_id(ended) in self._trunks.groups:
            self._trunks.want_of(trunk_id(ended), unfinished)

    def save(self, checkpoint_path: str) -> None:
        """Tune asks for it; nothing is ever restored, since what is finished is told by the results."""
        Path(checkpoint_path).touch()

    def restore(self, checkpoint_path: str) -> None:
        """Never called, see `save`."""
        raise NotImplementedError("a study is run again, not restored: the launcher leaves out what is finished")

    def _may_start(self, trial: Trial) -> bool:
        name = trunk_id(trial)
        ahead = [t for t in self._running.values() if trunk_id(t) == name and branch_of(t) >= branch_of(trial)]
        if name not in self._trunks.groups or not ahead:
            return True
        return branch_of(trial) in Trunk.of(trial, self._trunks.placement).laid()
