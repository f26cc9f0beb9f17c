"""TensorBoard's files, read as its viewer reads them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from tensorboardX.proto.event_pb2 import Event, SessionLog
from tensorboardX.record_writer import masked_crc32c

from mixlaw.pretrain.curves import Curves
from mixlaw.pretrain.progress import Step
from mixlaw.trial import Measurement

STEP = Step(step=1, n_steps=10, loss=2.0, gradient_norm=0.5, learning_rate=1e-3, tokens_per_second=100.0)
HELD_OUT = Measurement(domain="go", loss_nats=1.5, loss_se=0.1, bits_per_byte=0.7, n_tokens=64)


def events(file: Path) -> Iterator[Event]:
    content = file.read_bytes()
    while content:
        length = int.from_bytes(content[:8], "little")
        data = content[12 : 12 + length]
        assert int.from_bytes(content[8:12], "little") == masked_crc32c(content[:8])
        assert int.from_bytes(content[12 + length : 16 + length], "little") == masked_crc32c(data)
        yield Event.FromString(data)
        content = content[16 + length :]


def shown(folder: Path) -> dict[str, list[tuple[int, float]]]:
    """Files by name; a start purges its step and all after it (TensorBoard's EventAccumulator)."""
    curves: dict[str, list[tuple[int, float]]] = {}
    for file in sorted(folder.iterdir()):
        for event in events(file):
            if event.session_log.status == SessionLog.START:
                curves = {tag: [p for p in points if p[0] < event.step] for tag, points in curves.items()}
            for value in event.summary.value:
                curves.setdefault(value.tag, []).append((event.step, value.simple_value))
    return curves


def at(step: int, loss: float) -> Step:
    return dataclasses.replace(STEP, step=step, loss=loss)


def test_a_killed_trial_goes_on_with_its_curve_and_no_step_is_there_twice(tmp_path: Path) -> None:
    killed = Curves(tmp_path, every_seconds=0)
    for step in range(1, 8):
        killed(at(step, 3.0))  # never closed: what it wrote is there all the same
    again = Curves(tmp_path, every_seconds=0)
    for step in range(5, 11):
        again(at(step, 2.0))
    again.end(10, [HELD_OUT])
    curves = shown(tmp_path)
    assert curves["train/loss"] == [(step, 3.0 if step < 5 else 2.0) for step in range(1, 11)]
    assert [step for step, _ in curves["train/gradient_norm"]] == list(range(1, 11))
    assert curves["train/learning_rate"][0] == (1, pytest.approx(1e-3))
    assert curves["held_out/go"] == [(10, 1.5)]


def test_a_trial_that_was_killed_before_its_measurement_keeps_its_curve(tmp_path: Path) -> None:
    Curves(tmp_path, every_seconds=0)(at(10, 2.0))
    Curves(tmp_path).end(10, [HELD_OUT])
    assert shown(tmp_path)["train/loss"] == [(10, 2.0)]
    assert shown(tmp_path)["held_out/go"] == [(10, 1.5)]


def test_steps_in_quick_succession_are_thinned_and_the_last_is_shown(tmp_path: Path) -> None:
    curves = Curves(tmp_path, every_seconds=3_600)
    for step in range(1, 11):
        curves(at(step, 2.0))
    assert [step for step, _ in shown(tmp_path)["train/loss"]] == [1, 10]


def test_a_folder_that_cannot_be_written_ends_the_curves_only(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("")
    curves = Curves(tmp_path / "file" / "curves", every_seconds=0)
    curves(at(1, 2.0))
    curves(at(2, 2.0))
    curves.end(2, [HELD_OUT])
    assert caplog.text.count("no more curves") == 1
