"""Tools are found where they are, and only when they work."""

from __future__ import annotations

from pathlib import Path

import pytest

from mixlaw.trial import MixlawError
from mixlaw_eval.languages import Toolchain, language_named
from mixlaw_eval.languages.toolchain import find_file, find_tool, package_version, read_only


def script(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def test_a_tool_on_the_path_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = script(tmp_path / "bin" / "frob", "echo frob version 1.2.3-rc1 of today")
    script(tmp_path / "elsewhere" / "frob", "echo 2.0")
    monkeypatch.setenv("PATH", str(first.parent))
    tool = find_tool("frob", install="apt install frob", places=(tmp_path / "elsewhere",))
    assert (tool.path, tool.version) == (first, "1.2.3-rc1")


def test_a_broken_tool_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script(tmp_path / "bin" / "frob", "exit 1")
    second = script(tmp_path / "elsewhere" / "frob", "echo 2.0 >&2")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    tool = find_tool("frob", install="apt install frob", places=(second.parent,))
    assert (tool.path, tool.version) == (second, "2.0")


def test_a_missing_tool_says_how_to_get_it() -> None:
    tool = find_tool("no-such-compiler", install="apt install it")
    optional = find_file("extra", [Path("/no/such/file")], version="1", install="npm install it")
    toolchain = Toolchain(language="x", tools=(tool, optional))
    assert (tool.path, tool.version, tool.install) == (None, "", "apt install it")
    assert toolchain.missing == (tool,)


def test_only_what_a_sandbox_does_not_show_is_bound(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.mkdir()
    link.symlink_to(real)
    assert read_only(Path("/usr/lib"), link, real, tmp_path / "absent") == (link, real)


def test_package_version_of_what_is_no_package(tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text("[]")
    assert package_version(tmp_path) == ""
    assert package_version(tmp_path / "absent") == ""


@pytest.mark.parametrize(("name", "language"), [("rs", "rust"), ("C#", "csharp"), ("go_test.go", "go")])
def test_names_of_data_sets(name: str, language: str) -> None:
    assert language_named(name).name == language


def test_unknown_language() -> None:
    with pytest.raises(MixlawError, match=r"'cobol'.*python, java"):
        language_named("cobol")
