from __future__ import annotations

from random import Random
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mixlaw.corpus.sources.source import Source
from mixlaw.corpus.spec import CorpusSpec
from mixlaw.corpus.split import split_projects
from mixlaw.corpus.stages.order import sampling_order
from mixlaw.trial import LANGUAGES, MixlawError

Projects = dict[str, tuple[str, ...]]


def index_of(projects: Projects, size: int = 100) -> pl.DataFrame:
    """One document of each language of each project."""
    rows = [(language, name, size) for name, languages in projects.items() for language in languages]
    schema = {"domain": pl.Categorical, "project": pl.Categorical, "bytes": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def spec_of(projects: Projects, **options: Any) -> CorpusSpec:
    languages = sorted({language for named in projects.values() for language in named})
    source = Source(project="any", kind="folder", licence="MIT", languages=tuple(languages), path=".")
    limits = {"vocab_size": 300, "max_train_tokens": 1, "max_validation_tokens": 1}
    return CorpusSpec(name="x", sources=(source,), **{**limits, **options})


@given(
    # Three projects per language of its own, and some that have several languages.
    extra=st.dictionaries(
        st.text("xyz", min_size=1, max_size=4), st.sets(st.sampled_from(LANGUAGES), min_size=1), max_size=6
    ),
    seed=st.integers(0, 100),
    order=st.randoms(use_true_random=False),
)
@settings(deadline=None, max_examples=40)
def test_every_language_has_training_and_validation(extra: dict[str, set[str]], seed: int, order: Random) -> None:
    projects: Projects = {f"{language}{i}": (language,) for language in LANGUAGES for i in range(3)}
    projects |= {name: tuple(sorted(languages)) for name, languages in extra.items()}
    splits = split_projects(index_of(projects), spec_of(projects, seed=seed))
    names = list(projects)
    order.shuffle(names)
    assert splits == split_projects(index_of({n: projects[n] for n in names}), spec_of(projects, seed=seed))
    for language in LANGUAGES:
        found = {splits[name] for name, languages in projects.items() if language in languages}
        assert found == {"train", "validation"}


def test_named_projects_are_held_out_and_nothing_more() -> None:
    projects: Projects = {"a": ("go", "rust"), "b": ("go",), "c": ("rust",), "d": ("go",)}
    assert split_projects(index_of(projects), spec_of(projects, validation=("a",))) == {
        "a": "validation",
        "b": "train",
        "c": "train",
        "d": "train",
    }


def test_of_many_projects_as_many_are_held_out_as_the_tokens_take() -> None:
    projects: Projects = {f"p{i}": ("go",) for i in range(100)}
    found = split_projects(index_of(projects, size=1000), spec_of(projects, max_validation_tokens=1000))
    assert list(found.values()).count("validation") == 4, "4 bytes are held out for a token"
    found = split_projects(index_of(projects, size=10), spec_of(projects, max_validation_tokens=1000))
    assert list(found.values()).count("validation") == 20, "and a fifth of the projects at most"
    found = split_projects(index_of(projects, size=1000), spec_of(projects, max_test_tokens=500))
    assert list(found.values()).count("test") == 2


def test_a_single_project_is_not_enough() -> None:
    projects: Projects = {"a": ("go",)}
    with pytest.raises(MixlawError, match="go needs at least two projects"):
        split_projects(index_of(projects), spec_of(projects))


def test_holding_out_everything_is_refused() -> None:
    projects: Projects = {"a": ("go",), "b": ("go",)}
    with pytest.raises(MixlawError, match="none is left for training"):
        split_projects(index_of(projects), spec_of(projects, validation=("a", "b")))


def test_a_named_project_of_which_nothing_is_left_is_said() -> None:
    projects: Projects = {"a": ("go",), "b": ("go",)}
    with pytest.raises(MixlawError, match="validation names c, but no document"):
        split_projects(index_of(projects), spec_of(projects, validation=("c",)))


def documents(seed: int) -> pl.DataFrame:
    """A large project of large documents, and a small one."""
    generator = np.random.default_rng(seed)
    projects = ["large"] * 900 + ["small"] * 300
    sizes = np.where(np.array(projects) == "large", 100, 50) + generator.integers(0, 9, 1200)
    return pl.DataFrame(
        {
            "unit": pl.Series([0] * 1200, dtype=pl.UInt32),
            "row": pl.Series(range(1200), dtype=pl.UInt32),
            "project": pl.Series(projects, dtype=pl.Categorical),
            "bytes": sizes,
            "key": generator.integers(0, 2**63, 1200).astype(np.uint64),
        }
    )


def test_sampling_balances_projects_whatever_the_order_they_came_in() -> None:
    pool = documents(0)
    order = sampling_order(pool, 0)
    assert sorted(order["row"].to_list()) == list(range(1200))
    given_bytes = order.head(300).group_by("project").agg(pl.col("bytes").sum())["bytes"].to_list()
    assert abs(given_bytes[0] - given_bytes[1]) <= 110
    assert order["row"].to_list() == sampling_order(pool.reverse(), 0)["row"].to_list()
    assert order["row"].to_list() != sampling_order(pool, 1)["row"].to_list()


def test_the_next_document_is_of_the_project_that_has_given_least() -> None:
    given_bytes = {"large": 0, "small": 0}
    left = {"large": 900, "small": 300}
    for project, size in sampling_order(documents(1), 3).select(pl.col("project").cast(pl.String), "bytes").iter_rows():
        assert all(given_bytes[project] <= given_bytes[other] for other in left if left[other])
        given_bytes[project] += size
        left[project] -= 1
