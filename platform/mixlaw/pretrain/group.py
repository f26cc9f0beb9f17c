"""The processes that train one trial together: one alone, or a torch.distributed group."""

from __future__ import annotations

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

    @property
    def leads(self) -> bool:
        """Whether this process writes what is written once."""
        return self.rank == 0

    def sum(self, values: Tensor) -> Tensor:
        """The sum over processes, in place."""
        if self.world > 1:
            dist.all_reduce(values)
        return values

    def barrier(self) -> None:
        """Wait for all."""
        if self.world > 1:
            dist.barrier()

    def from_leader(self, value: list[int]) -> list[int]:
        """What rank 0 passed, on every rank."""
        if self.world == 1:
            return value
        box: list[list[int]] = [value]
        dist.broadcast_object_list(box, src=0)  # pyright: ignore[reportUnknownMemberType]
        return box[0]

    def merged(self, part: dict[str, int]) -> dict[str, int]:
        """The entries of all processes' dicts, on every rank."""
        if self.world == 1:
            return part
        parts: list[dict[str, int]] = [{} for _ in range(self.world)]
        dist.all_gather_object(parts, part)  # pyright: ignore[reportUnknownMemberType]
        return {name: value for one in parts for name, value in one.items()}


def mean_and_any(group: Group, value: Tensor, flag: bool) -> tuple[float, bool]:
    """The mean of a scalar over processes and whether any raised its flag, in one message."""
    both = torch.stack((value.detach().double(), torch.tensor(float(flag), device=value.device, dtype=torch.float64)))
    total, flags = cast(list[float], group.sum(both).tolist())  # pyright: ignore[reportUnknownMemberType]
    return total / group.world, flags > 0
