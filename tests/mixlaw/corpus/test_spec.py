from __future__ import annotations

from pathlib import Path

import pytest

from mixlaw.corpus import CorpusSpec, load_spec, ready_made
from mixlaw.corpus.sources.source import ARCHIVES
from mixlaw.corpus.spec import parse_spec
from mixlaw.trial import LANGUAGES, MEASURED, MixlawError

GOOD = """
name: x
vocab_size: 300
max_train_tokens: 100
max_validation_tokens: 10
sources:
  - {project: a, kind: pypi, package: a, version: "1.0", sha256: SHA, licence: MIT, languages: [python]}
  - {project: b, kind: folder, path: b, licence: MIT, languages: [python]}
""".replace("SHA", "ab" * 32)


def parsed(text: str) -> CorpusSpec:
    return parse_spec(text, where="my.yaml", folder=Path())


def test_a_good_spec_is_read() -> None:
    spec = parsed(GOOD)
    assert [source.kind for source in spec.sources] == ["pypi", "folder"]
    assert spec.domains == ("python",)
    assert spec.tokenizer_bytes == 4_000_000


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("vocab_size", "vocab_sise", "unknown key vocab_sise"),
        ("name: x", "name: x\nseeds: 1", "unknown key seeds"),
        ("kind: folder,", "kind: folder, branch: main,", "unknown key branch"),
        ("languages: [python]", "languages: [pyton]", "unknown language pyton"),
        ("languages: [python]", "languages: []", "no language given"),
        ("kind: pypi", "kind: cargo", "unknown kind 'cargo'"),
        ('version: "1.0"', "version: 1.0", "put it in quotes"),
        ('version: "1.0", ', "", "needs the key version"),
        ("path: b", 'path: b, version: "1"', "has no key version"),
        ("ab" * 32, "abc", "64 hexadecimal digits"),
        ("vocab_size: 300", "vocab_size: 100", "at least 257"),
        ("name: x", "name: x\nvalidation: [c]", "no source has the project c"),
        ("name: x", "name: x\nvalidation: [a]\ntest: [a]\nmax_test_tokens: 5", "choose one"),
        ("max_train_tokens: 100", "max_train_tokens: many", "expected a whole number"),
        ("name: x", "name: [x", "not valid YAML"),
    ],
)
def test_a_mistake_is_named_with_file_and_key(old: str, new: str, said: str) -> None:
    with pytest.raises(MixlawError, match=r"my\.yaml") as error:
        parsed(GOOD.replace(old, new))
    assert said in str(error.value)


def test_a_source_is_named_by_its_project() -> None:
    with pytest.raises(MixlawError, match=r"sources\[2\] \(b\)"):
        parsed(GOOD.replace("path: b", "path: b, colour: red"))


def test_the_ready_made_specs_are_valid() -> None:
    assert {"demo", "local"} <= set(ready_made())
    for name in ready_made():
        load_spec(name)


@pytest.mark.parametrize(("name", "kinds"), [("demo", {"pypi", "npm"}), ("stdlib", set(ARCHIVES) - {"archive"})])
def test_the_pinned_specs_cover_every_domain_by_three_projects_and_hold_one_out(name: str, kinds: set[str]) -> None:
    spec = load_spec(name)
    assert spec.domains == MEASURED
    assert all(source.kind in kinds and source.sha256 for source in spec.sources)
    for language in LANGUAGES:
        projects = {source.project for source in spec.sources if language in source.languages}
        assert len(projects) >= 3, language
        assert projects & set(spec.validation), language
        assert projects - set(spec.validation), language


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(MixlawError, match="demo"):
        load_spec("no-such-spec")


def test_the_identity_does_not_hold_the_folder(tmp_path: Path) -> None:
    here, there = (parse_spec(GOOD, where="x", folder=folder) for folder in (Path(), tmp_path))
    assert here == there
    assert here.to_json() == there.to_json()
