from __future__ import annotations

from pathlib import Path
from typing import cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from mixlaw.corpus import Corpus
from mixlaw.mixture import RowPlan, batches
from mixlaw.mixture.permute import permute
from mixlaw.trial import MixlawError, ModelShape, Recipe, Trial


class CountingStream:
    dtype = np.dtype(np.uint32)

    def __init__(self, first: int, n: int) -> None:
        self.first, self.n = first, n

    def rows(self, starts: NDArray[np.int64], length: int) -> NDArray[np.uint32]:
        assert starts.max(initial=0) + length <= self.n
        return (self.first + starts[:, None] + np.arange(length)).astype(np.uint32)


class CountingCorpus:
    """Tokens that say where they stand: domain code * 1e6 + position."""

    path = Path("nowhere")
    domains = ("python", "go", "rust")

    def n_tokens(self, domain: str, split: str, organisation: str = "shuffled") -> int:
        return {"python": 6_401, "go": 3_201, "rust": 1_601}[domain]

    def tokens(self, domain: str, split: str, organisation: str = "shuffled") -> CountingStream:
        return CountingStream(self.domains.index(domain) * 1_000_000, self.n_tokens(domain, split))


CORPUS = cast(Corpus, CountingCorpus())


def plan(tokens: int = 64 * 80, seed: int = 0, **options: object) -> RowPlan:
    trial = Trial(
        model=ModelShape(name="t", n_layers=1, d_model=32, n_heads=1, d_ff=64),
        train_tokens=tokens,
        shares={"python": 0.5, "go": 0.3, "rust": 0.2},
        recipe=Recipe(learning_rate=1e-3, batch_tokens=64 * 8, seq_len=64),
        seed=seed,
        **options,  # type: ignore[arg-type]
    )
    return RowPlan.of(trial, CORPUS)


@given(st.integers(1, 5_000), st.text(max_size=8))
@settings(max_examples=60, deadline=None)
def test_the_shuffle_is_a_permutation_fixed_by_its_key(n: int, key: str) -> None:
    order = permute(np.arange(n), n, key)
    assert np.array_equal(np.sort(order), np.arange(n))
    assert np.array_equal(order, permute(np.arange(n), n, key))


def test_the_shuffle_mixes() -> None:
    order = permute(np.arange(10_000), 10_000, "k")
    assert abs(np.corrcoef(np.arange(10_000), order)[0, 1]) < 0.05
    assert not np.array_equal(order, permute(np.arange(10_000), 10_000, "another"))


def test_rows_are_whole_runs_of_tokens_with_the_next_token_at_the_end() -> None:
    rows = np.concatenate(list(batches(plan(), CORPUS)))
    assert rows.shape == (80, 65)
    assert (np.diff(rows, axis=1) == 1).all()
    assert (rows[:, 0] % 64 == 0).all()
    assert [(rows // 1_000_000 == c).all(axis=1).sum() for c in range(3)] == [40, 24, 16]
    assert len(np.unique(rows[:, 0])) == 80, "no row is used twice before the domain is used up"


@pytest.mark.parametrize("world", [2, 4, 8])
def test_workers_together_see_what_one_worker_sees(world: int) -> None:
    alone = list(batches(plan(), CORPUS))
    shared = [list(batches(plan(), CORPUS, rank=r, world=world)) for r in range(world)]
    for step, whole in enumerate(alone):
        assert np.array_equal(whole, np.concatenate([part[step] for part in shared]))


def test_resuming_goes_on_where_it_stopped() -> None:
    whole = list(batches(plan(), CORPUS))
    rest = list(batches(plan(), CORPUS, start_step=7))
    assert len(rest) == len(whole) - 7
    assert all(np.array_equal(a, b) for a, b in zip(whole[7:], rest, strict=True))


def test_seeds_change_the_order_and_not_the_shares() -> None:
    one, two = (np.concatenate(list(batches(plan(seed=s), CORPUS))) for s in (0, 1))
    assert not np.array_equal(one, two)
    assert np.array_equal(one // 1_000_000, two // 1_000_000)


def test_a_second_epoch_repeats_every_row_in_a_new_order() -> None:
    repeated = plan(tokens=64 * 80, unique_tokens={"python": 64 * 20})
    assert repeated.epochs()["python"] == 2
    rows = np.concatenate(list(batches(repeated, CORPUS)))
    python = rows[rows[:, 0] < 1_000_000, 0]
    assert np.array_equal(np.sort(python[:20]), np.sort(python[20:]))
    assert not np.array_equal(python[:20], python[20:])


@pytest.mark.parametrize("units", [20, 37])
def test_self_repetition_is_exactly_two_passes_over_the_same_units(units: int) -> None:
    trial = Trial(
        model=ModelShape(name="t", n_layers=1, d_model=32, n_heads=1, d_ff=64),
        train_tokens=2 * units * 64,
        shares={"go": 1.0},
        recipe=Recipe(learning_rate=1e-3, batch_tokens=64 * 2, seq_len=64),
        unique_tokens={"go": units * 64},
    )
    rows = np.concatenate(list(batches(RowPlan.of(trial, CORPUS), CORPUS)))
    first, second = rows[:units, 0], rows[units:, 0]
    assert sorted(first) == sorted(second) == [1_000_000 + 64 * unit for unit in range(units)]
    assert first.tolist() != second.tolist()


@pytest.mark.parametrize("steps", [1, 13, 20])
def test_epochs_are_counted_at_the_rows_that_are_trained_on(steps: int) -> None:
    planned = plan(tokens=steps * 64 * 8)
    rows = np.concatenate(list(batches(planned, CORPUS)))
    counted = [int((rows[:, 0] // 1_000_000 == code).sum()) for code in range(3)]
    expected = {d: n / distinct for d, n, distinct in zip(CORPUS.domains, counted, (100, 50, 25), strict=True)}
    assert planned.epochs() == expected


def test_too_little_data_is_refused_before_training_with_the_epochs_it_would_take() -> None:
    with pytest.raises(MixlawError, match=r"rust: .* tokens asked, 1,600 available, 8\.\d epochs"):
        plan(tokens=64 * 1024)


def test_a_language_that_the_corpus_lacks_is_named() -> None:
    trial = Trial(
        model=ModelShape(name="t", n_layers=1, d_model=32, n_heads=1, d_ff=64),
        train_tokens=1024,
        shares={"java": 1.0},
        recipe=Recipe(learning_rate=1e-3, batch_tokens=512, seq_len=64),
    )
    with pytest.raises(MixlawError, match="has no java; it has python, go, rust"):
        RowPlan.of(trial, CORPUS)


def test_a_batch_that_workers_cannot_share_evenly_is_refused() -> None:
    with pytest.raises(MixlawError, match="8 rows cannot be shared by 3 workers"):
        plan().local_rows(3)
