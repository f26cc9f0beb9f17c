from __future__ import annotations

import pytest

from mixlaw.corpus.document import domain_of
from mixlaw.corpus.sources.source import Source
from mixlaw.corpus.sources.wanted import matches, wanted_domain

SOURCE = Source(project="p", kind="folder", licence="MIT", languages=("python", "typescript", "javascript"), path="p")


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
    assert wanted_domain(path, SOURCE) == domain


def test_endings() -> None:
    assert [domain_of(name) for name in ("A.java", "b.RST", "c.cs", "d.go", "e.rst", "f.exe")] == [
        "java",
        "text",
        "csharp",
        "go",
        "text",
        None,
    ]
