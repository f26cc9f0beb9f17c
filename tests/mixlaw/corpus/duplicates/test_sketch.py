from __future__ import annotations

import re
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mixlaw.corpus.duplicates import SKETCH_SIZE, sketches_of

TEXTS = st.lists(st.text(st.sampled_from("ab_9 .\n-é中"), max_size=60), max_size=8)


def runs_of_five(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return {tuple(words[i : i + 5]) for i in range(max(1, len(words) - 4))}


def similarity(a: str, b: str) -> float:
    x, y = runs_of_five(a), runs_of_five(b)
    return len(x & y) / len(x | y)


@given(TEXTS)
def test_a_sketch_depends_on_its_text_alone(texts: list[str]) -> None:
    together = sketches_of(texts)
    assert together.shape == (len(texts), SKETCH_SIZE)
    for text, sketch in zip(texts, together, strict=True):
        assert np.array_equal(sketches_of([text])[0], sketch)


@given(TEXTS, TEXTS)
def test_sketches_are_equal_where_the_sets_of_runs_are(one: list[str], other: list[str]) -> None:
    """And far apart where the sets have nothing in common."""
    for a in one:
        for b in other:
            shared = float((sketches_of([a])[0] == sketches_of([b])[0]).mean())
            if re.search(r"\w", a) and re.search(r"\w", b):
                assert (shared == 1) == (runs_of_five(a) == runs_of_five(b))
                if not runs_of_five(a) & runs_of_five(b):
                    assert shared < 0.1


@pytest.mark.parametrize("step", [0, 50, 100, 200, 400, 800])
def test_equal_numbers_are_the_jaccard_similarity(step: int) -> None:
    a, b = (" ".join(f"word{i}" for i in range(start, start + 1000)) for start in (0, step))
    found = float(np.mean(np.equal(*sketches_of([a, b]))))
    assert found == pytest.approx(similarity(a, b), abs=4 * (0.25 / SKETCH_SIZE) ** 0.5)


def test_layout_does_not_count_and_case_does() -> None:
    a, b, c = sketches_of(["if (x) { y(z, 1); }", "if(x)\n{\n\ty( z,1 )\n}\n", "IF (x) { y(z, 1); }"])
    assert np.array_equal(a, b)
    assert not np.array_equal(a, c)


def test_texts_without_words_are_not_alike() -> None:
    a, b, empty = sketches_of(["+-*/ " * 9, "={}() " * 9, ""])
    assert np.equal(a, b).mean() < 0.1
    assert np.equal(a, empty).mean() < 0.1


def test_long_texts_and_many_are_cut_into_the_same_runs() -> None:
    long = " ".join(f"w{i % 7919}" for i in range(200_000))
    assert np.array_equal(sketches_of(["a b c d e f", long, "a b c d e f"])[[0, 2]], sketches_of(["a b c d e f"] * 2))
    assert np.array_equal(sketches_of([long])[0], sketches_of([long.replace(" ", "  ;\n")])[0])


def test_another_process_gives_the_same_numbers() -> None:
    """Python's own hash differs between processes; a sketch must not."""
    program = "from mixlaw.corpus.duplicates import sketches_of; print(sketches_of(['to be or not to be'])[0].tolist())"
    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert printed.strip() == str(sketches_of(["to be or not to be"])[0].tolist())
