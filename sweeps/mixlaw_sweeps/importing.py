"""Imports that take seconds, in less of them."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Generator


@contextlib.contextmanager
def quick_imports() -> Generator[None]:
    """Collect no garbage in the body: imports leave next to none, and looking for it is a quarter of torch's import.

    What is there afterwards is never looked through again.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_enabled:
            gc.enable()
