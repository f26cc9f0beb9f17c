"""Results to compare: of `mixlaw execute`, of an evaluation, or of MultiPL-E's own runner."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from mixlaw.trial import MixlawError
from mixlaw_eval.execution import Verdict
from mixlaw_eval.multipl_e.files import Item, files_of, read_items
from mixlaw_eval.multipl_e.reading import language_named
from mixlaw_eval.multipl_e.results import Result, read_results
from mixlaw_eval.multipl_e.scores import PassResults

_VERDICTS: dict[str, Verdict] = {"OK": "passed", "SyntaxError": "compile-error", "Timeout": "timeout"}
"""A verdict for MultiPL-E's status; any other ("Exception") is a run-time error."""


def load_results(path: Path) -> PassResults:
    """A results file, a folder with one `*.results.jsonl` or `results.jsonl`, or a folder of MultiPL-E's result files.

    MultiPL-E's results count as published. Raises MixlawError, with file and line, for anything else.
    """
    if not path.exists():
        raise MixlawError(f"there are no results at {path}; make them with mixlaw execute or mixlaw evaluate")
    if path.is_dir():
        return PassResults(results=_of_folder(path))
    results = read_results(path) if path.suffix == ".jsonl" else _published(path)
    if not results:
        raise MixlawError(f"{path} holds no results; make them with mixlaw execute or mixlaw evaluate")
    return PassResults(results=results)


def _of_folder(folder: Path) -> tuple[Result, ...]:
    own = [file for file in files_of(folder) if file.name.endswith("results.jsonl")]
    if len(own) > 1:
        raise MixlawError(f"{folder} has several results: name one of {', '.join(str(file) for file in own)}")
    results = read_results(own[0]) if own else _published(folder)
    if not results:
        raise MixlawError(f"{folder} holds no results of mixlaw execute, mixlaw evaluate or MultiPL-E")
    return results


def _published(path: Path) -> tuple[Result, ...]:
    return tuple(result for item in read_items(path) if "results" in item.data for result in _results(item))


def _results(item: Item) -> Iterator[Result]:
    entries = item.data["results"]
    if not isinstance(entries, list):
        raise MixlawError(f"{item.where}: 'results' must be a list")
    for index, entry in enumerate(cast(list[Any], entries)):
        if not isinstance(entry, dict):
            raise MixlawError(f"{item.where}: 'results' must hold objects, got {type(entry).__name__}")
        yield _result(item, index, cast(dict[str, Any], entry))


def _result(item: Item, index: int, entry: dict[str, Any]) -> Result:
    verdict: Verdict = _VERDICTS.get(str(entry.get("status")), "run-time-error")
    exit_code = entry.get("exit_code")
    if verdict == "passed" and exit_code != 0:
        verdict = "run-time-error"  # as pass_k has it: both must say so
    return Result(
        name=item.text("name"),
        language=language_named(item.text("language"), item.where),
        index=index,
        flavours=("as-published",),
        verdict=verdict,
        stage="compile" if verdict == "compile-error" else "run",
        exit_code=exit_code,
        signal=None,
        cpu_s=0.0,
        wall_s=0.0,
        memory_bytes=0,
        stdout=str(entry.get("stdout", "")),
        stderr=str(entry.get("stderr", "")),
        key="",
    )
