"""Something done now and then while something else runs."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Generator


@contextlib.contextmanager
def repeating(
    act: Callable[[], None], every_seconds: float, *, patience_seconds: float | None = None
) -> Generator[None]:
    """Call `act` every so often, from a thread, until the body is done.

    A call that has begun then is waited for, at most `patience_seconds`; nothing waits for it when the process ends.
    """
    stop = threading.Event()

    def repeat() -> None:
        while not stop.wait(every_seconds):
            act()

    thread = threading.Thread(target=repeat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=patience_seconds)
