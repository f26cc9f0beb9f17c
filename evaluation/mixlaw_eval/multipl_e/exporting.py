"""Results as MultiPL-E's own scripts write them, for its `pass_k` and whatever else reads those files."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mixlaw.store import atomic_write
from mixlaw_eval.multipl_e.judging import samples_of
from mixlaw_eval.multipl_e.record import Attempt
from mixlaw_eval.multipl_e.results import Flavour, Result

_STATUS = {"passed": "OK", "compile-error": "SyntaxError", "timeout": "Timeout"}
"""MultiPL-E's word for a verdict; any other is "Exception"."""


def write_multipl_e_results(
    folder: Path, attempts: Sequence[Attempt], results: Sequence[Result], *, flavour: Flavour, limits: str = ""
) -> int:
    """Write FOLDER/<language>/<name>.results.json.gz for every record, atomically; returns how many.

    Languages are called as the records call them. A sample that was not generated stands there as an exception with an
    empty program; one without a verdict (toolchain missing) is left out. `limits` as in `judge`.
    """
    found = {(r.language, r.name, r.index): r for r in results if flavour in r.flavours and r.judged}
    for attempt in attempts:
        sources = {sample.index: sample.source for sample in samples_of([attempt], (flavour,), limits=limits)}
        entries = [
            _entry(found[key], sources.get(index, ""))
            for index in range(len(attempt.completions) + attempt.failed)
            if (key := (attempt.record.language, attempt.record.name, index)) in found
        ]
        _write(folder, attempt, entries)
    return len(attempts)


def _write(folder: Path, attempt: Attempt, entries: list[dict[str, Any]]) -> None:
    record = attempt.record
    data = {"name": record.name, "language": record.published_language, **attempt.settings, "results": entries}
    path = folder / record.published_language / f"{record.name}.results.json.gz"
    # No time in the header: the same results are the same bytes.
    atomic_write(path, gzip.compress(json.dumps(data).encode(), mtime=0))


def _entry(result: Result, source: str) -> dict[str, Any]:
    status = _STATUS.get(result.verdict, "Exception")
    return {
        "program": source,
        "timestamp": int(time.time()),
        "stdout": result.stdout,
        "stderr": result.stderr,
        "exit_code": 0 if status == "OK" else result.exit_code or -1,
        "status": status,
    }
