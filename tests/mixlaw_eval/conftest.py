"""A tiny checkpoint of random weights, saved as any Hugging Face folder is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

from mixlaw_eval.parallel import load_tasks

EOS = "<|endoftext|>"


def _tokenizer() -> PreTrainedTokenizerFast:
    """Byte-level BPE of 512 tokens, trained on the translation set."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    trainer = trainers.BpeTrainer(vocab_size=512, special_tokens=[EOS], initial_alphabet=alphabet, show_progress=False)
    tokenizer.train_from_iterator((text for task in load_tasks() for text in task.sources.values()), trainer)
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token=EOS)


def _model(context: int) -> LlamaForCausalLM:
    config = LlamaConfig(
        vocab_size=512,
        hidden_size=64,
        intermediate_size=128,
        num_hidden_layers=2,
        num_attention_heads=2,
        max_position_embeddings=context,
        bos_token_id=None,
        eos_token_id=0,
        initializer_range=0.3,  # wide enough that no two tokens are near a tie
    )
    torch.manual_seed(0)
    return LlamaForCausalLM(config)


@pytest.fixture(scope="session")
def make_checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Path]:
    """A folder with a checkpoint of the given context length."""
    tokenizer = _tokenizer()

    def make(context: int) -> Path:
        folder = tmp_path_factory.mktemp("checkpoint")
        _model(context).save_pretrained(folder)
        tokenizer.save_pretrained(folder)
        return folder

    return make


@pytest.fixture(scope="session")
def checkpoint(make_checkpoint: Callable[[int], Path]) -> Path:
    """A checkpoint with a context of 128 tokens."""
    return make_checkpoint(128)
