"""Softmax attention over earlier positions, of the whole row or of the same document.

Shapes: B rows, H heads, T tokens, K head width.
"""

from __future__ import annotations

import importlib
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias, cast

import torch
from torch import Tensor
from torch.nn import functional

from mixlaw.model.documents import BLOCK, document_blocks, document_lengths, document_mask
from mixlaw.model.short_rows import attention_by_products, causal_mask, products_pay

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch.nn.attention.flex_attention import BlockMask

Within: TypeAlias = "Tensor | BlockMask | None"
"""Where attention stays: `starts` (B, T), a mask (B, 1, T, T) to add, a sparse mask; None: the whole row.

For short rows the whole row has a mask as well, (1, 1, T, T), made before the blocks: made in a compiled one, it would
be computed again for every value.
"""

_TOLERANCE = 0.02
"""Of the largest value: several times bfloat16's rounding, far below what a wrong mask does."""


def within_rows(tokens: int, dtype: torch.dtype, device: torch.device) -> Within:
    """Of rows that are one text each: None, or a mask where the device multiplies short rows without the fused kernel.

    `dtype` is that of queries and keys.
    """
    return causal_mask(tokens, dtype)[None, None] if products_pay(device, dtype, tokens) else None


def within_documents(starts: Tensor, dtype: torch.dtype, *, blockwise: bool) -> Within:
    """The form of `starts` (B, T) that suits the device, made once for all blocks.

    `dtype` is that of queries and keys. `blockwise`: the blocks are compiled for a GPU that runs flex_attention.
    """
    if blockwise and starts.shape[1] % BLOCK == 0:
        return document_blocks(starts)
    if starts.device.type == "cpu" and not products_pay(starts.device, dtype, starts.shape[1]):
        return starts
    return document_mask(starts, dtype)


def attention(q: Tensor, k: Tensor, v: Tensor, within: Within) -> Tensor:
    """(B, H, T, K) of queries, keys and values (B, H, T, K)."""
    if within is None:
        return causal_attention(q, k, v)
    if not isinstance(within, Tensor):
        return _sparse_attention(q, k, v, within)
    if within.ndim == 2:
        return _outside_of_graphs(q, k, v, within)
    return masked_attention(q, k, v, within)


def causal_attention(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    """Over all earlier positions of the row: PyTorch's fused kernel, except where `products_pay`."""
    if products_pay(v.device, v.dtype, v.shape[-2]):
        return attention_by_products(q, k, v, causal_mask(v.shape[-2], v.dtype))
    return functional.scaled_dot_product_attention(q, k, v, is_causal=True)


def masked_attention(q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
    """With a mask (B, 1, T, T) that is added to the scores."""
    if products_pay(v.device, v.dtype, v.shape[-2]):
        return attention_by_products(q, k, v, mask)
    return functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)


def attention_by_document(q: Tensor, k: Tensor, v: Tensor, starts: Tensor) -> Tensor:
    """One causal call per document, on a CPU: the fused kernel skips what a mask would only hide.

    In a row of 1,024 tokens with a mask it takes 1.4 times as long as without, cut in two 0.8 times. How many documents
    there are changes with every batch, so this stays outside of compiled graphs.
    """
    rows, heads, tokens, width = q.shape
    lengths = document_lengths(starts)
    if len(lengths) == rows:
        return causal_attention(q, k, v)

    def pieces(t: Tensor) -> list[Tensor]:
        row = t.transpose(1, 2).reshape(1, rows * tokens, heads, width)
        return [piece.transpose(1, 2) for piece in torch.split(row, lengths, dim=1)]

    mixed = map(causal_attention, pieces(q), pieces(k), pieces(v))
    joined = torch.cat([piece.transpose(1, 2) for piece in mixed], dim=1)
    return joined.view(rows, tokens, heads, width).transpose(1, 2)


_outside_of_graphs = cast(
    "Callable[[Tensor, Tensor, Tensor, Tensor], Tensor]", torch.compiler.disable(attention_by_document)
)


@cache
def sparse_attention_problem(device: torch.device, dtype: torch.dtype, head_dim: int) -> str:
    """Why compiled flex_attention cannot be used on this GPU; empty when it gives what a mask gives, both ways.

    It needs Triton and a compiler, and PyTorch calls it a prototype: better tried in seconds than found out in a run.
    """
    config_patch = cast(Any, importlib.import_module("torch._dynamo.config")).patch
    generator = torch.Generator().manual_seed(0)
    shape = (1, 2, 2 * BLOCK, head_dim)
    q, k, v = (torch.randn(shape, generator=generator).to(device, dtype).requires_grad_() for _ in range(3))
    starts = torch.zeros(1, 2 * BLOCK, dtype=torch.int64, device=device)
    starts[:, BLOCK // 2 :] = BLOCK // 2
    try:
        with config_patch(suppress_errors=False):
            compiled = torch.compile(_sparse_attention, dynamic=False)
            found = _with_gradients(compiled(q, k, v, document_blocks(starts)), q, k, v)
    except Exception as error:  # whatever Triton, its compiler or an old driver raise
        return f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"
    expected = _with_gradients(masked_attention(q, k, v, document_mask(starts, dtype)), q, k, v)
    off = max(float((a - b).abs().max() / b.abs().max()) for a, b in zip(found, expected, strict=True))
    return "" if off < _TOLERANCE else f"its results differ by {off:.1%} from those with a mask"


def _with_gradients(mixed: Tensor, *leaves: Tensor) -> list[Tensor]:
    return [mixed.detach(), *torch.autograd.grad(mixed.float().square().sum(), leaves)]


def _sparse_attention(q: Tensor, k: Tensor, v: Tensor, blocks: BlockMask) -> Tensor:
    from torch.nn.attention.flex_attention import flex_attention

    return flex_attention(q, k, v, block_mask=blocks)
