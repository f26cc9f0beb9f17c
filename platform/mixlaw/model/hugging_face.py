"""The decoder as a Hugging Face LlamaForCausalLM folder, and back.

Written directly (config.json, model.safetensors, tokenizer files): importing transformers would cost each short trial
more than the export itself. Tests load the folder with transformers and compare logits.

Boundaries between documents are no part of the format: a model trained with them kept is a plain LlamaForCausalLM too,
and takes one text at a time as it is. In transformers, texts packed to one row stay apart when `position_ids` begin
anew at each: `model(ids, position_ids=document_positions(starts), use_cache=False)`.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import (
    load_file,  # pyright: ignore[reportUnknownVariableType]
    save_file,  # pyright: ignore[reportUnknownVariableType]
)
from torch import Tensor

from mixlaw.model.decoder import NORM_EPS, ROPE_THETA, Decoder
from mixlaw.trial import MixlawError, ModelShape

_OUTER = {
    "embedding.weight": "model.embed_tokens.weight",
    "norm.weight": "model.norm.weight",
    "output.weight": "lm_head.weight",
}
_INNER = {
    "attention_norm": "input_layernorm",
    "query": "self_attn.q_proj",
    "key": "self_attn.k_proj",
    "value": "self_attn.v_proj",
    "attention_output": "self_attn.o_proj",
    "mlp_norm": "post_attention_layernorm",
    "gate": "mlp.gate_proj",
    "up": "mlp.up_proj",
    "down": "mlp.down_proj",
}
_BLOCK = re.compile(r"blocks\.(\d+)\.(\w+)\.weight")


def export_to_hugging_face(
    decoder: Decoder,
    tokenizer_path: Path,
    eos: int,
    directory: Path,
    *,
    seq_len: int,
    state: Mapping[str, Tensor] | None = None,
) -> None:
    """Write a folder that transformers and vLLM load, float32, whole or not at all; an earlier one is replaced.

    `seq_len` is what the model was trained on and becomes max_position_embeddings. `state` is the full state dict of a
    decoder whose parameters are sharded; by default the decoder's own.
    """
    directory.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(dir=directory.parent, prefix=f".{directory.name}."))
    try:
        weights = decoder.state_dict() if state is None else state
        _write_weights(temporary, weights)
        _write_json(temporary / "config.json", _config(decoder, eos, seq_len))
        _write_json(temporary / "generation_config.json", {"eos_token_id": eos, "bos_token_id": eos})
        _write_tokenizer(temporary, tokenizer_path, eos, seq_len)
        temporary.chmod(0o755)
        _replace(temporary, directory)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise


def load_decoder(directory: Path) -> Decoder:
    """The decoder of an exported folder, on the CPU in float32.

    Raises MixlawError when the folder is not one, or is of another architecture.
    """
    try:
        config = json.loads((directory / "config.json").read_text())
        weights = load_file(directory / "model.safetensors")
    except (OSError, ValueError) as error:
        raise MixlawError(f"{directory} holds no exported model ({error}); train its trial first") from error
    if config.get("architectures") != ["LlamaForCausalLM"]:
        raise MixlawError(f"{directory} is a {config.get('architectures')}, not a LlamaForCausalLM")
    with torch.device("meta"):
        decoder = Decoder(_shape(config), config["vocab_size"])
    names = {hugging_face_name(name): name for name in decoder.state_dict()}
    decoder.load_state_dict({names[name]: weight.float() for name, weight in weights.items()}, assign=True)
    return decoder


def hugging_face_name(name: str) -> str:
    """A decoder parameter's name in LlamaForCausalLM."""
    if name in _OUTER:
        return _OUTER[name]
    match = _BLOCK.fullmatch(name)
    assert match is not None, name
    return f"model.layers.{match[1]}.{_INNER[match[2]]}.weight"


def _config(decoder: Decoder, eos: int, seq_len: int) -> dict[str, Any]:
    shape = decoder.shape
    return {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "vocab_size": decoder.vocab_size,
        "hidden_size": shape.d_model,
        "intermediate_size": shape.d_ff,
        "num_hidden_layers": shape.n_layers,
        "num_attention_heads": shape.n_heads,
        "num_key_value_heads": shape.n_heads,
        "head_dim": shape.head_dim,
        "max_position_embeddings": seq_len,
        "hidden_act": "silu",
        "rms_norm_eps": NORM_EPS,
        "rope_theta": ROPE_THETA,
        "rope_parameters": {"rope_type": "default", "rope_theta": ROPE_THETA},
        "tie_word_embeddings": shape.tied_embeddings,
        "attention_bias": False,
        "mlp_bias": False,
        "attention_dropout": 0.0,
        # Documents are separated by eos, so eos is also what a text begins after.
        "bos_token_id": eos,
        "eos_token_id": eos,
        "dtype": "float32",
        "torch_dtype": "float32",
    }


def _shape(config: Mapping[str, Any]) -> ModelShape:
    return ModelShape(
        name="exported",
        n_layers=config["num_hidden_layers"],
        d_model=config["hidden_size"],
        n_heads=config["num_attention_heads"],
        d_ff=config["intermediate_size"],
        tied_embeddings=config["tie_word_embeddings"],
    )


def _write_weights(folder: Path, state: Mapping[str, Tensor]) -> None:
    weights = {hugging_face_name(name): tensor.float().cpu().contiguous() for name, tensor in state.items()}
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})


def _write_tokenizer(folder: Path, tokenizer_path: Path, eos: int, seq_len: int) -> None:
    shutil.copyfile(tokenizer_path, folder / "tokenizer.json")
    tokenizer = json.loads(tokenizer_path.read_text())
    token = _token_of(tokenizer, eos)
    settings = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "bos_token": token,
        "eos_token": token,
        "model_max_length": seq_len,
        "clean_up_tokenization_spaces": False,
    }
    _write_json(folder / "tokenizer_config.json", settings)


def _token_of(tokenizer: Mapping[str, Any], token_id: int) -> str:
    ids: dict[int, str] = {token["id"]: token["content"] for token in tokenizer.get("added_tokens", [])}
    vocabulary: Any = tokenizer["model"]["vocab"]
    if isinstance(vocabulary, dict):
        ids |= {i: token for token, i in vocabulary.items()}  # pyright: ignore[reportUnknownVariableType]
    if token_id not in ids:
        raise MixlawError(f"the tokenizer has no token with the id {token_id} of eos")
    return ids[token_id]


def _write_json(path: Path, content: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=1) + "\n")


def _replace(temporary: Path, directory: Path) -> None:
    """Rename into place; a folder cannot be renamed over a full one, so an earlier one steps aside first."""
    if directory.exists():
        aside = Path(tempfile.mkdtemp(dir=directory.parent, prefix=f".{directory.name}.old."))
        directory.rename(aside / directory.name)
        temporary.rename(directory)
        shutil.rmtree(aside, ignore_errors=True)
    else:
        temporary.rename(directory)
