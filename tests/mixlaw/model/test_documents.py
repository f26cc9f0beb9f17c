"""Documents kept apart within packed rows: the same as running each document by itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from mixlaw.model import Decoder, document_starts, export_to_hugging_face, initialise, ladder
from mixlaw.model.attention import (
    attention,
    attention_by_document,
    masked_attention,
    sparse_attention_problem,
    within_documents,
)
from mixlaw.model.documents import BLOCK, document_blocks, document_lengths, document_mask, document_positions

EOS, VOCAB = 7, 50
ROWS = st.lists(st.lists(st.sampled_from([1, 2, EOS]), min_size=12, max_size=12), min_size=1, max_size=3)


def packed(*lengths: int, seed: int = 0) -> list[torch.Tensor]:
    """Documents of these many tokens, each ended by EOS."""
    generator = torch.Generator().manual_seed(seed)
    texts = (torch.randint(8, VOCAB, (length - 1,), generator=generator) for length in lengths)
    return [torch.cat([text, torch.tensor([EOS])]) for text in texts]


def decoder(seed: int = 0) -> Decoder:
    model = Decoder(ladder("100k"), VOCAB)
    initialise(model, seed)
    return model


def heads(rows: int, tokens: int, dtype: torch.dtype = torch.float32) -> list[torch.Tensor]:
    generator = torch.Generator().manual_seed(2)
    return [torch.randn(rows, 2, tokens, 32, generator=generator).to(dtype).requires_grad_() for _ in range(3)]


def boundaries(rows: int, tokens: int, mean_length: float, seed: int = 3) -> torch.Tensor:
    ended = torch.rand(rows, tokens, generator=torch.Generator().manual_seed(seed)) < 1 / mean_length
    return document_starts(torch.where(ended, EOS, 0), EOS)


def test_the_end_mark_belongs_to_the_document_it_ends() -> None:
    tokens = torch.tensor([[5, 5, EOS, 5, 5], [EOS, 5, EOS, EOS, 5], [5, 5, 5, 5, EOS]])
    starts = document_starts(tokens, EOS)
    assert starts.tolist() == [[0, 0, 0, 3, 3], [0, 1, 1, 3, 4], [0, 0, 0, 0, 0]]
    assert document_positions(starts).tolist() == [[0, 1, 2, 0, 1], [0, 0, 1, 0, 0], [0, 1, 2, 3, 4]]
    assert document_lengths(starts) == [3, 2, 1, 2, 1, 1, 5]


@given(ROWS)
def test_a_token_sees_its_own_document_up_to_itself(rows: list[list[int]]) -> None:
    tokens = torch.tensor(rows)
    starts = document_starts(tokens, EOS)
    seen = document_mask(starts, torch.float32)[:, 0] == 0
    for row, tokens_of_row in enumerate(rows):
        for q in range(len(tokens_of_row)):
            for k in range(len(tokens_of_row)):
                expected = k <= q and EOS not in tokens_of_row[k:q]
                assert seen[row, q, k].item() == expected
    assert sum(document_lengths(starts)) == tokens.numel()


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 4), st.sampled_from([1.0, 3.0, 40.0, 130.0, 1e9]), st.integers(0, 99))
def test_the_sparse_mask_is_the_dense_one(tiles: int, mean_length: float, seed: int) -> None:
    starts = boundaries(2, tiles * BLOCK, mean_length, seed)
    blocks = document_blocks(starts)
    place = torch.arange(tiles * BLOCK)
    seen = blocks.mask_mod(
        torch.arange(2)[:, None, None], torch.zeros(1, dtype=torch.int64), place[:, None], place[None]
    )
    assert torch.equal(seen, document_mask(starts, torch.float32)[:, 0] == 0)
    tiled = seen.view(2, tiles, BLOCK, tiles, BLOCK)
    for number, indices, expected in (
        (blocks.full_kv_num_blocks, blocks.full_kv_indices, tiled.all(dim=4).all(dim=2)),
        (blocks.kv_num_blocks, blocks.kv_indices, tiled.any(dim=4).any(dim=2) & ~tiled.all(dim=4).all(dim=2)),
    ):
        assert number is not None
        assert indices is not None
        for row in range(2):
            for query in range(tiles):
                listed = indices[row, 0, query, : number[row, 0, query]].tolist()
                assert sorted(listed) == expected[row, query].nonzero().flatten().tolist()


@pytest.mark.parametrize("mean_length", [1.0, 5.0, 50.0, 1e9])
def test_attention_by_document_is_masked_attention(mean_length: float) -> None:
    q, k, v = heads(3, 96)
    starts = boundaries(3, 96, mean_length)
    expected = masked_attention(q, k, v, document_mask(starts, q.dtype))
    found = attention_by_document(q, k, v, starts)
    torch.testing.assert_close(found, expected, atol=1e-6, rtol=1e-5)
    weight = torch.randn(found.shape, generator=torch.Generator().manual_seed(5))
    gradients = [torch.autograd.grad((a * weight).sum(), (q, k, v)) for a in (found, expected)]
    torch.testing.assert_close(*gradients, atol=1e-5, rtol=1e-4)


def test_short_bfloat16_rows_have_a_mask_of_their_type() -> None:
    starts = boundaries(3, 96, 20.0)
    within = within_documents(starts, torch.bfloat16, blockwise=False)
    assert isinstance(within, torch.Tensor)
    assert (within.shape, within.dtype) == ((3, 1, 96, 96), torch.bfloat16)
    q, k, v = heads(3, 96)
    rough = attention(q.bfloat16(), k.bfloat16(), v.bfloat16(), within)
    assert rough.dtype == torch.bfloat16
    torch.testing.assert_close(rough.float(), attention_by_document(q, k, v, starts), atol=0.03, rtol=0.03)


def test_one_graph_of_sparse_attention_serves_all_documents() -> None:
    from torch._dynamo.utils import counters

    q, k, v = (t.detach() for t in heads(2, 2 * BLOCK))
    compiled = torch.compile(attention, dynamic=False, backend="eager")
    graphs: list[int] = []
    for seed, mean_length in enumerate((60.0, 1e9, 3.0, 200.0)):
        starts = boundaries(2, 2 * BLOCK, mean_length, seed)
        within = within_documents(starts, q.dtype, blockwise=True)
        assert not isinstance(within, torch.Tensor)
        expected = masked_attention(q, k, v, document_mask(starts, q.dtype))
        torch.testing.assert_close(compiled(q, k, v, within), expected, atol=1e-5, rtol=1e-4)
        graphs.append(counters["stats"]["unique_graphs"])
    assert len(set(graphs)) == 1


def test_rows_that_are_no_whole_tiles_have_a_dense_mask() -> None:
    within = within_documents(boundaries(2, 100, 60.0), torch.bfloat16, blockwise=True)
    assert isinstance(within, torch.Tensor)
    assert within.ndim == 4


def test_a_device_without_sparse_attention_says_why() -> None:
    assert "CPU" in sparse_attention_problem(torch.device("cpu"), torch.float32, 32)


@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a CUDA GPU")
@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
@pytest.mark.parametrize("head_dim", [32, 48, 64, 128])
def test_a_gpu_runs_sparse_attention(dtype: torch.dtype, head_dim: int) -> None:
    assert sparse_attention_problem(torch.device("cuda", 0), dtype, head_dim) == ""


def test_a_packed_row_gives_the_losses_of_each_document_by_itself() -> None:
    documents = packed(9, 30, 1, 24)
    row = torch.cat([*documents, torch.tensor([11])])[None]
    model = decoder()
    with torch.no_grad():
        found = model(row[:, :-1], row[:, 1:], document_starts(row[:, :-1], EOS))[0]
        firsts = [*(document[:1] for document in documents[1:]), torch.tensor([11])]
        alone = [
            model(document[None], torch.cat([document[1:], first])[None])[0]
            for document, first in zip(documents, firsts, strict=True)
        ]
        across = model(row[:, :-1], row[:, 1:])[0]
    torch.testing.assert_close(found, torch.cat(alone), atol=1e-5, rtol=0)
    torch.testing.assert_close(found[:9], across[:9], atol=1e-5, rtol=0)
    assert (found[9:39] - across[9:39]).abs().max() > 1e-3, "documents that did not see each other anyway prove nothing"


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_gradients_of_a_document_do_not_depend_on_its_neighbours(dtype: torch.dtype) -> None:
    """Fp32 goes document by document, bf16 through a mask."""
    first, second, third = packed(20, 25, 20)
    gradients = []
    for before, after in ((first, third), (third, first)):
        row = torch.cat([before, second, after])[None]
        model = decoder()
        with torch.autocast("cpu", torch.bfloat16, enabled=dtype == torch.bfloat16):
            losses = model(row[:, :-1], row[:, 1:], document_starts(row[:, :-1], EOS))
        losses[:, 20:44].sum().backward()  # the last token of the document predicts its neighbour
        gradients.append([p.grad for p in model.parameters()])
    # Sums over a row are taken in another order; nothing else may differ.
    torch.testing.assert_close(*gradients, atol=1e-5 if dtype == torch.float32 else 2e-2, rtol=1e-4)


def test_the_end_mark_before_a_document_is_not_seen() -> None:
    (document,) = packed(30)
    row = torch.cat([*packed(40, seed=1), document])[None]
    model, starts = decoder(), document_starts(row, EOS)
    with torch.no_grad():
        torch.testing.assert_close(model(row, None, starts)[0, 40:], model(document[None])[0], atol=1e-5, rtol=0)
        changed = starts.clone()
        changed[:, 40:] = 39
        assert (model(row, None, changed)[0, 40:] - model(document[None])[0]).abs().max() > 1e-3


def test_transformers_keeps_documents_apart_by_position_ids(tmp_path: Path) -> None:
    from transformers import LlamaForCausalLM

    tokenizer = tmp_path / "tokenizer.json"
    tokenizer.write_text(json.dumps({"model": {"vocab": {f"t{i}": i for i in range(VOCAB)}}}))
    ours, row = decoder(), torch.cat(packed(20, 30, 14))[None]
    export_to_hugging_face(ours, tokenizer, EOS, tmp_path / "model", seq_len=64)
    theirs = LlamaForCausalLM.from_pretrained(tmp_path / "model")
    starts = document_starts(row, EOS)
    with torch.no_grad():
        found = theirs(row, position_ids=document_positions(starts), use_cache=False).logits
        torch.testing.assert_close(found, ours(row, None, starts), atol=1e-5, rtol=0)


def test_without_documents_nothing_is_different() -> None:
    row = torch.cat(packed(20, 30))[None]
    model, whole = decoder(), torch.zeros(1, 50, dtype=torch.int64)
    with torch.no_grad():
        assert torch.equal(model(row), model(row, None, None))
        assert torch.equal(model(row), model(row, None, whole)), "one document in a row is the row"


@pytest.mark.parametrize("tokens", [64, 600])
def test_autocast_keeps_documents_apart_too(tokens: int) -> None:
    """Short bfloat16 rows go through a mask, long ones document by document."""
    model = decoder()
    ids = torch.randint(8, VOCAB, (2, tokens), generator=torch.Generator().manual_seed(0))
    ids[:, tokens // 2] = EOS
    changed = ids.clone()
    changed[:, : tokens // 2] = 9
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        before, after = (model(t, None, document_starts(t, EOS))[:, tokens // 2 + 1 :] for t in (ids, changed))
    torch.testing.assert_close(before, after, atol=0, rtol=0)
