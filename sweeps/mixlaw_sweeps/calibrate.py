"""How fast this machine trains one shape: a few real steps, timed."""

from __future__ import annotations

import functools
import time

import torch

from mixlaw.model import Decoder, flops_per_token
from mixlaw.trial import ModelShape, Recipe

_LARGEST_TIMED = 2e9
"""Training FLOPs per token above which a step is not run here but scaled from the largest that is (about 300M
parameters): a laptop would wait, or run out of memory, to learn that it is no place for such a model."""
_TOKENS = 4_096
_SECONDS = 1.0


def measured_tokens_per_second(shape: ModelShape, vocab_size: int, recipe: Recipe) -> float:
    """Tokens per second of one process training this shape, from about a second of steps (not compiled)."""
    flops = 3 * flops_per_token(shape, vocab_size, recipe.seq_len)
    if flops > _LARGEST_TIMED:
        return _matrix_rate() / flops
    return _timed(shape.n_layers, shape.d_model, shape.n_heads, shape.d_ff, vocab_size, recipe.seq_len)


@functools.lru_cache(maxsize=64)
def _timed(n_layers: int, d_model: int, n_heads: int, d_ff: int, vocab_size: int, seq_len: int) -> float:
    shape = ModelShape(name="timed", n_layers=n_layers, d_model=d_model, n_heads=n_heads, d_ff=d_ff)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    model = Decoder(shape, vocab_size).to(device)
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-4)
    rows = torch.randint(vocab_size, (max(1, _TOKENS // seq_len), seq_len + 1), device=device)

    def step() -> None:
        logits = model(rows[:, :-1]).flatten(0, 1).float()
        torch.nn.functional.cross_entropy(logits, rows[:, 1:].flatten()).backward()
        optimizer.step()
        optimizer.zero_grad()
        if device.type == "cuda":
            torch.cuda.synchronize()

    step()
    started, steps = time.perf_counter(), 0
    while time.perf_counter() - started < _SECONDS:
        step()
        steps += 1
    return steps * rows.shape[0] * seq_len / (time.perf_counter() - started)


@functools.lru_cache(maxsize=1)
def _matrix_rate() -> float:
    """FLOP/s of a matrix product, times the part of it that training reaches on large models."""
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    size, kind = (8192, torch.bfloat16) if device.type == "cuda" else (1024, torch.float32)
    a = torch.randn(size, size, device=device, dtype=kind)
    a @ a
    started, products = time.perf_counter(), 0
    while time.perf_counter() - started < _SECONDS:
        a @ a
        if device.type == "cuda":
            torch.cuda.synchronize()
        products += 1
    return 0.4 * 2 * size**3 * products / (time.perf_counter() - started)
