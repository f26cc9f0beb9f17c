from __future__ import annotations

import dataclasses
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import torch

from mixlaw.corpus import Corpus
from mixlaw.model import Decoder, initialise, ladder
from mixlaw.pretrain import Checkpoints, Placement, train_trial
from mixlaw.pretrain.checkpoints.checkpoint import State
from mixlaw.pretrain.checkpoints.saving import Saver
from mixlaw.pretrain.group import Group
from mixlaw.pretrain.optimiser import adamw
from mixlaw.trial import Recipe, Trial

MakeTrial = Callable[..., Trial]
RECIPE = Recipe(learning_rate=1e-2, batch_tokens=256, seq_len=32)


class Training:
    """A small decoder and its optimiser; every step changes all of its state."""

    def __init__(self) -> None:
        self.decoder = Decoder(ladder("25k"), 64)
        initialise(self.decoder, 0)
        self.optimiser = adamw(self.decoder, RECIPE)
        self.losses: list[float] = []

    def step(self) -> None:
        tokens = torch.arange(33).add(len(self.losses)).remainder(64).view(1, 33)
        loss = self.decoder(tokens[:, :-1], tokens[:, 1:]).mean()
        loss.backward()
        self.optimiser.step()
        self.optimiser.zero_grad()
        self.losses.append(loss.item())

    def tensors(self) -> list[torch.Tensor]:
        """Weights and moments, copied."""
        moments = [t for p in self.decoder.parameters() for t in self.optimiser.state[p].values()]
        return [t.detach().clone() for t in (*self.decoder.parameters(), *moments)]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Held(Checkpoints):
    """A disk that takes nothing until it may."""

    may: threading.Event

    def beside(self) -> Checkpoints:
        return self

    def write(self, state: State, losses: list[float], then: Callable[[], None] | None = None) -> None:
        assert self.may.wait(60)
        Checkpoints.write(self, state, losses, then)


def test_what_is_written_is_the_state_at_the_save_whatever_the_training_does_meanwhile(tmp_path: Path) -> None:
    checkpoints, training = Held(folder=tmp_path, group=Group(), may=threading.Event()), Training()
    with Saver(checkpoints) as saver:
        training.step()
        saved, losses = training.tensors(), [*training.losses]
        saver.save(training.decoder, training.optimiser, training.losses)
        training.step()
        assert checkpoints.steps() == [], "nothing waited for the disk"
        checkpoints.may.set()
        saver.save(training.decoder, training.optimiser, training.losses)
        assert checkpoints.steps()[-1] == 1, "a second save waits for the first"
    assert checkpoints.steps() == [2, 1]
    (tmp_path / "step-00000002").rename(tmp_path / ".step-00000002")
    loaded = Training()
    assert Checkpoints(folder=tmp_path, group=Group()).load_latest(loaded.decoder, loaded.optimiser) == losses
    assert all(torch.equal(a, b) for a, b in zip(saved, loaded.tensors(), strict=True))


def test_a_failure_is_raised_once_at_the_next_save_and_earlier_checkpoints_stand(tmp_path: Path) -> None:
    checkpoints, training = Checkpoints(folder=tmp_path, group=Group()), Training()
    with Saver(checkpoints) as saver:
        for then in (None, _fail_to_hand_over):
            training.step()
            saver.save(training.decoder, training.optimiser, training.losses, then=then)
        with pytest.raises(OSError, match="to hand it over"):
            saver.save(training.decoder, training.optimiser, training.losses)
    assert checkpoints.steps() == [2, 1]


def test_a_failure_of_the_last_save_is_raised_at_the_end_unless_something_else_was(tmp_path: Path) -> None:
    training = Training()
    training.step()

    def save_and(last: Exception | None) -> None:
        with Saver(Checkpoints(folder=tmp_path, group=Group())) as saver:
            saver.save(training.decoder, training.optimiser, training.losses, then=_fail_to_hand_over)
            if last:
                raise last

    with pytest.raises(OSError, match="to hand it over"):
        save_and(None)
    with pytest.raises(KeyError):
        save_and(KeyError())


def _fail_to_hand_over() -> None:
    raise OSError("no room to hand it over")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 1.5 MB: two checkpoints of the trial below fit, the third does not."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", folder]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a small file system cannot be mounted here: run as root on Linux")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_disk_that_fills_up_during_training_leaves_whole_checkpoints_and_it_goes_on(
    tiny_corpus: Corpus, make_trial: MakeTrial, placement: Placement, small_disk: Path
) -> None:
    trial = make_trial()
    small = dataclasses.replace(placement, out=small_disk, checkpoint_seconds=0.0)
    with pytest.raises(OSError, match="No space left on device"):
        train_trial(trial, tiny_corpus, small)
    folder = Checkpoints.of(trial, small).folder
    assert {path.name for path in folder.iterdir()} == {"step-00000001", "step-00000002"}
    subprocess.run(["mount", "-o", "remount,size=50m", small_disk], check=True)
    result = train_trial(trial, tiny_corpus, small)
    assert result.resumed_from == 2
    assert result.measurements == train_trial(trial, tiny_corpus, placement).measurements


def test_what_a_killed_process_left_half_written_goes_with_the_next_save(tmp_path: Path) -> None:
    training = Training()
    training.step()
    (tmp_path / ".step-00000009").mkdir()
    with Saver(Checkpoints(folder=tmp_path, group=Group())) as saver:
        saver.save(training.decoder, training.optimiser, training.losses)
    assert [path.name for path in tmp_path.iterdir()] == ["step-00000001"]
