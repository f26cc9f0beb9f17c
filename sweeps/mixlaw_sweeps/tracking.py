"""A study on Weights & Biases or MLflow: Ray's own callbacks, and what a running trial tells them.

A tracker shows what the study's folder holds; nothing is ever read back from it, so it may fail without any harm.
"""

from __future__ import annotations

import contextlib
import importlib
import logging
import os
import time
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, cast

from ray import tune
from ray.tune.experiment import Trial as TuneTrial
from ray.tune.logger import LoggerCallback

from mixlaw import store
from mixlaw.pretrain import Placement, Progress, read_progress
from mixlaw.trial import MixlawError, Trial
from mixlaw_sweeps.beside import repeating
from mixlaw_sweeps.console import errors
from mixlaw_sweeps.options import Tracker
from mixlaw_sweeps.run_trial import EVALUATION
from mixlaw_sweeps.watch import trial_name

_EVERY_SECONDS = 5.0
_LEFT_ALONE_SECONDS = 60.0
"""After an error of a tracker: each may have cost Tune's own loop the tracker's timeout."""
_NOT_METRICS = ("trial_name", "label", "status", "error")


def trackers(chosen: Iterable[Tracker], study: str, out: Path) -> list[tune.Callback]:
    """Tune callbacks that show the trials of `study`, each tracker once.

    Raises MixlawError, before anything runs, for a tracker that is not installed or into which nobody is logged in.
    """
    make: dict[Tracker, Callable[[str, Path], tune.Callback]] = {Tracker.WANDB: _wandb, Tracker.MLFLOW: _mlflow}
    return [make[tracker](study, out) for tracker in dict.fromkeys(chosen)]


@contextlib.contextmanager
def telling_tune(trial: Trial, placement: Placement, every_seconds: float = _EVERY_SECONDS) -> Generator[None]:
    """Report a trial's progress to Tune while the body trains it, and where it is when the body is done.

    Read from the trial's folder by a thread: the training may be in this process or in a group of others, and never
    waits for Tune. The thread has ended when the body's caller reports again: Tune takes one report at a time.
    """
    last = time.time()

    def tell() -> None:
        nonlocal last
        now = read_progress(placement.trial_folder(trial.trial_id))
        if now is not None and now.updated > last:
            last = now.updated
            tune.report(_about(trial) | {"status": "running"} | _training(now))

    with repeating(tell, every_seconds):
        yield
    tell()


def last_word(trial: Trial, placement: Placement) -> dict[str, Any]:
    """What the trial's row says, for its last report: held-out losses, or why it failed; and the step it reached."""
    rows = store.read_rows(placement.out, trial.trial_id, EVALUATION)
    row: dict[str, Any] = {} if rows is None else rows.row(0, named=True)
    if row.get("status") != "finished":
        reached = read_progress(placement.trial_folder(trial.trial_id))
        return {"step": reached.step if reached else 0, "error": row.get("error", "")}
    losses = {f"held_out/{domain}": row.get(f"loss_{domain}") for domain in store.DOMAINS}
    told = {name: loss for name, loss in losses.items() if loss is not None}
    return {"step": trial.n_steps, "train/loss_last_tenth": row["train_loss"], **told}


def run_name(trial: TuneTrial) -> str:
    """What a tracker calls a trial's run: its label."""
    told = Trial.from_json(cast(dict[str, Any], trial.config)["trial"])
    return told.label or told.trial_id


class Told(LoggerCallback):
    """Tells one of Ray's callbacks of our own metrics only, at the trial's own steps, and outlives its errors."""

    def __init__(self, name: str, inner: LoggerCallback) -> None:
        super().__init__()
        self._name = name
        self._inner: Any = inner  # Ray types its methods in part
        self._unfinished: set[str] = set()
        self._left_alone_until = 0.0
        self._warned = False

    def setup(self, *args: Any, **info: Any) -> None:
        """Connect. Raises MixlawError when the tracker cannot be reached: no trial has begun."""
        try:
            self._inner.setup(*args, **info)
        except Exception as error:
            raise MixlawError(
                f"--track {self._name}: {_line(error)}; see that it can be reached, or leave --track out"
            ) from error

    def log_trial_start(self, trial: TuneTrial) -> None:
        """Begin the trial's run, under its label, with its literals."""
        self._try(self._inner.log_trial_start, trial)

    def log_trial_result(self, iteration: int, trial: TuneTrial, result: dict[str, Any]) -> None:
        """Show metrics at a step of the trial."""
        (self._unfinished.discard if result.get("status") == "finished" else self._unfinished.add)(trial_name(trial))
        told = {name: value for name, value in result.items() if name in _NOT_METRICS or "/" in name}
        step = {"training_iteration": result["step"], "trial_id": trial_name(trial)}
        if time.monotonic() >= self._left_alone_until:
            self._try(self._inner.log_trial_result, iteration, trial, told | step)

    def log_trial_end(self, trial: TuneTrial, failed: bool = False) -> None:
        """End the trial's run: failed, too, where Tune saw no error but the trial says that it did."""
        self._try(self._inner.log_trial_end, trial, failed or trial_name(trial) in self._unfinished)

    def on_experiment_end(self, trials: list[TuneTrial], **info: Any) -> None:
        """Wait for what is still on its way."""
        self._try(self._inner.on_experiment_end, trials, **info)

    def _try(self, tell: Callable[..., Any], *args: Any, **info: Any) -> None:
        try:
            tell(*args, **info)
        except Exception as error:
            self._left_alone_until = time.monotonic() + _LEFT_ALONE_SECONDS
            if not self._warned:
                errors.print(f"{self._name}: {_line(error)}; the study goes on without it", markup=False)
            self._warned = True


