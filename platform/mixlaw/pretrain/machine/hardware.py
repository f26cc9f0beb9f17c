"""What the training process finds: device, precision, names."""

from __future__ import annotations

import contextlib
import platform
from functools import cache
from pathlib import Path

import torch

from mixlaw.pretrain.placement import Placement
from mixlaw.trial import MixlawError

_NATIVE_BF16_FLAGS = {"amx_bf16", "avx512_bf16"}


def device_of(placement: Placement) -> torch.device:
    """The device of this process. Raises MixlawError when a GPU is asked for and there is none."""
    has_cuda = torch.cuda.is_available()
    if placement.device == "cuda" and not has_cuda:
        raise MixlawError("no CUDA device on this machine; use --device cpu, or auto")
    if has_cuda and placement.device != "cpu":
        return torch.device("cuda", torch.cuda.current_device())
    return torch.device("cpu")


def precision_of(placement: Placement, device: torch.device) -> str:
    """ "fp32" or "bf16": as asked, or bf16 where the hardware multiplies it natively."""
    if placement.precision != "auto":
        return placement.precision
    if device.type == "cuda":
        return "bf16" if torch.cuda.is_bf16_supported(including_emulation=False) else "fp32"
    return "bf16" if _NATIVE_BF16_FLAGS & _cpu_flags() else "fp32"


def autocast(device: torch.device, precision: str) -> contextlib.AbstractContextManager[object]:
    """Matrix products in bfloat16 over float32 weights, or nothing."""
    return torch.autocast(device.type, torch.bfloat16, enabled=precision == "bf16")


def hardware_name(device: torch.device, workers: int = 1) -> str:
    """The accelerator's or the processor's name, times the workers."""
    name = torch.cuda.get_device_name(device) if device.type == "cuda" else _cpu_name()
    return name if workers == 1 else f"{workers} x {name}"


@cache
def _cpu_info() -> str:
    try:
        return Path("/proc/cpuinfo").read_text()
    except OSError:
        return ""


def _cpu_flags() -> set[str]:
    return set(_cpu_field("flags").split())


def _cpu_name() -> str:
    return _cpu_field("model name") or platform.processor() or platform.machine()


def _cpu_field(name: str) -> str:
    for line in _cpu_info().splitlines():
        key, _, value = line.partition(":")
        if key.strip() == name:
            return value.strip()
    return ""
