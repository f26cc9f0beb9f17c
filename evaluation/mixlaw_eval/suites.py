"""The suites: each takes an engine and the settings and gives what it found."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from rich.console import RenderableType

from mixlaw.trial import MixlawError
from mixlaw_eval.engines import Engine, Sampling
from mixlaw_eval.execution import Runs, open_executor
from mixlaw_eval.multipl_e import load_records, pass_table
from mixlaw_eval.multipl_e.evaluating import evaluate_records
from mixlaw_eval.parallel import Task, load_tasks
from mixlaw_eval.progress import bar
from mixlaw_eval.samples import PROMPTS, greedy_samples
from mixlaw_eval.settings import Settings
from mixlaw_eval.tables import samples_table, translated_table, translation_table
from mixlaw_eval.translation import EVALUATIONS, Prompt, questions, translate, translation_loss
from mixlaw_eval.translation.translated import EVALUATIONS as TRANSLATED
from mixlaw_eval.translation.translated import Translated, run_translations


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """What a suite found: `rows` for `mixlaw.store.write_rows(out, trial_id, evaluation, rows)`, a `table` to print.

    `found` is the suite's own result: TranslationLoss, Translated, PassResults, or a tuple of Sample. A suite that
    measures nothing (samples) has no rows.
    """

    evaluation: str
    rows: list[dict[str, Any]]
    table: RenderableType
    found: Any


Trial = Mapping[str, Any]
Suite = Callable[[Engine, Settings, Trial, bool], list[Evaluation]]

_SAMPLE_TOKENS = 96


def translation(engine: Engine, settings: Settings, trial: Trial, progress: bool) -> list[Evaluation]:
    """Translation loss, once for each prompt."""
    tasks = load_tasks(settings.parallel_set)
    return [_translation(engine, tasks, settings, trial, prompt, progress) for prompt in settings.prompts]


def _translation(
    engine: Engine, tasks: Sequence[Task], settings: Settings, trial: Trial, prompt: Prompt, progress: bool
) -> Evaluation:
    asked = questions(engine.checkpoint, tasks, prompt=prompt, too_long=settings.too_long)
    with bar("scoring", asked.n_windows, shown=progress) as advance:
        losses = translation_loss(engine, asked, advance=advance)
    return Evaluation(
        evaluation=EVALUATIONS[prompt], rows=losses.rows(trial), table=translation_table(losses), found=losses
    )


def translated(engine: Engine, settings: Settings, trial: Trial, progress: bool) -> list[Evaluation]:
    """Greedy translations, BLEU and Pass@1, once for each prompt."""
    if settings.too_long == "window":
        raise MixlawError(
            "a translation that is written cannot be longer than the context: --too-long window is for the suite "
            "translation; leave such programs out with --too-long leave-out"
        )
    tasks = load_tasks(settings.parallel_set)
    with open_executor(settings.workers, unsafe=settings.unsafe) as executor:
        return [_translated(engine, executor, tasks, settings, trial, p, progress) for p in settings.prompts]


def _translated(
    engine: Engine,
    executor: Runs,
    tasks: Sequence[Task],
    settings: Settings,
    trial: Trial,
    prompt: Prompt,
    progress: bool,
) -> Evaluation:
    asked = questions(engine.checkpoint, tasks, prompt=prompt, too_long=settings.too_long)
    with bar("translating", len(asked.asked), shown=progress) as advance:
        written = translate(engine, asked, advance=advance)
    with bar("running translations", len(written), shown=progress) as advance:
        executions = run_translations(executor, written, tasks, advance=advance)
    found = Translated(prompt=prompt, translations=written, executions=executions, left_out=asked.left_out)
    return Evaluation(evaluation=TRANSLATED[prompt], rows=found.rows(trial), table=translated_table(found), found=found)


def multipl_e(engine: Engine, settings: Settings, trial: Trial, progress: bool) -> list[Evaluation]:
    """Pass@1 on MultiPL-E records."""
    assert settings.records is not None
    records = load_records(settings.records, languages=settings.languages)
    sampling = Sampling(
        max_tokens=settings.max_tokens,
        n=settings.samples,
        temperature=settings.sampling_temperature,
        top_p=settings.top_p,
        seed=settings.seed,
    )
    with open_executor(settings.workers, unsafe=settings.unsafe) as executor:
        found = evaluate_records(
            engine,
            records,
            sampling=sampling,
            executor=executor,
            flavour=settings.flavour,
            work_folder=settings.work,
            progress=partial(bar, shown=progress),
        )
    return [Evaluation(evaluation=found.evaluation, rows=found.rows(trial), table=pass_table(found), found=found)]


def samples(engine: Engine, settings: Settings, trial: Trial, progress: bool) -> list[Evaluation]:
    """A few greedy continuations; nothing is measured."""
    # Enough to see a function, less where the context is short.
    most = min(_SAMPLE_TOKENS, (engine.checkpoint.context + 1) // 2)
    with bar("generating", sum(map(len, PROMPTS.values())), shown=progress) as advance:
        found = greedy_samples(engine, max_tokens=most, advance=advance)
    return [Evaluation(evaluation="samples", rows=[], table=samples_table(found), found=found)]


RUN_SUITE: dict[str, Suite] = {
    "translation": translation,
    "translated": translated,
    "multipl-e": multipl_e,
    "samples": samples,
}
"""By the names of `settings.SUITES`."""
