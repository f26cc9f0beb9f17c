"""Translation loss against an independent calculation, and its means against planted losses."""

from __future__ import annotations

import io
import json
import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from transformers import AutoModelForCausalLM

from mixlaw.corpus.parallel.programs import Task as ParallelTask
from mixlaw.corpus.parallel.programs import arrange
from mixlaw.store import read_results, write_rows
from mixlaw.trial import LANGUAGES, MixlawError
from mixlaw_eval.engines import Engine, Pair, open_engine
from mixlaw_eval.evaluate import evaluate_checkpoint
from mixlaw_eval.parallel import Task, load_tasks
from mixlaw_eval.settings import Settings
from mixlaw_eval.suites import Evaluation
from mixlaw_eval.translation import (
    DIRECTIONS,
    Mean,
    PairLoss,
    TranslationLoss,
    questions,
    text_before_target,
    translation_loss,
)
from mixlaw_eval.translation.asked import windows

TASKS = load_tasks()


@pytest.fixture(scope="module")
def long_checkpoint(make_checkpoint: Callable[[int], Path]) -> Path:
    return make_checkpoint(8192)


def score(engine: Engine, tasks: Sequence[Task], **options: Any) -> TranslationLoss:
    return translation_loss(engine, questions(engine.checkpoint, tasks, **options))


def planted(task: str, source: str, target: str, nats_per_token: float) -> PairLoss:
    return PairLoss(task=task, source=source, target=target, nats=nats_per_token * 10, n_tokens=10, n_bytes=40)


def losses(pairs: Sequence[PairLoss]) -> TranslationLoss:
    return TranslationLoss(prompt="none", pairs=tuple(pairs), left_out=())


def test_there_are_42_directions_and_12_are_seen() -> None:
    assert len(set(DIRECTIONS)) == 42
    seen = [planted("t", source, target, 1.0).seen for source, target in DIRECTIONS]
    assert sum(seen) == 12


@pytest.mark.parametrize("prompt", ["none", "paper"])
def test_a_pair_s_loss_is_the_cross_entropy_of_the_target_alone(long_checkpoint: Path, prompt: Any) -> None:
    engine = open_engine("transformers", long_checkpoint)
    auto: Any = AutoModelForCausalLM
    model = auto.from_pretrained(long_checkpoint, dtype=torch.float64)
    encode = engine.checkpoint.tokenizer.encode
    found = score(engine, TASKS[:1], prompt=prompt)
    assert len(found.pairs) == 42
    for pair in found.pairs[::8]:
        x, y = (TASKS[0].sources[language] for language in (pair.source, pair.target))
        source, target = [0, *encode(text_before_target(x, pair.source, pair.target, prompt))], encode(y)
        labels = torch.tensor([[-100] * len(source) + target])  # -100: not scored
        with torch.inference_mode():
            expected = float(model(input_ids=torch.tensor([source + target]), labels=labels).loss)
        assert pair.nats_per_token == pytest.approx(expected, abs=1e-4)
        assert (pair.n_tokens, pair.n_bytes) == (len(target), len(y.encode()))


@pytest.mark.parametrize(("prompt", "organisation"), [("none", "paired-direct"), ("paper", "paired-prompt")])
def test_the_model_is_asked_as_the_corpus_taught_it(prompt: Any, organisation: Any) -> None:
    programs = dict(TASKS[0].sources)
    trained = arrange([ParallelTask(name="t", source="s", licence="MIT", programs=programs)])[organisation]
    asked = text_before_target(programs["python"], "python", "go", prompt) + programs["go"]
    assert asked in [document.text for document in trained]
    assert asked.startswith("Please translate the following Python code to Go:\n") == (prompt == "paper")


