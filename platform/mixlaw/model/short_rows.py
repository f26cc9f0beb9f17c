"""Attention of short bfloat16 rows on a CPU, as matrix products: there they are faster than PyTorch's fused kernel.

Shapes: B rows, H heads, T tokens, K head width.
"""

from __future__ import annotations

import math
from functools import cache
from typing import Any, cast

import torch
from torch import Tensor
from torch.nn import functional

LONGEST = 512
"""T, beyond which the fused kernel is faster."""
_BLOCK = 128
"""Least queries of a block, of which a row has two at most: four skip more (3% faster at 1M parameters) and take the
compiler a third longer."""


def products_pay(device: torch.device, dtype: torch.dtype, tokens: int) -> bool:
    """Whether queries and keys of this kind are better multiplied here than in the fused kernel."""
    return device.type == "cpu" and dtype == torch.bfloat16 and tokens <= LONGEST


@cache
def causal_mask(tokens: int, dtype: torch.dtype) -> Tensor:
    """What is added to the scores of one text, (T, T), on a CPU: 0 where a query sees a key, else minus infinity."""
    return torch.full((tokens, tokens), -math.inf, dtype=dtype).triu_(1)


def attention_by_products(q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
    """(B, H, T, K) of queries, keys and values (B, H, T, K); `mask` (T, T) or (B, 1, T, T) hides at least the future.

    In a compiled graph block by block, which skips most of what is hidden; uncompiled the products of whole rows are
    faster, since there every operation goes through memory.
    """
    scaled = q * q.shape[-1] ** -0.5
    if torch.compiler.is_compiling():
        return _in_blocks(scaled, k, v, mask)
    return (scaled @ k.transpose(-1, -2) + mask).softmax(dim=-1).to(v.dtype) @ v


class _InBlocks(torch.autograd.Function):
    """Scaled queries, keys, values (B, H, T, K), a mask: attention, a block of queries at a time.

    As in FlashAttention (Dao 2023, arXiv:2307.08691, section 3.1) the softmax's denominator divides the result and not
    the weights, and the weights' gradient needs, of each query, only the product of result and gradient: two passes
    over the (T, T) values forward and one back. Unlike there the weights are kept for the way back: they are few.
    """

    @staticmethod
    def forward(ctx: Any, q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
        weights: list[Tensor] = []
        sums: list[Tensor] = []
        mixed: list[Tensor] = []
        for a, b in _blocks(q.shape[-2]):
            scores = (q[..., a:b, :] @ k[..., :b, :].transpose(-1, -2)).float() + mask[..., a:b, :b]
            raised = (scores - scores.amax(dim=-1, keepdim=True)).exp()
            sums.append(raised.sum(dim=-1, keepdim=True))
            weights.append(raised.to(v.dtype))
            mixed.append(weights[-1] @ v[..., :b, :])
        total = torch.cat(sums, dim=-2)
        out = (torch.cat(mixed, dim=-2) / total).to(v.dtype)
        ctx.save_for_backward(q, k, v, total, out, *weights)
        return out

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor | None, ...]:
        q, k, v, total, out, *weights = cast(tuple[Tensor, ...], ctx.saved_tensors)
        whole = gradients[0] / total
        shift, of_out = (whole * out).sum(dim=-1, keepdim=True), whole.to(v.dtype)
        of_q: list[Tensor] = []
        of_k: list[Tensor] = []
        of_v: list[Tensor] = []
        for (a, b), kept in zip(_blocks(q.shape[-2]), weights, strict=True):
            of_weights = (of_out[..., a:b, :] @ v[..., :b, :].transpose(-1, -2)).float()
            of_scores = (kept * (of_weights - shift[..., a:b, :])).to(v.dtype)
            of_q.append(of_scores @ k[..., :b, :])
            of_k.append(_padded(of_scores.transpose(-1, -2) @ q[..., a:b, :], q.shape[-2]))
            of_v.append(_padded(kept.transpose(-1, -2) @ of_out[..., a:b, :], q.shape[-2]))
        return torch.cat(of_q, dim=-2), sum(of_k[1:], of_k[0]), sum(of_v[1:], of_v[0]), None


_in_blocks = cast(Any, _InBlocks).apply


def _blocks(tokens: int) -> list[tuple[int, int]]:
    """Where each block of queries begins and ends."""
    size = max(_BLOCK, -(-tokens // 2))
    return [(start, min(start + size, tokens)) for start in range(0, tokens, size)]


def _padded(x: Tensor, tokens: int) -> Tensor:
    return functional.pad(x, (0, 0, 0, tokens - x.shape[-2]))
