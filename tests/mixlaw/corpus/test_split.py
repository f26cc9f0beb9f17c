from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mixlaw.corpus.document import Document
from mixlaw.corpus.sources.source import Source
from mixlaw.corpus.spec import CorpusSpec
from mixlaw.corpus.split import sampling_order, split_projects
from mixlaw.trial import LANGUAGES, MixlawError


def spec_of(projects: dict[str, tuple[str, ...]], *, validation: tuple[str, ...] = (), seed: int = 0) -> CorpusSpec:
    return CorpusSpec(
        name="x",
        sources=tuple(
            Source(project=name, kind="folder", licence="MIT", languages=languages, path=name)
            for name, languages in projects.items()
        ),
        vocab_size=300,
        max_train_tokens=1,
        max_validation_tokens=1,
        validation=validation,
        seed=seed,
    )


@given(
    # Three projects per language of its own, and some that have several languages.
    extra=st.dictionaries(
        st.text("xyz", min_size=1, max_size=4), st.sets(st.sampled_from(LANGUAGES), min_size=1), max_size=6
    ),
    seed=st.integers(0, 100),
)
def test_every_language_has_training_and_validation(extra: dict[str, set[str]], seed: int) -> None:
    projects = {f"{language}{i}": (language,) for language in LANGUAGES for i in range(3)}
    projects |= {name: tuple(sorted(languages)) for name, languages in extra.items()}
    spec = spec_of(projects, seed=seed)
    splits = split_projects(spec)
    assert splits == split_projects(spec_of(dict(reversed(projects.items())), seed=seed))
    for language in LANGUAGES:
        found = {splits[name] for name, languages in projects.items() if language in languages}
        assert found == {"train", "validation"}


def test_named_projects_are_held_out_and_nothing_more() -> None:
    projects = {"a": ("go", "rust"), "b": ("go",), "c": ("rust",), "d": ("go",)}
    assert split_projects(spec_of(projects, validation=("a",))) == {
        "a": "validation",
        "b": "train",
        "c": "train",
        "d": "train",
    }


def test_a_single_project_is_not_enough() -> None:
    with pytest.raises(MixlawError, match="go needs at least two projects"):
        split_projects(spec_of({"a": ("go",)}))


def test_holding_out_everything_is_refused() -> None:
    with pytest.raises(MixlawError, match="none is left for training"):
        split_projects(spec_of({"a": ("go",), "b": ("go",)}, validation=("a", "b")))


def test_sampling_balances_projects() -> None:
    def documents(project: str, count: int, size: int) -> list[Document]:
        return [
            Document.of(domain="go", project=project, path=f"{i}", licence="", text=f"{project}{i:04}" + "x" * size)
            for i in range(count)
        ]

    pool = [*documents("large", 900, 100), *documents("small", 300, 50)]
    order = list(sampling_order(pool, 0))
    assert sorted(d.sha256 for d in order) == sorted(d.sha256 for d in pool)
    first = order[:300]
    given_bytes = {name: sum(d.n_bytes for d in first if d.project == name) for name in ("large", "small")}
    assert abs(given_bytes["large"] - given_bytes["small"]) <= 110
    assert [d.path for d in order] == [d.path for d in sampling_order(reversed(pool), 0)]
    assert [d.path for d in order] != [d.path for d in sampling_order(pool, 1)]
