"""What a user is told when a checkpoint or an engine is not what it should be."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from mixlaw.model import Decoder, export_to_hugging_face
from mixlaw.trial import MixlawError, ModelShape
from mixlaw_eval.engines import Pair, open_engine
from mixlaw_eval.engines.open_engine import vllm_is_installed
from mixlaw_eval.engines.transformers_engine import TransformersEngine


@pytest.fixture
def damaged(checkpoint: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(checkpoint, tmp_path / "model"))


def test_a_folder_that_is_no_checkpoint_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MixlawError, match=r"is not a checkpoint: it has no config\.json"):
        open_engine("transformers", tmp_path)


def test_weights_cut_short_are_refused(damaged: Path) -> None:
    weights = damaged / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:1000])
    with pytest.raises(MixlawError, match="holds no weights that can be loaded"):
        open_engine("transformers", damaged)


@pytest.mark.parametrize(
    ("name", "message"), [("tokenizer.json", "the tokenizer fails"), ("config.json", "config.json fails")]
)
def test_damaged_files_are_named(damaged: Path, name: str, message: str) -> None:
    (damaged / name).write_text("{ not json")
    with pytest.raises(MixlawError, match=message):
        open_engine("transformers", damaged)


def test_the_context_is_the_configuration_s(damaged: Path) -> None:
    config: dict[str, Any] = json.loads((damaged / "config.json").read_text())
    (damaged / "config.json").write_text(json.dumps(config | {"max_position_embeddings": 99}))
    assert open_engine("transformers", damaged).checkpoint.context == 99


def test_unknown_names_are_refused(checkpoint: Path) -> None:
    with pytest.raises(MixlawError, match="known are auto, vllm and transformers"):
        open_engine("tgi", checkpoint)  # pyright: ignore[reportArgumentType]
    with pytest.raises(MixlawError, match="unknown dtype"):
        open_engine("auto", checkpoint, dtype="int4")


@pytest.mark.skipif(vllm_is_installed(), reason="vLLM is installed")
def test_without_vllm_auto_is_transformers_and_vllm_says_how_to_install(checkpoint: Path) -> None:
    assert isinstance(open_engine("auto", checkpoint), TransformersEngine)
    with pytest.raises(MixlawError, match=r"pip install 'mixlaw\[vllm\]'"):
        open_engine("vllm", checkpoint)


def test_a_model_that_mixlaw_exported_is_scored_as_its_decoder_would(checkpoint: Path, tmp_path: Path) -> None:
    torch.manual_seed(0)
    shape = ModelShape(name="tiny", n_layers=1, d_model=64, n_heads=2, d_ff=96)
    decoder = Decoder(shape, vocab_size=512)
    export_to_hugging_face(decoder, checkpoint / "tokenizer.json", 0, tmp_path / "model", seq_len=32)
    engine = open_engine("transformers", tmp_path / "model")
    assert (engine.checkpoint.context, engine.checkpoint.tokenizer.start) == (32, [0])
    assert engine.checkpoint.end_tokens == {0}
    pair = Pair(source=(0, 5, 9), target=(200, 31, 77))
    with torch.inference_mode():
        expected = decoder(torch.tensor([[*pair.source, *pair.target]]))[0].log_softmax(-1)
    chosen = [float(expected[2 + j, token]) for j, token in enumerate(pair.target)]
    np.testing.assert_allclose(engine.score([pair])[0], chosen, atol=1e-4)
