"""The loss in chunks and the z-loss against the plainest formulas."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import Tensor
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves

from mixlaw.model import Decoder, initialise, ladder
from mixlaw.model import decoder as decoder_module
from mixlaw.model.loss import chunked_token_losses, token_losses

WIDTH, VOCAB, ROWS, TOKENS = 24, 700, 3, 50
Z_LOSS = 1e-2
Losses = Callable[..., Tensor]


class LargestTensor(TorchDispatchMode):
    """The most elements of any tensor that is made, going forward and back."""

    def __init__(self) -> None:
        super().__init__()
        self.elements = 0

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        made = func(*args, **(kwargs or {}))
        self.elements = max([self.elements, *(t.numel() for t in tree_leaves(made) if isinstance(t, Tensor))])
        return made


def inputs() -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Activations, output weights, targets, and a weight of each token's loss that is not the same for all."""
    generator = torch.Generator().manual_seed(0)
    x = torch.randn(ROWS, TOKENS, WIDTH, generator=generator).requires_grad_()
    weight = torch.randn(VOCAB, WIDTH, generator=generator).requires_grad_()
    targets = torch.randint(0, VOCAB, (ROWS, TOKENS), generator=generator)
    return x, weight, targets, torch.rand(ROWS, TOKENS, generator=generator)


def losses_and_gradients(losses_of: Losses, **options: Any) -> tuple[Tensor, Tensor, Tensor]:
    x, weight, targets, importance = inputs()
    losses = losses_of(x, weight, targets, **options)
    return losses.detach(), *torch.autograd.grad((losses * importance).sum(), (x, weight))


def textbook(x: Tensor, weight: Tensor, targets: Tensor, z_loss: float = 0.0) -> Tensor:
    logits = x @ weight.T
    chosen = logits.softmax(-1).gather(-1, targets[..., None])[..., 0]
    return -chosen.log() + z_loss * logits.exp().sum(-1).log() ** 2


def close(found: Tensor, expected: Tensor, tolerance: float) -> bool:
    return float((found - expected).abs().max()) <= tolerance * float(expected.abs().max())


@pytest.mark.parametrize("z_loss", [0.0, Z_LOSS])
@pytest.mark.parametrize("at_once", [VOCAB - 1, 7 * VOCAB, 50 * VOCAB, 10**9])
def test_chunks_change_neither_losses_nor_gradients(at_once: int, z_loss: float) -> None:
    losses, *gradients = losses_and_gradients(chunked_token_losses, at_once=at_once, z_loss=z_loss)
    expected, *expected_gradients = losses_and_gradients(token_losses, z_loss=z_loss)
    torch.testing.assert_close(losses, expected, atol=1e-5, rtol=0)
    assert losses.shape == (ROWS, TOKENS)
    assert losses.dtype == torch.float32
    assert all(close(f, e, 1e-5) for f, e in zip(gradients, expected_gradients, strict=True))


@pytest.mark.parametrize("losses_of", [token_losses, chunked_token_losses])
def test_the_z_loss_is_in_the_gradient_and_not_in_the_value(losses_of: Losses) -> None:
    plain, *plain_gradients = losses_and_gradients(losses_of)
    losses, *gradients = losses_and_gradients(losses_of, z_loss=Z_LOSS)
    with_term, *expected = losses_and_gradients(textbook, z_loss=Z_LOSS)
    assert torch.equal(losses, plain)
    assert (with_term > losses).all()
    assert all(close(f, e, 1e-4) for f, e in zip(gradients, expected, strict=True))
    assert not any(close(f, e, 1e-2) for f, e in zip(gradients, plain_gradients, strict=True))


def test_the_logits_are_never_whole_in_memory() -> None:
    x, weight, targets, _ = inputs()
    largest: dict[str, int] = {}
    for name, losses_of in (("whole", token_losses), ("chunks", chunked_token_losses)):
        options = {"at_once": 20 * VOCAB} if name == "chunks" else {}
        with LargestTensor() as seen:
            losses_of(x, weight, targets, **options).sum().backward()
        largest[name] = seen.elements
    assert largest == {"whole": ROWS * TOKENS * VOCAB, "chunks": max(20 * VOCAB, VOCAB * WIDTH)}


def test_under_autocast_the_weights_gradient_is_summed_in_float32() -> None:
    """Many chunks stay as near to float32 as one does."""
    exact = losses_and_gradients(token_losses)
    off: list[float] = []
    for at_once in (VOCAB, 10**9):
        with torch.autocast("cpu", torch.bfloat16):
            rough = losses_and_gradients(chunked_token_losses, at_once=at_once)
        assert all(t.dtype == torch.float32 for t in rough)
        torch.testing.assert_close(rough[0], exact[0], atol=0.1, rtol=0)
        off.append(float((rough[2] - exact[2]).norm() / exact[2].norm()))
    assert off[0] < 0.02
    assert off[0] == pytest.approx(off[1], rel=0.2)


def test_a_decoder_goes_over_to_chunks_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    decoder = Decoder(ladder("25k"), VOCAB)
    initialise(decoder, 0)
    decoder.z_loss = Z_LOSS
    ids = torch.randint(0, VOCAB, (2, 33), generator=torch.Generator().manual_seed(0))

    def trained() -> tuple[Tensor, dict[str, Tensor]]:
        decoder.zero_grad()
        losses = decoder(ids[:, :-1], ids[:, 1:])
        losses.mean().backward()
        return losses.detach(), {name: p.grad.clone() for name, p in decoder.named_parameters() if p.grad is not None}

    losses, gradients = trained()
    monkeypatch.setattr(decoder_module, "MOST_LOGITS", 64 * VOCAB - 1)
    monkeypatch.setattr(decoder, "score", None)  # not called any more
    chunked, chunked_gradients = trained()
    torch.testing.assert_close(chunked, losses, atol=1e-5, rtol=0)
    assert all(close(chunked_gradients[name], gradients[name], 1e-4) for name in gradients)
    with torch.no_grad():
        assert decoder(ids[:, :-1], ids[:, 1:]).mean().item() == pytest.approx(math.log(VOCAB), abs=0.5)


@pytest.mark.parametrize("z_loss", [0.0, Z_LOSS])
def test_in_a_graph_losses_and_gradients_are_the_same(z_loss: float) -> None:
    torch.compiler.reset()
    in_graph = torch.compile(token_losses, fullgraph=True, dynamic=False, backend="aot_eager")
    found = losses_and_gradients(in_graph, z_loss=z_loss)
    expected = losses_and_gradients(token_losses, z_loss=z_loss)
    assert all(close(mine, theirs, 1e-6) for mine, theirs in zip(found, expected, strict=True))
