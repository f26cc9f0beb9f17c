"""Processes that clock themselves together, on a CPU; a GPU's memory stands in the message that they send."""

from __future__ import annotations

import dataclasses

import pytest

from mixlaw.model import ladder
from mixlaw.pretrain.calibration.side_by_side import Clocked, SideBySide, all_busy
from mixlaw.pretrain.calibration.workload import Workload
from mixlaw.trial import MixlawError

TINY = Workload(shape=ladder("25k"), vocab_size=512, seq_len=64, compiled=False, micro_batch_tokens=512)


def test_two_processes_clock_one_workload_after_the_other() -> None:
    with SideBySide(2, wall=True) as processes:
        tiny = processes.timed(TINY, 0.5)
        wider = processes.timed(dataclasses.replace(TINY, shape=ladder("3M")), 0.5)
    assert 0 < tiny.token < wider.token
    assert tiny.measured


def test_a_process_that_fails_says_why() -> None:
    broken = dataclasses.replace(TINY, vocab_size=0)
    with SideBySide(1) as processes, pytest.raises(MixlawError, match=r"measuring the speed .* failed: \w*Error"):
        processes.timed(broken, 0.5)


def test_a_clock_that_ran_while_another_was_idle_is_noticed() -> None:
    early = Clocked(speed={}, busy=(0.0, 9.0), clocked=(1.0, 8.0))
    late = Clocked(speed={}, busy=(2.0, 9.0), clocked=(3.0, 8.0))
    assert all_busy([late, dataclasses.replace(late, busy=(2.5, 8.5))])
    assert not all_busy([early, late])
    assert not all_busy([late, dataclasses.replace(late, busy=(0.0, 7.0), clocked=(3.0, 4.0))])
