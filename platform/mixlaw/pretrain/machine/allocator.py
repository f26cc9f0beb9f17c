"""The C library's memory, kept between steps."""

from __future__ import annotations

import ctypes
import sys

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
_MOST, _OLDER_MOST = 2**30, 2**25
"""Bytes; before 2.35 or so glibc takes no more than 32 MiB for the second."""


def keep_freed_memory() -> bool:
    """Have the C library keep what is freed instead of handing it back to the system, which clears it page by page.

    A step frees and allocates the same tensors again and again: on a CPU training is up to a tenth faster so, with the
    same losses. Whether it was done: only glibc knows the call (mallopt(3)).
    """
    if not sys.platform.startswith("linux"):
        return False
    try:
        mallopt = ctypes.CDLL("libc.so.6").mallopt
    except (OSError, AttributeError):
        return False
    kept = mallopt(_MMAP_THRESHOLD, _MOST) or mallopt(_MMAP_THRESHOLD, _OLDER_MOST)
    # Alone this would be worse than nothing: it ends glibc's own adjustment of the first.
    return bool(kept) and bool(mallopt(_TRIM_THRESHOLD, _MOST))
