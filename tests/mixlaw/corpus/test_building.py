from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from rich.console import Console

from mixlaw.corpus import Corpus, build, show, to_json
from mixlaw.corpus.tokenizing import load_tokenizer
from mixlaw.trial import ORGANISATIONS, MixlawError

KILLED = """
import os, signal, sys
from mixlaw.corpus import build
import mixlaw.corpus.building as room
room.atomic_write = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
build(sys.argv[1], sys.argv[2])
"""


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_the_same_spec_gives_the_same_bytes(corpus: Corpus, spec_file: Path, tmp_path: Path, quiet: Console) -> None:
    moved = tmp_path / "elsewhere"
    shutil.copytree(spec_file.parent, moved)
    again = build(moved / "small.yaml", tmp_path / "other", console=quiet)
    assert contents(again.path) == contents(corpus.path)
    assert again.fingerprint == corpus.fingerprint


def test_another_seed_gives_another_fingerprint(
    corpus: Corpus, spec_file: Path, tmp_path: Path, quiet: Console
) -> None:
    spec_file.write_text("seed: 1\n" + spec_file.read_text())
    assert build(spec_file, tmp_path / "other", console=quiet).fingerprint != corpus.fingerprint


def test_the_shards_hold_the_documents_joined_by_eos(corpus: Corpus, spec_file: Path) -> None:
    tokenizer = load_tokenizer(corpus.tokenizer_path)
    documents = corpus.documents()
    assert corpus.domains == ("python", "go", "text", "parallel")
    for row in documents.filter(documents["domain"] != "parallel").iter_rows(named=True):
        tokens = corpus.tokens(row["domain"], row["split"])
        ids = tokens[row["start"] : row["start"] + row["tokens"]]
        text = (spec_file.parent / row["project"] / row["path"]).read_text()
        assert ids[-1] == corpus.eos
        assert tokenizer.decode(ids[:-1].tolist(), skip_special_tokens=False) == text
    for shard in corpus.shards:
        tokens = np.load(corpus.path / shard.file, mmap_mode="r")
        assert (tokens.ndim, tokens.dtype, len(tokens)) == (1, np.uint16, shard.tokens)
        assert int((tokens == corpus.eos).sum()) == shard.documents


def test_projects_are_never_in_two_splits(corpus: Corpus) -> None:
    by_split = corpus.documents().group_by("split").agg("project")
    projects = {row["split"]: set(row["project"]) for row in by_split.iter_rows(named=True)}
    assert projects["validation"] == {"three"}
    assert projects["train"] == {"one", "two", "tasks"}


def test_token_limits_are_kept_and_nearly_reached(corpus: Corpus) -> None:
    for domain in ("python", "go", "text"):
        assert 1000 < corpus.n_tokens(domain, "validation") <= 2000
        assert 0 < corpus.n_tokens(domain, "train") <= 20000
        assert corpus.n_tokens(domain, "test") == 0
    assert {corpus.n_tokens("parallel", "train", name) for name in ORGANISATIONS} != {0}


def test_bytes_per_token_counts_what_is_held_out(corpus: Corpus) -> None:
    held_out = corpus.documents().filter((pl.col("domain") == "go") & (pl.col("split") == "validation"))
    assert corpus.bytes_per_token("go") == held_out["bytes"].sum() / held_out["tokens"].sum()


def test_the_funnel_leads_from_files_to_shards(corpus: Corpus) -> None:
    rows = [row for row in corpus.manifest["funnel"] if row["domain"] == "go"]
    assert rows[0]["documents_in"] == 18
    taken = {row["step"]: row["documents_out"] for row in rows if row["step"].startswith("taken")}
    for split in ("train", "validation"):
        assert taken[f"taken for {split}"] == corpus.n_documents("go", split)


