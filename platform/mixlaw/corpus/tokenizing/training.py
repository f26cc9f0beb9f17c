"""One byte-level BPE tokenizer for all domains.

Byte-level (Radford et al. 2019): every text can be encoded and comes back exactly. Trained on the same number of
bytes of each domain, so that no language pays for another's abundance; digits are single tokens, as in LLaMA.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

from mixlaw.corpus.tokenizing.encoding import as_text_encoder
from mixlaw.trial import MixlawError

EOS = "<|endoftext|>"
"""Ends every document of a corpus whose tokenizer was trained; its id is 0."""


class Text(Protocol):
    """What a tokenizer learns from: a document, or whatever holds a text."""

    @property
    def text(self) -> str: ...  # noqa: D102

    @property
    def n_bytes(self) -> int:
        """Of the text in UTF-8."""
        ...


def train_tokenizer(documents: Mapping[str, Iterable[Text]], *, vocab_size: int, bytes_per_domain: int) -> Tokenizer:
    """Train on the first `bytes_per_domain` bytes of each domain's documents, in their order.

    Texts are read one by one; what is held are the distinct words. The same texts give the same tokenizer, on any
    number of threads. Raises MixlawError when the text is too little for the vocabulary.
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


def _first_bytes(documents: Iterable[Text], budget: int) -> Iterator[str]:
    for document in documents:
        yield document.text if document.n_bytes <= budget else document.text.encode()[:budget].decode(errors="ignore")
        budget -= document.n_bytes
        if budget <= 0:
            return
