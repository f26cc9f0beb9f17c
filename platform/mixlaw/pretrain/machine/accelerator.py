"""Whether this machine has a GPU, without importing torch where it has none."""

from __future__ import annotations

import ctypes
from pathlib import Path

_ROCM_DEVICE = Path("/dev/kfd")
_CUDA_DRIVERS = ("libcuda.so.1", "nvcuda.dll")


def has_gpu() -> bool:
    """What `torch.cuda.is_available()` says; a launcher on a machine without a GPU's driver is spared the import."""
    if not (_ROCM_DEVICE.exists() or any(map(_loads, _CUDA_DRIVERS))):
        return False
    import torch  # takes seconds: only where there may be one

    return torch.cuda.is_available()


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