def test_a_direction_is_the_mean_over_programs_with_its_standard_error() -> None:
    found = losses([planted(task, "go", "rust", loss) for task, loss in [("a", 1.0), ("b", 2.0), ("c", 6.0)]])
    direction = found.direction("go", "rust")
    assert direction is not None
    assert direction.loss_nats == pytest.approx(3.0)
    assert direction.loss_se == pytest.approx(math.sqrt(7 / 3))  # variance 7 of three programs
    assert direction.bits_per_byte == pytest.approx(3.0 / math.log(2) / 4)
    assert direction.n_tokens == 30
    assert found.direction("rust", "go") is None


def test_every_program_counts_alike_whatever_its_length() -> None:
    short = planted("short", "go", "rust", 1.0)
    long = PairLoss(task="long", source="go", target="rust", nats=3000.0, n_tokens=1000, n_bytes=4000)
    direction = losses([short, long]).direction("go", "rust")
    assert direction is not None
    assert direction.loss_nats == pytest.approx(2.0)


def test_one_program_has_no_standard_error() -> None:
    direction = losses([planted("a", "go", "rust", 1.0)]).direction("go", "rust")
    assert direction is not None
    assert math.isnan(direction.loss_se)


def test_seen_and_unseen_means_count_programs_and_not_directions() -> None:
    pairs = [planted("a", s, t, 1.0 if "python" in (s, t) else 2.0) for s, t in DIRECTIONS]
    pairs += [planted("b", s, t, 3.0 if "python" in (s, t) else 6.0) for s, t in DIRECTIONS]
    seen, unseen = losses(pairs).mean(seen=True), losses(pairs).mean(seen=False)
    assert (seen.value, seen.standard_error, seen.n) == (pytest.approx(2.0), pytest.approx(1.0), 2)
    assert (unseen.value, unseen.standard_error, unseen.n) == (pytest.approx(4.0), pytest.approx(2.0), 2)
    bits = losses(pairs).mean_bits_per_byte(seen=True)
    assert (bits.value, bits.n) == (pytest.approx(2.0 / math.log(2) / 4), 2)


def test_long_pairs_are_refused_or_left_out_and_counted(checkpoint: Path) -> None:
    engine = open_engine("transformers", checkpoint)
    short = Task(name="short", sources=dict.fromkeys(LANGUAGES, "x = 1\n"), cases=())
    tasks = (short, *TASKS[-2:])
    with pytest.raises(MixlawError, match=r"84 of 126 translation pairs .* context of 128 .*too-long leave-out"):
        score(engine, tasks)
    found = score(engine, tasks, too_long="leave-out")
    assert {pair.task for pair in found.pairs} == {"short"}
    assert len(found.pairs) == 42
    assert len(found.left_out) == 84
    with pytest.raises(MixlawError, match="none fits"):
        score(engine, TASKS[-2:], too_long="leave-out")


