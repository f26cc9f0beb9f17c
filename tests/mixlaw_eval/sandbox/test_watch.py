"""How time is counted, against a tree and a clock that do as they are told."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from mixlaw_eval.sandbox import watch
from mixlaw_eval.sandbox.command import Limits
from mixlaw_eval.sandbox.tree import Sample, parse_stat
from mixlaw_eval.sandbox.watch import Watch


@dataclass
class Clock:
    now_s: float = 0.0

    def monotonic(self) -> float:
        return self.now_s


@dataclass
class Tree:
    used_s: float = 0.0
    memory_bytes: int = 0
    shared_once: int = 0
    runnable: bool = False
    asked: list[str] = field(default_factory=list[str])

    def sample(self) -> Sample | None:
        return Sample(cpu_s=self.used_s, memory_bytes=self.memory_bytes, runnable=self.runnable)

    def cpu_s(self) -> float:
        return self.used_s

    def shared_once_bytes(self) -> int:
        self.asked.append("shared")
        return self.shared_once

    def kill(self) -> None: ...

    def close(self) -> None: ...

    def exit_code(self, code: int, stderr: bytes) -> int:
        return code


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(watch, "time", clock)
    return clock


def looks_until_ended(watch: Watch, tree: Tree, clock: Clock, *, step_s: float, cpu_share: float) -> tuple[str, float]:
    for _ in range(100_000):
        clock.now_s += step_s
        tree.used_s += cpu_share * step_s
        ended = watch.look()
        if ended:
            return ended, clock.now_s
    raise AssertionError("it never ended")


def test_a_sleeper_is_idle(clock: Clock) -> None:
    ended, at_s = looks_until_ended(Watch(tree := Tree(), Limits(idle_s=2)), tree, clock, step_s=0.05, cpu_share=0)
    assert ended == "idle-time"
    assert at_s == pytest.approx(2, abs=0.11)


def test_waiting_for_a_core_is_not_idle(clock: Clock) -> None:
    """One part in a hundred of a core, on a machine that is that busy: CPU time ends it, however long that takes."""
    tree = Tree(runnable=True)
    ended, at_s = looks_until_ended(
        Watch(tree, Limits(cpu_s=1, idle_s=2, wall_s=600)), tree, clock, step_s=0.05, cpu_share=0.01
    )
    assert ended == "cpu-time"
    assert at_s == pytest.approx(100, rel=0.01)


def test_late_looks_shorten_idle_time_and_never_lengthen_it(clock: Clock) -> None:
    """A machine so busy that we look every two seconds: each look vouches for a tenth of a second at most."""
    tree = Tree()
    ended, at_s = looks_until_ended(Watch(tree, Limits(idle_s=2, wall_s=60)), tree, clock, step_s=2, cpu_share=0)
    assert ended == "idle-time"
    assert 30 < at_s < 60


def test_half_busy_is_half_idle(clock: Clock) -> None:
    tree = Tree()
    ended, at_s = looks_until_ended(Watch(tree, Limits(idle_s=2)), tree, clock, step_s=0.05, cpu_share=0.5)
    assert ended == "idle-time"
    assert at_s == pytest.approx(4, abs=0.2)


def test_requests_too_short_to_be_looked_at_use_up_nothing(clock: Clock) -> None:
    """A thousand requests of 10 ms each, then one of 20 ms, under a limit of a second."""
    tree = Tree()
    watch = Watch(tree, Limits(cpu_s=1))
    for _ in range(1000):
        watch.restart()
        clock.now_s += 0.01
        tree.used_s += 0.01
        assert watch.look() is None
    watch.restart()
    clock.now_s += 0.02
    tree.used_s += 0.02
    assert watch.look() is None


def test_memory_is_looked_at_closely_only_above_the_limit(clock: Clock) -> None:
    tree = Tree(memory_bytes=90, shared_once=50)
    watch = Watch(tree, Limits(memory_bytes=100))
    clock.now_s += 1
    assert watch.look() is None
    assert tree.asked == []
    tree.memory_bytes = 900
    clock.now_s += 1
    assert watch.look() is None
    tree.shared_once = 101
    clock.now_s += 1
    assert watch.look() == "memory"
    assert watch.memory_bytes == 101


def test_a_program_may_choose_its_name() -> None:
    """Spaces, parentheses and numbers in the name of a program do not move the fields behind it."""
    numbers = " ".join(str(number) for number in range(4, 53))
    stat = parse_stat(f"77 (a) R 1 (b)) S {numbers}".encode())
    assert (stat.state, stat.parent, stat.session, stat.threads, stat.started) == ("S", 4, 6, 20, 22)
