"""A LLaMA-2-like decoder (Touvron et al. 2023, arXiv:2307.09288) in plain PyTorch.

Shapes: B rows, T tokens, V vocabulary, H heads, K head width, W = H * K model width.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.distributed.tensor import DTensor, distribute_tensor
from torch.nn import functional

from mixlaw.model.attention import Within, attention, within_documents, within_rows
from mixlaw.model.documents import document_positions
from mixlaw.model.loss import MOST_LOGITS, chunked_token_losses, token_losses
from mixlaw.trial import ModelShape

ROPE_THETA = 10_000.0
NORM_EPS = 1e-5


class Decoder(nn.Module):
    """Token embedding, blocks, final norm, output layer; no biases anywhere.

    Parameters are empty after construction under `torch.device("meta")`; `initialise` fills them.
    """

    def __init__(self, shape: ModelShape, vocab_size: int) -> None:
        super().__init__()
        self.shape = shape
        self.vocab_size = vocab_size
        self.embedding = nn.Embedding(vocab_size, shape.d_model)
        self.blocks = nn.ModuleList(Block(shape) for _ in range(shape.n_layers))
        self.norm = RMSNorm(shape.d_model)
        self.output = None if shape.tied_embeddings else _linear(shape.d_model, vocab_size)
        self.score: Callable[..., Tensor] = token_losses
        """The output layer with the loss, as one function so that it can be compiled as one."""
        self.z_loss = 0.0
        """The loss's second term, in its gradient only (`token_losses`)."""
        self.blockwise = False
        """Whether attention within documents may use flex_attention, which has to be compiled for a GPU."""

    def forward(self, tokens: Tensor, targets: Tensor | None = None, documents: Tensor | None = None) -> Tensor:
        """Logits (B, T, V) of tokens (B, T); with `targets` (B, T) the loss of each, (B, T) in nats, float32.

        `documents` (B, T) are the `document_starts` of the tokens: then a token sees earlier tokens of its own document
        only, and positions count from the document's first token. Without them a row is one text.
        """
        x = self.embedding(tokens)
        cos, sin = rope_rotation(tokens.shape[1], self.shape.head_dim, x.device)
        within = within_rows(tokens.shape[1], _attention_dtype(x), x.device)
        if documents is not None:
            positions = document_positions(documents)
            cos, sin = (functional.embedding(positions, table)[:, None] for table in (cos, sin))
            within = within_documents(documents, _attention_dtype(x), blockwise=self.blockwise)
        for block in self.blocks:
            x = block(x, cos, sin, within)
        x = self.norm(x)
        weight = self.embedding.weight if self.output is None else self.output.weight
        if targets is None:
            return functional.linear(x, weight)
        score = chunked_token_losses if targets.numel() * self.vocab_size > MOST_LOGITS else self.score
        return score(x, weight, targets, z_loss=self.z_loss) if self.z_loss else score(x, weight, targets)


class Block(nn.Module):
    """x + attention(norm(x)), then x + SwiGLU(norm(x))."""

    def __init__(self, shape: ModelShape) -> None:
        super().__init__()
        width, d_ff = shape.d_model, shape.d_ff
        self.n_heads = shape.n_heads
        self.attention_norm = RMSNorm(width)
        self.query = _linear(width, width)
        self.key = _linear(width, width)
        self.value = _linear(width, width)
        self.attention_output = _linear(width, width)
        self.mlp_norm = RMSNorm(width)
        self.gate = _linear(width, d_ff)
        self.up = _linear(width, d_ff)
        self.down = _linear(d_ff, width)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor, within: Within = None) -> Tensor:
        """(B, T, W) to (B, T, W); cos and sin are (T, K), or (B, 1, T, K) when positions differ between rows."""
        y = self.attention_norm(x)
        q, k, v = (self._heads(project(y)) for project in (self.query, self.key, self.value))
        # The rotation is float32; under autocast the values are not, and attention wants one type.
        q, k = (rotate(t, cos, sin).to(v.dtype) for t in (q, k))
        x = x + self.attention_output(attention(q, k, v, within).transpose(1, 2).flatten(2))
        y = self.mlp_norm(x)
        return x + self.down(functional.silu(self.gate(y)) * self.up(y))

    def _heads(self, x: Tensor) -> Tensor:
        rows, tokens, _ = x.shape
        return x.view(rows, tokens, self.n_heads, -1).transpose(1, 2)


class RMSNorm(nn.Module):
    """x / sqrt(mean(x^2) + eps) * weight (Zhang & Sennrich 2019, arXiv:1910.07467)."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))

    def forward(self, x: Tensor) -> Tensor:
        """Normalise the last dimension."""
        return functional.rms_norm(x, self.weight.shape, self.weight, NORM_EPS)


def rope_rotation(seq_len: int, head_dim: int, device: torch.device) -> tuple[Tensor, Tensor]:
    """Cosines and sines (T, K) of rotary embeddings (Su et al. 2021, arXiv:2104.09864), Hugging Face's half layout."""
    frequency = ROPE_THETA ** (-torch.arange(0, head_dim, 2, device=device, dtype=torch.float32) / head_dim)
    angle = torch.outer(torch.arange(seq_len, device=device, dtype=torch.float32), frequency).repeat(1, 2)
    return angle.cos(), angle.sin()


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Rotate the pairs (x_i, x_{i + K/2}) of (B, H, T, K)."""
    first, second = x.chunk(2, dim=-1)
    return x * cos + torch.cat((-second, first), dim=-1) * sin


def _attention_dtype(x: Tensor) -> torch.dtype:
    """Of queries, keys and values: what autocast makes of a matrix product."""
    kind = x.device.type
    if kind == "meta":
        return x.dtype
    return torch.get_autocast_dtype(kind) if torch.is_autocast_enabled(kind) else x.dtype


def initialise(decoder: Decoder, seed: int) -> None:
    """Fill every parameter, in place, from `seed`.

    Matrices are normal with variance 2 / (5 W) (SmallInit: Nguyen & Salazar 2019, arXiv:1910.05895), the two of a block
    that write to the residual stream divided by sqrt(2 n_layers) (GPT-2: Radford et al. 2019, section 2.3); norms are
    1. Each parameter has a generator of its own, named by seed and parameter, on the CPU: the values depend neither on
    the device nor on how many processes share the parameter.
    """
    with torch.no_grad():
        for name, parameter in decoder.named_parameters():
            full = _initial_value(name, parameter.shape, decoder.shape, seed)
            if isinstance(parameter, DTensor):
                # Every rank has the whole value already: take the own part, send nothing.
                parameter.copy_(
                    distribute_tensor(
                        full.to(parameter.device), parameter.device_mesh, parameter.placements, src_data_rank=None
                    )
                )
            else:
                parameter.copy_(full)


def _initial_value(name: str, size: torch.Size, shape: ModelShape, seed: int) -> Tensor:
    if "norm" in name:
        return torch.ones(size)
    deviation = math.sqrt(2 / (5 * shape.d_model))
    if name.endswith(("attention_output.weight", "down.weight")):
        deviation /= math.sqrt(2 * shape.n_layers)
    digest = hashlib.sha256(f"{seed}/{name}".encode()).digest()
    generator = torch.Generator().manual_seed(int.from_bytes(digest[:8], "little", signed=True))
    return torch.empty(size).normal_(0.0, deviation, generator=generator)


def _linear(n_in: int, n_out: int) -> nn.Linear:
    return nn.Linear(n_in, n_out, bias=False)