@given(source=st.integers(1, 300), target=st.integers(1, 300), context=st.integers(2, 128))
def test_windows_score_every_target_token_once_given_half_a_context(source: int, target: int, context: int) -> None:
    tokens = tuple(range(source + target))
    found = windows(Pair(source=tokens[:source], target=tokens[source:]), context)
    assert tuple(token for window in found for token in window.target) == tokens[source:]
    for window in found:
        assert len(window) <= context
        assert (*window.source, *window.target) == tokens[window.source[0] : window.target[-1] + 1]
        assert len(window.source) >= min(context // 2, window.target[0])


def test_a_long_pair_s_windows_are_scored_together_and_counted(checkpoint: Path, long_checkpoint: Path) -> None:
    """The two checkpoints differ in their context alone."""
    narrow, wide = (open_engine("transformers", folder) for folder in (checkpoint, long_checkpoint))
    tasks = [Task(name="a", sources={"go": "package a\n" * 3, "rust": TASKS[-1].sources["rust"]})]
    found, whole = score(narrow, tasks, too_long="window"), score(wide, tasks)
    assert [pair.windowed for pair in found.pairs] == [True, True]
    assert [pair.windowed for pair in whole.pairs] == [False, False]
    assert [pair.n_tokens for pair in found.pairs] == [pair.n_tokens for pair in whole.pairs]
    assert found.rows({})[0]["pairs_windowed"] == 1
    item = questions(narrow.checkpoint, tasks, too_long="window").asked[0]
    expected = sum(float(scores.sum()) for scores in wide.score(item.windows))
    assert found.pairs[0].nats == pytest.approx(-expected, abs=1e-3)


def test_the_interval_of_a_mean_is_student_s() -> None:
    mean = Mean.of([1.0, 2.0, 6.0])
    assert mean.half_width == pytest.approx(4.302652729911275 * math.sqrt(7 / 3))
    assert math.isnan(Mean.of([1.0]).half_width)


@pytest.fixture(scope="module")
def evaluation(long_checkpoint: Path, tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    """Of the two shortest tasks: a random model is as good on all."""
    parallel_set = tmp_path_factory.mktemp("set") / "two.jsonl"
    shortest = sorted(TASKS, key=lambda task: sum(map(len, task.sources.values())))[:2]
    parallel_set.write_text("\n".join(json.dumps({"task": task.name, **task.sources}) for task in shortest))
    trial = {"trial_id": "abc", "params_non_embedding": 7, "share_go": 1.0, "loss_go": 0.5, "seed": 3}
    return evaluate_checkpoint(
        long_checkpoint, Settings(engine="transformers", parallel_set=parallel_set), trial=trial, progress=False
    )[0]


def test_rows_go_into_the_results_table_and_come_back(evaluation: Evaluation, tmp_path: Path) -> None:
    write_rows(tmp_path, "abc", evaluation.evaluation, evaluation.rows)
    table = read_results(tmp_path, evaluation="translation")
    assert set(table["evaluation"]) == {f"translation/{source}-{target}" for source, target in DIRECTIONS}
    assert table.select("trial_id", "params_non_embedding", "share_go", "seed", "status").unique().rows() == [
        ("abc", 7, 1.0, 3, "finished")
    ]
    row = table.row(by_predicate=pl.col("evaluation") == "translation/go-rust", named=True)
    direction = evaluation.found.direction("go", "rust")
    assert direction is not None
    assert (row["loss_rust"], row["loss_se_rust"]) == (direction.loss_nats, direction.loss_se)
    assert row["bits_per_byte_rust"] == direction.bits_per_byte
    # The direction's loss stands under its target alone; the trial's own held-out losses are not copied.
    assert all(row[f"loss_{language}"] is None for language in LANGUAGES if language != "rust")


def test_the_table_shows_every_direction(evaluation: Evaluation) -> None:
    printed = io.StringIO()
    Console(width=160, file=printed).print(evaluation.table)
    text = printed.getvalue()
    for source, target in DIRECTIONS:
        direction = evaluation.found.direction(source, target)
        assert direction is not None
        assert f"{direction.loss_nats:.2f} ({direction.loss_se:.2f})" in text
    assert f"pairs scored: {len(evaluation.found.pairs)}; longer than the context: 0 left out, 0 scored" in text


def test_samples_continue_two_prompts_of_every_language(checkpoint: Path) -> None:
    settings = Settings(suites=("samples",), engine="transformers")
    (evaluation,) = evaluate_checkpoint(checkpoint, settings, progress=False)
    assert [sample.language for sample in evaluation.found] == [lang for lang in LANGUAGES for _ in range(2)]
    assert all(sample.continuation for sample in evaluation.found)


def test_unknown_choices_are_refused_by_name() -> None:
    with pytest.raises(MixlawError, match="unknown suite 'bleu'; known are translation, translated, multipl-e"):
        Settings(suites=("bleu",))
    with pytest.raises(MixlawError, match="unknown prompt 'mine'; known are none, paper"):
        Settings(prompts=("mine",))  # pyright: ignore[reportArgumentType]
    with pytest.raises(MixlawError, match="needs records"):
        Settings(suites=("multipl-e",))
