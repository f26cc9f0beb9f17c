"""A checkpoint on disk as both engines see it: any folder that transformers reads, with its tokenizer."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from transformers import AutoConfig, AutoTokenizer, GenerationConfig

from mixlaw.trial import MixlawError


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokenizer:
    """The checkpoint's tokenizer without its habits: no special tokens added, no spaces cleaned up."""

    backend: Any

    def encode(self, text: str) -> list[int]:
        """Token ids of the text alone."""
        return cast(list[int], self.backend.encode(text, add_special_tokens=False))

    def decode(self, tokens: Sequence[int]) -> str:
        """The text of the tokens, special tokens left out; bytes that are not UTF-8 become U+FFFD."""
        text = self.backend.decode(list(tokens), skip_special_tokens=True, clean_up_tokenization_spaces=False)
        return cast(str, text)

    @property
    def start(self) -> list[int]:
        """What a document begins after: begin-of-text, else end-of-text (which separates documents)."""
        for token in (self.backend.bos_token_id, self.backend.eos_token_id):
            if token is not None:
                return [cast(int, token)]
        return []


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """A Hugging Face folder: where it is, how many tokens it takes, what ends a text, its tokenizer.

    `context` is config.json's max_position_embeddings: a model with rotary positions computes past it, but was
    not trained to.
    """

    path: Path
    context: int
    end_tokens: frozenset[int]
    tokenizer: Tokenizer


def read_checkpoint(path: Path) -> Checkpoint:
    """Read everything but the weights.

    Raises MixlawError when the folder is not a checkpoint, or its configuration or tokenizer cannot be read.
    """
    if not (path / "config.json").is_file():
        raise MixlawError(
            f"{path} is not a checkpoint: it has no config.json; give the folder of a Hugging Face model, "
            "such as OUT/trials/<trial_id>/model"
        )
    config = _load(AutoConfig, path, "config.json")
    backend = _load(AutoTokenizer, path, "the tokenizer")
    backend.model_max_length = sys.maxsize  # it would warn of long texts, whose lengths are our business
    context = getattr(config.get_text_config(), "max_position_embeddings", None)
    if not isinstance(context, int):
        raise MixlawError(f"{path / 'config.json'} has no max_position_embeddings; add the model's context length")
    return Checkpoint(
        path=path,
        context=context,
        end_tokens=_end_tokens(path, config, backend),
        tokenizer=Tokenizer(backend=backend),
    )


def _load(kind: Any, path: Path, what: str) -> Any:
    try:
        return kind.from_pretrained(path, local_files_only=True)
    except Exception as error:  # whatever transformers raises, the folder is at fault
        raise MixlawError(f"{path} is not a checkpoint that can be read: {what} fails with: {error}") from error


def _end_tokens(path: Path, config: Any, backend: Any) -> frozenset[int]:
    found: list[Any] = [config.get_text_config().eos_token_id, backend.eos_token_id]
    if (path / "generation_config.json").is_file():
        found.append(_load(GenerationConfig, path, "generation_config.json").eos_token_id)
    entries = cast(list[int | list[int] | None], found)
    lists = [entry if isinstance(entry, list) else [entry] for entry in entries if entry is not None]
    return frozenset(token for entry in lists for token in entry)
