from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from rich.console import Console

from mixlaw.corpus.sources import apt
from mixlaw.corpus.sources.fetch import fetch_all, sha256_of
from mixlaw.corpus.sources.source import Kind, Source
from mixlaw.trial import MixlawError


def source(kind: Kind = "debian-source", version: str = "1.2-3", file: str = "", sha256: str = "0" * 64) -> Source:
    return Source(
        project="p",
        kind=kind,
        licence="GPL-3.0-or-later",
        languages=("text",),
        package="hello",
        version=version,
        file=file,
        sha256=sha256,
    )


@pytest.mark.parametrize(
    ("file", "names", "wanted"),
    [
        ("", ["x_1.dsc", "x_1.orig.tar.gz", "x_1.orig.tar.gz.asc", "x_1-1.debian.tar.xz"], "x_1.orig.tar.gz"),
        ("", ["x_1.orig-docs.tar.gz", "x_1.orig.tar.gz"], "x_1.orig.tar.gz"),
        ("docs", ["x_1.orig-docs.tar.gz", "x_1.orig.tar.gz"], "x_1.orig-docs.tar.gz"),
        ("x_1.orig-docs.tar.gz", ["x_1.orig-docs.tar.gz", "x_1.orig.tar.gz"], "x_1.orig-docs.tar.gz"),
        ("", ["x_1.tar.xz"], "x_1.tar.xz"),  # a native package
        ("other", ["x_1.orig.tar.gz"], None),
        ("", ["x_1-1.debian.tar.xz"], None),  # a mirror that lacks the other
    ],
)
def test_which_of_a_source_packages_files_is_taken(file: str, names: list[str], wanted: str | None) -> None:
    assert apt.wanted_tarball(source(file=file), names) == wanted


def test_another_revision_of_the_same_release_has_the_same_tarball() -> None:
    assert apt._version(source(version="1:1.2-3"), ["1.3-1", "1:1.2-4+deb12u1"]) == "1:1.2-4+deb12u1"
    with pytest.raises(MixlawError, match=r"offers version 1\.2-4"):  # a binary package is another
        apt._version(source("debian-binary"), ["1.2-4"])
    with pytest.raises(MixlawError, match="offers no package of this name"):
        apt._version(source(), [])


def test_source_packages_are_switched_on_beside_the_binary_ones() -> None:
    text = "# deb http://c stable main\ndeb [arch=amd64] http://a stable main\ndeb cdrom:[x]/ stable main\n"
    assert apt.with_source_lines(text) == [
        "deb [arch=amd64] http://a stable main",
        "deb-src [arch=amd64] http://a stable main",
    ]
    stanzas = "Types: deb\nURIs: http://a\nSuites: s\n\ntypes: deb deb-src\nURIs: http://b\nSuites: s\nEnabled: no\n"
    both = "Types: deb deb-src\nTargets: Packages Sources\n"
    assert apt.with_source_types(stanzas) == (
        f"{both}URIs: http://a\nSuites: s\n\n{both}URIs: http://b\nSuites: s\nEnabled: no\n"
    )


def test_without_apt_the_way_out_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quiet: Console) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MixlawError, match="does not have: run the command on Debian or Ubuntu"):
        fetch_all([source()], tmp_path / "cache", quiet)


@pytest.mark.integration
def test_packages_come_through_the_machines_apt(tmp_path: Path, quiet: Console) -> None:
    if not shutil.which("apt-get"):
        pytest.skip("apt is not installed: run on Debian or Ubuntu")
    config = apt._updated(tmp_path / "cache" / "apt")
    kinds: tuple[Kind, ...] = ("debian-source", "debian-binary")
    for kind in kinds:
        offered = apt._offered(config, "hello", kind == "debian-source")
        if not offered:
            pytest.skip("apt's repositories cannot be reached: check the network and `apt-get update`")
        fetched = apt.download_debian(source(kind, offered[0]), tmp_path, tmp_path / "cache")
        wanted = source(kind, offered[0], sha256=sha256_of(fetched))
        (archive,) = fetch_all([wanted], tmp_path / "cache", quiet).values()
        assert archive.stat().st_size > 10_000
