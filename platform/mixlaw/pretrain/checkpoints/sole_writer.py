"""One process at a time writes a trial's folder, also while a killed driver's processes are still dying."""

from __future__ import annotations

import contextlib
from collections.abc import Generator
from pathlib import Path

import filelock

PATIENCE_SECONDS = 300.0
"""Far longer than Ray needs to end the processes of a driver or a node that is gone (seconds to a minute)."""


@contextlib.contextmanager
def sole_writer(folder: Path, part: str = "trial", *, patience_seconds: float = PATIENCE_SECONDS) -> Generator[None]:
    """Hold a part of a trial's folder for the body; wait for the process that holds it now to end.

    Who kills a driver and starts it again at once has, for some seconds, two processes that train the same trial. The
    second one waits here and then goes on from what the first has left. The lock is the operating system's: it ends
    with its process, however that ends, and across machines where the shared file system keeps locks (NFS, Lustre do).
    Raises OSError when the other does not end.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock = filelock.FileLock(folder / f".{part}.lock", timeout=patience_seconds)
    try:
        lock.acquire(poll_interval=0.1)
    except filelock.Timeout:
        raise OSError(
            f"another process has been training in {folder} for {patience_seconds:g} s after this trial was started "
            "again; progress.json there has its process id: end it, then run the study again"
        ) from None
    try:
        yield
    finally:
        lock.release()
