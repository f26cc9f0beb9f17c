"""FSDP2: parameters, gradients and optimiser states sharded over the processes of a group."""

from __future__ import annotations

import torch
from torch.distributed.device_mesh import init_device_mesh
from torch.distributed.fsdp import fully_shard

from mixlaw.model import Decoder
from mixlaw.pretrain.group import Group


def shard(decoder: Decoder, group: Group, device: torch.device) -> None:
    """Shard every block and then the rest, in place; nothing in a group of one.

    On the meta device nothing is allocated: `to_empty` and `initialise` afterwards make only this process's part.
    Gradients are averaged over the processes (Zhao et al. 2023, arXiv:2304.11277).
    """
    if group.world == 1:
        return
    mesh = init_device_mesh(device.type, (group.world,))
    for block in decoder.blocks:
        fully_shard(block, mesh=mesh)
    fully_shard(decoder, mesh=mesh)
