from __future__ import annotations

import pytest

from mixlaw.corpus.cleaning.decontaminate import Dropped, tasks_without_evaluation_texts
from mixlaw.corpus.cleaning.evaluation_index import EvaluationIndex, EvaluationText
from mixlaw.corpus.funnel import Funnel
from mixlaw.corpus.parallel.programs import Task, arrange
from mixlaw.corpus.parallel.source import Direction
from mixlaw.trial import MixlawError

TEST = "\n".join(f"let planted{number} = measure(planted{number - 1})" for number in range(20)) + "\n"
INDEX = EvaluationIndex(
    [EvaluationText(source="set", task="sum", language="python", part="solution", text=TEST)], canaries={}
)


def task(*directions: Direction) -> Task:
    programs = {"python": TEST, "go": "package main\n", "rust": "fn main() {}\n"}
    return Task(name="t", source="s", licence="MIT", programs=programs, directions=directions)


def test_a_task_stays_while_both_programs_of_one_of_its_directions_do() -> None:
    dropped: list[Dropped] = []
    tasks = [task(("python", "go"), ("go", "rust")), task(("python", "go"))]
    kept = list(tasks_without_evaluation_texts(tasks, INDEX, Funnel(), dropped))
    assert [t.made for t in kept] == [(("go", "rust"),)]
    assert [d.path for d in dropped] == ["t/python", "t/python"]
    assert not any("planted" in d.text for documents in arrange(kept).values() for d in documents)


def test_no_task_left_is_said() -> None:
    with pytest.raises(MixlawError, match="none is left to train on"):
        list(tasks_without_evaluation_texts([task(("python", "go"))], INDEX, Funnel(), []))
