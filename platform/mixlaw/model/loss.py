"""The output layer with the loss: cross-entropy of every target, all rows at once or a few at a time.

Shapes: B rows, T tokens, V vocabulary, W model width; n = B * T.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import torch
from torch import Tensor
from torch.nn import functional

MOST_LOGITS = 2**28
"""Of one forward pass, n * V: 1 GiB in float32, four times that with what autograd keeps. Above, the loss goes chunk by
chunk."""
CHUNK_LOGITS = 2**26
"""Of one chunk: 256 MiB in float32, 2,048 tokens of a vocabulary of 32,768."""


def token_losses(x: Tensor, weight: Tensor, targets: Tensor, z_loss: float = 0.0) -> Tensor:
    """Cross-entropy of each target, (B, T) nats float32, of activations (B, T, W) and output weights (V, W).

    With `z_loss` c the gradient is that of cross-entropy + c * log(Z)**2, Z the softmax's denominator (PaLM: Chowdhery
    et al. 2022, arXiv:2204.02311, section 5, c = 1e-4), which keeps logits from drifting; the value stays the
    cross-entropy, so that losses with and without it compare.
    """
    logits = functional.linear(x, weight)
    if logits.device.type == "cpu" and torch.compiler.is_compiling():
        return _losses_in_graph(logits.flatten(0, 1), targets.flatten(), z_loss).view_as(targets).clone()
    logits = logits.float()
    losses = functional.cross_entropy(logits.flatten(0, 1), targets.flatten(), reduction="none").view_as(targets)
    if z_loss and logits.requires_grad:
        penalty = z_loss * logits.logsumexp(-1).square()
        losses = losses + (penalty - penalty.detach())
    return losses.clone()  # FSDP's backward hook is lost if its output is a view that is changed


class _LossesInGraph(torch.autograd.Function):
    """Logits (n, V), targets (n): losses (n).

    `cross_entropy` in a compiled graph on a CPU, but for the way back: there the compiler looks in all V columns for
    the target's, while one is written here.
    """

    @staticmethod
    def forward(ctx: Any, logits: Tensor, targets: Tensor, z_loss: float) -> Tensor:
        log_z = logits.float().logsumexp(-1)
        ctx.save_for_backward(logits, targets, log_z)
        ctx.z_loss = z_loss
        return log_z - _chosen(logits, targets).float()

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor | None, ...]:
        logits, targets, log_z = cast(tuple[Tensor, Tensor, Tensor], ctx.saved_tensors)
        scale = gradients[0] * (1 + 2 * ctx.z_loss * log_z)
        of_logits = (logits.float() - log_z[:, None]).exp() * scale[:, None]
        of_target = (_chosen(logits, targets).float() - log_z).exp() * scale - gradients[0]
        return of_logits.to(logits.dtype).scatter(1, targets[:, None], of_target[:, None].to(logits.dtype)), None, None


_losses_in_graph = cast(Any, _LossesInGraph).apply


def chunked_token_losses(
    x: Tensor, weight: Tensor, targets: Tensor, z_loss: float = 0.0, at_once: int = CHUNK_LOGITS
) -> Tensor:
    """`token_losses` with never more than about `at_once` logits in memory; they are computed again going back.

    One more product of the output layer (2 W V FLOPs a token) buys the n * V logits, their gradient and, under
    autocast, their bfloat16 copies. The weights' gradient is summed over chunks in float32.
    """
    kind = x.device.type
    dtype = torch.get_autocast_dtype(kind) if torch.is_autocast_enabled(kind) else x.dtype
    tokens = max(1, at_once // weight.shape[0])
    apply = cast(Any, _ChunkedLosses).apply
    losses: Tensor = apply(x.flatten(0, 1), weight, targets.flatten(), z_loss, tokens, dtype)
    return losses.view_as(targets).clone()  # as above


class _ChunkedLosses(torch.autograd.Function):
    """Activations (n, W), weights (V, W), targets (n): losses (n)."""

    @staticmethod
    def forward(
        ctx: Any, x: Tensor, weight: Tensor, targets: Tensor, z_loss: float, tokens: int, dtype: torch.dtype
    ) -> Tensor:
        table = weight.to(dtype)
        losses, log_z = torch.empty_like(targets, dtype=torch.float32), torch.empty_like(targets, dtype=torch.float32)
        for part in _parts(len(x), tokens):
            logits = _logits(x[part], table)
            log_z[part] = logits.logsumexp(-1)
            losses[part] = log_z[part] - _chosen(logits, targets[part])
        ctx.save_for_backward(x, weight, targets, log_z)
        ctx.z_loss, ctx.tokens, ctx.dtype = z_loss, tokens, dtype
        return losses

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor | None, ...]:
        x, weight, targets, log_z = cast(tuple[Tensor, Tensor, Tensor, Tensor], ctx.saved_tensors)
        (of_losses,) = gradients
        table, of_x, of_weight = weight.to(ctx.dtype), torch.empty_like(x), torch.zeros_like(weight)
        for part in _parts(len(x), ctx.tokens):
            of_logits = _logits(x[part], table).sub_(log_z[part, None]).exp_()
            if ctx.z_loss:
                of_logits.mul_(1 + 2 * ctx.z_loss * log_z[part, None])
            of_logits.scatter_add_(1, targets[part, None], of_logits.new_full((len(of_logits), 1), -1.0))
            scaled = of_logits.mul_(of_losses[part, None]).to(ctx.dtype)
            of_x[part] = scaled @ table
            of_weight += scaled.T @ x[part].to(ctx.dtype)
        return of_x, of_weight, None, None, None, None


def _logits(x: Tensor, table: Tensor) -> Tensor:
    with torch.autocast(x.device.type, enabled=False):
        return functional.linear(x.to(table.dtype), table).float()


def _chosen(logits: Tensor, targets: Tensor) -> Tensor:
    return logits.gather(-1, targets[:, None])[:, 0]


def _parts(n: int, size: int) -> Iterator[slice]:
    return (slice(start, min(start + size, n)) for start in range(0, n, size))
