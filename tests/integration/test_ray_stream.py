"""The same rows from Ray Data as from memory-mapped files, with a real Ray."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from mixlaw.corpus import Corpus
from mixlaw.corpus.token_stream import Tokens
from mixlaw.mixture import RowPlan, batches, ray_stream
from mixlaw.mixture.ray_stream import PlannedRows, RayFeed, planned_dataset
from mixlaw.model import ladder
from mixlaw.pretrain import Placement, TrainingResult, run_with_ray_train, train_trial
from mixlaw.pretrain.progress import Step
from mixlaw.trial import Recipe, Trial
from mixlaw_sweeps.ray_session import ray_session

pytestmark = pytest.mark.integration

TRIAL = Trial(
    model=ladder("25k"),
    train_tokens=64 * 8 * 60,
    shares={"python": 0.5, "go": 0.3, "text": 0.2},
    recipe=Recipe(learning_rate=1e-3, batch_tokens=64 * 8, seq_len=64),
)


@pytest.fixture(scope="module", autouse=True)
def _ray() -> Iterator[None]:
    with ray_session(num_cpus=2):
        yield


def streamed(plan: RowPlan, corpus: Corpus, rank: int, world: int, first_step: int) -> list[Tokens]:
    dataset = planned_dataset(plan, corpus.path, rank=rank, world=world, first_step=first_step)
    feed = RayFeed(shard=dataset.iterator(), first_step=first_step, local_rows=plan.local_rows(world))
    return [rows.copy() for rows in feed.batches()]


@pytest.mark.parametrize(("rank", "world", "first_step"), [(0, 1, 0), (1, 2, 0), (0, 2, 23)])
def test_ray_data_streams_the_planned_rows(tiny_corpus: Corpus, rank: int, world: int, first_step: int) -> None:
    plan = RowPlan.of(TRIAL, tiny_corpus)
    found = streamed(plan, tiny_corpus, rank, world, first_step)
    mapped = list(batches(plan, tiny_corpus, rank=rank, world=world, start_step=first_step))
    assert len(found) == len(mapped) == 60 - first_step
    assert all(a.dtype == b.dtype and np.array_equal(a, b) for a, b in zip(found, mapped, strict=True))


def test_a_long_stream_is_many_tasks_of_several_blocks_in_order(
    tiny_corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ray_stream, "_TOKENS_PER_BLOCK", 64 * 8 * 2)
    monkeypatch.setattr(ray_stream, "_MOST_TASKS", 7)
    plan = RowPlan.of(TRIAL, tiny_corpus)
    source = PlannedRows(plan=plan, corpus_path=tiny_corpus.path, rank=0, world=1, first_step=1)
    assert source.n_tasks == 6  # of ten steps, five blocks
    found = streamed(plan, tiny_corpus, 0, 1, 1)
    assert np.array_equal(np.concatenate(found), np.concatenate(list(batches(plan, tiny_corpus, start_step=1))))


def placed(out: Path, **options: object) -> Placement:
    return Placement.of(out=out, device="cpu", precision="fp32", validation_tokens=512, **options)


def losses(out: Path) -> list[float]:
    return pl.read_parquet(out / "trials" / TRIAL.trial_id / "history.parquet")["loss_nats"].to_list()


@pytest.fixture(scope="module")
def expected(tiny_corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> tuple[TrainingResult, list[float]]:
    out = tmp_path_factory.mktemp("mapped")
    return train_trial(TRIAL, tiny_corpus, placed(out)), losses(out)


def test_one_process_trains_on_a_stream_as_on_files(
    expected: tuple[TrainingResult, list[float]], tiny_corpus: Corpus, tmp_path: Path
) -> None:
    result = run_with_ray_train(TRIAL, tiny_corpus.path, placed(tmp_path, loader="ray-data"))
    assert (result.measurements, losses(tmp_path)) == (expected[0].measurements, expected[1])
    assert 0 < result.data_seconds < result.train_seconds


class StopError(Exception):
    """Raised by the report: the process ends as if by a bug."""


@pytest.mark.parametrize("damaged", [False, True])
def test_a_stream_begins_at_the_step_of_the_last_checkpoint(
    expected: tuple[TrainingResult, list[float]],
    tiny_corpus: Corpus,
    tmp_path: Path,
    damaged: bool,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def report(at: Step) -> None:
        if at.step == 23:
            raise StopError

    with pytest.raises(StopError):
        train_trial(TRIAL, tiny_corpus, placed(tmp_path, checkpoint_seconds=0.0), report=report)
    if damaged:  # only the process that loads it finds out, and the stream begins too late
        (tmp_path / "trials" / TRIAL.trial_id / "checkpoints" / "step-00000023" / "index.json").write_text("{")
    result = run_with_ray_train(TRIAL, tiny_corpus.path, placed(tmp_path, loader="ray-data"))
    assert result.resumed_from == (22 if damaged else 23)
    assert ("rows are read here" in caplog.text) == damaged
    assert losses(tmp_path) == expected[1]
