"""Which tokens of a packed row belong to the same document, in the forms that attention takes.

All of it follows from one tensor, `starts` (B, T): the place in its row where each token's document begins. A query at
q sees the keys k with starts[q] <= k <= q, and stands at position q - starts[q].

Shapes: B rows, T tokens.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, cast

import torch
from torch import Tensor

if TYPE_CHECKING:
    from torch.nn.attention.flex_attention import BlockMask

BLOCK = 128
"""Tokens along one side of a tile of flex_attention's sparse masks, and what T must be a multiple of."""


def document_starts(tokens: Tensor, eos: int) -> Tensor:
    """Where in its row the document of each token begins, (B, T) int64, of tokens (B, T).

    The end mark belongs to the document that it ends. A document cut by the row's start begins at 0.
    """
    place = torch.arange(tokens.shape[1], device=tokens.device)
    begins = torch.zeros_like(tokens, dtype=torch.bool)
    begins[:, 1:] = tokens[:, :-1] == eos
    return torch.where(begins, place, 0).cummax(dim=1).values


def document_positions(starts: Tensor) -> Tensor:
    """The place of each token in its document, from 0, (B, T) int64."""
    return torch.arange(starts.shape[1], device=starts.device) - starts


def document_lengths(starts: Tensor) -> list[int]:
    """Tokens of every document in reading order, row after row; their sum is B * T. Waits for the device."""
    first = torch.nonzero((document_positions(starts) == 0).flatten()).flatten()
    return cast(list[int], torch.diff(first, append=first.new_tensor([starts.numel()])).tolist())


def document_mask(starts: Tensor, dtype: torch.dtype) -> Tensor:
    """What is added to attention scores, (B, 1, T, T): 0 where a query sees a key, else minus infinity."""
    tokens = starts.shape[1]
    place = torch.arange(tokens, device=starts.device, dtype=torch.int32)
    future = torch.full((tokens, tokens), -math.inf, dtype=dtype, device=starts.device).triu_(1)
    return torch.where(place < starts.int()[:, :, None], -math.inf, future)[:, None]


def document_blocks(starts: Tensor) -> BlockMask:
    """The sparse mask of flex_attention (Dong et al. 2024, arXiv:2412.05496) over tiles of BLOCK x BLOCK.

    T must be a multiple of BLOCK. Within a row `starts` never falls, so its first and last value in a tile's rows say
    which tiles are empty, full or mixed: nothing of the size T x T is made.
    """
    from torch.nn.attention.flex_attention import BlockMask

    tiles = starts.shape[1] // BLOCK
    tile = torch.arange(tiles, device=starts.device)
    query, key = tile[:, None], tile
    earliest, latest = starts[:, ::BLOCK, None], starts[:, BLOCK - 1 :: BLOCK, None]
    full = (key < query) & (key * BLOCK >= latest)
    mixed = (key <= query) & ((key + 1) * BLOCK > earliest) & ~full

    def sees(b: Tensor, h: Tensor, q: Tensor, k: Tensor) -> Tensor:
        return (starts[b, q] <= k) & (k <= q)

    return BlockMask.from_kv_blocks(*_ordered(mixed), *_ordered(full), BLOCK_SIZE=BLOCK, mask_mod=sees)


def _ordered(tiles: Tensor) -> tuple[Tensor, Tensor]:
    """How many key tiles each query tile has, (B, 1, n), and their numbers first in its row, (B, 1, n, n)."""
    chosen = tiles[:, None].int()
    return chosen.sum(dim=-1, dtype=torch.int32), chosen.argsort(dim=-1, descending=True, stable=True).int()
