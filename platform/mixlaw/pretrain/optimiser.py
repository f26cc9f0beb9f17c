"""AdamW with decay on matrices only."""

from __future__ import annotations

import torch
from torch import nn

from mixlaw.model import Decoder
from mixlaw.trial import Recipe


def adamw(decoder: Decoder, recipe: Recipe) -> torch.optim.AdamW:
    """AdamW (Loshchilov & Hutter 2019, arXiv:1711.05101), fused into one kernel; docs/training.md has the settings.

    Every matrix is decayed, the embeddings too (as Brown et al. 2020, arXiv:2005.14165, appendix B, and Touvron et al.
    2023, arXiv:2302.13971, which exempt none); norms are not.
    """
    matrices = [p for p in decoder.parameters() if p.ndim >= 2]
    vectors = [p for p in decoder.parameters() if p.ndim < 2]
    return torch.optim.AdamW(
        [{"params": matrices}, {"params": vectors, "weight_decay": 0.0}],
        lr=recipe.learning_rate,
        betas=(recipe.beta1, recipe.beta2),
        eps=recipe.eps,
        weight_decay=recipe.weight_decay,
        fused=True,
    )


def update(decoder: Decoder, optimiser: torch.optim.Optimizer, rate: float, clip_norm: float) -> torch.Tensor:
    """Clip, step at this learning rate, clear the gradients; the gradient's norm before clipping, a scalar."""
    for parameters in optimiser.param_groups:
        parameters["lr"] = rate
    norm = nn.utils.clip_grad_norm_(decoder.parameters(), clip_norm)
    optimiser.step()  # pyright: ignore[reportUnknownMemberType]
    optimiser.zero_grad()
    full = getattr(norm, "full_tensor", None)  # sharded gradients give a sharded norm
    return full() if full else norm
