"""Rules of the house that a tool can check."""

from __future__ import annotations

import platform
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize("root", ["platform", "sweeps", "evaluation"])
def test_source_roots_are_not_packages(root: str) -> None:
    # platform/__init__.py would shadow Python's own platform module for every process started here.
    assert not (ROOT / root / "__init__.py").exists()


def test_tests_are_not_packages() -> None:
    assert list((ROOT / "tests").rglob("__init__.py")) == []


def test_the_standard_platform_module_is_the_one_that_python_finds_here() -> None:
    assert platform.system()
    assert str(ROOT) not in str(platform.__file__)


@pytest.mark.parametrize("package", ["platform/mixlaw", "evaluation/mixlaw_eval", "sweeps/mixlaw_sweeps"])
def test_packages_are_typed(package: str) -> None:
    assert (ROOT / package / "py.typed").exists()


def test_no_file_is_longer_than_a_room_should_be() -> None:
    tracked = subprocess.run(["git", "ls-files", "*.py"], cwd=ROOT, capture_output=True, text=True, check=False)
    long = {name: n for name in tracked.stdout.split() if (n := len((ROOT / name).read_text().splitlines())) > 450}
    assert long == {}
