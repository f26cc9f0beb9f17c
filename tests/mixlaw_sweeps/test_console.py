"""What people see in a terminal."""

from __future__ import annotations

import pytest

from mixlaw_sweeps.console import short_names


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (["python", "csharp", "text"], ["Python", "C#", "English text"]),
        (["arxiv_loss", "book_loss"], ["arxiv", "book"]),
        (["metric/the_pile_arxiv_val_loss", "metric/the_pile_github_val_loss"], ["arxiv", "github"]),
        (["pubmed_central", "pubmed_abstracts"], ["central", "abstracts"]),
        (["loss", "loss b"], ["loss", "loss b"]),
        (["loss/python"], ["loss/python"]),
    ],
)
def test_names_in_tables_are_short_and_whole_words(names: list[str], shown: list[str]) -> None:
    assert list(short_names(names).values()) == shown
