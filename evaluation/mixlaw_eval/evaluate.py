"""Evaluate one checkpoint with one suite: rows for the results table, and something to print."""

from __future__ import annotations

import math
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from mixlaw.trial import MixlawError
from mixlaw_eval.engines import Advance, Engine, EngineName, open_engine
from mixlaw_eval.parallel import load_tasks
from mixlaw_eval.samples import PROMPTS, Sample, greedy_samples
from mixlaw_eval.tables import samples_table, translation_table
from mixlaw_eval.translation import EVALUATIONS, Prompt, TooLong, TranslationLoss, questions, translation_loss

SUITES: dict[str, str] = {
    "translation": "loss of a program given the same program in another language, 42 directions",
    "samples": "greedy continuations of a few prompts per language",
}
"""What can be measured, for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """What a suite found: `rows` for `mixlaw.store.write_rows(out, trial_id, evaluation, rows)`, a `table` to print.

    A suite that measures nothing (samples) has no rows.
    """

    evaluation: str
    rows: list[dict[str, Any]]
    table: RenderableType
    translation: TranslationLoss | None = None
    samples: tuple[Sample, ...] = ()


def evaluate_checkpoint(
    checkpoint: Path,
    *,
    suite: str = "translation",
    engine: EngineName = "auto",
    dtype: str | None = None,
    prompt: Prompt = "none",
    too_long: TooLong = "refuse",
    translation_set: Path | None = None,
    trial: Mapping[str, Any] | None = None,
    progress: bool = True,
) -> Evaluation:
    """Load a Hugging Face folder and run one of `SUITES` on it.

    `trial` holds the columns of the results table that say what was trained; they are copied to every row.
    `translation_set` is another folder of the layout of ours. Raises MixlawError for an unknown suite and whatever
    the engine or the suite refuses.
    """
    if suite not in SUITES:
        raise MixlawError(f"unknown suite {suite!r}; known are {', '.join(SUITES)}")
    opened = open_engine(engine, checkpoint, dtype=dtype)
    if suite == "samples":
        return _samples(opened, progress=progress)
    tasks = load_tasks(translation_set)
    asked = questions(opened.checkpoint, tasks, prompt=prompt, too_long=too_long)
    with _bar("scoring", asked.n_windows, shown=progress) as advance:
        losses = translation_loss(opened, asked, advance=advance)
    return Evaluation(
        evaluation=EVALUATIONS[prompt],
        rows=losses.rows(trial or {}),
        table=translation_table(losses),
        translation=losses,
    )


def _samples(engine: Engine, *, progress: bool) -> Evaluation:
    with _bar("generating", sum(map(len, PROMPTS.values())), shown=progress) as advance:
        samples = greedy_samples(engine, max_tokens=_sample_tokens(engine), advance=advance)
    return Evaluation(evaluation="samples", rows=[], table=samples_table(samples), samples=samples)


def _sample_tokens(engine: Engine) -> int:
    """Enough to see a function, less where the context is short."""
    return min(96, math.ceil(engine.checkpoint.context / 2))


@contextmanager
def _bar(what: str, total: int, *, shown: bool) -> Generator[Advance]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, disable=not shown, transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda done: bar.advance(task, done)
