"""Results to numbers: pass@k per language and their mean, with intervals; verdicts counted; rows of the table."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from mixlaw.trial import LANGUAGES, MixlawError
from mixlaw_eval.multipl_e.record import problem_of
from mixlaw_eval.multipl_e.repairs import impossible
from mixlaw_eval.multipl_e.results import FLAVOURS, Flavour, Result
from mixlaw_eval.pass_at_k import Difference, Estimate, Floats, estimate, paired_difference, pass_at_k
from mixlaw_eval.rows import identity, known

_BENCHMARKS = {"HumanEval": "humaneval", "mbpp": "mbpp"}
"""What a benchmark is called in the results table, by the beginning of its problems' names."""
_SUFFIXES: Mapping[Flavour, str] = {"repaired": "", "as-published": "-as-published"}
MEAN = "mean"
"""Of the languages, in the name of a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PassResults:
    """The results of a set of completions. Every number is of one flavour: as published, all problems count; repaired,
    the impossible ones (`repairs.impossible`) are left out.
    """

    results: tuple[Result, ...]

    @property
    def flavours(self) -> tuple[Flavour, ...]:
        """Those that the completions were run in."""
        return tuple(flavour for flavour in FLAVOURS if any(flavour in result.flavours for result in self.results))

    @property
    def languages(self) -> tuple[str, ...]:
        """Those with a completion, in the order of LANGUAGES."""
        present = {result.language for result in self.results}
        return tuple(language for language in LANGUAGES if language in present)

    @property
    def evaluation(self) -> str:
        """Name of the evaluation in the results table: humaneval or mbpp; multipl-e for other or mixed problems."""
        names = {result.name.partition("_")[0] for result in self.results}
        return _BENCHMARKS.get(names.pop(), "multipl-e") if len(names) == 1 else "multipl-e"

    def counted(self, flavour: Flavour, language: str) -> list[Result]:
        """Results that count in a score."""
        return [
            result
            for result in self.results
            if flavour in result.flavours
            and result.language == language
            and not (flavour == "repaired" and impossible(language, result.name))
        ]

    def left_out(self, flavour: Flavour, language: str) -> dict[str, str]:
        """Names of impossible problems among the results, and why; none as published."""
        names = {result.name for result in self.results if result.language == language and flavour in result.flavours}
        reasons = {name: impossible(language, name) for name in sorted(names)} if flavour == "repaired" else {}
        return {name: reason for name, reason in reasons.items() if reason}

    def scores(self, flavour: Flavour, language: str, k: int) -> dict[str, float]:
        """pass@k of every problem, by name. All NaN when one of them has fewer than k samples with a verdict."""
        tried, passed = Counter[str](), Counter[str]()
        for result in self.counted(flavour, language):
            tried[result.name] += result.judged
            passed[result.name] += result.passed
        found = pass_at_k(list(tried.values()), [passed[name] for name in tried], k) if tried else np.zeros(0)
        found = np.full_like(found, np.nan) if np.isnan(found).any() else found
        return dict(zip(tried, found.tolist(), strict=True))

    def language(self, flavour: Flavour, language: str, *, k: int = 1, seed: int = 0) -> Estimate:
        """pass@k of one language."""
        return estimate(list(self.scores(flavour, language, k).values()), seed=seed)

    def macro(self, flavour: Flavour, *, k: int = 1, seed: int = 0) -> Estimate:
        """Mean over languages; NaN when one of them has none."""
        return estimate(_matrix([_by_problem(self.scores(flavour, name, k)) for name in self.languages]), seed=seed)

    def samples(self, flavour: Flavour, language: str) -> int:
        """The least number of samples with a verdict that a problem has."""
        counts = Counter(r.name for r in self.counted(flavour, language) if r.judged)
        names = {r.name for r in self.counted(flavour, language)}
        return min((counts[name] for name in names), default=0)

    def verdicts(self, flavour: Flavour, language: str) -> Counter[str]:
        """How often each verdict was given."""
        return Counter(result.verdict for result in self.counted(flavour, language))

    def rows(self, trial: Mapping[str, Any]) -> list[dict[str, Any]]:
        """One row of the results table per flavour and language, for `mixlaw.store.write_rows(..., evaluation, rows)`.

        They are called humaneval/<language> when repaired, and humaneval-as-published/<language>; with several
        languages there is one of their mean too. `trial` holds the
        columns that say what was trained; losses in it are dropped.
        """
        means = (MEAN,) if len(self.languages) > 1 else ()
        return [
            identity(trial) | self._row(flavour, name)
            for flavour in reversed(self.flavours)
            for name in (*self.languages, *means)
        ]

    def _row(self, flavour: Flavour, name: str) -> dict[str, Any]:
        languages = self.languages if name == MEAN else (name,)
        found = self.macro(flavour) if name == MEAN else self.language(flavour, name)
        return {
            "evaluation": f"{self.evaluation}{_SUFFIXES[flavour]}/{name}",
            "pass_at_1": known(found.value),
            "pass_at_1_lower": known(found.lower),
            "pass_at_1_upper": known(found.upper),
            "problems": sum(len(self.scores(flavour, language, 1)) for language in languages),
            "samples": min(self.samples(flavour, language) for language in languages),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """pass@k of two sets of results over the problems that both have; `language` None is the mean over languages."""

    language: str | None
    first: float
    second: float
    difference: Difference


def compare(
    first: PassResults, second: PassResults, *, flavour: Flavour, k: int = 1, seed: int = 0
) -> tuple[Comparison, ...]:
    """The paired comparison per language and, with two languages or more, of their mean.

    Raises MixlawError when the two have no problem in common.
    """
    languages = [language for language in first.languages if language in second.languages]
    pairs = [_paired(first, second, flavour, language, k) for language in languages]
    kept = [(language, pair) for language, pair in zip(languages, pairs, strict=True) if pair[0]]
    if not kept:
        raise MixlawError(
            f"the two sets of results have no problem in common in flavour {flavour}; "
            f"one has {_said(first)}, the other {_said(second)}"
        )
    found = [_comparison(language, [pair], seed) for language, pair in kept]
    return (*found, _comparison(None, [pair for _, pair in kept], seed)) if len(kept) > 1 else tuple(found)


def _paired(
    first: PassResults, second: PassResults, flavour: Flavour, language: str, k: int
) -> tuple[dict[str, float], dict[str, float]]:
    a, b = (side.scores(flavour, language, k) for side in (first, second))
    common = [name for name in a if name in b]
    return {name: a[name] for name in common}, {name: b[name] for name in common}


def _comparison(
    language: str | None, pairs: Sequence[tuple[dict[str, float], dict[str, float]]], seed: int
) -> Comparison:
    a = _matrix([_by_problem(pair[0]) for pair in pairs])
    b = _matrix([_by_problem(pair[1]) for pair in pairs])
    return Comparison(
        language=language,
        first=_mean(a),
        second=_mean(b),
        difference=paired_difference(a, b, seed=seed),
    )


def _mean(table: Floats) -> float:
    return estimate(table, draws=1).value


def _by_problem(scores: Mapping[str, float]) -> dict[str, float]:
    """Scores by what a problem is called in every language."""
    found = {problem_of(name): score for name, score in scores.items()}
    return found if len(found) == len(scores) else dict(scores)


def _matrix(columns: Sequence[Mapping[str, float]]) -> Floats:
    """(problems, languages), NaN where a language lacks a problem."""
    problems = sorted({problem for column in columns for problem in column})
    return np.array([[column.get(problem, math.nan) for column in columns] for problem in problems]).reshape(
        len(problems), len(columns)
    )


def _said(results: PassResults) -> str:
    return f"{', '.join(results.languages) or 'nothing'} in {', '.join(results.flavours) or 'no flavour'}"
