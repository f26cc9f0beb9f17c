"""One byte-level BPE tokenizer for all domains.

Byte-level (Radford et al. 2019): every text can be encoded and comes back exactly. Trained on the same number of
bytes of each domain, so that no language pays for another's abundance; digits are single tokens, as in LLaMA.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

from mixlaw.corpus.document import Document
from mixlaw.trial import MixlawError

EOS = "<|endoftext|>"
"""Ends every document; its id is 0."""
_BATCH = 64
FULL = 0.99

Ids = npt.NDArray[np.uint16] | npt.NDArray[np.uint32]


def train_tokenizer(
    documents: Mapping[str, Iterable[Document]], *, vocab_size: int, bytes_per_domain: int
) -> Tokenizer:
    """Train on the first `bytes_per_domain` bytes of each domain's documents, in their order.

    Raises MixlawError when the text is too little for the vocabulary.
    """
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocab_size,
        special_tokens=[EOS],
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    texts = (text for domain in documents for text in _first_bytes(documents[domain], bytes_per_domain))
    tokenizer.train_from_iterator(texts, trainer)
    if (learned := tokenizer.get_vocab_size()) != vocab_size:
        raise MixlawError(
            f"the training text has only {learned} distinct tokens to learn, the spec asks for vocab_size "
            f"{vocab_size}; lower vocab_size, or raise tokenizer_bytes or add sources"
        )
    return as_text_encoder(tokenizer)


def _first_bytes(documents: Iterable[Document], budget: int) -> Iterator[str]:
    for document in documents:
        if budget <= 0:
            return
        yield document.text if document.n_bytes <= budget else document.text.encode()[:budget].decode(errors="ignore")
        budget -= document.n_bytes


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


def encode_up_to(
    tokenizer: Tokenizer, documents: Iterable[Document], max_tokens: int
) -> Iterator[tuple[Document, npt.NDArray[np.unsignedinteger]]]:
    """Encode documents in order, each closed by the end mark (id 0), up to `max_tokens` in all.

    A document that would exceed the limit is left out whole and the next is tried, until 99% are filled.
    """
    dtype = token_dtype(tokenizer.get_vocab_size())
    end = np.zeros(1, dtype=dtype)
    total = 0
    for batch in _batches(documents):
        for document, ids in zip(batch, encode(tokenizer, [d.text for d in batch], dtype), strict=True):
            if total + len(ids) < max_tokens:
                total += len(ids) + 1
                yield document, np.concatenate([ids, end])
        if total >= FULL * max_tokens:
            return


def token_dtype(vocab_size: int) -> np.dtype[np.unsignedinteger]:
    """The narrowest type of a token file, little-endian: uint16 up to 65,536 tokens, else uint32."""
    return np.dtype("<u2") if vocab_size <= 2**16 else np.dtype("<u4")


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    batch: list[Document] = []
    for document in documents:
        batch.append(document)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
