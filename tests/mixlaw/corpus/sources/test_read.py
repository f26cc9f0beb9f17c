from __future__ import annotations

import tarfile
from pathlib import Path

import pytest

from mixlaw.corpus.document import domain_of
from mixlaw.corpus.sources.read import matches, read_source, wanted_domain
from mixlaw.corpus.sources.source import Source
from mixlaw.corpus.spec import CorpusSpec
from mixlaw.trial import MixlawError


def folder_source(**changed: object) -> Source:
    fields: dict[str, object] = {
        "project": "p",
        "kind": "folder",
        "licence": "MIT",
        "languages": ("python", "typescript", "javascript"),
        "path": "p",
    }
    return Source(**(fields | changed))  # pyright: ignore[reportArgumentType]


def spec_of(source: Source, folder: Path) -> CorpusSpec:
    return CorpusSpec(
        name="x", sources=(source,), vocab_size=300, max_train_tokens=1, max_validation_tokens=1, folder=folder
    )


@pytest.mark.parametrize(
    ("path", "glob", "expected"),
    [
        ("a/b/c.py", "a/**", True),
        ("a/b/c.py", "a/*", False),
        ("a/b/c.py", "**/c.py", True),
        ("c.py", "**/c.py", True),
        ("a/bc.py", "a/?c.py", True),
        ("a/b.py", "a/b", False),
        ("aXb.py", "a.b.py", False),
    ],
)
def test_globs(path: str, glob: str, expected: bool) -> None:
    assert matches(path, [glob]) is expected


@pytest.mark.parametrize(
    ("path", "domain"),
    [
        ("src/a.ts", "typescript"),
        ("types/a.d.ts", None),
        ("src/A.cs", None),  # a language that the source does not name
        ("dist/a.js", None),
        ("build/a.py", "python"),  # an ordinary package name in Python
        ("lib/a.min.js", None),
        ("node_modules/x/a.js", None),
        (".github/a.py", None),
    ],
)
def test_what_is_wanted(path: str, domain: str | None) -> None:
    assert wanted_domain(path, folder_source()) == domain


def test_endings() -> None:
    assert [domain_of(name) for name in ("A.java", "b.RST", "c.cs", "d.go", "e.rst", "f.exe")] == [
        "java",
        "text",
        "csharp",
        "go",
        "text",
        None,
    ]


def test_a_folder_is_read_in_order_without_links(tmp_path: Path) -> None:
    for name in ("b.py", "a/z.py", "a.py"):
        (tmp_path / "p" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "p" / name).write_text(name)
    (tmp_path / "p" / "link.py").symlink_to("/etc/passwd")
    source = folder_source()
    assert [file.path for file in read_source(source, spec_of(source, tmp_path), {})] == ["a.py", "a/z.py", "b.py"]


def test_nothing_wanted_is_said(tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    source = folder_source(include=("src/**",))
    with pytest.raises(MixlawError, match="holds no python or typescript or javascript files"):
        read_source(source, spec_of(source, tmp_path), {})


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(MixlawError, match="does not exist"):
        read_source(folder_source(), spec_of(folder_source(), tmp_path), {})


def test_a_truncated_archive_is_said(tmp_path: Path) -> None:
    archive, member = tmp_path / "x.tar.gz", tmp_path / "m.py"
    member.write_bytes(bytes(range(256)) * 400)
    with tarfile.open(archive, "w:gz") as tar:
        tar.add(member, "x-1/m.py")
    archive.write_bytes(archive.read_bytes()[:200])
    source = folder_source(kind="pypi", path="", package="x", version="1", sha256="0" * 64)
    with pytest.raises(MixlawError, match="cannot be read"):
        read_source(source, spec_of(source, tmp_path), {source.sha256: archive})
