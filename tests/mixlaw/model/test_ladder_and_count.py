from __future__ import annotations

import dataclasses
import re
import subprocess
import sys
from functools import partial

import pytest
import torch
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.utils.flop_counter import FlopCounterMode

from mixlaw.model import LADDER, Decoder, count_parameters, flops_per_token, ladder, training_flops
from mixlaw.model.loss import chunked_token_losses
from mixlaw.pretrain.machine.recompute import recompute_blocks
from mixlaw.trial import MixlawError, ModelShape

PAPER_SIZES = ("0.1B", "0.2B", "0.4B", "0.6B", "1.1B", "1.3B", "1.6B", "2.0B", "2.4B", "3.1B")
LATER_SIZES = ("0.5B", "1.5B", "3B", "7B", "14B")
TINY_SIZES = ("25k", "50k", "100k", "200k", "400k")


def named_size(name: str) -> float:
    match = re.fullmatch(r"([\d.]+)([kMB])", name)
    assert match
    return float(match[1]) * {"k": 1e3, "M": 1e6, "B": 1e9}[match[2]]


@pytest.mark.parametrize("name", LADDER)
def test_a_rung_has_the_size_that_it_is_named_by(name: str) -> None:
    n = count_parameters(ladder(name), vocab_size=1_000).non_embedding
    assert n == pytest.approx(named_size(name), rel=0.1)
    assert ladder(name).name == name
    assert ladder(name).head_dim >= 32
    assert 2.2 < ladder(name).d_ff / ladder(name).d_model < 3.0


def test_the_ladder_has_the_papers_sizes_and_climbs() -> None:
    assert {*PAPER_SIZES, *LATER_SIZES, *TINY_SIZES} <= set(LADDER)
    sizes = [count_parameters(shape, 1_000).non_embedding for shape in LADDER.values()]
    assert sizes == sorted(sizes)
    assert len(set(sizes)) == len(sizes)


def test_an_unknown_rung_lists_the_known_ones() -> None:
    with pytest.raises(MixlawError, match=r"unknown model size '2B'.*25k.*14B"):
        ladder("2B")


@pytest.mark.parametrize("tied", [False, True])
@pytest.mark.parametrize("name", ["25k", "200k", "3M", "14B"])
def test_counts_are_those_of_the_module(name: str, tied: bool) -> None:
    rung = ladder(name)
    shape = ModelShape(
        name=name,
        n_layers=rung.n_layers,
        d_model=rung.d_model,
        n_heads=rung.n_heads,
        d_ff=rung.d_ff,
        tied_embeddings=tied,
    )
    with torch.device("meta"):
        sizes = {name: p.numel() for name, p in Decoder(shape, 1_003).named_parameters()}
    count = count_parameters(shape, 1_003)
    assert count.total == sum(sizes.values())
    assert count.non_embedding == sum(n for name, n in sizes.items() if name.split(".")[0] in ("blocks", "norm"))


@pytest.mark.parametrize("tied", [False, True])
@pytest.mark.parametrize("name", ["25k", "100k", "300k", "3M", "0.1B", "1.1B"])
def test_flops_are_those_of_pytorchs_counter(name: str, tied: bool) -> None:
    """Exactly, going forward and back; on the meta device, where a large model costs nothing."""
    shape, vocab, seq_len, rows = dataclasses.replace(ladder(name), tied_embeddings=tied), 512, 48, 3
    with torch.device("meta"):
        decoder = Decoder(shape, vocab)
        tokens = torch.zeros(rows, seq_len, dtype=torch.long)
    # The counter knows attention by its matrix products, not the CPU's fused kernel.
    with sdpa_kernel(SDPBackend.MATH):
        with FlopCounterMode(display=False) as forward:
            logits = decoder(tokens)
        with FlopCounterMode(display=False) as backward:
            logits.sum().backward()
    n = rows * seq_len
    assert forward.get_total_flops() == flops_per_token(shape, vocab, seq_len) * n
    assert forward.get_total_flops() + backward.get_total_flops() == training_flops(shape, vocab, seq_len, n)


@pytest.mark.parametrize("seq_len", [1, 2, 64, 2_048])
def test_causal_flops_leave_out_the_future_and_nothing_else(seq_len: int) -> None:
    shape = ladder("3M")
    whole, seen = (flops_per_token(shape, 512, seq_len, causal=causal) for causal in (False, True))
    pairs = seq_len * (seq_len - 1) / 2  # of a query and a key after it
    assert (whole - seen) * seq_len == pytest.approx(4 * shape.n_layers * shape.d_model * pairs)


def test_blocks_and_logits_computed_again_are_what_they_are_said_to_cost() -> None:
    """A third more for blocks, one more product of the output layer; neither is in `training_flops`."""
    shape, vocab, seq_len = ladder("100k"), 512, 48
    ids = torch.zeros(2, seq_len, dtype=torch.long)
    decoder = Decoder(shape, vocab)
    recompute_blocks(decoder)
    decoder.score = partial(chunked_token_losses, at_once=10 * vocab)
    with sdpa_kernel(SDPBackend.MATH), FlopCounterMode(display=False) as counter:
        decoder(ids, ids).sum().backward()
    # All that goes forward goes forward twice, but the last product of the last block, of which nothing is wanted.
    again = flops_per_token(shape, vocab, seq_len) * ids.numel()
    last_products = shape.n_layers * 2 * shape.d_ff * shape.d_model * ids.numel()
    total = counter.get_total_flops() - training_flops(shape, vocab, seq_len, ids.numel())
    assert again - last_products <= total <= again


def test_counting_needs_no_torch() -> None:
    code = "import sys, mixlaw.model as m; m.training_flops(m.ladder('7B'), 1, 1, 1); assert 'torch' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
