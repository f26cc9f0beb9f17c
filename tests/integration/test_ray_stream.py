"""The same rows from Ray Data as from memory-mapped shards, with a real Ray."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from mixlaw.corpus import Corpus
from mixlaw.mixture import RowPlan, batches
from mixlaw.trial import ModelShape, Recipe, Trial
from mixlaw_sweeps.ray_session import ray_session

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module", autouse=True)
def _ray() -> Iterator[None]:
    with ray_session(num_cpus=2):
        yield


def plan(corpus: Corpus) -> RowPlan:
    trial = Trial(
        model=ModelShape(name="t", n_layers=1, d_model=32, n_heads=1, d_ff=64),
        train_tokens=64 * 8 * 60,
        shares={"python": 0.5, "go": 0.3, "text": 0.2},
        recipe=Recipe(learning_rate=1e-3, batch_tokens=64 * 8, seq_len=64),
    )
    return RowPlan.of(trial, corpus)


@pytest.mark.parametrize(("rank", "world", "start_step"), [(0, 1, 0), (1, 2, 0), (0, 2, 23)])
def test_ray_data_streams_the_planned_rows(tiny_corpus: Corpus, rank: int, world: int, start_step: int) -> None:
    rows = plan(tiny_corpus)
    streamed = list(batches(rows, tiny_corpus, rank=rank, world=world, start_step=start_step, source="ray-data"))
    mapped = list(batches(rows, tiny_corpus, rank=rank, world=world, start_step=start_step))
    assert len(streamed) == len(mapped) == 60 - start_step
    assert all(np.array_equal(a, b) for a, b in zip(streamed, mapped, strict=True))


def test_nothing_is_left_to_stream_at_the_end(tiny_corpus: Corpus) -> None:
    assert list(batches(plan(tiny_corpus), tiny_corpus, start_step=60, source="ray-data")) == []
