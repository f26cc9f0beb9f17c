"""Training compiled by a real compiler."""

from __future__ import annotations

import dataclasses
import time
from pathlib import Path

import pytest

from mixlaw.corpus import Corpus
from mixlaw.model import ladder
from mixlaw.pretrain import Placement, train_trial
from mixlaw.trial import Recipe, Trial

pytestmark = pytest.mark.integration

TRIAL = Trial(
    model=ladder("25k"),
    train_tokens=10 * 256,
    shares={"python": 0.5, "go": 0.5},
    recipe=Recipe(learning_rate=3e-3, batch_tokens=256, seq_len=32),
)


def test_compiling_changes_the_speed_and_not_the_losses(tiny_corpus: Corpus, tmp_path: Path) -> None:
    plain = Placement.of(out=tmp_path / "plain", device="cpu", precision="fp32", compile="off", validation_tokens=512)
    compiled = dataclasses.replace(plain, out=tmp_path / "compiled", compile="on")
    expected, first = train_trial(TRIAL, tiny_corpus, plain), train_trial(TRIAL, tiny_corpus, compiled)
    for a, b in zip(expected.measurements, first.measurements, strict=True):
        assert a.loss_nats == pytest.approx(b.loss_nats, abs=1e-4)
    started = time.process_time()
    again = dataclasses.replace(TRIAL, seed=1)
    train_trial(again, tiny_corpus, compiled)
    assert time.process_time() - started < 2, "the second trial of a shape in a process must not be compiled again"


def test_compiled_blocks_can_be_computed_again(tiny_corpus: Corpus, tmp_path: Path) -> None:
    """With the z-loss beside it, so that all of what can be asked for is compiled together."""
    trial = dataclasses.replace(TRIAL, recipe=dataclasses.replace(TRIAL.recipe, z_loss=1e-3))
    plain = Placement.of(out=tmp_path / "plain", device="cpu", precision="fp32", compile="off", validation_tokens=512)
    options = {"compile": "on", "activation_checkpointing": True}
    compiled = dataclasses.replace(plain, out=tmp_path / "compiled", **options)
    expected, found = train_trial(trial, tiny_corpus, plain), train_trial(trial, tiny_corpus, compiled)
    assert found.train_loss == pytest.approx(expected.train_loss, abs=1e-4)


def test_without_a_compiler_training_goes_on(
    tiny_corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CXX", raising=False)
    placement = Placement.of(out=tmp_path, device="cpu", compile="on", validation_tokens=512)
    assert train_trial(TRIAL, tiny_corpus, placement).n_steps == 10
    assert "no C++ compiler" in caplog.text
