"""Attention by matrix products against PyTorch's, value and gradients; block by block as compiled graphs have it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
from torch import Tensor
from torch.nn import functional

from mixlaw.model.documents import document_mask
from mixlaw.model.short_rows import attention_by_products, causal_mask

Attention = Callable[[Tensor, Tensor, Tensor, Tensor], Tensor]


def inputs(tokens: int, dtype: torch.dtype = torch.float32) -> list[Tensor]:
    """Queries, keys, values, and the gradient that comes back."""
    generator = torch.Generator().manual_seed(tokens)
    return [torch.randn(2, 3, tokens, 32, generator=generator).to(dtype) for _ in range(4)]


def with_gradients(attend: Attention, given: list[Tensor], mask: Tensor) -> list[Tensor]:
    *leaves, back = given
    q, k, v = (leaf.detach().requires_grad_() for leaf in leaves)
    out = attend(q, k, v, mask)
    return [out.detach(), *torch.autograd.grad(out, (q, k, v), back)]


def reference(q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
    return functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)


def graph() -> Attention:
    """As a compiled graph has it, which a break would not be; without the C++ compiler's half minute."""
    torch.compiler.reset()
    return torch.compile(attention_by_products, fullgraph=True, dynamic=False, backend="aot_eager")


@pytest.mark.parametrize("tokens", [1, 2, 63, 64, 65, 130, 256, 300])
def test_in_a_graph_blocks_of_queries_are_attention(tokens: int) -> None:
    given, mask = inputs(tokens), causal_mask(tokens, torch.float32)
    found, expected = with_gradients(graph(), given, mask), with_gradients(reference, given, mask)
    for mine, theirs in zip(found, expected, strict=True):
        torch.testing.assert_close(mine, theirs, atol=2e-6, rtol=1e-5)


@pytest.mark.parametrize("attend", [attention_by_products, None], ids=["uncompiled", "in a graph"])
def test_documents_are_kept_apart(attend: Attention | None) -> None:
    starts = torch.zeros(2, 150, dtype=torch.int64)
    starts[0, 70:], starts[1, 20:], starts[1, 149:] = 70, 20, 149
    given, mask = inputs(150), document_mask(starts, torch.float32)
    found, expected = with_gradients(attend or graph(), given, mask), with_gradients(reference, given, mask)
    for mine, theirs in zip(found, expected, strict=True):
        torch.testing.assert_close(mine, theirs, atol=2e-6, rtol=1e-5)


def test_bfloat16_errs_by_its_rounding_alone() -> None:
    given, mask = inputs(256, torch.bfloat16), causal_mask(256, torch.bfloat16)
    exact = with_gradients(reference, [tensor.float() for tensor in given], mask.float())
    by_rows, in_blocks = with_gradients(attention_by_products, given, mask), with_gradients(graph(), given, mask)
    for rows, blocks, right in zip(by_rows, in_blocks, exact, strict=True):
        assert rows.dtype == blocks.dtype == torch.bfloat16
        for found in (rows, blocks):  # of the values' root mean square; bfloat16 rounds by up to 0.4%
            assert float((found - right).square().mean()) < (0.008**2) * float(right.square().mean())


def test_scores_that_would_overflow_do_not() -> None:
    q, k, v, back = inputs(64)
    found = with_gradients(graph(), [300 * q, 300 * k, v, back], causal_mask(64, torch.float32))
    assert all(tensor.isfinite().all() for tensor in found)