class ToldMlflow(Told):
    """Told, with the trial's identity as a tag: MLflow's metrics are numbers only."""

    def log_trial_start(self, trial: TuneTrial) -> None:
        """Begin the trial's run, under its label, with its literals."""
        self._inner.tags = {"trial_id": trial_name(trial)}
        super().log_trial_start(trial)


def _about(trial: Trial) -> dict[str, Any]:
    return {"trial_name": trial.trial_id, "label": trial.label, "error": ""}


def _training(now: Progress) -> dict[str, float]:
    told = {"step": now.step, "train/loss": now.loss, "train/tokens_per_second": now.tokens_per_second}
    return told if now.utilisation is None else told | {"train/utilisation": now.utilisation}


def _line(error: Exception) -> str:
    return " ".join(f"{error}".split()) or type(error).__name__


def _installed(name: str) -> ModuleType:
    wanted = f'--track {name} needs {name}: pip install "mixlaw[{name}]"'
    try:
        module = importlib.import_module(name)
    except ImportError as error:
        raise MixlawError(wanted if error.name == name else f"{wanted} ({error})") from error
    if getattr(module, "__file__", None) is None:  # a folder of that name, as wandb leaves behind
        raise MixlawError(wanted)
    return module


def _first_set(names: Sequence[str], default: str, environment: Mapping[str, str] = os.environ) -> str:
    return next((environment[name] for name in names if environment.get(name)), default)


def _wandb(study: str, out: Path) -> tune.Callback:
    mode = _mode_logged_in(_installed("wandb"))
    from ray.air.integrations.wandb import WandbLoggerCallback

    folder = Path(_first_set(["WANDB_DIR"], str(out))).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    callback = WandbLoggerCallback(
        project=_first_set(["WANDB_PROJECT", "WANDB_PROJECT_NAME"], study),
        group=_first_set(["WANDB_RUN_GROUP", "WANDB_GROUP_NAME"], study),
        mode=mode,
        # Ray's default is the trial's scratch folder, which goes when the study ends.
        dir=str(folder),
    )
    vars(callback)["AUTO_CONFIG_KEYS"] = ["trial_id", "label", "status", "error"]
    return Told("wandb", callback)


def _mode_logged_in(wandb: ModuleType) -> str:
    """online, offline or disabled, as wandb's own settings say. Raises MixlawError without a key that works."""
    mode = str(wandb.setup().settings.mode)
    if mode in ("offline", "disabled"):
        os.environ["WANDB_MODE"] = mode  # Ray looks nowhere else
        return mode
    try:
        logged_in = bool(wandb.login(prompt=False))
    except Exception as error:
        raise MixlawError(
            f"--track wandb: {_line(error)}; see that the key is right and the server can be reached, or set "
            "WANDB_MODE=offline"
        ) from error
    if not logged_in:
        raise MixlawError(
            "--track wandb: nobody is logged in; run `wandb login`, or set WANDB_API_KEY, or WANDB_MODE=offline to "
            "send the runs later with `wandb sync`"
        )
    return mode


def _mlflow(study: str, out: Path) -> tune.Callback:
    for name, value in {
        "MLFLOW_DISABLE_TELEMETRY": "true",
        # A server that is gone must not hold Tune's loop for minutes, as MLflow's own defaults would.
        "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "2",
        "MLFLOW_HTTP_REQUEST_TIMEOUT": "10",
    }.items():
        os.environ.setdefault(name, value)
    _installed("mlflow")
    out.mkdir(parents=True, exist_ok=True)
    from ray.air.integrations.mlflow import MLflowLoggerCallback

    for noisy in ("mlflow", "alembic"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    callback = MLflowLoggerCallback(
        tracking_uri=_first_set(["MLFLOW_TRACKING_URI"], f"sqlite:///{out.resolve()}/mlflow.db"),
        experiment_name=_first_set(["MLFLOW_EXPERIMENT_NAME"], study),
    )
    return ToldMlflow("mlflow", callback)
