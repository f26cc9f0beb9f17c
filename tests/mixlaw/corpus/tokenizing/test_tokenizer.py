from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from mixlaw.corpus.document import Document
from mixlaw.corpus.tokenizing import EOS, encode, load_tokenizer, token_dtype, train_tokenizer
from mixlaw.trial import MixlawError


def document(text: str) -> Document:
    return Document.of(domain="go", project="p", path="f", licence="", text=text)


def words(seed: int) -> str:
    rng = np.random.default_rng(seed)
    letters = rng.choice(list("aeioulnrst"), size=(2000, 5))
    return " ".join("".join(word) for word in letters)


def trained() -> Tokenizer:
    texts = {"go": [document(words(0))], "rust": [document(words(1))]}
    return train_tokenizer(texts, vocab_size=300, bytes_per_domain=10_000)


TOKENIZER = trained()


@given(st.text() | st.sampled_from([EOS, f"a{EOS}b", "\x00\u2028 \t\n", "日本語😀"]))
def test_every_text_comes_back(text: str) -> None:
    ids = TOKENIZER.encode(text, add_special_tokens=False).ids
    assert TOKENIZER.decode(ids, skip_special_tokens=False) == text
    assert 0 not in ids, "only the writer ends a document"


def test_transformers_reads_the_same_ids(tmp_path: Path) -> None:
    from transformers import PreTrainedTokenizerFast

    path = tmp_path / "tokenizer.json"
    TOKENIZER.save(str(path))
    fast = PreTrainedTokenizerFast(tokenizer_file=str(path), eos_token=EOS)
    text = words(2)
    ids = load_tokenizer(path).encode(text).ids
    assert fast.encode(text) == ids
    assert fast.decode(ids) == text
    assert (fast.eos_token_id, fast.vocab_size) == (0, 300)


def test_training_is_deterministic() -> None:
    assert trained().to_str() == TOKENIZER.to_str()


def test_only_the_first_bytes_of_each_domain_are_learned_from() -> None:
    documents = [document(words(0)), document("zzyzx " * 4000)]
    learned = train_tokenizer({"go": documents}, vocab_size=300, bytes_per_domain=10_000)
    assert not any("zzy" in token for token in learned.get_vocab())


def test_too_little_text_is_said() -> None:
    with pytest.raises(MixlawError, match="lower vocab_size"):
        train_tokenizer({"go": [document("abc")]}, vocab_size=300, bytes_per_domain=10)


def test_token_types() -> None:
    assert (token_dtype(2**16).name, token_dtype(2**16 + 1).name) == ("uint16", "uint32")
    (ids,) = encode(TOKENIZER, ["ab"], token_dtype(300))
    assert (ids.dtype, TOKENIZER.decode(ids.tolist())) == (np.dtype("<u2"), "ab")
