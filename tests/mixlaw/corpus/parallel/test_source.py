from __future__ import annotations

from typing import Any

import pytest
import yaml

from mixlaw.corpus.keys import Keys
from mixlaw.corpus.parallel.source import ParallelSource, check_parallel, directions_of, parallel_source_of
from mixlaw.trial import LANGUAGES, MixlawError


def source(text: str = "", **changes: Any) -> ParallelSource:
    entry = {"name": "s", "path": "tasks", "licence": "MIT"} | (yaml.safe_load(text) or {}) | changes
    return parallel_source_of(Keys(entry, "spec.yaml: parallel[1]"))


def test_python_is_the_pivot_unless_said_otherwise() -> None:
    assert set(directions_of(source())) == {
        way for other in LANGUAGES[1:] for way in (("python", other), (other, "python"))
    }
    assert {frozenset(way) for way in directions_of(source("pairs: go"))} == {
        frozenset(("go", other)) for other in LANGUAGES if other != "go"
    }
    assert len(directions_of(source("pairs: all"))) == 42


def test_listed_pairs_give_both_directions_but_for_those_held_out() -> None:
    listed = source("{pairs: [[go, python], [java, rust]], held_out: [[rust, java]]}")
    assert directions_of(listed) == (("python", "go"), ("go", "python"), ("java", "rust"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("pairs: cobol", "pairs: unknown 'cobol'; say one language"),
        ("pairs: [[python, cobol]]", "pairs: unknown language 'cobol'; known are python"),
        ("pairs: [[go, go]]", "pairs: go cannot be paired with itself"),
        ("pairs: [[go]]", "pairs: expected a list of lists of two languages"),
        ("pairs: [python, go]", "pairs: expected a list of lists of two languages"),
        ("pairs: 3", "pairs: expected a list of lists of two languages"),
        ("pairs: []", "pairs: the list is empty"),
        ("pairs: [[go, rust], [rust, go]]", "pairs: rust and go are listed twice"),
        ("held_out: [[go, rust]]", "held_out: go to rust is not made in the first place"),
        ("held_out: [[python, cobol]]", "held_out: unknown language 'cobol'"),
        ("held_out: [[python, go], [python, go]]", "held_out: python to go is listed twice"),
        ("{pairs: [[go, rust]], held_out: [[go, rust], [rust, go]]}", "held_out: every direction is held out"),
        ("even: 1", "even: expected true or false, got 1"),
        ("columns: {cobol: x}", "columns: unknown cobol"),
        ("evenly: true", "unknown key evenly"),
    ],
)
def test_mistakes_name_the_file_and_the_key(text: str, said: str) -> None:
    with pytest.raises(MixlawError) as caught:
        source(text)
    assert str(caught.value).startswith("spec.yaml: parallel[1]: ")
    assert said in str(caught.value)


def test_a_direction_held_out_by_one_source_is_not_made_by_another() -> None:
    held = source("held_out: [[python, go]]", name="a")
    check_parallel(
        [held, source("held_out: [[python, go]]", name="b"), source("pairs: [[java, go]]", name="c")], "spec"
    )
    with pytest.raises(MixlawError, match=r"a holds out python to go, but b makes it; add \[python, go\]"):
        check_parallel([source(name="b"), held], "spec")
    with pytest.raises(MixlawError, match="two sources are named a"):
        check_parallel([held, held], "spec")
