"""Checkpoints of a running trial: torch.distributed.checkpoint folders, whole once renamed into place."""

from __future__ import annotations

import json
import logging
import shutil
import warnings
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch.distributed.checkpoint import state_dict_loader, state_dict_saver
from torch.distributed.checkpoint.api import CheckpointException
from torch.distributed.checkpoint.filesystem import FileSystemWriter
from torch.distributed.checkpoint.planner import SavePlan, SavePlanner
from torch.distributed.checkpoint.state_dict import get_state_dict, set_state_dict
from torch.distributed.checkpoint.storage import WriteResult
from torch.futures import Future

from mixlaw.model import Decoder
from mixlaw.pretrain.checkpoints.checkpoint_folder import PREFIX, CheckpointFolder
from mixlaw.pretrain.group import Group
from mixlaw.pretrain.placement import Placement
from mixlaw.trial import Trial

log = logging.getLogger(__name__)

State = dict[str, Any]
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

    def beside(self) -> Checkpoints:
        """The same for a thread beside the training: its messages are its own. Collective."""
        return Checkpoints(folder=self.folder, group=self.group.beside())

    def write(self, state: State, losses: list[float], then: Callable[[], None] | None = None) -> None:
        """Write the state after `len(losses)` steps and drop all but the last two; then, in rank 0, `then`. Collective.

        Raises OSError on every process when one of them cannot write (the disk is full); earlier checkpoints stand.
        """
        name = f"{PREFIX}{len(losses):08d}"
        temporary = self.folder / f".{name}"
        try:
            with self.group.failing_together():
                self._begin(temporary)
            _write_shards(state, temporary, self.group)
            with self.group.failing_together():
                checksums = _checksums(_own_share(temporary, self.group))
            checksums = self.group.merged(checksums)
            with self.group.failing_together():
                self._finish(temporary, self.folder / name, _index(losses, checksums), then)
        except OSError:
            self._drop_unfinished()  # a full disk has room again
            raise

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
        state = state_of(decoder, optimiser)
        try:
            _hush()
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

    def _begin(self, temporary: Path) -> None:
        if self.group.leads:
            self._drop_unfinished()
            temporary.mkdir(parents=True)

    def _finish(self, temporary: Path, final: Path, index: str, then: Callable[[], None] | None) -> None:
        if not self.group.leads:
            return
        (temporary / _INDEX).write_text(index)
        shutil.rmtree(final, ignore_errors=True)
        temporary.rename(final)
        for step in self.steps()[KEPT:]:
            shutil.rmtree(self.path(step), ignore_errors=True)
        if then:
            then()

    def _drop_unfinished(self) -> None:
        """What a process that was killed, or a disk that was full, left behind."""
        if self.group.leads:
            for folder in self.folder.glob(f".{PREFIX}*"):
                shutil.rmtree(folder, ignore_errors=True)


def state_of(decoder: Decoder, optimiser: torch.optim.Optimizer) -> State:
    """Weights and optimiser states by name: this process's shards of the tensors themselves, not copies."""
    model, states = get_state_dict(decoder, optimiser)
    return {"model": model, "optimiser": states}


class _Writer(FileSystemWriter):
    """Says that the disk is full where torch.save says what came of it; the words reach the other processes too."""

    def write_data(self, plan: SavePlan, planner: SavePlanner) -> Future[list[WriteResult]]:
        try:
            return super().write_data(plan, planner)
        except RuntimeError as error:
            raise _first_cause(error) from error


def _first_cause(error: BaseException) -> BaseException:
    """The OSError during whose handling this was raised, or itself."""
    cause: BaseException | None = error
    while cause and not isinstance(cause, OSError):
        cause = cause.__cause__ or cause.__context__
    return cause or error


def _write_shards(state: State, folder: Path, group: Group) -> None:
    try:
        _hush()
        state_dict_saver.save(
            state, storage_writer=_Writer(folder), no_dist=group.world == 1, process_group=group.process_group
        )
    except CheckpointException as error:  # no Exception by its own ancestry: nobody above would catch it
        reason = next(iter(error.failures.values()))[0]
        raise OSError(f"the checkpoint {folder} could not be written: {reason}") from error


def _index(losses: list[float], checksums: dict[str, int]) -> str:
    return json.dumps({"losses": losses, "crc32": checksums})


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


def _hush() -> None:
    """Said although `no_dist` is passed: that the intent must be to save in a single process. It is.

    For the whole process and for good: a filter that is put back is another thread's business too.
    """
    warnings.filterwarnings("ignore", message="torch.distributed is disabled", category=UserWarning)
