"""Checkpoints of a running trial: torch.distributed.checkpoint folders, whole once renamed into place."""

from __future__ import annotations

import contextlib
import json
import logging
import shutil
import warnings
import zlib
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch.distributed.checkpoint import state_dict_loader, state_dict_saver
from torch.distributed.checkpoint.api import CheckpointException
from torch.distributed.checkpoint.state_dict import get_state_dict, set_state_dict

from mixlaw.model import Decoder
from mixlaw.pretrain.checkpoint_folder import PREFIX, CheckpointFolder
from mixlaw.pretrain.group import Group
from mixlaw.pretrain.placement import Placement
from mixlaw.trial import Trial

log = logging.getLogger(__name__)

KEPT = 2
_INDEX = "index.json"
_CHUNK_BYTES = 4 * 1024**2


class _DamagedError(Exception):
    """A checkpoint that is not what was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoints(CheckpointFolder):
    """The checkpoints of one trial, in a folder that every process of its group sees.

    A checkpoint holds weights and optimiser states in shards that load on another number of processes, and an index:
    the training losses so far and every file's CRC-32. That is all of a training's state: the number of losses is the
    step, which places the data (the plan of rows is a pure function of it) and the learning rate; nothing in training
    draws random numbers, so there is no generator to keep.
    """

    group: Group

    @classmethod
    def of(cls, trial: Trial, placement: Placement, group: Group | None = None) -> Checkpoints:
        """Those of a trial, in its folder."""
        return cls(folder=cls.path_of(trial, placement), group=group or Group())

    def save(self, decoder: Decoder, optimiser: torch.optim.Optimizer, losses: list[float]) -> None:
        """Write the state after `len(losses)` steps and drop all but the last two. Collective.

        Raises OSError when it cannot be written (the disk is full); earlier checkpoints stand.
        """
        name = f"{PREFIX}{len(losses):08d}"
        temporary = self.folder / f".{name}"
        if self.group.leads:
            shutil.rmtree(temporary, ignore_errors=True)
            temporary.mkdir(parents=True)
        self.group.barrier()
        _write_shards(_state(decoder, optimiser), temporary, self.group)
        checksums = self.group.merged(_checksums(_own_share(temporary, self.group)))
        if self.group.leads:
            _write_index(temporary, losses, checksums)
            shutil.rmtree(self.folder / name, ignore_errors=True)
            temporary.rename(self.folder / name)
            self._drop_old()
        self.group.barrier()

    def load_latest(self, decoder: Decoder, optimiser: torch.optim.Optimizer) -> list[float] | None:
        """Load the last whole checkpoint in place and return its losses; None when there is none. Collective.

        A damaged one is passed over with a warning. After None, decoder and optimiser may hold anything.
        """
        for step in self.group.from_leader(self.steps()):
            folder = self.path(step)
            try:
                return self._load(folder, decoder, optimiser)
            except _DamagedError as error:
                log.warning("%s is damaged and passed over: %s", folder, error)
        return None

    def _load(self, folder: Path, decoder: Decoder, optimiser: torch.optim.Optimizer) -> list[float]:
        losses = self._checked(folder)
        state = _state(decoder, optimiser)
        try:
            with _quiet():
                state_dict_loader.load(state, checkpoint_id=folder, no_dist=self.group.world == 1)
        except (Exception, CheckpointException) as error:  # whatever the reader trips over, on whichever process
            raise _DamagedError(f"{type(error).__name__}: {error}") from error
        set_state_dict(decoder, optimiser, model_state_dict=state["model"], optim_state_dict=state["optimiser"])
        return losses

    def _checked(self, folder: Path) -> list[float]:
        """The index's losses once every file is what was written; each process reads its share of the files."""
        try:
            index = json.loads((folder / _INDEX).read_text())
            losses, written = [float(loss) for loss in index["losses"]], dict(index["crc32"])
            found = _checksums([folder / name for name in sorted(written)[self.group.rank :: self.group.world]])
            wrong = {name: crc for name, crc in found.items() if crc != written[name]}
        except (OSError, ValueError, KeyError) as error:
            losses, wrong = [], {str(error): 0}
        # All agree, or some would load this checkpoint and others an earlier one.
        if wrong := self.group.merged(wrong):
            raise _DamagedError(f"not what was written: {', '.join(sorted(wrong))}")
        return losses

    def _drop_old(self) -> None:
        for step in self.steps()[KEPT:]:
            shutil.rmtree(self.folder / f"{PREFIX}{step:08d}", ignore_errors=True)


def _state(decoder: Decoder, optimiser: torch.optim.Optimizer) -> dict[str, Any]:
    model, states = get_state_dict(decoder, optimiser)
    return {"model": model, "optimiser": states}


def _write_shards(state: dict[str, Any], folder: Path, group: Group) -> None:
    try:
        with _quiet():
            state_dict_saver.save(state, checkpoint_id=folder, no_dist=group.world == 1)
    except CheckpointException as error:  # no Exception by its own ancestry: nobody above would catch it
        reason = next(iter(error.failures.values()))[0]
        raise OSError(f"the checkpoint {folder} could not be written: {reason}") from error


def _write_index(folder: Path, losses: list[float], checksums: dict[str, int]) -> None:
    (folder / _INDEX).write_text(json.dumps({"losses": losses, "crc32": checksums}))


def _own_share(folder: Path, group: Group) -> list[Path]:
    """The files that this process wrote: DCP names them `__<rank>_<n>.distcp`; rank 0 adds the metadata."""
    mine = [file for file in folder.iterdir() if file.name.startswith(f"__{group.rank}_")]
    return [*mine, folder / ".metadata"] if group.leads else mine


def _checksums(files: list[Path]) -> dict[str, int]:
    return {file.name: _crc32(file) for file in files}


def _crc32(file: Path) -> int:
    crc = 0
    with file.open("rb") as data:
        while part := data.read(_CHUNK_BYTES):
            crc = zlib.crc32(part, crc)
    return crc


@contextlib.contextmanager
def _quiet() -> Generator[None]:
    with warnings.catch_warnings():
        # Said although `no_dist` is passed: that the intent must be to save in a single process. It is.
        warnings.filterwarnings("ignore", message="torch.distributed is disabled", category=UserWarning)
        yield
