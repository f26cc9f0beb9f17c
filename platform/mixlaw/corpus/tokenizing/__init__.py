"""Text to token ids: a byte-level BPE that is trained, or a tokenizer that is given."""

from mixlaw.corpus.tokenizing.encoding import as_text_encoder, encode, load_tokenizer, token_dtype
from mixlaw.corpus.tokenizing.given import GivenTokenizer, load_given_tokenizer
from mixlaw.corpus.tokenizing.training import EOS, train_tokenizer

__all__ = [
    "EOS",
    "GivenTokenizer",
    "as_text_encoder",
    "encode",
    "load_given_tokenizer",
    "load_tokenizer",
    "token_dtype",
    "train_tokenizer",
]
