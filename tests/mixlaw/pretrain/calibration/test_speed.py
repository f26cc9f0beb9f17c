from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from mixlaw.model import ladder
from mixlaw.pretrain.calibration import speed
from mixlaw.pretrain.calibration.side_by_side import NoRoom
from mixlaw.pretrain.calibration.speed import calibrate, measure, measured_speeds
from mixlaw.pretrain.calibration.workload import Speed, Workload, scaled

TINY = Workload(shape=ladder("25k"), vocab_size=512, seq_len=64, compiled=False, micro_batch_tokens=512)
LARGE = dataclasses.replace(TINY, shape=ladder("1.3B"))
HUGE = dataclasses.replace(TINY, shape=ladder("14B"))


def by_flops(work: Workload, seconds: float) -> Speed:
    return Speed(token=work.flops / 1e10, step=0.01, held_out_token=work.flops / 3e10, compiling=0.0)


def test_large_models_are_not_built_but_scaled_by_flops() -> None:
    tiny, large, huge = measure([TINY, LARGE, HUGE], by_flops, 0.5, "cpu")
    assert tiny == by_flops(TINY, 1.0)
    assert not large.measured
    assert huge.token / large.token == pytest.approx(HUGE.flops / LARGE.flops)
    assert scaled(tiny, TINY, HUGE) == huge


def test_what_has_no_room_is_scaled_from_what_had() -> None:
    def small_only(work: Workload, seconds: float) -> Speed:
        if work.flops > TINY.flops:
            raise NoRoom("full")
        return by_flops(work, seconds)

    large, tiny = measure([LARGE, TINY], small_only, 1e6, "cpu")
    assert tiny.measured
    assert large == scaled(tiny, TINY, LARGE)


def test_a_calibration_is_measured_once_per_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    first = calibrate([TINY, TINY, HUGE], at_once=1, budget_seconds=0.5)
    monkeypatch.setattr(speed, "SideBySide", None)
    assert calibrate([TINY, HUGE], at_once=1) == first
    assert measured_speeds([TINY], at_once=1, seconds_each=0.5) == {TINY: first[TINY]}
    with pytest.raises(TypeError):  # what was scaled counts as not measured
        measured_speeds([HUGE], at_once=1, seconds_each=0.5)
    (file,) = tmp_path.rglob("*.json")
    assert Speed(**json.loads(file.read_text())[TINY.name]) == first[TINY]
    file.write_text("half a fi")
    with pytest.raises(TypeError):  # a damaged file is measured anew
        calibrate([TINY], at_once=1)
