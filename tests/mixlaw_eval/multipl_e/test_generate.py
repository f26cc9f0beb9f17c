"""From a checkpoint to Pass@1: prompts, stop strings, what does not fit, resuming; a tiny model of random weights."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from mixlaw_eval.engines import Advance, Engine, Generation, Sampling, open_engine, stored
from mixlaw_eval.execution import Execution, Program
from mixlaw_eval.multipl_e import Record, load_records
from mixlaw_eval.multipl_e.evaluating import evaluate_records
from mixlaw_eval.multipl_e.generate import generate

RECORDS = load_records(Path(__file__).parent / "data" / "own.jsonl")
PYTHON = tuple(record for record in RECORDS if record.language == "python")
FEW = Sampling(max_tokens=6, n=2, temperature=0.2, top_p=0.95, seed=3)


FAILED = Execution(
    verdict="wrong-answer",
    stage="run",
    exit_code=1,
    signal=None,
    cpu_s=0.1,
    wall_s=0.1,
    memory_bytes=1,
    stdout="",
    stderr="",
)


class Counting:
    """An executor that fails everything and counts what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Program] = []

    def run(
        self, programs: Sequence[Program], advance: Callable[[int], None] | None = None
    ) -> Iterator[tuple[int, Execution]]:
        self.asked += programs
        yield from ((index, FAILED) for index in range(len(programs)))


class Asked:
    """An engine that notes what it was asked."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.checkpoint = engine.checkpoint
        self.score = engine.score
        self.asked: list[tuple[list[list[int]], Sampling]] = []

    def generate(
        self, prompts: Sequence[Sequence[int]], sampling: Sampling, *, advance: Advance | None = None
    ) -> list[list[Generation]]:
        self.asked.append(([list(prompt) for prompt in prompts], sampling))
        return self._engine.generate(prompts, sampling, advance=advance)


@pytest.fixture(scope="module")
def engine(make_checkpoint: Callable[[int], Path]) -> Engine:
    return open_engine("transformers", make_checkpoint(512), dtype="float32")


def test_the_model_sees_the_stripped_prompt_and_each_record_its_own_stops(engine: Engine) -> None:
    noting = Asked(engine)
    attempts = generate(noting, RECORDS, FEW)
    assert [attempt.record for attempt in attempts] == list(RECORDS)
    assert all(len(attempt.completions) == 2 for attempt in attempts)
    assert {sampling.stop for _, sampling in noting.asked} == {record.stop_tokens for record in RECORDS}
    tokenizer = engine.checkpoint.tokenizer
    seen = {tokenizer.decode(prompt) for prompts, _ in noting.asked for prompt in prompts}
    assert seen == {record.prompt.strip() for record in RECORDS}
    assert attempts[0].settings == {"temperature": 0.2, "top_p": 0.95, "max_tokens": 6}


def test_a_completion_does_not_depend_on_the_other_records(engine: Engine) -> None:
    together = generate(engine, RECORDS, FEW)
    assert generate(engine, RECORDS[4:5], FEW)[0] == together[4]


def test_a_prompt_that_does_not_fit_is_a_failure_with_its_reason(engine: Engine) -> None:
    long = dataclasses.replace(PYTHON[0], name="Own_9_long", prompt="x" * 5000)
    found = evaluate_records(engine, [*PYTHON, long], sampling=FEW, executor=Counting())
    failed = [result for result in found.results if result.name == "Own_9_long"]
    assert [result.verdict for result in failed] == ["not-generated"] * 2
    assert "leaves no room in the model's context of 512" in failed[0].stderr
    assert found.language("repaired", "python").problems == 4


def test_nothing_is_generated_or_run_twice(engine: Engine, tmp_path: Path) -> None:
    noting, executor = Asked(engine), Counting()
    kept = stored(noting, tmp_path / "answers", engine_name="transformers", dtype="float32")
    first = evaluate_records(kept, PYTHON, sampling=FEW, executor=executor, work_folder=tmp_path)
    asked, run = len(noting.asked), len(executor.asked)
    assert asked > 0
    assert run > 0
    anew = stored(noting, tmp_path / "answers", engine_name="transformers", dtype="float32")
    again = evaluate_records(anew, PYTHON, sampling=FEW, executor=executor, work_folder=tmp_path)
    assert (len(noting.asked), len(executor.asked)) == (asked, run)
    assert again == first
    other = dataclasses.replace(FEW, seed=4)
    evaluate_records(anew, PYTHON, sampling=other, executor=executor, work_folder=tmp_path)
    assert len(noting.asked) > asked
    assert len(list(tmp_path.glob("*.results.jsonl"))) == 2, "one file per sampling"


def test_equal_completions_run_once(engine: Engine) -> None:
    executor = Counting()
    same: list[Record] = [PYTHON[0]]
    found = evaluate_records(engine, same, sampling=Sampling(max_tokens=3, n=5, temperature=1e-6), executor=executor)
    assert len(executor.asked) == 1
    assert len(found.results) == 5
