"""`mixlaw toolchains`: what is there, whether it works, how to get the rest."""

from __future__ import annotations

import dataclasses
import json

import pytest
from typer.testing import CliRunner

from mixlaw.trial import LANGUAGES
from mixlaw_eval.languages.python import Python
from mixlaw_eval.languages.registry import LANGUAGE_OF
from mixlaw_sweeps.cli import app

pytestmark = pytest.mark.integration


def told(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["toolchains", *words])
    return result.exit_code, result.stdout


def test_every_language_is_listed_with_versions() -> None:
    code, out = told("--json")
    found = json.loads(out)
    assert code == 0
    assert [one["language"] for one in found["languages"]] == list(LANGUAGES)
    assert all(tool["install"] for one in found["languages"] for tool in one["tools"])
    assert found["languages"][0]["tools"][0]["version"].startswith("3.")
    assert found["languages"][0]["works"] is None, "nothing is tried without --check"


def test_check_runs_a_program() -> None:
    code, out = told("--check", "--json", "--languages", "python")
    found = json.loads(out)
    if "problem" in found["sandbox"]:
        pytest.skip(found["sandbox"]["problem"])
    assert (code, found["languages"][0]["works"]) == (0, True)


@pytest.fixture
def no_python(monkeypatch: pytest.MonkeyPatch) -> None:
    class NoPython(Python):
        def toolchain(self):
            tools = (dataclasses.replace(tool, path=None, version="") for tool in super().toolchain().tools)
            return dataclasses.replace(super().toolchain(), tools=tuple(tools))

    monkeypatch.setitem(LANGUAGE_OF, "python", NoPython())


@pytest.mark.usefixtures("no_python")
def test_what_is_missing_is_told_and_how_to_get_it() -> None:
    code, out = told("--languages", "python")
    assert code == 0
    assert "missing" in out
    assert "apt install python3" in out
    assert "make toolchains" in out
    assert told("--languages", "python", "--check")[0] == 1


@pytest.mark.usefixtures("no_python")
def test_a_broken_language_fails_the_check_though_another_works() -> None:
    assert told("--languages", "python,javascript", "--check", "--json")[0] == 1
