from __future__ import annotations

import pytest

from mixlaw.trial import MixlawError
from mixlaw_sweeps.console import count, duration, size
from mixlaw_sweeps.options import assignments, known_boundaries, languages, number, trials_per_gpu


@pytest.mark.parametrize(
    ("text", "value"), [("1.5B", 1.5e9), ("350b", 350e9), ("1e6", 1e6), ("25k", 25e3), ("1T", 1e12)]
)
def test_numbers_with_suffixes(text: str, value: float) -> None:
    assert number(text, "--tokens") == value


@pytest.mark.parametrize("text", ["", "many", "-1", "0", "nan", "inf", "1.5X"])
def test_what_is_no_positive_number_is_refused(text: str) -> None:
    with pytest.raises(MixlawError, match="--tokens must be a positive number"):
        number(text, "--tokens")


def test_trials_per_gpu_is_auto_or_a_number() -> None:
    assert (trials_per_gpu("auto"), trials_per_gpu("8")) == ("auto", 8)
    with pytest.raises(MixlawError, match="--trials-per-gpu must be auto or a number such as 4, got 'all'"):
        trials_per_gpu("all")


def test_assignments() -> None:
    assert assignments("python=2, java=1", "--target") == {"python": 2.0, "java": 1.0}
    assert assignments(None, "--target") == {}


@pytest.mark.parametrize("text", ["python", "python=", "python=x", "python=-1", "python=inf"])
def test_wrong_assignments_show_the_right_form(text: str) -> None:
    with pytest.raises(MixlawError, match=r"--fix must look like python=0\.5,java=0\.5"):
        assignments(text, "--fix")


def test_unknown_languages_are_named_with_the_known_ones() -> None:
    with pytest.raises(MixlawError, match="--fix names an unknown language 'cobol'; known are python, java"):
        assignments("cobol=1", "--fix")
    with pytest.raises(MixlawError, match="unknown language 'cobol'"):
        languages("python,cobol")


def test_numbers_for_people() -> None:
    assert [count(n) for n in (25_344, 1_048_576, 64e9, 3)] == ["25.3k", "1.05M", "64B", "3"]
    assert [size(n) for n in (900, 5.56e6, 162e9, 2.22e12)] == ["900 B", "5.56 MB", "162 GB", "2.22 TB"]
    assert [duration(s) for s in (42, 200, 8000, 300_000)] == ["42 s", "3.33 min", "2.22 h", "3.47 days"]


def test_boundaries() -> None:
    assert known_boundaries("kept") == "kept"
    with pytest.raises(MixlawError, match="--boundaries must be ignored or kept, got 'yes'"):
        known_boundaries("yes")
