"""What this device reaches in matrix products, which nothing that trains on it can pass."""

from __future__ import annotations

import time
from functools import cache

import torch

from mixlaw.model import flops_per_token
from mixlaw.trial import Trial

_WIDTH = {"cpu": 1_024, "cuda": 8_192}
_ROUNDS = 9


def full_speed(trial: Trial, vocab_size: int, device: torch.device, precision: str, workers: int = 1) -> float:
    """Tokens per second of a training that were nothing but matrix products at the measured rate.

    A training's tokens per second over this is its model FLOPs utilisation (Chowdhery et al. 2022, arXiv:2204.02311,
    appendix B), with the rate of this machine in place of the data sheet's.
    """
    per_token = 3 * flops_per_token(trial.model, vocab_size, trial.recipe.seq_len)
    return workers * matrix_rate(device, precision, torch.get_num_threads()) / per_token


@cache
def matrix_rate(device: torch.device, precision: str, threads: int) -> float:
    """FLOP/s of the product of two square matrices (1,024 wide on a CPU, 8,192 on a GPU), the best of nine.

    `threads` are those that torch is set to. Takes 0.1 s; measured once in a process.
    """
    dtype = torch.bfloat16 if precision == "bf16" else torch.float32
    width = _WIDTH[device.type]
    # Filled without a generator: training promises that nothing draws random numbers.
    left = torch.linspace(-1, 1, width * width, device=device).view(width, width).to(dtype)
    seconds = [_timed(left, device) for _ in range(_ROUNDS + 1)][1:]
    return 2 * width**3 / min(seconds)


def _timed(left: torch.Tensor, device: torch.device) -> float:
    started = time.perf_counter()
    torch.mm(left, left)
    if device.type == "cuda":
        torch.cuda.synchronize(device)
    return time.perf_counter() - started
