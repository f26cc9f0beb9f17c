"""Checkpoints written beside the training, which stands still only while its state is copied to memory."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Self, cast

import torch
from torch.distributed.checkpoint.staging import DefaultStager, StagingOptions

from mixlaw.model import Decoder
from mixlaw.pretrain.checkpoints.checkpoint import Checkpoints, State, state_of

log = logging.getLogger(__name__)


class Saver(contextlib.AbstractContextManager["Saver"]):
    """Saves checkpoints in a thread, one at a time; leaving the context waits for the last one.

    All processes of the group save after the same steps, so their threads' messages meet in order. They have a process
    group of their own: messages of the training never come between them.
    """

    def __init__(self, checkpoints: Checkpoints) -> None:
        self.checkpoints = checkpoints
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="checkpoint")
        self._stager: DefaultStager | None = None
        self._writing: Future[None] | None = None
        self._beside: Checkpoints | None = None

    def save(
        self,
        decoder: Decoder,
        optimiser: torch.optim.Optimizer,
        losses: list[float],
        then: Callable[[], None] | None = None,
    ) -> None:
        """Copy the state after `len(losses)` steps and begin to write it; `then` is called in rank 0 once it is whole.

        Waits for the checkpoint before and raises OSError if that one could not be written. Collective.
        """
        self.wait()
        if self._stager is None or self._beside is None:
            self._stager = _stager(next(decoder.parameters()).device)
            self._beside = self.checkpoints.beside()
        copied = cast(State, self._stager.stage(state_of(decoder, optimiser)))
        self._writing = self._thread.submit(self._beside.write, copied, list(losses), then)

    def wait(self) -> None:
        """Until no checkpoint is being written. Raises OSError, once, if it could not be."""
        writing, self._writing = self._writing, None
        if writing:
            writing.result()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            self.wait()
        except Exception as error:
            if kind is None:
                raise
            log.warning("the last checkpoint could not be written either: %s", error)  # what ended it is the news
        finally:
            self._thread.shutdown()
            if self._stager:
                self._stager.close()


def _stager(device: torch.device) -> DefaultStager:
    """It keeps the memory of the copy for the next one; pinned for a GPU, which then copies at the bus's full rate."""
    on_gpu = device.type == "cuda"
    return DefaultStager(
        StagingOptions(
            use_pinned_memory=on_gpu, use_shared_memory=False, use_async_staging=False, use_non_blocking_copy=on_gpu
        )
    )
