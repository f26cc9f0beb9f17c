"""Choose an engine for a checkpoint."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import torch

from mixlaw.trial import MixlawError
from mixlaw_eval.engines.checkpoint import read_checkpoint
from mixlaw_eval.engines.engine import Engine, EngineName


def open_engine(name: EngineName, checkpoint: Path, *, dtype: str | None = None) -> Engine:
    """Load a checkpoint. "auto" is vLLM on a machine with a GPU where it is installed, else transformers.

    `dtype` is float32, bfloat16 or float16; by default float32 on a CPU and the checkpoint's own on a GPU.
    vLLM changes its process (thread counts, random state, environment): give it a process of its own.
    Raises MixlawError for an unknown engine, a folder that is not a checkpoint, or vLLM not installed.
    """
    if name not in ("auto", "vllm", "transformers"):
        raise MixlawError(f"unknown engine {name!r}; known are auto, vllm and transformers")
    if dtype not in (None, "float32", "bfloat16", "float16"):
        raise MixlawError(f"unknown dtype {dtype!r}; known are float32, bfloat16 and float16")
    found = read_checkpoint(checkpoint)
    precision = dtype or ("auto" if torch.cuda.is_available() else "float32")
    if _use_vllm(name):
        from mixlaw_eval.engines.vllm_engine import VllmEngine

        return VllmEngine(found, dtype=precision)
    from mixlaw_eval.engines.transformers_engine import TransformersEngine

    return TransformersEngine(found, dtype=precision)


def vllm_is_installed() -> bool:
    """Whether `import vllm` finds something; it is not imported."""
    return importlib.util.find_spec("vllm") is not None


def _use_vllm(name: EngineName) -> bool:
    if name == "vllm" and not vllm_is_installed():
        raise MixlawError(
            "vLLM is not installed; on a GPU machine: pip install 'mixlaw[vllm]' (docs/evaluation.md has the "
            "recipe for a CPU), or use the transformers engine"
        )
    return name == "vllm" or (name == "auto" and torch.cuda.is_available() and vllm_is_installed())
