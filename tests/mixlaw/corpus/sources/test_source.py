from __future__ import annotations

from typing import Any

import pytest

from mixlaw.corpus.keys import Keys
from mixlaw.corpus.sources import inputs_of
from mixlaw.corpus.sources.source import KINDS, Source, source_of
from mixlaw.corpus.spec import CorpusSpec, load_spec, ready_made
from mixlaw.trial import MixlawError

SHA256 = "a" * 64
PACKAGE = {"package": "x", "version": "1", "sha256": SHA256}
PLACES: dict[str, dict[str, Any]] = {
    "folder": {"path": "x"},
    "archive": {"url": "https://example.org/x.tar", "sha256": SHA256},
    "pypi": PACKAGE,
    "npm": PACKAGE,
    "debian-source": PACKAGE,
    "debian-binary": PACKAGE,
    "toolchain": {"toolchain": "go"},
    "jsonl": {"path": "x.jsonl"},
    "parquet": {"path": "x.parquet"},
    "huggingface": {"dataset": "o/d", "files": ["*.parquet"]},
}
ORIGINS = {
    "folder": "x",
    "archive": "https://example.org/x.tar",
    "pypi": "pypi:x==1",
    "npm": "npm:x==1",
    "debian-source": "debian-source:x==1",
    "debian-binary": "debian-binary:x==1",
    "toolchain": "toolchain:go",
    "jsonl": "x.jsonl",
    "parquet": "x.parquet",
    "huggingface": "hf://datasets/o/d",
}


def keys(kind: str, **changed: Any) -> Keys:
    common = {"kind": kind, "project": "p", "licence": "MIT", "languages": ["go"]}
    return Keys(common | PLACES[kind] | changed, "spec.yaml: sources[1] (p)")


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_an_origin(kind: str) -> None:
    assert source_of(keys(kind)).origin == ORIGINS[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_needs_its_place_and_no_other(kind: str) -> None:
    for key in PLACES[kind]:
        with pytest.raises(MixlawError, match=rf"sources\[1\] \(p\): a source of kind {kind} needs the key {key}"):
            source_of(keys(kind, **{key: [] if key == "files" else ""}))
    others = {key: value for place in PLACES.values() for key, value in place.items() if key not in PLACES[kind]}
    for key, value in (others | {"limit": 3, "revision": "v1", "file": "x.whl", "columns": {"text": "x"}}).items():
        allowed = {
            "pypi": {"file"},
            "debian-source": {"file"},
            "toolchain": {"version"},
            "jsonl": {"limit", "columns"},
            "parquet": {"limit", "columns"},
            "huggingface": {"limit", "columns", "revision"},
        }.get(kind, set())
        if key in allowed:
            assert source_of(keys(kind, **{key: value}))
        else:
            with pytest.raises(MixlawError, match=f"a source of kind {kind} has no key {key}"):
                source_of(keys(kind, **{key: value}))


@pytest.mark.parametrize(
    ("kind", "changed", "message"),
    [
        ("toolchain", {"toolchain": "cobol"}, "unknown toolchain 'cobol'; known are cpython, go, jdk, rust"),
        ("archive", {"sha256": "abc"}, "expected 64 hexadecimal digits"),
        ("parquet", {"columns": {"body": "x"}}, "columns: unknown body; known are text, path"),
        ("parquet", {"contents": "s3://b/{id}", "columns": {"text": "x"}}, "give one of them"),
        ("parquet", {"contents": "s3://b/id"}, "names no column in braces"),
        ("parquet", {"project": ""}, "the key project is missing"),
        ("parquet", {"where": ["x"]}, "where: expected keys with texts"),
    ],
)
def test_what_is_wrong_is_said(kind: str, changed: dict[str, Any], message: str) -> None:
    with pytest.raises(MixlawError, match=message):
        source_of(keys(kind, **changed))


@pytest.mark.parametrize("name", ready_made())
def test_ready_made_specs_can_be_read(name: str) -> None:
    assert load_spec(name).sources


def test_the_stack_names_every_language_and_only_permissive_files() -> None:
    spec = load_spec("the-stack-v2")
    assert len(spec.domains) == 8
    code = [source for source in spec.sources if source.languages != ("text",)]
    assert len({source.files for source in code}) == 7
    assert {source.where["license_type"] for source in code} == {"permissive"}
    assert all(source.limit for source in spec.sources)


def test_a_spec_written_in_python_is_checked_too() -> None:
    source = Source(project="p", kind="toolchain", licence="MIT", languages=("go",), toolchain="cobol")
    with pytest.raises(MixlawError, match=r"mine: sources\[1\]: toolchain: unknown toolchain 'cobol'"):
        inputs_of(CorpusSpec(name="mine", sources=(source,), max_train_tokens=1))
