from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mixlaw.trial import MixlawError
from mixlaw_eval.engines import Pair, Sampling, StoredEngine, open_engine, stored

PROMPTS = [[1, 2, 3], [4, 5], [6, 7, 8, 9]]
PAIRS = [Pair(source=(1, 2), target=(3, 4)), Pair(source=(5,), target=(6, 7, 8))]


class Counting:
    """An engine that counts what it is asked."""

    def __init__(self, engine: Any) -> None:
        self.engine, self.checkpoint, self.asked = engine, engine.checkpoint, 0

    def generate(self, prompts: Sequence[Sequence[int]], sampling: Sampling, **options: Any) -> Any:
        self.asked += len(prompts)
        return self.engine.generate(prompts, sampling, **options)

    def score(self, pairs: Sequence[Pair], **options: Any) -> Any:
        self.asked += len(pairs)
        return self.engine.score(pairs, **options)


@pytest.fixture
def counting(checkpoint: Path) -> Counting:
    return Counting(open_engine("transformers", checkpoint))


def test_answers_are_those_of_the_engine_and_are_asked_once(counting: Counting, tmp_path: Path) -> None:
    sampling = Sampling(max_tokens=6, n=2, temperature=0.8, seed=3)
    plain = counting.engine.generate(PROMPTS, sampling), counting.engine.score(PAIRS)
    for asked in (5, 5):  # the second time from a new object over the same file
        engine = StoredEngine(counting, tmp_path / "answers.jsonl")
        assert engine.generate(PROMPTS, sampling) == plain[0]
        for found, expected in zip(engine.score(PAIRS), plain[1], strict=True):
            np.testing.assert_allclose(found, expected, atol=1e-5)  # batched otherwise
        assert counting.asked == asked


def test_other_questions_are_asked(counting: Counting, tmp_path: Path) -> None:
    engine = StoredEngine(counting, tmp_path / "answers.jsonl")
    engine.generate(PROMPTS, Sampling(max_tokens=4))
    engine.generate(PROMPTS, Sampling(max_tokens=5))
    engine.generate([*PROMPTS, [9, 9]], Sampling(max_tokens=5))
    assert counting.asked == 7


def test_progress_counts_every_prompt_once(counting: Counting, tmp_path: Path) -> None:
    engine = StoredEngine(counting, tmp_path / "answers.jsonl")
    engine.generate(PROMPTS[:1], Sampling(max_tokens=4))
    done: list[int] = []
    engine.generate([*PROMPTS, PROMPTS[1]], Sampling(max_tokens=4), advance=done.append)
    assert sum(done) == 4


def test_a_line_cut_short_is_asked_again(counting: Counting, tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    expected = StoredEngine(counting, path).generate(PROMPTS, Sampling(max_tokens=4))
    path.write_bytes(path.read_bytes()[:-20])
    assert StoredEngine(counting, path).generate(PROMPTS, Sampling(max_tokens=4)) == expected
    assert counting.asked == 4
    assert StoredEngine(counting, path).generate(PROMPTS, Sampling(max_tokens=4)) == expected
    assert counting.asked == 4


def test_refuses_what_the_engine_refuses(counting: Counting, tmp_path: Path) -> None:
    engine = StoredEngine(counting, tmp_path / "answers.jsonl")
    with pytest.raises(MixlawError, match="do not fit the context"):
        engine.score([Pair(source=(1,) * 200, target=(2,))])
    with pytest.raises(MixlawError, match="a prompt must have"):
        engine.generate([[]], Sampling(max_tokens=2))


def test_checkpoints_have_files_of_their_own(checkpoint: Path, make_checkpoint: Any, tmp_path: Path) -> None:
    for folder in (checkpoint, make_checkpoint(64)):
        engine = stored(open_engine("transformers", folder), tmp_path, engine_name="transformers", dtype="float32")
        engine.generate(PROMPTS, Sampling(max_tokens=2))
    assert len(list(tmp_path.glob("*.jsonl"))) == 2


KILLED = """
import importlib, os, signal, sys
from pathlib import Path
from mixlaw_eval.engines import Sampling, StoredEngine, open_engine

stored = importlib.import_module("mixlaw_eval.engines.stored")

stored.FIRST_CHUNK, stored.LEAST_SECONDS = 4, 0.0
engine = StoredEngine(open_engine("transformers", Path(sys.argv[1])), Path(sys.argv[2]))
done = 0
def advance(n):
    global done
    done += n
    if done >= 8:
        os.kill(os.getpid(), signal.SIGKILL)
engine.generate([[1, 2, i] for i in range(20)], Sampling(max_tokens=4), advance=advance)
"""


def test_kill_9_loses_at_most_one_chunk(counting: Counting, checkpoint: Path, tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    done = subprocess.run([sys.executable, "-c", KILLED, str(checkpoint), str(path)], env=os.environ, timeout=120)
    assert done.returncode == -signal.SIGKILL
    prompts = [[1, 2, i] for i in range(20)]
    found = StoredEngine(counting, path).generate(prompts, Sampling(max_tokens=4))
    assert counting.asked == 12
    assert found == counting.engine.generate(prompts, Sampling(max_tokens=4))
