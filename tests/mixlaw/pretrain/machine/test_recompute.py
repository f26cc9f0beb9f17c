"""Blocks computed again on the way back: the same digits from less memory."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from torch import Tensor

from mixlaw.corpus import Corpus
from mixlaw.model import Decoder, initialise, ladder
from mixlaw.pretrain import Placement, train_trial
from mixlaw.pretrain.machine.recompute import recompute_blocks
from mixlaw.trial import Trial


@pytest.mark.parametrize("precision", ["fp32", "bf16"])
def test_training_gives_the_same_digits(
    tiny_corpus: Corpus, make_trial: Callable[..., Trial], placement: Placement, tmp_path: Path, precision: str
) -> None:
    trial = make_trial()
    placement = dataclasses.replace(placement, precision=precision)
    kept = train_trial(trial, tiny_corpus, placement)
    again = dataclasses.replace(placement, out=tmp_path / "again", activation_checkpointing=True)
    found = train_trial(trial, tiny_corpus, again)
    assert found.train_loss == kept.train_loss
    assert found.measurements == kept.measurements


def test_a_block_keeps_its_input_only() -> None:
    shape, rows, length = ladder("100k"), 2, 64
    saved: dict[bool, int] = {}
    for recompute in (False, True):
        decoder = Decoder(shape, 64)
        initialise(decoder, 0)
        if recompute:
            recompute_blocks(decoder)
        own = {p.data_ptr() for p in decoder.parameters()}
        kept: dict[int, int] = {}

        def pack(tensor: Tensor, own: set[int] = own, kept: dict[int, int] = kept) -> Tensor:
            if tensor.untyped_storage().data_ptr() not in own:
                kept[tensor.untyped_storage().data_ptr()] = tensor.untyped_storage().nbytes()
            return tensor

        ids = torch.zeros(rows, length, dtype=torch.long)
        with torch.autograd.graph.saved_tensors_hooks(pack, lambda tensor: tensor):
            losses = decoder(ids, ids)
        saved[recompute] = sum(kept.values())
        losses.sum().backward()
    activation = rows * length * shape.d_model * 4
    # Either way the output layer keeps a few. Recomputed, a block adds one; kept, at least ten.
    assert saved[False] - saved[True] > 10 * shape.n_layers * activation
