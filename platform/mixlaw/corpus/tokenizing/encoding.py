"""Texts to token ids."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer


def load_tokenizer(path: Path) -> Tokenizer:
    """The tokenizer as the shards were written with it: a document that spells out the end mark stays text."""
    return as_text_encoder(Tokenizer.from_file(str(path)))


def as_text_encoder(tokenizer: Tokenizer) -> Tokenizer:
    """Encode special tokens' spelling as ordinary text."""
    tokenizer.encode_special_tokens = True
    return tokenizer


def encode(tokenizer: Tokenizer, texts: Sequence[str], dtype: npt.DTypeLike) -> list[npt.NDArray[np.unsignedinteger]]:
    """Token ids of each text, without the end mark."""
    return [np.asarray(e.ids, dtype=dtype) for e in tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)]


def token_dtype(vocab_size: int) -> np.dtype[np.unsignedinteger]:
    """The narrowest type of a token file, little-endian: uint16 up to 65,536 tokens, else uint32."""
    return np.dtype("<u2") if vocab_size <= 2**16 else np.dtype("<u4")
