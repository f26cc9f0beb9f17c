"""How fast this machine trains, measured in a second or two."""

from __future__ import annotations

import time
from functools import cache
from pathlib import Path

import torch

from mixlaw.model import Decoder, flops_per_token, initialise, ladder
from mixlaw.pretrain.hardware import device_of, precision_of
from mixlaw.pretrain.loop import accumulate_gradients
from mixlaw.pretrain.optimiser import adamw, update
from mixlaw.pretrain.placement import Placement
from mixlaw.trial import ModelShape, Recipe

_LARGEST = {"cpu": "3M", "cuda": "60M"}
_MICRO_TOKENS = {"cpu": 2_048, "cuda": 16_384}


def measured_tokens_per_second(shape: ModelShape, vocab_size: int, recipe: Recipe) -> float:
    """Tokens per second of one uncompiled training process here: measured, or scaled by FLOPs from a smaller model.

    Up to about 3M parameters on a CPU (60M on a GPU) the shape itself is timed; a larger one would take long to no
    purpose, since the rate of FLOPs is flat there.
    """
    device = device_of(Placement(out=Path()))
    largest = ladder(_LARGEST[device.type])
    seq_len = min(recipe.seq_len, _MICRO_TOKENS[device.type])
    if flops_per_token(shape, vocab_size, seq_len) <= flops_per_token(largest, vocab_size, seq_len):
        return _timed(shape, vocab_size, seq_len, device)
    rate = _timed(largest, vocab_size, seq_len, device) * flops_per_token(largest, vocab_size, seq_len)
    return rate / flops_per_token(shape, vocab_size, recipe.seq_len)


@cache
def _timed(shape: ModelShape, vocab_size: int, seq_len: int, device: torch.device, steps: int = 3) -> float:
    torch.set_num_threads(1)
    precision = precision_of(Placement(out=Path()), device)
    decoder = Decoder(shape, vocab_size).to(device)
    initialise(decoder, seed=0)
    recipe = Recipe(learning_rate=1e-4, batch_tokens=seq_len, seq_len=seq_len)
    optimiser = adamw(decoder, recipe)
    rows = torch.zeros(max(1, _MICRO_TOKENS[device.type] // seq_len), seq_len + 1, dtype=torch.long, device=device)

    def step() -> float:
        accumulate_gradients(decoder, rows, len(rows), precision)
        return update(decoder, optimiser, 1e-4, 1.0).item()

    step()
    started = time.perf_counter()
    for _ in range(steps):
        step()
    return steps * rows[:, 1:].numel() / (time.perf_counter() - started)


@cache
def matrix_rate(device: torch.device, precision: str, seconds: float = 1.0) -> float:
    """FLOP/s of a square matrix product that fills one CPU core or the GPU: the floor that training is held against."""
    size = 1_024 if device.type == "cpu" else 8_192
    dtype = torch.bfloat16 if precision == "bf16" else torch.float32
    a, b = (torch.randn(size, size, device=device, dtype=dtype) for _ in range(2))
    clock = time.process_time if device.type == "cpu" else time.perf_counter
    n, best = 8 if device.type == "cpu" else 32, 0.0
    ended = time.perf_counter() + seconds
    while time.perf_counter() < ended:
        started = clock()
        for _ in range(n):
            a @ b
        if device.type == "cuda":
            torch.cuda.synchronize(device)
        best = max(best, n * 2 * size**3 / (clock() - started))
    return best
