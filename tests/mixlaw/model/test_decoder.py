from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
import torch
from tokenizers import Tokenizer, models, pre_tokenizers
from torch.nn import functional

from mixlaw.model import Decoder, export_to_hugging_face, initialise, ladder, load_decoder
from mixlaw.model.attention import causal_attention
from mixlaw.model.hugging_face import hugging_face_name
from mixlaw.trial import MixlawError, ModelShape

VOCAB = 300
SHAPE = ladder("100k")
TIED = ModelShape(name="tied", n_layers=2, d_model=64, n_heads=1, d_ff=96, tied_embeddings=True)
EOS = 256


def decoder(shape: ModelShape = SHAPE, seed: int = 0) -> Decoder:
    model = Decoder(shape, VOCAB)
    initialise(model, seed)
    return model


def tokens(rows: int = 2, length: int = 65) -> torch.Tensor:
    return torch.randint(0, VOCAB, (rows, length), generator=torch.Generator().manual_seed(1))


@pytest.fixture
def tokenizer_path(tmp_path: Path) -> Path:
    vocabulary = {f"t{i}": i for i in range(VOCAB)}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="t0"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()  # type: ignore[assignment]
    tokenizer.add_special_tokens(["t256"])
    path = tmp_path / "tokenizer.json"
    tokenizer.save(str(path))
    return path


@pytest.mark.parametrize("shape", [SHAPE, TIED], ids=["untied", "tied"])
def test_transformers_reads_the_export_and_gives_equal_logits(
    shape: ModelShape, tokenizer_path: Path, tmp_path: Path
) -> None:
    from transformers import AutoModelForCausalLM, AutoTokenizer

    ours, folder = decoder(shape), tmp_path / "model"
    export_to_hugging_face(ours, tokenizer_path, EOS, folder, seq_len=64)
    theirs: Any
    theirs, report = AutoModelForCausalLM.from_pretrained(folder, output_loading_info=True)
    assert not report["missing_keys"]
    assert not report["unexpected_keys"]
    ids = tokens()
    with torch.no_grad():
        logits = ours(ids)
        torch.testing.assert_close(theirs(ids).logits, logits, atol=1e-5, rtol=0)
        assert torch.equal(load_decoder(folder)(ids), logits)
    assert logits.std() > 0.05, "logits that are all alike would prove nothing"
    tokenizer: Any = AutoTokenizer.from_pretrained(folder)
    assert tokenizer.eos_token_id == EOS
    assert tokenizer("t5 t7")["input_ids"] == [5, 7]
    assert theirs.config.max_position_embeddings == 64


def shaped(n_layers: int, n_heads: int, d_ff: int, tied: bool) -> ModelShape:
    return ModelShape(
        name="odd", n_layers=n_layers, d_model=32 * n_heads, n_heads=n_heads, d_ff=d_ff, tied_embeddings=tied
    )


@pytest.mark.parametrize(
    "shape",
    [SHAPE, TIED, ladder("300k"), shaped(1, 1, 50, True), shaped(3, 4, 333, False), shaped(4, 2, 128, True)],
    ids=lambda shape: f"{shape.n_layers}x{shape.d_model}-{'tied' if shape.tied_embeddings else 'untied'}",
)
def test_every_gradient_is_that_of_transformers(shape: ModelShape, tokenizer_path: Path, tmp_path: Path) -> None:
    from transformers import AutoModelForCausalLM

    ours, folder = decoder(shape), tmp_path / "model"
    with torch.no_grad():  # norms of 1 would hide a gradient that leaves them out
        for name, p in ours.named_parameters():
            p.copy_(p * 2 + 0.3 * torch.randn(p.shape, generator=torch.Generator().manual_seed(2)) * ("norm" in name))
    export_to_hugging_face(ours, tokenizer_path, EOS, folder, seq_len=64)
    theirs: Any = AutoModelForCausalLM.from_pretrained(folder)
    ids = tokens()
    ours(ids[:, :-1], ids[:, 1:]).mean().backward()
    functional.cross_entropy(theirs(ids[:, :-1]).logits.flatten(0, 1), ids[:, 1:].flatten()).backward()
    expected = {name: p.grad for name, p in theirs.named_parameters()}
    found = {hugging_face_name(name): p.grad for name, p in ours.named_parameters()}
    assert found.keys() == expected.keys()
    for name, gradient in found.items():
        assert gradient is not None
        off = (gradient - expected[name]).abs().max() / expected[name].abs().max()
        assert off < 1e-4, f"{name} is off by {off:.1e}"


