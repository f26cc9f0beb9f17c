"""Rows of evaluations join those of the same checkpoint that are there already."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mixlaw import store
from mixlaw_eval.settings import Settings
from mixlaw_eval.suites import Evaluation
from mixlaw_sweeps import evaluating


@pytest.fixture
def evaluate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Evaluates a trial that finds the given Pass@1 by language."""
    folder = tmp_path / "trials" / "abc"
    folder.mkdir(parents=True)

    class Trial:
        trial_id = "abc"

    monkeypatch.setattr(evaluating, "trial_of", lambda _: (folder, Trial()))
    monkeypatch.setattr(evaluating, "trained", lambda *_: {"trial_id": "abc"})

    def run(found: dict[str, float]) -> dict[str, float]:
        rows: list[dict[str, Any]] = [{"evaluation": f"humaneval/{n}", "pass_at_1": v} for n, v in found.items()]
        evaluation = Evaluation(evaluation="humaneval", rows=rows, table="", found=None)
        monkeypatch.setattr(evaluating, "evaluate_checkpoint", lambda *_, **__: (evaluation,))
        evaluating.evaluate_model(folder, Settings())
        table = store.read_results(tmp_path)
        return dict(zip(table["evaluation"], table["pass_at_1"], strict=True))

    return run


def test_languages_can_be_evaluated_one_after_the_other(evaluate: Any) -> None:
    evaluate({"python": 0.5, "go": 0.25, "mean": 0.375})
    assert evaluate({"python": 0.75}) == {"humaneval/go": 0.25, "humaneval/python": 0.75}
    assert evaluate({"rust": 0.0, "go": 1.0, "mean": 0.5}) == {
        "humaneval/python": 0.75,
        "humaneval/rust": 0.0,
        "humaneval/go": 1.0,
        "humaneval/mean": 0.5,
    }
