"""A trial's curves for TensorBoard, written while it trains: `tensorboard --logdir OUT/tensorboard`."""

from __future__ import annotations

import importlib
import itertools
import logging
import os
import re
import socket
import struct
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from mixlaw.pretrain.placement import Placement
from mixlaw.pretrain.progress import Step
from mixlaw.trial import Measurement, Trial

log = logging.getLogger(__name__)

_EVERY_SECONDS = 0.05
"""An event costs some 75 microseconds: at most twenty a second take less than 0.2% of the time from training."""

_numbers = itertools.count()


def curves_folder(out: Path, trial: Trial) -> Path:
    """Where a trial's curves are: named by its label, for a person, and its identity."""
    label = re.sub(r"[^\w.+-]+", "-", trial.label).strip("-")
    return out / "tensorboard" / "-".join(part for part in (label[:80], trial.trial_id[:8]) if part)


class Curves:
    """Loss, learning rate, gradient norm and speed by step, the held-out losses at the end.

    A trial that goes on from a checkpoint begins a file which says that later steps of the earlier files never
    happened, so that the curve is one. Written without a buffer: a killed process loses none of it. A disk that is full
    ends the curves and not the training. `history.parquet` has every step's loss; here steps within 50 ms of the last
    one shown are left out.
    """

    def __init__(self, folder: Path, *, every_seconds: float = _EVERY_SECONDS) -> None:
        self._folder, self._every_seconds = folder, every_seconds
        self._file: BinaryIO | None = None
        self._shown = -every_seconds
        self._broken = False

    @classmethod
    def of(cls, trial: Trial, placement: Placement) -> Curves:
        """Those of a trial, in its place."""
        return cls(curves_folder(placement.out, trial))

    def __call__(self, at: Step) -> None:
        """Show a step (a `Report`)."""
        now = time.monotonic()
        if now - self._shown < self._every_seconds and at.step < at.n_steps:
            return
        self._shown = now
        values = {
            "train/loss": at.loss,
            "train/learning_rate": at.learning_rate,
            "train/gradient_norm": at.gradient_norm,
            "train/tokens_per_second": at.tokens_per_second,
        }
        self._write(at.step, values)

    def end(self, n_steps: int, measurements: Iterable[Measurement]) -> None:
        """Show the held-out losses and close the file."""
        self._write(n_steps, {f"held_out/{m.domain}": m.loss_nats for m in measurements}, begins_at=n_steps + 1)
        if self._file:
            self._file.close()
            self._file = None

    def _write(self, step: int, values: Mapping[str, float], begins_at: int | None = None) -> None:
        if self._broken:
            return
        try:
            if self._file is None:
                self._file = self._begin(step if begins_at is None else begins_at)
            self._file.write(_record(_scalars(step, values)))
        except OSError as error:
            log.warning("no more curves in %s: %s", self._folder, error)
            self._broken = True

    def _begin(self, step: int) -> BinaryIO:
        """A file that the viewer reads after all earlier ones, and in which `step` and all after it begin anew."""
        self._folder.mkdir(parents=True, exist_ok=True)
        name = f"events.out.tfevents.{time.time():010.0f}.{socket.gethostname()}.{os.getpid()}.{next(_numbers)}"
        file = (self._folder / name).open("wb", buffering=0)
        proto = _events()
        file.write(_record(proto.Event(wall_time=time.time(), file_version="brain.Event:2")))
        start = proto.SessionLog(status=proto.SessionLog.START)
        file.write(_record(proto.Event(wall_time=time.time(), step=step, session_log=start)))
        return file


def _scalars(step: int, values: Mapping[str, float]) -> Any:
    proto, summary = _events(), importlib.import_module("tensorboardX.proto.summary_pb2")
    shown = [summary.Summary.Value(tag=tag, simple_value=value) for tag, value in values.items()]
    return proto.Event(wall_time=time.time(), step=step, summary=summary.Summary(value=shown))


def _events() -> Any:
    # Loaded on first use: a second, which only a process that trains has to spend.
    return importlib.import_module("tensorboardX.proto.event_pb2")


def _record(event: Any) -> bytes:
    """The TFRecord frame: length, its checksum, data, its checksum (tensorflow.org/tutorials/load_data/tfrecord).

    tensorboardX's own writer syncs to disk at every flush, which training would wait for.
    """
    checksum = importlib.import_module("tensorboardX.record_writer").masked_crc32c
    data: bytes = event.SerializeToString()
    length = struct.pack("<Q", len(data))
    return length + struct.pack("<I", checksum(length)) + data + struct.pack("<I", checksum(data))
