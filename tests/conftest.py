"""Fixtures that several rooms share."""

from __future__ import annotations

import random

import pytest

from mixlaw.corpus import Corpus, build

SUFFIXES = {
    "python": "py", "java": "java", "javascript": "js", "typescript": "ts", "csharp": "cs", "go": "go", "rust": "rs",
    "text": "rst",
}  # fmt: skip
OPENINGS = {
    "python": "def {a}({b}):",
    "java": "public int {a}(int {b}) {{",
    "javascript": "function {a}({b}) {{",
    "typescript": "export function {a}({b}: number): number {{",
    "csharp": "internal int {a}(int {b}) {{",
    "go": "func {a}({b} int) int {{",
    "rust": "fn {a}({b}: i64) -> i64 {{",
    "text": "The {a} of a {b} is",
}
WORDS = [
    "value", "total", "count", "index", "left", "right", "first", "last", "node", "table", "list", "width", "height",
    "name", "size",
]  # fmt: skip


def program(language: str, generator: random.Random, lines: int = 60) -> str:
    """Something like a program: enough structure for a loss to fall, no two alike."""

    def name() -> str:
        return "_".join(generator.choices(WORDS, k=2)) + str(generator.randrange(100))

    body: list[str] = []
    while len(body) < lines:
        body += [OPENINGS[language].format(a=name(), b=name())]
        body += [f"    {name()} = {name()} + {generator.randrange(1000)}" for _ in range(generator.randrange(2, 5))]
        body += ["    return " + name(), ""]
    return "\n".join(body) + "\n"


@pytest.fixture(scope="session")
def tiny_corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Seven languages and text, two projects, a vocabulary of 320, about 30,000 training tokens each."""
    folder = tmp_path_factory.mktemp("tiny")
    generator = random.Random(0)
    for project, files in (("alpha", 30), ("beta", 12)):
        for language, suffix in SUFFIXES.items():
            for number in range(files):
                path = folder / project / language / f"file{number}.{suffix}"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(program(language, generator))
    sources = "".join(
        f"- {{project: {p}, kind: folder, path: {p}, licence: MIT, languages: [{', '.join(SUFFIXES)}]}}\n"
        for p in ("alpha", "beta")
    )
    spec = folder / "spec.yaml"
    spec.write_text(
        "name: tiny\nvocab_size: 320\nmax_train_tokens: 30000\nmax_validation_tokens: 10000\n"
        f"tokenizer_bytes: 40000\nvalidation: [beta]\nsources:\n{sources}"
    )
    return build(spec, folder / "corpus")