def test_an_identical_corpus_is_left_as_it_is(corpus: Corpus, spec_file: Path, quiet: Console) -> None:
    before = {path: path.stat().st_mtime_ns for path in corpus.path.rglob("*")}
    assert build(spec_file, corpus.path, console=quiet) == corpus
    assert {path: path.stat().st_mtime_ns for path in corpus.path.rglob("*")} == before


def test_another_spec_or_other_files_are_refused(corpus: Corpus, spec_file: Path, quiet: Console) -> None:
    text = spec_file.read_text()
    spec_file.write_text(text.replace("vocab_size: 300", "vocab_size: 301"))
    with pytest.raises(MixlawError, match="another spec"):
        build(spec_file, corpus.path, console=quiet)
    spec_file.write_text(text)
    (spec_file.parent / "one" / "src" / "file0.go").write_text("package changed\n")
    with pytest.raises(MixlawError, match="changed since"):
        build(spec_file, corpus.path, console=quiet)


def test_a_folder_with_something_else_is_refused(spec_file: Path, tmp_path: Path, quiet: Console) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.txt").write_text("mine")
    with pytest.raises(MixlawError, match="not a corpus"):
        build(spec_file, tmp_path / "full", console=quiet)


def test_killed_at_the_end_it_leaves_nothing_that_opens(spec_file: Path, tmp_path: Path, quiet: Console) -> None:
    out = tmp_path / "corpus"
    killed = subprocess.run([sys.executable, "-c", KILLED, spec_file, out], capture_output=True, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert list(tmp_path.glob(".corpus.building")), "killed in the middle"
    with pytest.raises(MixlawError, match="not a corpus"):
        Corpus.open(out)
    build(spec_file, out, console=quiet).verify()
    assert not list(tmp_path.glob(".corpus.building"))


def test_a_language_that_filters_empty_is_said(spec_file: Path, tmp_path: Path, quiet: Console) -> None:
    for file in spec_file.parent.rglob("*.go"):
        file.write_text("x\n")
    with pytest.raises(MixlawError, match="go is empty: the filters let nothing of it through"):
        build(spec_file, tmp_path / "corpus", console=quiet)


def test_a_truncated_shard_is_refused(corpus: Corpus) -> None:
    file = corpus.path / corpus.shards_of("go", "train")[0].file
    file.write_bytes(file.read_bytes()[:-2])
    with pytest.raises(MixlawError, match=r"damaged: tokens/train/go-00000.npy has .* bytes instead of"):
        Corpus.open(corpus.path)
    file.unlink()
    with pytest.raises(MixlawError, match=r"go-00000\.npy is missing"):
        Corpus.open(corpus.path)


def test_verify_finds_a_flipped_bit(corpus: Corpus) -> None:
    corpus.verify()
    file = corpus.path / corpus.shards_of("text", "validation")[0].file
    data = bytearray(file.read_bytes())
    data[-1] ^= 1
    file.write_bytes(data)
    with pytest.raises(MixlawError, match=r"text-00000\.npy"):
        Corpus.open(corpus.path).verify()


@pytest.mark.parametrize(
    ("change", "said"),
    [({"format_version": 99}, "upgrade mixlaw"), ({"format": "other"}, "belongs to something else")],
)
def test_a_manifest_of_another_kind_is_refused(corpus: Corpus, change: dict[str, object], said: str) -> None:
    file = corpus.path / "manifest.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | change))
    with pytest.raises(MixlawError, match=said):
        Corpus.open(corpus.path)


def test_tokens_that_are_not_there_are_named(corpus: Corpus) -> None:
    with pytest.raises(MixlawError, match="no train tokens of rust"):
        corpus.tokens("rust", "train")


def test_show(corpus: Corpus, quiet: Console) -> None:
    quiet.print(show(corpus))
    printed = quiet.file.getvalue()  # pyright: ignore[reportAttributeAccessIssue]
    for said in (corpus.fingerprint, "Python", "paired-prompt", "three", "funnel: documents", "Apache-2.0"):
        assert said in printed
    assert json.loads(json.dumps(to_json(corpus)))["fingerprint"] == corpus.fingerprint
