"""Read ahead in a thread, so that a training loop does not wait for its rows."""

from __future__ import annotations

import queue
import threading
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from typing import TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class _Ended:
    """What stands in the queue behind the last item."""

    error: BaseException | None


def prefetched(items: Iterable[Item], depth: int = 2) -> Generator[Item]:
    """The same items in the same order, up to `depth` of them taken in a thread before they are asked for.

    What taking one raises is raised here, in its place. The thread ends with the items, or when this is closed.
    """
    ready: queue.Queue[Item | _Ended] = queue.Queue(depth)
    unwanted = threading.Event()
    thread = threading.Thread(target=_fill, args=(items, ready, unwanted), name="prefetch", daemon=True)
    thread.start()
    try:
        while not isinstance(item := ready.get(), _Ended):
            yield item
        if item.error is not None:
            raise item.error
    finally:
        unwanted.set()
        while not ready.empty():  # the thread may wait for a place; it asks whether to go on after each
            ready.get_nowait()
        thread.join()


def _fill(items: Iterable[Item], ready: queue.Queue[Item | _Ended], unwanted: threading.Event) -> None:
    error: BaseException | None = None
    try:
        for item in items:
            if unwanted.is_set():
                return
            ready.put(item)
    except BaseException as raised:
        error = raised
    if not unwanted.is_set():
        ready.put(_Ended(error))
