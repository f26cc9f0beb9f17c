"""The engine for GPUs: vLLM in this process.

vLLM sets thread counts, the random state and the environment of its process, and does not give memory back:
the caller gives it a process of its own (a subprocess, a Ray task or actor). Tried with 0.32.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from mixlaw.trial import MixlawError
from mixlaw_eval.engines.checkpoint import Checkpoint
from mixlaw_eval.engines.decoding import check_pairs, finish, room, sample_seed
from mixlaw_eval.engines.engine import Advance, Generation, Pair, Sampling

CHUNK = 256
"""Requests handed to vLLM at a time, so that progress can be told."""


def _settings() -> dict[str, str]:
    """Read by vLLM when it is imported; what the user has set is kept."""
    everywhere = {
        "VLLM_ENABLE_V1_MULTIPROCESSING": "0",  # in process: starts in seconds and dies with us
        "VLLM_NO_USAGE_STATS": "1",
        "HF_HUB_OFFLINE": "1",
        # Scoring needs one position more than the context, for a token that is thrown away.
        "VLLM_ALLOW_LONG_MAX_MODEL_LEN": "1",
        "VLLM_LOGGING_LEVEL": "ERROR",
    }
    on_cpu = {"VLLM_CPU_KVCACHE_SPACE": "1", "TORCHDYNAMO_DISABLE": "1"}
    return everywhere | ({} if torch.cuda.is_available() else on_cpu)


class VllmEngine:
    """`Engine` over vllm.LLM."""

    def __init__(self, checkpoint: Checkpoint, *, dtype: str) -> None:
        self.checkpoint = checkpoint
        for name, value in _settings().items():
            os.environ.setdefault(name, value)
        self._vllm: Any = import_module("vllm")
        self._llm = self._load(dtype)

    def _load(self, dtype: str) -> Any:
        try:
            return self._vllm.LLM(
                model=str(self.checkpoint.path),
                dtype=dtype,
                max_model_len=self.checkpoint.context + 1,
                generation_config="vllm",
                enforce_eager=not torch.cuda.is_available(),
                disable_log_stats=True,
            )
        except (OSError, ValueError, RuntimeError) as error:
            raise MixlawError(
                f"vLLM cannot load {self.checkpoint.path}: {error}; the transformers engine reads more models"
            ) from error

    def score(self, pairs: Sequence[Pair], *, advance: Advance | None = None) -> list[NDArray[np.float64]]:
        """See Engine.score."""
        check_pairs(pairs, self.checkpoint)
        parameters = self._vllm.SamplingParams(temperature=0, max_tokens=1, prompt_logprobs=0, detokenize=False)
        outputs = self._run([[*pair.source, *pair.target] for pair in pairs], [parameters] * len(pairs), advance)
        return [_target_scores(output, pair) for output, pair in zip(outputs, pairs, strict=True)]

    def generate(
        self, prompts: Sequence[Sequence[int]], sampling: Sampling, *, advance: Advance | None = None
    ) -> list[list[Generation]]:
        """See Engine.generate."""
        rooms = [room(prompt, sampling, self.checkpoint) for prompt in prompts]
        rows = [(i, j) for i in range(len(prompts)) for j in range(sampling.n)]
        outputs = self._run(
            [list(prompts[i]) for i, _ in rows],
            [self._parameters(sampling, rooms[i], sample_seed(sampling, prompts[i], j)) for i, j in rows],
            advance,
            per_item=sampling.n,
        )
        texts = [finish(output.outputs[0].token_ids, sampling, self.checkpoint) for output in outputs]
        return [texts[start : start + sampling.n] for start in range(0, len(texts), sampling.n)]

    def _parameters(self, sampling: Sampling, max_tokens: int, seed: int) -> Any:
        return self._vllm.SamplingParams(
            temperature=sampling.temperature,
            top_p=sampling.top_p,
            seed=seed,
            max_tokens=max_tokens,
            stop=list(sampling.stop),  # only ends generation early; `finish` cuts
            stop_token_ids=sorted(self.checkpoint.end_tokens),
            detokenize=bool(sampling.stop),
        )

    def _run(
        self,
        requests: list[list[int]],
        parameters: list[Any],
        advance: Advance | None,
        *,
        per_item: int = 1,
    ) -> list[Any]:
        """Answers in order; `per_item` neighbouring requests are one item of the progress."""
        outputs: list[Any] = []
        step = max(1, CHUNK // per_item) * per_item
        for start in range(0, len(requests), step):
            part = slice(start, start + step)
            prompts = [{"prompt_token_ids": tokens} for tokens in requests[part]]
            outputs += self._llm.generate(prompts, parameters[part], use_tqdm=False)
            if advance:
                advance(len(prompts) // per_item)
        return outputs


def _target_scores(output: Any, pair: Pair) -> NDArray[np.float64]:
    at = len(pair.source)
    return np.array([output.prompt_logprobs[at + j][token].logprob for j, token in enumerate(pair.target)], np.float64)
