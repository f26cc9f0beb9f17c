"""Activation checkpointing: a block keeps its input only, and is computed again on the way back."""

from __future__ import annotations

from functools import partial

from torch.utils.checkpoint import checkpoint  # pyright: ignore[reportUnknownVariableType]

from mixlaw.model import Decoder


def recompute_blocks(decoder: Decoder) -> None:
    """Keep one activation (B, T, W) per block instead of about a dozen, for a third more FLOPs, in place.

    Chen et al. 2016 (arXiv:1604.06174), with whole blocks as the segments. The function is wrapped and not the module:
    parameters keep their names, FSDP's hooks stay outside, and what is computed again may be compiled. Losses and
    gradients are the same; there is no dropout, so no state of random numbers has to be kept.
    """
    for block in decoder.blocks:
        block.forward = partial(checkpoint, block.forward, use_reentrant=False, preserve_rng_state=False)
