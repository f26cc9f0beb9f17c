from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from mixlaw.mixture.prefetch import prefetched


def threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "prefetch"]


def test_items_arrive_in_order_and_the_thread_ends_with_them() -> None:
    assert list(prefetched(iter(range(50)), depth=3)) == list(range(50))
    assert threads() == []


def test_items_are_taken_before_they_are_asked_for_but_only_so_many() -> None:
    taken: list[int] = []
    enough = threading.Event()

    def source() -> Iterator[int]:
        for item in range(10):
            taken.append(item)
            if len(taken) == 4:  # one given out, two ready, one in hand
                enough.set()
            yield item

    ahead = prefetched(source(), depth=2)
    assert next(ahead) == 0
    assert enough.wait(30)
    assert taken == [0, 1, 2, 3]
    assert list(ahead) == list(range(1, 10))


def test_what_the_source_raises_is_raised_after_the_items_before_it() -> None:
    def source() -> Iterator[int]:
        yield 1
        raise OSError("disk gone")

    ahead = prefetched(source())
    assert next(ahead) == 1
    with pytest.raises(OSError, match="disk gone"):
        next(ahead)
    assert threads() == []


@pytest.mark.parametrize("asked", [0, 1, 5])
def test_the_thread_ends_when_the_consumer_stops(asked: int) -> None:
    ahead = prefetched(iter(range(10**9)), depth=2)
    for _ in range(asked):
        next(ahead)
    ahead.close()
    assert threads() == []
