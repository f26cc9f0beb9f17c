"""Counting: parameters exactly, FLOPs of the matrix products exactly, bytes. Pure; imports no torch."""

from __future__ import annotations

from dataclasses import dataclass

from mixlaw.trial import ModelShape

FLOAT32_BYTES = 4
ADAMW_STATES = 2
"""First and second moment (Loshchilov & Hutter 2019, arXiv:1711.05101)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterCount:
    """Parameters without (`non_embedding`, the field's N) and with the token embeddings and the output layer."""

    non_embedding: int
    total: int


def count_parameters(shape: ModelShape, vocab_size: int) -> ParameterCount:
    """Exact counts; norms are counted as non-embedding."""
    norms = (2 * shape.n_layers + 1) * shape.d_model
    non_embedding = shape.n_layers * _block_matrices(shape) + norms
    tables = 1 if shape.tied_embeddings else 2
    return ParameterCount(non_embedding=non_embedding, total=non_embedding + tables * vocab_size * shape.d_model)


def flops_per_token(shape: ModelShape, vocab_size: int, seq_len: int, *, causal: bool = False) -> float:
    """FLOPs of one forward pass per token: two per multiply-add of every matrix product.

    Blocks 2 * (4 d^2 + 3 d d_ff) a layer; attention 4 * seq_len * d a layer, the whole square and not its causal half,
    as the field counts it: Chowdhery et al. 2022 (arXiv:2204.02311, appendix B: 12 L H Q T both ways, where H Q = d)
    and Hoffmann et al. 2022 (arXiv:2203.15556, appendix F). Output layer 2 d V. Kaplan et al. 2020
    (arXiv:2001.08361, table 1) leave the output layer out of the sum and give attention 2 * seq_len * d a layer.
    Hoffmann et al. also count the embedding as a product, 2 d V, and the softmax, 3 * heads * seq_len a layer: here
    these, norms and rotations are left out.

    `causal` counts the keys that a token sees, (seq_len + 1) / 2 on average: what a kernel that skips the future has to
    do at least.
    """
    blocks = 2 * shape.n_layers * _block_matrices(shape)
    keys = (seq_len + 1) / 2 if causal else seq_len
    attention = 4 * shape.n_layers * keys * shape.d_model
    return float(blocks + attention + 2 * shape.d_model * vocab_size)


def training_flops(shape: ModelShape, vocab_size: int, seq_len: int, tokens: int) -> float:
    """FLOPs of training on `tokens` tokens: the backward pass costs twice the forward one.

    What the model takes, as in the field's utilisation: blocks or logits that are computed again do not count.
    """
    return 3 * flops_per_token(shape, vocab_size, seq_len) * tokens


def export_bytes(shape: ModelShape, vocab_size: int) -> int:
    """Bytes on disk of an exported model: float32 weights."""
    return FLOAT32_BYTES * count_parameters(shape, vocab_size).total


def checkpoint_bytes(shape: ModelShape, vocab_size: int) -> int:
    """Bytes on disk of one training checkpoint: float32 weights and AdamW's moments."""
    return (1 + ADAMW_STATES) * export_bytes(shape, vocab_size)


def _block_matrices(shape: ModelShape) -> int:
    return 4 * shape.d_model**2 + 3 * shape.d_model * shape.d_ff
