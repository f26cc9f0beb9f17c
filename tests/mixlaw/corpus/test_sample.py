from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from mixlaw.corpus import Corpus
from mixlaw.corpus.sample import sample_documents, show_documents
from mixlaw.trial import MixlawError


def printed(samples: list[tuple[dict[str, Any], str]], **options: Any) -> str:
    console = Console(file=io.StringIO(), width=160, force_terminal=False)
    console.print(show_documents(samples, **options))
    file = console.file
    assert isinstance(file, io.StringIO)
    return file.getvalue()


def test_documents_are_decoded_as_they_were(corpus: Corpus, spec_file: Path) -> None:
    for row, text in sample_documents(corpus, "go", 4, seed=1):
        assert (spec_file.parent / row["project"] / row["path"]).read_text() == text
        assert hashlib.sha256(text.encode()).hexdigest() == row["sha256"]
        assert row["split"] == "train"
    ((held_out, _),) = sample_documents(corpus, "go", 1, split="validation")
    assert held_out["project"] == "three"


def test_the_seed_chooses_and_all_are_shown_when_there_are_no_more(corpus: Corpus) -> None:
    chosen = {tuple(row["path"] for row, _ in sample_documents(corpus, "go", 3, seed=seed)) for seed in range(5)}
    assert len(chosen) > 1
    assert sample_documents(corpus, "go", 3, seed=1) == sample_documents(corpus, "go", 3, seed=1)
    everything = sample_documents(corpus, "go", 1000)
    assert len(everything) == corpus.n_documents("go", "train")
    assert len({row["sha256"] for row, _ in everything}) == len(everything)


def test_parallel_documents_by_organisation(corpus: Corpus) -> None:
    for row, text in sample_documents(corpus, "parallel", 50, organisation="paired-prompt"):
        assert text.startswith("Please translate the following")
        assert row["organisation"] == "paired-prompt"
    for row, text in sample_documents(corpus, "parallel", 50):
        assert text.count("\n") == 1
        assert row["path"].split("/")[0] in text


def test_what_is_printed(corpus: Corpus) -> None:
    samples = sample_documents(corpus, "python", 2)
    said = printed(samples, lines=3)
    for row, text in samples:
        assert f"Python · train · {row['project']} · {row['path']}" in said
        assert f"{row['licence']} · " in said
        assert f"sha256 {row['sha256'][:12]} · {row['tokens']:,} tokens of {row['bytes']:,} bytes" in said
        assert all(line in said for line in text.split("\n")[:3])
        assert text.split("\n")[3] not in said
    assert said.count("... 58 more lines") == 2
    assert "does not give the text back" not in said
    for organisation in ("shuffled", "paired-direct"):
        assert "sort in py" in printed(sample_documents(corpus, "parallel", 50, organisation=organisation))


def test_a_text_cannot_steer_the_terminal(corpus: Corpus) -> None:
    ((row, _),) = sample_documents(corpus, "text", 1)
    said = printed([(row, "[bold]a\x1b[2Jb\x9bc\n")])
    assert "[bold]a␛[2Jb�c" in said
    assert "does not give the text back exactly" in said


def test_what_there_is_none_of_is_said(corpus: Corpus) -> None:
    with pytest.raises(MixlawError, match="no train tokens of rust"):
        sample_documents(corpus, "rust", 1)
    with pytest.raises(MixlawError, match="ask for 1 or more"):
        sample_documents(corpus, "go", 0)
