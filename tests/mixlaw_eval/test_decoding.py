"""The decoding that both engines share."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mixlaw_eval.engines import Sampling
from mixlaw_eval.engines.checkpoint import Checkpoint, read_checkpoint
from mixlaw_eval.engines.decoding import finish, first_stop, sample_seed

WORDS = st.text(alphabet="ab\n", max_size=12)


@pytest.fixture(scope="module")
def found(checkpoint: Path) -> Checkpoint:
    return read_checkpoint(checkpoint)


def test_text_survives_the_tokenizer_unchanged(found: Checkpoint) -> None:
    text = "def f(x):\n\treturn  x . y  # naïve 日本\n\n"
    assert found.tokenizer.decode(found.tokenizer.encode(text)) == text


def test_a_document_begins_after_end_of_text(found: Checkpoint) -> None:
    assert found.tokenizer.start == [0]
    assert found.end_tokens == {0}


def test_end_of_text_ends_a_continuation_and_is_not_part_of_it(found: Checkpoint) -> None:
    kept, rest = found.tokenizer.encode("return x"), found.tokenizer.encode("; more")
    generation = finish([*kept, 0, *rest], Sampling(max_tokens=50, stop=("more",)), found)
    assert (generation.text, generation.tokens, generation.finish) == ("return x", tuple(kept), "end-of-text")


def test_tokens_end_with_the_one_that_completes_the_stop_string(found: Checkpoint) -> None:
    tokens = [token for char in "a = 1\n\ndef g" for token in found.tokenizer.encode(char)]
    generation = finish(tokens, Sampling(max_tokens=50, stop=("\ndef", "\n\n")), found)
    assert generation.text == "a = 1"
    assert found.tokenizer.decode(generation.tokens) == "a = 1\n\n"
    assert generation.finish == "stop"


def test_a_broken_character_is_shown_and_not_lost(found: Checkpoint) -> None:
    tokens = found.tokenizer.encode("é")
    assert len(tokens) == 2
    assert finish(tokens[:1], Sampling(max_tokens=1), found).text == "�"


@given(WORDS, st.lists(WORDS.filter(bool), max_size=3))
def test_nothing_before_the_first_stop_holds_a_stop(text: str, stop: list[str]) -> None:
    at = first_stop(text, stop)
    if at is None:
        assert not any(s in text for s in stop)
    else:
        assert any(text.startswith(s, at) for s in stop)
        assert not any(text.find(s) < at for s in stop if s in text)


def test_seeds_differ_by_run_prompt_and_index() -> None:
    runs = [Sampling(max_tokens=1, seed=seed) for seed in (0, 1)]
    seeds = {sample_seed(run, prompt, index) for run in runs for prompt in ([1, 2], [12]) for index in (0, 1)}
    assert len(seeds) == 8
    assert all(0 <= seed < 2**63 for seed in seeds)
