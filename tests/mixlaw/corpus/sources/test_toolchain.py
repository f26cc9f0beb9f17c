from __future__ import annotations

import platform
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from mixlaw.corpus.document import RawFile
from mixlaw.corpus.sources import inputs_of, units_of
from mixlaw.corpus.spec import CorpusSpec
from mixlaw.trial import MixlawError

SpecOf = Callable[..., CorpusSpec]
Read = Callable[..., list[RawFile]]
LIBRARIES = {
    "cpython": ("python", "json/decoder.py"),
    "go": ("go", "bufio/bufio.go"),
    "jdk": ("java", "java.base/java/util/ArrayDeque.java"),
    "rust": ("rust", "alloc/src/rc.rs"),
}


@pytest.mark.parametrize("name", LIBRARIES)
def test_a_standard_library_is_read_without_its_tests_data(read: Read, name: str) -> None:
    language, known = LIBRARIES[name]
    include = [known, "test/**", "**/testdata/**", "vendor/**", "site-packages/**"]
    try:
        files = read(kind="toolchain", toolchain=name, languages=[language], include=include)
    except MixlawError as error:
        if "not installed" in str(error):
            pytest.skip(str(error))
        raise
    assert [(file.path, file.origin) for file in files] == [(known, f"toolchain:{name}")]
    assert len(files[0].data) > 1000


def test_another_version_than_the_specs_is_refused(spec_of: SpecOf) -> None:
    version = platform.python_version()
    python = {"kind": "toolchain", "toolchain": "cpython", "include": ["json/*"]}
    assert units_of(spec_of(version=version.rpartition(".")[0], **python), {})
    assert units_of(spec_of(version=version, **python), {})
    with pytest.raises(MixlawError, match=rf"wants cpython 3\.1 \(project p\), installed is {version}"):
        units_of(spec_of(version="3.1", **python), {})


@pytest.mark.parametrize(
    ("name", "advice"), [("go", "golang-src"), ("jdk", "openjdk-17-source"), ("rust", "rustup component add rust-src")]
)
def test_a_missing_toolchain_is_said_with_the_way_to_get_it(
    spec_of: SpecOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, advice: str
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(MixlawError, match=f"toolchain {name} .* not installed: .*{advice}"):
        units_of(spec_of(kind="toolchain", toolchain=name, languages=["go"]), {})


def command(folder: Path, name: str, script: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)


def test_java_home_goes_before_the_path(tmp_path: Path, read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    command(tmp_path / "bin", "javac", "echo javac 21.0.2")
    (tmp_path / "lib").mkdir()
    with zipfile.ZipFile(tmp_path / "lib" / "src.zip", "w") as sources:
        sources.writestr("java.base/java/util/List.java", "interface List {}")
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    keys = {"kind": "toolchain", "toolchain": "jdk", "languages": ["java"]}
    assert [file.path for file in read(version="21", **keys)] == ["java.base/java/util/List.java"]
    with pytest.raises(MixlawError, match=r"wants jdk 2 .* installed is 21\.0\.2"):
        read(version="2", **keys)


def test_rusts_library_is_read_without_the_crates_beside_it(
    tmp_path: Path, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    command(
        tmp_path / "bin", "rustc", f'[ "$1" = --print ] && echo {tmp_path} || echo "rustc 1.63.0 (hash 2022-08-08)"'
    )
    library = tmp_path / "lib" / "rustlib" / "src" / "rust" / "library"
    for name in ("alloc/src/rc.rs", "vendor/memchr/lib.rs"):
        (library / name).parent.mkdir(parents=True)
        (library / name).write_text("// Rust\n")
    monkeypatch.setenv("PATH", f"{tmp_path}/bin:/usr/bin:/bin")
    files = read(kind="toolchain", toolchain="rust", version="1.63", languages=["rust"])
    assert [(file.path, file.origin) for file in files] == [("alloc/src/rc.rs", "toolchain:rust==1.63")]


def test_the_librarys_content_is_an_input(spec_of: SpecOf) -> None:
    one = inputs_of(spec_of(kind="toolchain", toolchain="cpython", include=["json/*"]))
    other = inputs_of(spec_of(kind="toolchain", toolchain="cpython", include=["json/decoder.py"]))
    assert one.keys() == other.keys() == {"p: toolchain:cpython"}
    assert one != other
