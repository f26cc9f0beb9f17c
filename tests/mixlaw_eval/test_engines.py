"""One conformance suite for every engine, against plain unbatched forward passes of the same weights."""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from transformers import AutoModelForCausalLM

from mixlaw.trial import MixlawError
from mixlaw_eval.engines import Engine, Pair, Sampling, open_engine
from mixlaw_eval.engines.open_engine import vllm_is_installed

END = 0
PROMPTS = [[5, 9, 200], [17] * 40, [300, 301, 302, 303, 304, 305, 306], [99]]


@pytest.fixture(scope="module", params=["transformers", "vllm"])
def engine(request: pytest.FixtureRequest, checkpoint: Path) -> Engine:
    if request.param == "vllm" and not vllm_is_installed():
        pytest.skip("vLLM is not installed; docs/evaluation.md says how, also on a CPU")
    return open_engine(request.param, checkpoint, dtype="float32")


@pytest.fixture(scope="module")
def model(checkpoint: Path) -> Any:
    auto: Any = AutoModelForCausalLM
    return auto.from_pretrained(checkpoint, dtype=torch.float32).eval()


@torch.inference_mode()
def log_probabilities(model: Any, tokens: list[int]) -> torch.Tensor:
    """After each prefix: log P of every next token, (T, V)."""
    return model(input_ids=torch.tensor([tokens])).logits[0].double().log_softmax(-1)


def greedy(model: Any, prompt: list[int], n: int) -> tuple[int, ...]:
    tokens = list(prompt)
    for _ in range(n):
        tokens.append(int(log_probabilities(model, tokens)[-1].argmax()))
    return tuple(tokens[len(prompt) :])


def pairs() -> list[Pair]:
    draw = np.random.default_rng(0)
    lengths = [(1, 1), (3, 50), (60, 2), (20, 20), (1, 127), (127, 1), (9, 31)]
    return [Pair(source=tuple(draw.integers(1, 512, s)), target=tuple(draw.integers(1, 512, t))) for s, t in lengths]


def test_scores_are_the_log_probabilities_of_every_target_token(engine: Engine, model: Any) -> None:
    for pair, score in zip(pairs(), engine.score(pairs()), strict=True):
        expected = log_probabilities(model, [*pair.source, *pair.target])
        start = len(pair.source) - 1
        chosen = [float(expected[start + j, token]) for j, token in enumerate(pair.target)]
        np.testing.assert_allclose(score, chosen, atol=1e-3)


def test_a_pair_longer_than_the_context_is_refused_and_never_cut(engine: Engine) -> None:
    with pytest.raises(MixlawError, match=r"1 of 2 pairs do not fit the context of 128 tokens.*pair 1 has 1 \+ 128"):
        engine.score([Pair(source=(1,), target=(2,)), Pair(source=(1,), target=(2,) * 128)])


def test_greedy_continuations_are_the_likeliest_tokens(engine: Engine, model: Any) -> None:
    found = engine.generate(PROMPTS, Sampling(max_tokens=24))
    for prompt, (generation,) in zip(PROMPTS, found, strict=True):
        assert generation.tokens == greedy(model, prompt, 24)
        assert generation.text == engine.checkpoint.tokenizer.decode(generation.tokens)
        assert generation.finish == "length"


def test_a_stop_string_ends_the_text_before_it(engine: Engine) -> None:
    ((whole,),) = engine.generate(PROMPTS[:1], Sampling(max_tokens=40))
    stop = whole.text[30:34]
    ((cut,),) = engine.generate(PROMPTS[:1], Sampling(max_tokens=40, stop=("never written", stop)))
    assert cut.text == whole.text[: whole.text.index(stop)]
    assert cut.tokens == whole.tokens[: len(cut.tokens)]
    assert len(cut.tokens) < len(whole.tokens)
    assert cut.finish == "stop"


def test_generation_ends_with_the_context(engine: Engine) -> None:
    ((generation,),) = engine.generate([[7] * 120], Sampling(max_tokens=50))
    assert len(generation.tokens) == 8
    with pytest.raises(MixlawError, match="1 to 127 tokens"):
        engine.generate([[7] * 128], Sampling(max_tokens=1))
    with pytest.raises(MixlawError, match="got 0"):
        engine.generate([[]], Sampling(max_tokens=1))


def test_the_same_seed_gives_the_same_samples_in_any_company(engine: Engine) -> None:
    sampling = Sampling(max_tokens=12, n=3, temperature=1.0, seed=4)
    together = engine.generate(PROMPTS, sampling)
    alone = engine.generate(PROMPTS[2:3], sampling)
    assert together[2] == alone[0]
    assert len({generation.tokens for generation in alone[0]}) == 3
    other = engine.generate(PROMPTS[2:3], Sampling(max_tokens=12, n=3, temperature=1.0, seed=5))
    assert other != alone


def test_samples_follow_the_distribution_at_the_temperature(engine: Engine, model: Any) -> None:
    n, temperature, top_p = 1500, 2.0, 0.6
    (generations,) = engine.generate(PROMPTS[:1], Sampling(max_tokens=1, n=n, temperature=temperature, top_p=top_p))
    drawn = Counter((generation.tokens or (END,))[0] for generation in generations)
    p = (log_probabilities(model, PROMPTS[0])[-1] / temperature).softmax(-1).numpy()
    order = np.argsort(-p)
    nucleus = order[: int(np.searchsorted(np.cumsum(p[order]), top_p)) + 1]
    expected = dict(zip(nucleus.tolist(), p[nucleus] / p[nucleus].sum(), strict=True))
    assert set(drawn) <= set(expected)
    distance = sum(abs(drawn[token] / n - share) for token, share in expected.items()) / 2
    # Expected total variation of n draws: sum over tokens of sqrt(p (1 - p) / (2 pi n)).
    noise = sum(math.sqrt(share * (1 - share) / (2 * math.pi * n)) for share in expected.values())
    assert distance < 2 * noise


def test_progress_counts_every_item_once(engine: Engine) -> None:
    done: list[int] = []
    engine.score(pairs(), advance=done.append)
    assert sum(done) == len(pairs())
    done.clear()
    engine.generate(PROMPTS, Sampling(max_tokens=2, n=2, temperature=1.0), advance=done.append)
    assert sum(done) == len(PROMPTS)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"n": 2}, "all the same"),
        ({"temperature": -1.0}, "temperature"),
        ({"top_p": 0.0}, "top_p"),
        ({"max_tokens": 0}, "at least 1"),
        ({"stop": ("",)}, "empty stop string"),
    ],
)
def test_sampling_that_makes_no_sense_is_refused(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(MixlawError, match=message):
        Sampling(**dict[str, Any]({"max_tokens": 5} | wrong))
