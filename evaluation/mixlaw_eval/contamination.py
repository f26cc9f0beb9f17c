"""Evaluation texts that no corpus may hold: the translation set, and benchmarks that the user names.

A benchmark is a file or a folder of files: records in JSON, JSON Lines (also .gz) or Parquet with the keys below
(MultiPL-E, HumanEval, MBPP and their like), or plain source files.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

import polars as pl

from mixlaw.corpus import EvaluationIndex, EvaluationText
from mixlaw.corpus.document import domain_of
from mixlaw.trial import LANGUAGES, MixlawError
from mixlaw_eval.parallel import load_tasks

TRANSLATION_SET = "translation set"
"""The name of mixlaw's own set as a source of evaluation texts."""
RECORD_ENDINGS = (".json", ".jsonl", ".json.gz", ".jsonl.gz", ".parquet")
PARTS: dict[str, tuple[str, ...]] = {
    "prompt": ("prompt", "text", "question"),
    "tests": ("tests", "test", "test_list"),
    "solution": ("canonical_solution", "solution", "code", "completion", "completions"),
    "program": ("program", *LANGUAGES),
}
"""The keys of a record that hold evaluation texts, by what they are."""
NAMES = ("name", "task_id", "task", "id")
"""The keys that name a record's task, the first that it has."""


def evaluation_index(paths: Iterable[Path] = ()) -> EvaluationIndex:
    """The translation set, its canary, and the benchmarks in `paths`, ready to be looked for in a corpus.

    Raises MixlawError for a path that does not exist or holds no evaluation text.
    """
    given = [text for path in paths for text in benchmark_texts(path)]
    return EvaluationIndex([*translation_texts(), *given], canaries={TRANSLATION_SET: canary()})


def translation_texts() -> list[EvaluationText]:
    """The programs of the translation set."""
    return [
        EvaluationText(source=TRANSLATION_SET, task=task.name, language=language, text=program)
        for task in load_tasks()
        for language, program in task.sources.items()
    ]


def canary() -> str:
    """The line that marks copies of the translation set, as its README has it."""
    readme = (files("mixlaw_eval") / "translation_set" / "README.md").read_text(encoding="utf-8")
    found = re.search(r"MIXLAW-TRANSLATION-SET-CANARY [0-9a-f-]{36}", readme)
    assert found, "the README of the translation set has its canary"
    return found.group()


def benchmark_texts(path: Path) -> list[EvaluationText]:
    """The evaluation texts of a file, or of all files of a folder that are of a known kind.

    Raises MixlawError for a path that does not exist, a file that cannot be read, or when there is no text.
    """
    if path.is_dir():
        texts = [text for file in _files(path) for text in _file_texts(file, path.resolve().name, path)]
    elif path.is_file():
        texts = _file_texts(path, path.name, path.parent)
    else:
        raise MixlawError(f"--decontaminate {path}: does not exist")
    if not texts:
        keys = ", ".join(key for part in PARTS.values() for key in part)
        raise MixlawError(
            f"--decontaminate {path}: holds no evaluation text; expected source files, or records "
            f"({', '.join(RECORD_ENDINGS)}) with one of the keys {keys}"
        )
    return texts


def _files(folder: Path) -> list[Path]:
    inside = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return [path for path in inside if not any(p.startswith(".") for p in path.relative_to(folder).parts)]


def _file_texts(file: Path, source: str, root: Path) -> list[EvaluationText]:
    """A file's texts. A file of records is a source of its own, source files belong to `source`."""
    if file.name.endswith(RECORD_ENDINGS):
        return _record_texts(file)
    language = domain_of(file.name)
    if language not in LANGUAGES:
        return []
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise MixlawError(f"--decontaminate {file}: is not valid UTF-8: {error}") from error
    name = file.relative_to(root).with_suffix("").as_posix()
    return [EvaluationText(source=source, task=name, language=language, text=text)]


def _record_texts(file: Path) -> list[EvaluationText]:
    return [
        EvaluationText(source=file.name, task=_task(record, number), language=_language(record, key), part=part, text=t)
        for number, record in enumerate(_records(file), 1)
        for part, keys in PARTS.items()
        for key in keys
        for t in _texts(record.get(key), part)
    ]


def _task(record: Mapping[str, Any], number: int) -> str:
    named = (str(record[key]) for key in NAMES if record.get(key) is not None)
    return next(named, f"record {number}")


def _language(record: Mapping[str, Any], key: str) -> str:
    return key if key in LANGUAGES else str(record.get("language") or "")


def _texts(value: object, part: str) -> list[str]:
    """A text, or a list of them; the tests of a list belong together."""
    if isinstance(value, str):
        return [value]
    texts = [t for t in cast(list[Any], value) if isinstance(t, str)] if isinstance(value, list) else []
    return ["\n".join(texts)] if part == "tests" and texts else texts


def _records(file: Path) -> list[Mapping[str, Any]]:
    try:
        entries = _parsed(file)
    except (ValueError, OSError, EOFError, pl.exceptions.PolarsError) as error:
        raise MixlawError(f"--decontaminate {file}: cannot be read: {error}") from error
    if not all(isinstance(entry, Mapping) for entry in entries):
        raise MixlawError(f"--decontaminate {file}: expected records, each an object with keys and values")
    return entries


def _parsed(file: Path) -> list[Any]:
    if file.name.endswith(".parquet"):
        return pl.read_parquet(file).to_dicts()
    data = gzip.decompress(file.read_bytes()) if file.name.endswith(".gz") else file.read_bytes()
    if ".jsonl" in file.suffixes:
        return [json.loads(line) for line in data.splitlines() if line.strip()]
    whole: Any = json.loads(data)
    return cast(list[Any], whole) if isinstance(whole, list) else [whole]
