from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers
from tokenizers.pre_tokenizers import PreTokenizer

from mixlaw.corpus.tokenizing import encoder as module
from mixlaw.corpus.tokenizing.encoder import Encoder, words_of
from mixlaw.corpus.tokenizing.encoding import encode, token_dtype

BYTE_LEVEL = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)


def newer(digits: str) -> PreTokenizer:
    pattern = (
        r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|"
        + digits
        + r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
    )
    return pre_tokenizers.Sequence([pre_tokenizers.Split(Regex(pattern), "isolated"), BYTE_LEVEL])


def ours() -> PreTokenizer:
    digits = pre_tokenizers.Digits(individual_digits=True)
    return pre_tokenizers.Sequence([digits, pre_tokenizers.ByteLevel(add_prefix_space=False)])


PRE_TOKENIZERS: dict[str, Callable[[], PreTokenizer]] = {
    "ours": ours,
    "GPT-2": lambda: pre_tokenizers.ByteLevel(add_prefix_space=False),
    "Llama 3": lambda: newer(r"\p{N}{1,3}"),
    "Qwen 2": lambda: newer(r"\p{N}"),
}
PIECES = ["'s", "'LL", "'", "foo", "Bar", "7", "1234", " ", "  ", "\n", "\r\n", "\t", "\x0b", "\x1c", "\x85", "(", "){"]
PIECES += ["<|endoftext|>", "é", "ſ", "٣", "你好", "\u00a0", "\u2028", "\u3000", "😀", "_", "==", "//"]
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=40).map("".join)


def trained(make: Callable[[], PreTokenizer]) -> Tokenizer:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = make()
    tokenizer.decoder = decoders.ByteLevel()
    rng = random.Random(0)
    texts = ["".join(rng.choices(PIECES, k=200)) for _ in range(50)]
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    trainer = trainers.BpeTrainer(
        vocab_size=700, special_tokens=["<|endoftext|>"], initial_alphabet=alphabet, show_progress=False
    )
    tokenizer.train_from_iterator(texts, trainer)
    tokenizer.encode_special_tokens = True
    return tokenizer


TRAINED = {name: trained(make) for name, make in PRE_TOKENIZERS.items()}
ENCODERS = {name: Encoder(tokenizer, token_dtype(700)) for name, tokenizer in TRAINED.items()}


@pytest.mark.parametrize("name", PRE_TOKENIZERS)
@given(texts=st.lists(TEXTS, max_size=4))
@example(texts=["  7", " \n 7x", "x  \n  7 '\n\n  é \n", "a'll 's'S", "é\n7", "x\né"])
def test_the_ids_are_the_librarys(name: str, texts: list[str]) -> None:
    expected = encode(TRAINED[name], texts, np.uint16)
    found = ENCODERS[name](texts)
    assert [ids.tolist() for ids in found] == [ids.tolist() for ids in expected]
    assert all(ids.dtype == np.uint16 for ids in found)


def test_all_four_are_looked_up() -> None:
    assert all(words_of(tokenizer) is not None for tokenizer in TRAINED.values())


def test_words_are_forgotten_when_they_take_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_HELD_BYTES", 2_000)
    encoder = Encoder(TRAINED["ours"], token_dtype(700))
    texts = [f"word{'x' * number} again " for number in range(200)]
    expected = encode(TRAINED["ours"], texts, np.uint16)
    assert [ids.tolist() for ids in encoder(texts)] == [ids.tolist() for ids in expected]
    assert len(encoder._ids) < 40


def with_normalizer(tokenizer: Tokenizer) -> None:
    tokenizer.normalizer = normalizers.NFC()


def with_added_word(tokenizer: Tokenizer) -> None:
    tokenizer.add_tokens([AddedToken("foo Bar", special=False)])


def with_prefix_space(tokenizer: Tokenizer) -> None:
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=True)


@pytest.mark.parametrize("change", [with_normalizer, with_added_word, with_prefix_space])
def test_other_tokenizers_go_through_the_library(change: Callable[[Tokenizer], None]) -> None:
    tokenizer = trained(PRE_TOKENIZERS["GPT-2"])
    change(tokenizer)
    assert words_of(tokenizer) is None
    texts = ["foo Bar 7", "e\u0301 foo Bar"]
    expected = encode(tokenizer, texts, np.uint16)
    assert [ids.tolist() for ids in Encoder(tokenizer, token_dtype(700))(texts)] == [ids.tolist() for ids in expected]
