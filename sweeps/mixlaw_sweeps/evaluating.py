"""Suites on one checkpoint here, or on many as Ray tasks; rows of a run's checkpoints join that run's results."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mixlaw import store
from mixlaw.trial import MixlawError, Trial
from mixlaw_eval.evaluate import evaluate_checkpoint
from mixlaw_eval.multipl_e.scores import MEAN
from mixlaw_eval.settings import Settings
from mixlaw_eval.suites import Evaluation


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluated:
    """What was found on one checkpoint, or why nothing was."""

    checkpoint: Path
    evaluations: tuple[Evaluation, ...] = ()
    error: str = ""


def evaluate_model(checkpoint: Path, settings: Settings, *, progress: bool = True) -> tuple[Evaluation, ...]:
    """Run the suites in this process; a checkpoint of a run has its rows written to that run's results.

    What is generated is kept beside a run's checkpoint, so that a killed evaluation goes on where it was.
    """
    folder, trial = trial_of(checkpoint)
    if trial and settings.work is None:
        settings = dataclasses.replace(settings, work=folder / "evaluation")
    evaluations = evaluate_checkpoint(
        folder / "model" if trial else checkpoint,
        settings,
        trial=trained(folder, trial) if trial else None,
        progress=progress,
    )
    for found in evaluations:
        if trial and found.rows:
            _write(folder.parent.parent, trial.trial_id, found.evaluation, found.rows)
    return evaluations


def _write(out: Path, trial_id: str, evaluation: str, rows: list[dict[str, Any]]) -> None:
    """Earlier rows stay unless they are measured anew: languages can be evaluated one after the other.

    A mean over languages is of those that were evaluated together: an earlier one goes.
    """
    earlier = store.read_rows(out, trial_id, evaluation)
    anew = {row["evaluation"] for row in rows}
    kept = [] if earlier is None else earlier.to_dicts()
    kept = [row for row in kept if row["evaluation"] not in anew and not row["evaluation"].endswith(f"/{MEAN}")]
    store.write_rows(out, trial_id, evaluation, [*kept, *rows])


def evaluate_models(
    checkpoints: Sequence[Path],
    settings: Settings,
    *,
    gpus: float | None = None,
    cpus: int | None = None,
    on_done: Callable[[Evaluated], None] = lambda _: None,
) -> list[Evaluated]:
    """Evaluate each checkpoint in a Ray task with a process of its own, as many at once as the cluster has room for.

    A task takes `gpus` (default one where the cluster has any) and `cpus` (default the cluster's cores per GPU, or one
    core), which also run the generated programs. A task whose machine is lost is tried twice more. A checkpoint
    that cannot be evaluated is reported in its `Evaluated` and does not stop the others. Call inside `ray_session`.
    """
    import ray as ray_untyped
    from ray.exceptions import RayError

    ray: Any = ray_untyped
    gpus, cpus = _room(ray.cluster_resources(), gpus, cpus)
    task = ray.remote(num_gpus=gpus, num_cpus=cpus, max_calls=1, max_retries=2)(_evaluated)
    chosen = dataclasses.replace(settings, workers=settings.workers or cpus)
    waiting: dict[Any, Path] = {task.remote(path.resolve(), chosen): path for path in checkpoints}
    done: dict[Path, Evaluated] = {}
    while waiting:
        (ready, *_), _ = ray.wait(list(waiting), num_returns=1)
        path = waiting.pop(ready)
        try:
            done[path] = dataclasses.replace(ray.get(ready), checkpoint=path)
        except RayError as error:
            done[path] = Evaluated(checkpoint=path, error=f"its process was lost: {error}")
        on_done(done[path])
    return [done[path] for path in checkpoints]


def _room(have: Mapping[str, float], gpus: float | None, cpus: int | None) -> tuple[float, int]:
    """GPUs and cores of one task, of what the cluster has. Raises MixlawError for more GPUs than there are."""
    there = have.get("GPU", 0.0)
    per_task = gpus if gpus is not None else min(1.0, there)
    if per_task > there:
        raise MixlawError(f"a checkpoint was to have {per_task:g} GPUs and the cluster has {there:g}; lower --gpus")
    share = int(have.get("CPU", 1.0) * per_task / there) if per_task else 1
    return per_task, cpus or max(1, share)


def _evaluated(checkpoint: Path, settings: Settings) -> Evaluated:
    try:
        return Evaluated(checkpoint=checkpoint, evaluations=evaluate_model(checkpoint, settings, progress=False))
    except MixlawError as error:
        return Evaluated(checkpoint=checkpoint, error=str(error))


def checkpoints_of(path: Path) -> list[Path]:
    """The checkpoints at a path: itself, or every finished trial of a run's folder.

    Raises MixlawError when there is nothing at that path.
    """
    if not (path / "results").is_dir():
        trial_of(path)
        return [path]
    found = sorted(model.parent for model in (path / "trials").glob("*/model"))
    if not found:
        raise MixlawError(f"{path} has no finished trial with a model; run a study there first")
    return found


def trial_of(checkpoint: Path) -> tuple[Path, Trial | None]:
    """The trial's folder and the trial, when the checkpoint is one of a run; None for any other model folder.

    Raises MixlawError when there is nothing at that path.
    """
    if not checkpoint.is_dir():
        raise MixlawError(f"no checkpoint folder at {checkpoint}")
    folder = checkpoint.resolve()
    folder = folder.parent if folder.name == "model" else folder
    record = folder / "trial.json"
    if not record.exists():
        return folder, None
    if not (folder / "model").is_dir():
        raise MixlawError(f"{folder} has no finished model yet; run its study to the end first")
    return folder, Trial.from_json(json.loads(record.read_text()))


def trained(folder: Path, trial: Trial) -> dict[str, Any]:
    """The columns of the validation row that say what was trained and on what."""
    rows = store.read_rows(folder.parent.parent, trial.trial_id, "validation")
    if rows is None:
        raise MixlawError(f"{folder.parent.parent} has no result of {trial.trial_id}; run its study to the end first")
    row = rows.row(0, named=True)
    measured = ("loss_", "bits_per_byte_", "train_", "tokens_per_second", "evaluation", "finished_at")
    return {k: v for k, v in row.items() if not k.startswith(measured) or k == "train_tokens"}
