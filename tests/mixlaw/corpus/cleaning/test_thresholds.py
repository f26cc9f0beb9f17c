from __future__ import annotations

import pytest

from mixlaw.corpus.cleaning.thresholds import Thresholds, thresholds_of
from mixlaw.corpus.keys import Keys
from mixlaw.trial import MixlawError


def test_a_spec_changes_limits_of_all_languages_and_of_one() -> None:
    thresholds = thresholds_of(Keys({"max_line": 500, "text": {"min_alphanumeric": 0.4}}, "spec.yaml: filters"))
    assert thresholds.of("go").max_line == 500
    assert thresholds.of("go").min_alphanumeric == 0.25
    assert thresholds.of("text").min_alphanumeric == 0.4
    assert thresholds.of("text").max_line == 0, "lines of text are not judged unless text itself says so"
    judged = thresholds_of(Keys({"text": {"max_line": 100_000}}, "spec.yaml: filters"))
    assert judged.of("text").max_line == 100_000
    assert judged.of("text").max_mean_line == 0
    assert thresholds_of(Keys({}, "spec.yaml: filters")) == Thresholds()


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"max_lines": "many"}, r"filters: max_lines: expected a number >= 0, got 'many'"),
        ({"min_alphanumeric": -0.1}, r"filters: min_alphanumeric: expected a number >= 0, got -0.1"),
        ({"max_line_length": 10}, r"filters: unknown key max_line_length; known are .*go.*max_line"),
        ({"go": {"longest": 10}}, r"filters: go: unknown key longest; known are .*max_line"),
        ({"cobol": {"max_line": 10}}, r"filters: unknown key cobol"),
    ],
)
def test_what_cannot_be_meant_is_refused(filters: dict[str, object], message: str) -> None:
    with pytest.raises(MixlawError, match=message):
        thresholds_of(Keys(filters, "spec.yaml: filters"))


def test_a_python_spec_is_checked_too() -> None:
    with pytest.raises(MixlawError, match="unknown cobol, longest"):
        Thresholds(of_languages={"cobol": {"longest": 1}})
