"""Texts to token ids, several times as fast as `Tokenizer.encode_batch_fast`, with the same ids.

A pre-tokenizer cuts a text into words, and what a word's ids are depends on the word alone. So words are looked up, and
only new ones go through the library. Python's `re` can say where the words of ASCII text begin and end for the
pre-tokenizers in `_WORDS`, whose Unicode classes are then plain ranges; the lines of a text that are not ASCII, and all
texts of other tokenizers, go through the library as they are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from mixlaw.corpus.tokenizing.encoding import as_text_encoder, encode

_HELD_BYTES = 64_000_000
"""Of looked-up words; then they are forgotten, and learned again as they come."""
_WORD_BYTES = 300
"""What holding a word takes beyond its letters and ids."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """How a pre-tokenizer cuts ASCII text."""

    word: re.Pattern[str]
    cut: re.Pattern[str]
    """Places that are the end of a word whatever comes before and after, for texts that are ASCII in part."""


_ENDS = r"(?:s|t|re|ve|m|ll|d)"
_LINES = r"(?<=[!-~])(?=\n)"  # no word begins with what is not white space and goes on with white space
_LETTERS = r"(?<=[A-Za-z0-9])(?=[ \n])"  # in the newer patterns, words of signs go on with line ends


def _words(word: str, cut: str) -> Words:
    return Words(word=re.compile(word, re.ASCII), cut=re.compile(cut))


def _newer(digits: str) -> str:
    """As cl100k_base: a sign before a word, line ends after signs."""
    return rf"(?i:'{_ENDS})|[^\r\nA-Za-z0-9]?[A-Za-z]+|{digits}| ?[^\sA-Za-z0-9]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"


def _split(digits: str) -> str:
    pattern = (
        rf"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{{L}}\p{{N}}]?\p{{L}}+|{digits}| ?[^\s\p{{L}}\p{{N}}]+[\r\n]*"
        r"|\s*[\r\n]+|\s+(?!\S)|\s+"
    )
    split = {"type": "Split", "pattern": {"Regex": pattern}, "behavior": "Isolated", "invert": False}
    return _key({"type": "Sequence", "pretokenizers": [split, _byte_level(use_regex=False)]})


def _byte_level(*, use_regex: bool) -> dict[str, Any]:
    return {"type": "ByteLevel", "add_prefix_space": False, "use_regex": use_regex}


def _key(pre_tokenizer: Any) -> str:
    """A pre-tokenizer's description without what does not change ids."""

    return json.dumps(_without_offsets(pre_tokenizer), sort_keys=True)


def _without_offsets(item: Any) -> Any:
    if isinstance(item, dict):
        entries = cast(dict[str, Any], item).items()
        return {name: _without_offsets(value) for name, value in entries if name != "trim_offsets"}
    return [_without_offsets(value) for value in cast(list[Any], item)] if isinstance(item, list) else item


_DIGITS = {"type": "Digits", "individual_digits": True}
_WORDS: dict[str, Words] = {
    # Ours: digits come apart first, so white space before one stands at the end of what is left to cut.
    _key({"type": "Sequence", "pretokenizers": [_DIGITS, _byte_level(use_regex=True)]}): _words(
        rf"'{_ENDS}| ?[A-Za-z]+|[0-9]| ?[^\sA-Za-z0-9]+|\s+(?![^\s0-9])|\s+", _LINES
    ),
    # GPT-2
    _key(_byte_level(use_regex=True)): _words(
        rf"'{_ENDS}| ?[A-Za-z]+| ?[0-9]+| ?[^\sA-Za-z0-9]+|\s+(?!\S)|\s+", _LINES
    ),
    # Llama 3 and GPT-4; Qwen 2
    _split(r"\p{N}{1,3}"): _words(_newer(r"[0-9]{1,3}"), _LETTERS),
    _split(r"\p{N}"): _words(_newer(r"[0-9]"), _LETTERS),
}


def words_of(tokenizer: Tokenizer) -> Words | None:
    """How a tokenizer cuts ASCII text; None when it is not known, or its words depend on more than themselves."""
    plain: dict[str, Any] = json.loads(tokenizer.to_str())
    if plain["normalizer"] or plain["truncation"] or plain["padding"] or plain["model"].get("dropout"):
        return None
    # Added tokens that are not special are found in texts before words are.
    if plain["pre_tokenizer"] is None or not all(token["special"] for token in plain["added_tokens"]):
        return None
    return _WORDS.get(_key(plain["pre_tokenizer"]))


class Encoder:
    """Encodes texts with one tokenizer, special tokens' spelling as text. Holds the words that it has met."""

    def __init__(self, tokenizer: Tokenizer, dtype: np.dtype[np.unsignedinteger]) -> None:
        self._tokenizer = as_text_encoder(tokenizer)
        self._dtype = dtype
        self._words = words_of(tokenizer)
        self._ids: dict[str, bytes] = {}
        self._held = 0

    def __call__(self, texts: Sequence[str]) -> list[NDArray[np.unsignedinteger]]:
        """Token ids of each text, without the end mark; read-only."""
        if self._words is None:
            return encode(self._tokenizer, texts, self._dtype)
        return [np.frombuffer(self._encoded(text, self._words), self._dtype) for text in texts]

    def _encoded(self, text: str, words: Words) -> bytes:
        if text.isascii():
            return self._of_words(words.word.findall(text))
        parts = words.cut.split(text)
        # Few lines come again, so they are not held.
        rest = iter(self._through_library([part for part in parts if not part.isascii()]))
        return b"".join(self._of_words(words.word.findall(part)) if part.isascii() else next(rest) for part in parts)

    def _of_words(self, words: Sequence[str]) -> bytes:
        try:
            return b"".join(map(self._ids.__getitem__, words))
        except KeyError:
            self._learn(words)
        return b"".join(map(self._ids.__getitem__, words))

    def _learn(self, words: Sequence[str]) -> None:
        if self._held > _HELD_BYTES:
            self._ids.clear()
            self._held = 0
        new = [word for word in dict.fromkeys(words) if word not in self._ids]
        for word, part in zip(new, self._through_library(new), strict=True):
            self._ids[word] = part
            self._held += len(word) + len(part) + _WORD_BYTES

    def _through_library(self, texts: Sequence[str]) -> list[bytes]:
        found = self._tokenizer.encode_batch_fast(texts, add_special_tokens=False)
        ids = [encoding.ids for encoding in found]
        ends = np.cumsum([len(each) for each in ids], dtype=np.int64) * self._dtype.itemsize
        # One conversion for all of them: most are a few tokens long.
        flat = np.fromiter(chain.from_iterable(ids), self._dtype).tobytes()
        return [flat[start:end] for start, end in pairwise([0, *ends.tolist()])]
