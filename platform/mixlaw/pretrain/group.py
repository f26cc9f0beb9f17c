"""The processes that train one trial together: one alone, or a torch.distributed group."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Generator
from dataclasses import dataclass
from typing import cast

import torch
import torch.distributed as dist
from torch import Tensor


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Rank and size; the collectives do nothing in a group of one."""

    rank: int = 0
    world: int = 1
    process_group: dist.ProcessGroup | None = None
    """Whose messages these are; None: those of the default group."""

    @property
    def leads(self) -> bool:
        """Whether this process writes what is written once."""
        return self.rank == 0

    def beside(self) -> Group:
        """The same processes with messages of their own, between CPUs, for a thread beside the training. Collective."""
        if self.world == 1:
            return self
        return dataclasses.replace(self, process_group=dist.new_group(backend="gloo"))

    def sum(self, values: Tensor) -> Tensor:
        """The sum over processes, in place."""
        if self.world > 1:
            dist.all_reduce(values, group=self.process_group)
        return values

    def barrier(self) -> None:
        """Wait for all."""
        if self.world > 1:
            dist.barrier(group=self.process_group)

    def from_leader(self, value: list[int]) -> list[int]:
        """What rank 0 passed, on every rank."""
        if self.world == 1:
            return value
        box: list[list[int]] = [value]
        dist.broadcast_object_list(box, src=0, group=self.process_group)  # pyright: ignore[reportUnknownMemberType]
        return box[0]

    def merged(self, part: dict[str, int]) -> dict[str, int]:
        """The entries of all processes' dicts, on every rank."""
        if self.world == 1:
            return part
        parts: list[dict[str, int]] = [{} for _ in range(self.world)]
        dist.all_gather_object(parts, part, group=self.process_group)  # pyright: ignore[reportUnknownMemberType]
        return {name: value for one in parts for name, value in one.items()}

    @contextlib.contextmanager
    def failing_together(self) -> Generator[None]:
        """An OSError of one process in the body becomes one of all, so that none waits for the others for ever."""
        caught, failures = None, dict[str, int]()
        try:
            yield
        except OSError as error:
            caught, failures = error, {str(error): self.rank}
        if failures := self.merged(failures):
            raise OSError("; ".join(sorted(failures))) from caught


def mean_and_any(group: Group, value: Tensor, flag: bool) -> tuple[float, bool]:
    """The mean of a scalar over processes and whether any raised its flag, in one message."""
    both = torch.stack((value.detach().double(), torch.tensor(float(flag), device=value.device, dtype=torch.float64)))
    total, flags = cast(list[float], group.sum(both).tolist())  # pyright: ignore[reportUnknownMemberType]
    return total / group.world, flags > 0
