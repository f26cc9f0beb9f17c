from __future__ import annotations

import io
import random
from pathlib import Path

import pytest
from rich.console import Console

from mixlaw.corpus import Corpus, build

WORDS = [
    "alpha",
    "beta",
    "gamma",
    "delta",
    "epsilon",
    "zeta",
    "eta",
    "theta",
    "iota",
    "kappa",
    "lambda",
    "mu",
    "nu",
    "xi",
    "omicron",
    "pi",
    "rho",
    "sigma",
    "tau",
]
ENDINGS = {"python": "py", "go": "go", "text": "md"}
PROJECTS = ("one", "two", "three")


def source_text(project: str, language: str, number: int) -> str:
    """Lines of planted words, different in every file, with the project's name all over it."""
    rng = random.Random(f"{project} {language} {number}")
    lines = [f"{project} {language} {number}"]
    lines += [" ".join(rng.choices(WORDS, k=8)) + f" {project}{rng.randrange(10**6)}" for _ in range(60)]
    return "\n".join(lines) + "\n"


def write_projects(folder: Path) -> None:
    for project in PROJECTS:
        for language, ending in ENDINGS.items():
            for number in range(6):
                file = folder / project / "src" / f"file{number}.{ending}"
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(source_text(project, language, number))
    for task in ("sum", "sort"):
        (folder / "tasks" / task).mkdir(parents=True)
        for ending in ("py", "go", "rs"):
            (folder / "tasks" / task / f"main.{ending}").write_text(f"{task} in {ending}\n")


SPEC = """
name: small
vocab_size: 300
max_train_tokens: 20000
max_validation_tokens: 2000
validation: [three]
sources:
  - {project: one, kind: folder, path: one, licence: MIT, languages: [python, go, text]}
  - {project: two, kind: folder, path: two, licence: Apache-2.0, languages: [python, go, text]}
  - {project: three, kind: folder, path: three, licence: MIT, languages: [python, go, text]}
parallel:
  - {name: tasks, path: tasks, licence: MIT}
"""


@pytest.fixture
def quiet() -> Console:
    return Console(file=io.StringIO(), width=200)


@pytest.fixture
def spec_file(tmp_path: Path) -> Path:
    """A spec of three planted projects in two languages and text, with parallel programs, all in local folders."""
    write_projects(tmp_path / "sources")
    path = tmp_path / "sources" / "small.yaml"
    path.write_text(SPEC)
    return path


@pytest.fixture
def corpus(spec_file: Path, tmp_path: Path, quiet: Console) -> Corpus:
    return build(spec_file, tmp_path / "corpus", cache=tmp_path / "cache", console=quiet)
