"""Programs to time and to judge: MultiPL-E's records with their known answers."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mixlaw_eval.execution import Program

SHORT = {
    "python": "py",
    "java": "java",
    "javascript": "js",
    "typescript": "ts",
    "csharp": "cs",
    "go": "go",
    "rust": "rs",
}
"""MultiPL-E's names of the languages, as its files are called."""
_FENCED = re.compile(r"```\w*\n(.*?)(?:```|\Z)", re.DOTALL)
_IMPORTS = re.compile(r"^import \([^)]*\)", re.MULTILINE)
_NO_ANSWER = {"python": "    return None\n"}
"""Python's records have no answer here. A wrong one costs a start of the interpreter as a right one does."""


def programs(folder: Path, language: str, n: int) -> list[Program]:
    """The first n records of a language that have an answer, as whole programs."""
    (path,) = folder.glob(f"*-{SHORT[language]}.jsonl")
    records: list[dict[str, Any]] = [json.loads(line) for line in path.read_text().splitlines()]
    made = [Program(language=language, source=source) for record in records if (source := _source(record, language))]
    return made[:n]


def _source(record: dict[str, Any], language: str) -> str | None:
    completion = _completion(record) or _NO_ANSWER.get(language)
    if completion is None:
        return None
    prompt = _with_imports(record["prompt"], record["gpt_solution"]) if language == "go" else record["prompt"]
    return f"{prompt}{completion}\n{record['tests']}"


def _with_imports(prompt: str, answer: str) -> str:
    """Go's answers import packages, which a completion cannot; they are added to the prompt's."""
    block = _IMPORTS.search(prompt)
    if block is None:
        return prompt
    names = re.findall(r'"[^"]+"', block[0] + "".join(match[0] for match in _IMPORTS.finditer(answer)))
    return prompt.replace(block[0], "import (\n    " + "\n    ".join(dict.fromkeys(names)) + "\n)")


def _completion(record: dict[str, Any]) -> str | None:
    """What of the answer follows the head of the function, up to a stop string."""
    fenced = _FENCED.search(record.get("gpt_solution") or "")
    head = re.findall(r"(\w+)\s*\(", record["prompt"].rstrip().splitlines()[-1])
    if fenced is None or not head:
        return None
    declared = re.search(rf"\b{re.escape(head[0])}\s*\([^\n]*\{{[ \t]*\n", fenced[1])
    return None if declared is None else _cut(fenced[1][declared.end() :], record["stop_tokens"])


def _cut(text: str, stops: Sequence[str]) -> str:
    found = [place for stop in stops if (place := text.find(stop)) >= 0]
    return text[: min(found, default=len(text))]
