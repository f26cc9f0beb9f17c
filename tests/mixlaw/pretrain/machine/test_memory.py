"""The estimate of memory, against what torch counts; and what is said when there is not enough."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torch.distributed._tools.mem_tracker import MemTracker

from mixlaw.model import Decoder, initialise, ladder
from mixlaw.pretrain import Placement
from mixlaw.pretrain.loop import accumulate_gradients
from mixlaw.pretrain.machine.memory import OutOfMemory, estimate_memory, memory_explained
from mixlaw.pretrain.machine.recompute import recompute_blocks
from mixlaw.pretrain.optimiser import adamw, update
from mixlaw.trial import Recipe, Trial

RECIPE = Recipe(learning_rate=1e-3, batch_tokens=2_048, seq_len=128)
TRIAL = Trial(model=ladder("1M"), train_tokens=20_480, shares={"go": 1.0}, recipe=RECIPE, label="go 1M")


def measured_peak(name: str, vocab_size: int, tokens: int, precision: str, checkpointing: bool) -> int:
    decoder = Decoder(ladder(name), vocab_size)
    initialise(decoder, 0)
    if checkpointing:
        recompute_blocks(decoder)
    optimiser, rows = adamw(decoder, RECIPE), torch.zeros(tokens // 128, 129, dtype=torch.long)

    def step() -> None:
        accumulate_gradients(decoder, rows, len(rows), precision)
        update(decoder, optimiser, 1e-3, 1.0)

    step()
    tracker = MemTracker()
    tracker.track_external(decoder, optimiser)
    with tracker:
        step()
    return tracker.get_tracker_snapshot("peak")[torch.device("cpu")]["Total"]


@pytest.mark.parametrize(
    ("name", "vocab_size", "tokens", "precision", "checkpointing"),
    [
        ("1M", 1_024, 2_048, "fp32", False),
        ("1M", 1_024, 2_048, "bf16", False),
        ("1M", 1_024, 2_048, "fp32", True),
        ("100k", 8_192, 1_024, "bf16", False),
        ("10M", 320, 256, "fp32", False),
    ],
)
def test_the_estimate_is_within_twice_of_what_torch_counts(
    name: str, vocab_size: int, tokens: int, precision: str, checkpointing: bool
) -> None:
    estimate = estimate_memory(
        ladder(name), vocab_size, tokens, precision=precision, activation_checkpointing=checkpointing
    )
    peak = measured_peak(name, vocab_size, tokens, precision, checkpointing)
    assert peak / 2 < estimate.total < 2 * peak


def test_states_are_shared_out_over_workers() -> None:
    one, eight = (estimate_memory(ladder("3B"), 32_000, 2_048, workers=n) for n in (1, 8))
    assert one.states // 8 == eight.states
    assert one.activations == eight.activations
    assert eight.total < one.total


def test_running_out_says_which_trial_how_much_and_what_to_lower(tmp_path: Path) -> None:
    placement = Placement(out=tmp_path, device="cpu", precision="fp32")
    with pytest.raises(OutOfMemory) as caught, memory_explained(TRIAL, 1_024, placement):
        torch.empty(2**60)  # torch's own refusal
    said = str(caught.value)
    assert said.startswith("trial go 1M ran out of memory (")
    assert "needs 0.152 GB (weights, gradients and moments 20.3 MB, activations 0.107 GB, logits 25.2 MB)" in said
    assert "--micro-batch-tokens (it was 2,048), --activation-checkpointing, more --workers" in said
    with pytest.raises(OutOfMemory), memory_explained(TRIAL, 1_024, placement):
        raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2 GiB")


def test_other_errors_pass(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="shapes"), memory_explained(TRIAL, 1_024, Placement(out=tmp_path)):
        raise RuntimeError("shapes do not fit")
