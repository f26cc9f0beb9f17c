"""What is done about a worker group that ends badly: started again, or the cause raised at once."""

from __future__ import annotations

from pathlib import Path

import pytest
import ray.train
from ray.train.v2._internal.exceptions import WorkerHealthCheckFailedError

from mixlaw.model import ladder
from mixlaw.pretrain import Placement, ray_train
from mixlaw.trial import MixlawError, Recipe, Trial

TRIAL = Trial(
    model=ladder("25k"),
    shares={"python": 1.0},
    train_tokens=20 * 256,
    recipe=Recipe(learning_rate=1e-3, batch_tokens=256, seq_len=64),
    corpus="tiny",
    label="unlucky",
)
DEAD = WorkerHealthCheckFailedError("dead", failure=RuntimeError("its actor died"))
CUT_OFF = RuntimeError("[../gloo/transport/tcp/pair.cc:538] Connection closed by peer [192.0.2.1]:4711")
BUG = ZeroDivisionError("a bug")


def starts_with(error: Exception, out: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[int, Exception]:
    """How often the group is started when each start ends so, and what is raised in the end."""
    starts: list[Exception] = []

    def fit(*_: object) -> None:
        starts.append(error)
        raise error

    monkeypatch.setattr(ray_train, "_fit", fit)
    with pytest.raises(Exception) as raised:  # noqa: PT011 - told to the caller
        ray_train.run_with_ray_train(TRIAL, out, Placement.of(out=out, device="cpu", workers=2, lost_process_retries=2))
    return len(starts), raised.value


@pytest.mark.parametrize(
    "error",
    [
        ray.train.WorkerGroupError("", {0: DEAD}),
        ray.train.WorkerGroupError("", {0: CUT_OFF, 1: DEAD}),
        ray.train.WorkerGroupError("", {1: CUT_OFF}),
        ray.train.WorkerGroupError("", {0: BUG, 1: DEAD}),
        ray.train.ControllerError(TimeoutError("no node to start on")),
    ],
    ids=["dead", "dead and cut off", "cut off", "dead, and what came of it", "never started"],
)
def test_a_lost_process_is_a_reason_to_start_again_and_no_failed_trial(
    error: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    n_starts, raised = starts_with(error, tmp_path, monkeypatch)
    assert n_starts == 3
    assert isinstance(raised, OSError)
    assert "unlucky was started 3 times" in str(raised)


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (ray.train.WorkerGroupError("", {1: BUG}), BUG),
        (ray.train.WorkerGroupError("", {0: CUT_OFF, 1: BUG}), BUG),
        (ray.train.WorkerGroupError("", {0: BUG, 1: (told := MixlawError("told"))}), told),
        (ray.train.ControllerError(told), told),
    ],
    ids=["a bug", "a bug that cut others off", "a mistake of the user's", "the same, in the controller"],
)
def test_the_training_s_own_error_is_raised_at_once(
    error: Exception, cause: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert starts_with(error, tmp_path, monkeypatch) == (1, cause)
