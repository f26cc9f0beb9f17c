"""Documents kept apart, compiled by a real compiler and by two FSDP processes (this file is torchrun's script too)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch
import torch.distributed as dist
from torch import Tensor

from mixlaw.model import Decoder, document_starts, initialise, ladder
from mixlaw.pretrain import Placement
from mixlaw.pretrain.group import Group
from mixlaw.pretrain.loop import accumulate_gradients, build_decoder
from mixlaw.pretrain.optimiser import adamw, update
from mixlaw.trial import Recipe, Trial

pytestmark = pytest.mark.integration

EOS, VOCAB, CPU = 3, 64, torch.device("cpu")
RECIPE = Recipe(learning_rate=1e-2, batch_tokens=256, seq_len=64, boundaries="kept")
TRIAL = Trial(model=ladder("25k"), train_tokens=1_024, shares={"python": 1.0}, recipe=RECIPE)


def rows(seed: int, mean_length: float = 10.0) -> Tensor:
    """Four rows of documents of random length."""
    generator = torch.Generator().manual_seed(seed)
    ended = torch.rand(4, 65, generator=generator) < 1 / mean_length
    return torch.where(ended, EOS, torch.randint(4, VOCAB, (4, 65), generator=generator))


def decoder(compiled: str, group: Group | None = None) -> Decoder:
    placement = Placement.of(out=Path(), device="cpu", compile=compiled)
    model = build_decoder(TRIAL, VOCAB, placement, group or Group(), CPU)
    initialise(model, 0)
    return model


def graphs() -> int:
    from torch._dynamo.utils import counters

    return counters["stats"]["unique_graphs"]


def traced() -> Decoder:
    """Compiled but for the machine code, which takes a compiler half a minute."""
    model = decoder("off")
    for block in model.blocks:
        block.forward = torch.compile(block.forward, dynamic=False, backend="aot_eager")
    return model


@pytest.mark.parametrize(("precision", "tolerance"), [("fp32", 1e-5), ("bf16", 0.03)])
def test_compiled_is_eager_whatever_the_documents(precision: str, tolerance: float) -> None:
    """Fp32 goes document by document, bf16 through a mask."""
    plain, compiled = decoder("off"), decoder("on") if precision == "fp32" else traced()
    known: list[int] = []
    for seed, mean_length in enumerate((10.0, 1e9, 3.0, 30.0)):
        batch = rows(seed, mean_length)
        losses = [accumulate_gradients(model, batch, 4, precision, EOS).item() for model in (plain, compiled)]
        assert losses[1] == pytest.approx(losses[0], abs=tolerance)
        known.append(graphs())
    gradients = [[p.grad for p in model.parameters()] for model in (plain, compiled)]
    torch.testing.assert_close(*gradients, atol=tolerance, rtol=0)
    assert len(set(known[1:])) == 1, "one graph serves every number and length of documents"


def losses_of_four_steps(group: Group) -> list[float]:
    """Of one process's half of the rows, or all of them."""
    model = decoder("off", group)
    optimiser, found = adamw(model, RECIPE), list[float]()
    for step in range(4):
        mine = rows(step).chunk(group.world)[group.rank]
        found.append(accumulate_gradients(model, mine, 1, "fp32", EOS).item())
        update(model, optimiser, 1e-2, 1.0)
    return found


def test_two_processes_keep_documents_apart_as_one_does(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node=2", __file__]
    subprocess.run([*command, str(tmp_path)], env={**os.environ, "OMP_NUM_THREADS": "1"}, check=True)
    halves = [[float(loss) for loss in (tmp_path / str(rank)).read_text().split()] for rank in (0, 1)]
    expected = losses_of_four_steps(Group())
    assert [(a + b) / 2 for a, b in zip(*halves, strict=True)] == pytest.approx(expected, abs=1e-5)


def test_the_first_token_of_a_document_counts() -> None:
    batch = rows(0)
    model = decoder("off")
    starts = document_starts(batch[:, :-1], EOS)
    with torch.no_grad():
        losses = model(batch[:, :-1], batch[:, 1:], starts)
    assert (losses > 0).all()
    assert accumulate_gradients(model, batch, 2, "fp32", EOS).item() == pytest.approx(losses.mean().item(), abs=1e-6)


if __name__ == "__main__":
    dist.init_process_group("gloo")
    rank = dist.get_rank()
    text = " ".join(map(str, losses_of_four_steps(Group(rank=rank, world=2))))
    (Path(sys.argv[1]) / str(rank)).write_text(text)
    dist.destroy_process_group()
