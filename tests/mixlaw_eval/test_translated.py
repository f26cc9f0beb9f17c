"""Translations that are run: verdicts by direction, means over tasks, rows."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Sequence

import pytest
from rich.console import Console

from mixlaw_eval.execution import Case, Execution, Program
from mixlaw_eval.parallel import Task
from mixlaw_eval.tables import translated_table
from mixlaw_eval.translation import Translation
from mixlaw_eval.translation.translated import Translated, run_translations

CASES = (Case(input="1", output="1"),)
TASKS = [
    Task(name="a", sources={"python": "pa", "go": "ga", "rust": "ra"}, cases=CASES),
    Task(name="b", sources={"python": "pb", "go": "gb", "rust": "rb"}, cases=CASES),
    Task(name="uncased", sources={"python": "pc", "go": "gc"}),
]


def translation(task: str, source: str, target: str, text: str = "x = 1 + 2") -> Translation:
    return Translation(task=task, source=source, target=target, text=text, reference="x = 1 + 2", ended=True)


def execution(verdict: str) -> Execution:
    return Execution(
        verdict=verdict,  # pyright: ignore[reportArgumentType]
        stage="run",
        exit_code=0,
        signal=None,
        cpu_s=0.1,
        wall_s=0.1,
        memory_bytes=1,
        stdout="",
        stderr="",
    )


class Recorded:
    """An executor that passes what is named good, last program first."""

    def __init__(self) -> None:
        self.programs: list[Program] = []

    def run(self, programs: Sequence[Program], advance: object = None) -> Iterator[tuple[int, Execution]]:
        self.programs = list(programs)
        for index in reversed(range(len(programs))):
            yield index, execution("passed" if programs[index].source == "good" else "wrong-answer")


def test_each_translation_is_run_in_its_language_on_the_cases_of_its_task() -> None:
    written = [
        translation("a", "python", "go", "good"),
        translation("uncased", "python", "go", "good"),
        translation("b", "python", "rust", "bad"),
    ]
    recorded = Recorded()
    found = run_translations(recorded, written, TASKS)
    assert [e and e.verdict for e in found] == ["passed", None, "wrong-answer"]
    assert [(p.language, p.source, p.cases) for p in recorded.programs] == [
        ("go", "good", CASES),
        ("rust", "bad", CASES),
    ]


@pytest.fixture
def translated() -> Translated:
    """Python to Go passes in one task of two, Go to Rust in none."""
    directions = [("python", "go"), ("go", "rust")]
    written = tuple(translation(task, *pair) for task in ("a", "b") for pair in directions)
    verdicts = ["passed", "compile-error", "timeout", "compile-error"]
    return Translated(prompt="none", translations=written, executions=tuple(map(execution, verdicts)))


def test_pass_at_1_of_a_direction_and_of_seen_and_unseen_ones(translated: Translated) -> None:
    found = translated.pass_at_1("python", "go")
    assert found is not None
    assert (found.value, found.problems) == (0.5, 2)
    assert translated.pass_at_1("rust", "go") is None
    assert translated.mean_pass_at_1(seen=True).value == 0.5
    unseen = translated.mean_pass_at_1(seen=False)
    assert (unseen.value, unseen.lower) == (0.0, 0.0)
    assert 0.5 < unseen.upper < 1  # two failures say little
    assert translated.verdicts == {"passed": 1, "compile-error": 2, "timeout": 1}


def test_rows_hold_bleu_and_pass_at_1_of_each_direction(translated: Translated) -> None:
    rows = {row["evaluation"]: row for row in translated.rows({"trial_id": "t", "loss_go": 1.0})}
    assert set(rows) == {"translated/python-go", "translated/go-rust"}
    row = rows["translated/python-go"]
    assert (row["trial_id"], row["pass_at_1"], row["programs"]) == ("t", 0.5, 2)
    assert row["bleu"] == pytest.approx(100)
    assert "loss_go" not in row


def test_what_was_not_run_has_no_pass_at_1() -> None:
    written = (translation("uncased", "python", "go"),)
    found = Translated(prompt="paper", translations=written, executions=(None,))
    (row,) = found.rows({})
    assert row["evaluation"] == "translated-prompt/python-go"
    assert "pass_at_1" not in row
    assert math.isnan(found.mean_pass_at_1(seen=True).value)


def test_the_table_names_the_metric_s_signature_and_the_verdicts(translated: Translated) -> None:
    printed = io.StringIO()
    Console(width=120, file=printed).print(translated_table(translated))
    text = printed.getvalue()
    assert "tok:13a" in text
    assert "verdicts: compile-error 2, passed 1, timeout 1" in text
    assert "to and from Python: 50.0%" in text
