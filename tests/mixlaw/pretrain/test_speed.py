from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from mixlaw.model import ladder
from mixlaw.pretrain import speed
from mixlaw.pretrain.speed import Speed, Workload, calibrate, measure, scaled

TINY = Workload(shape=ladder("25k"), vocab_size=512, seq_len=64, compiled=False)
LARGE = dataclasses.replace(TINY, shape=ladder("1.3B"))
HUGE = dataclasses.replace(TINY, shape=ladder("14B"))


def test_large_models_are_not_built_but_scaled_by_flops() -> None:
    tiny, large, huge = measure([TINY, LARGE, HUGE], seconds=0.5)
    assert large.token > 100 * tiny.token > 0
    assert huge.token / large.token == pytest.approx(HUGE.flops / LARGE.flops)
    assert scaled(tiny, TINY, HUGE) == huge


def test_a_calibration_is_measured_once_per_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    first = calibrate([TINY, TINY], at_once=1, budget_seconds=0.5)
    monkeypatch.setattr(speed, "_measured_by_processes", None)
    assert calibrate([TINY], at_once=1) == first
    (file,) = tmp_path.rglob("*.json")
    assert Speed(**json.loads(file.read_text())[TINY.name]) == first[TINY]
    file.write_text("half a fi")
    with pytest.raises(TypeError):  # a damaged file is measured anew
        calibrate([TINY], at_once=1)
