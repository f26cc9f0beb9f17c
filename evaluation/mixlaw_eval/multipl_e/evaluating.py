"""Records and an engine to Pass@1: generate, execute, score."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict
from pathlib import Path

from mixlaw_eval.engines import Advance, Engine, Sampling
from mixlaw_eval.engines.stored import fingerprint
from mixlaw_eval.execution import Runs
from mixlaw_eval.multipl_e.generate import generate
from mixlaw_eval.multipl_e.judging import judge, samples_of
from mixlaw_eval.multipl_e.record import Record
from mixlaw_eval.multipl_e.results import FLAVOURS, Flavour
from mixlaw_eval.multipl_e.scores import PassResults

Progress = Callable[[str, int], AbstractContextManager[Advance]]
"""Given what is done and how many there are, a progress bar."""


def evaluate_records(
    engine: Engine,
    records: Sequence[Record],
    *,
    sampling: Sampling,
    executor: Runs,
    flavour: Flavour = "repaired",
    work_folder: Path | None = None,
    limits: str = "",
    progress: Progress | None = None,
) -> PassResults:
    """Complete every record, run the programs, and score them.

    In flavour "repaired" both flavours are run (a program that no repair changes runs once), so that both figures can
    be shown; in "as-published" only that. `work_folder` keeps the verdicts of every completion, one file per
    checkpoint, sampling and records: a killed evaluation runs none of them again, and `mixlaw compare` reads them.
    What was generated is kept by an engine that is `engines.stored`. `limits` names what programs run under.
    """
    bar = progress or _no_bar
    with bar("generating", len(records)) as advance:
        attempts = generate(engine, records, sampling, advance=advance)
    flavours = FLAVOURS if flavour == "repaired" else (flavour,)
    out = work_folder / f"{_identity(engine, records, sampling)}.results.jsonl" if work_folder else None
    with bar("running programs", len(samples_of(attempts, flavours))) as advance:
        results = judge(attempts, executor, flavours=flavours, out=out, limits=limits, advance=advance)
    return PassResults(results=results)


def _identity(engine: Engine, records: Sequence[Record], sampling: Sampling) -> str:
    """Names the file of verdicts: checkpoint, sampling and records."""
    asked = [fingerprint(engine.checkpoint.path), asdict(sampling), [asdict(record) for record in records]]
    return f"multipl-e-{hashlib.sha256(json.dumps(asked).encode()).hexdigest()[:16]}"


def _no_bar(what: str, total: int) -> AbstractContextManager[Advance]:
    return nullcontext(lambda done: None)