def test_an_export_replaces_an_earlier_one_and_leaves_nothing_else(tokenizer_path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out" / "model"
    for seed in (1, 2):
        export_to_hugging_face(decoder(seed=seed), tokenizer_path, EOS, folder, seq_len=64)
    assert torch.equal(load_decoder(folder).embedding.weight, decoder(seed=2).embedding.weight)
    assert [p.name for p in folder.parent.iterdir()] == ["model"]


def test_a_failed_export_leaves_the_earlier_one(tokenizer_path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    export_to_hugging_face(decoder(), tokenizer_path, EOS, folder, seq_len=64)
    with pytest.raises(MixlawError, match="no token with the id 9999"):
        export_to_hugging_face(decoder(seed=1), tokenizer_path, 9_999, folder, seq_len=64)
    assert torch.equal(load_decoder(folder).embedding.weight, decoder().embedding.weight)
    assert {p.name for p in tmp_path.iterdir()} == {"model", "tokenizer.json"}


def test_a_folder_that_is_no_export_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MixlawError, match="no exported model"):
        load_decoder(tmp_path)


def test_no_token_sees_the_future() -> None:
    model, ids = decoder(), tokens()
    changed = ids.clone()
    changed[:, 40:] = (changed[:, 40:] + 1) % VOCAB
    with torch.no_grad():
        before, after = model(ids), model(changed)
    torch.testing.assert_close(before[:, :40], after[:, :40])
    assert not torch.allclose(before[:, 40], after[:, 40])


def test_the_short_row_attention_is_attention() -> None:
    generator = torch.Generator().manual_seed(0)
    q, k, v = (torch.randn(2, 3, 64, 32, generator=generator) for _ in range(3))
    exact = functional.scaled_dot_product_attention(q, k, v, is_causal=True)
    short = causal_attention(q.bfloat16(), k.bfloat16(), v.bfloat16())
    assert short.dtype == torch.bfloat16
    torch.testing.assert_close(short.float(), exact, atol=0.03, rtol=0.03)


def test_the_losses_are_the_cross_entropy_of_the_logits() -> None:
    model, ids = decoder(), tokens()
    losses = model(ids[:, :-1], ids[:, 1:])
    expected = -model(ids[:, :-1]).log_softmax(-1).gather(-1, ids[:, 1:, None])[..., 0]
    torch.testing.assert_close(losses, expected)
    assert losses.mean().item() == pytest.approx(math.log(VOCAB), abs=0.5)


def test_initial_values_depend_on_the_seed_alone() -> None:
    first, second, other = decoder(seed=3), decoder(seed=3), decoder(seed=4)
    assert all(torch.equal(a, b) for a, b in zip(first.parameters(), second.parameters(), strict=True))
    assert not torch.equal(first.blocks[0].up.weight, other.blocks[0].up.weight)  # type: ignore[union-attr]
    deviation = math.sqrt(2 / (5 * SHAPE.d_model))
    assert first.embedding.weight.std().item() == pytest.approx(deviation, rel=0.05)
    down = first.get_parameter("blocks.1.down.weight")
    assert down.std().item() == pytest.approx(deviation / math.sqrt(2 * SHAPE.n_layers), rel=0.05)


def test_every_parameter_is_trained() -> None:
    model, ids = decoder(), tokens()
    model(ids[:, :-1], ids[:, 1:]).mean().backward()
    untouched = [name for name, p in model.named_parameters() if p.grad is None or not p.grad.abs().sum() > 0]
    assert not untouched


def test_the_config_names_every_choice(tokenizer_path: Path, tmp_path: Path) -> None:
    export_to_hugging_face(decoder(TIED), tokenizer_path, EOS, tmp_path / "model", seq_len=64)
    config = json.loads((tmp_path / "model" / "config.json").read_text())
    assert (config["tie_word_embeddings"], config["rope_theta"], config["eos_token_id"]) == (True, 10_000.0, EOS)
