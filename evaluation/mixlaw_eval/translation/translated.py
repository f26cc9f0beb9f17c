"""Greedy translations judged: BLEU by direction, and Pass@1 (does the program run and print the same)."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from mixlaw_eval.engines import Advance
from mixlaw_eval.execution import Execution, Program, Runs
from mixlaw_eval.parallel import Task
from mixlaw_eval.pass_at_k import Estimate, estimate
from mixlaw_eval.rows import identity, known
from mixlaw_eval.translation.bleu import Bleu, bleu_of
from mixlaw_eval.translation.directions import DIRECTIONS, Prompt, is_seen
from mixlaw_eval.translation.written import Translation

EVALUATIONS: dict[Prompt, str] = {"none": "translated", "paper": "translated-prompt"}
"""Name of each prompt's evaluation in the results table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Translated:
    """Translations of a parallel set in the order asked, and a verdict on each: None where its task has no cases.

    `left_out` names (task, from, to) of those that did not fit the context.
    """

    prompt: Prompt
    translations: tuple[Translation, ...]
    executions: tuple[Execution | None, ...]
    left_out: tuple[tuple[str, str, str], ...] = ()

    def bleu(self, source: str, target: str) -> Bleu | None:
        """Corpus BLEU of one direction, None when nothing was translated."""
        chosen = [t for t in self.translations if (t.source, t.target) == (source, target)]
        return bleu_of(chosen) if chosen else None

    def pass_at_1(self, source: str, target: str) -> Estimate | None:
        """Share of one direction's translations that pass all cases, with its interval; None when none was run."""
        scores = [score for t, score in self._scores() if (t.source, t.target) == (source, target)]
        return estimate(scores) if scores else None

    def mean_pass_at_1(self, *, seen: bool) -> Estimate:
        """Over all seen (or unseen) directions; tasks, and not directions, are drawn anew for the interval."""
        by_task: dict[str, dict[tuple[str, str], float]] = {}
        for t, score in self._scores():
            if is_seen(t.source, t.target) == seen:
                by_task.setdefault(t.task, {})[t.source, t.target] = score
        directions = sorted({direction for scores in by_task.values() for direction in scores})
        table = [[scores.get(direction, math.nan) for direction in directions] for scores in by_task.values()]
        return estimate(np.array(table).reshape(len(by_task), len(directions)))

    @property
    def verdicts(self) -> Counter[str]:
        """How often each verdict was given."""
        return Counter(execution.verdict for execution in self.executions if execution)

    def rows(self, trial: Mapping[str, Any]) -> list[dict[str, Any]]:
        """One row of the results table per direction; `trial` holds the columns that say what was trained."""
        return [identity(trial) | row for direction in DIRECTIONS if (row := self._row(*direction))]

    def _scores(self) -> list[tuple[Translation, float]]:
        pairs = zip(self.translations, self.executions, strict=True)
        return [(t, float(found.verdict == "passed")) for t, found in pairs if found is not None]

    def _row(self, source: str, target: str) -> dict[str, Any]:
        bleu, passed = self.bleu(source, target), self.pass_at_1(source, target)
        if bleu is None:
            return {}
        row: dict[str, Any] = {
            "evaluation": f"{EVALUATIONS[self.prompt]}/{source}-{target}",
            "bleu": bleu.score,
            "bleu_signature": bleu.signature,
            "bleu_lower": known(bleu.lower),
            "bleu_upper": known(bleu.upper),
            "programs": bleu.programs,
            "pairs_left_out": sum(name[1:] == (source, target) for name in self.left_out),
        }
        if passed is not None:
            row |= {
                "pass_at_1": passed.value,
                "pass_at_1_lower": known(passed.lower),
                "pass_at_1_upper": known(passed.upper),
                "problems": passed.problems,
                "samples": 1,
            }
        return row


def run_translations(
    executor: Runs, translations: Sequence[Translation], tasks: Sequence[Task], *, advance: Advance | None = None
) -> tuple[Execution | None, ...]:
    """Compile each translation and run it on the cases of its task; None for those of tasks without cases."""
    cases = {task.name: task.cases for task in tasks}
    chosen = [i for i, t in enumerate(translations) if cases[t.task]]
    programs = [
        Program(language=translations[i].target, source=translations[i].text, cases=cases[translations[i].task])
        for i in chosen
    ]
    found: list[Execution | None] = [None] * len(translations)
    for index, execution in executor.run(programs, advance):
        found[chosen[index]] = execution
    return tuple(found)
