"""BLEU of translations against a calculation by hand, and its interval."""

from __future__ import annotations

import math

import pytest

from mixlaw_eval.translation import Translation, bleu_of


def translation(text: str, reference: str) -> Translation:
    return Translation(task="t", source="go", target="rust", text=text, reference=reference, ended=True)


def test_bleu_is_the_geometric_mean_of_n_gram_precisions() -> None:
    found = bleu_of([translation("a b c d e", "a b c d f"), translation("a b c d e", "a b c d f")])
    expected = 100 * (4 / 5 * 3 / 4 * 2 / 3 * 1 / 2) ** 0.25  # 1- to 4-grams; equal lengths, so no brevity penalty
    assert found.score == pytest.approx(expected)
    assert found.programs == 2
    assert "tok:13a" in found.signature


def test_a_perfect_translation_has_100_and_nothing_has_0() -> None:
    text = "fn main() { let x = 1; }"
    assert bleu_of([translation(text, text)] * 3).score == pytest.approx(100)
    assert bleu_of([translation("", text)] * 3).score == 0.0


def test_the_interval_holds_the_score_and_is_repeatable() -> None:
    good, bad = translation("a b c d e", "a b c d e"), translation("x y z w v", "a b c d e")
    found = bleu_of([good] * 10 + [bad] * 10)
    assert found.lower < found.score < found.upper
    assert found.upper - found.lower > 10
    assert found == bleu_of([good] * 10 + [bad] * 10)


def test_one_program_has_no_interval_and_none_no_score() -> None:
    assert math.isnan(bleu_of([translation("a b c d e", "a b c d e")]).lower)
    with pytest.raises(ValueError, match="no translation"):
        bleu_of([])
