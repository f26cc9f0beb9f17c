"""The choice of how many trials share a GPU, and what is measured for it. No GPU is needed: rates are given."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from mixlaw.model import ladder
from mixlaw.pretrain import Placement
from mixlaw.pretrain.calibration import packing
from mixlaw.pretrain.calibration.packing import CANDIDATES, CONTEXT_BYTES, NEAR_TIE, choose, most_that_fit, pack
from mixlaw.pretrain.calibration.workload import Speed, Workload
from mixlaw.trial import MixlawError, Recipe, Trial

RATES = st.dictionaries(st.sampled_from(CANDIDATES), st.floats(1.0, 1e9), min_size=1)
SMALL = Workload(shape=ladder("25k"), vocab_size=512, seq_len=64, compiled=False, micro_batch_tokens=512)
LARGE = dataclasses.replace(SMALL, shape=ladder("0.4B"))
GPU = 80_000_000_000


@pytest.mark.parametrize(
    ("rates", "most", "chosen"),
    [
        ({1: 100.0, 2: 195.0, 4: 370.0, 8: 700.0}, 8, 8),  # kernels of one fill nothing
        ({1: 100.0, 2: 195.0, 4: 370.0, 8: 700.0}, 5, 4),  # five have room, and four were measured
        ({1: 100.0, 2: 150.0, 4: 170.0, 8: 173.0}, 8, 4),  # eight bring 2% more than four
        ({1: 100.0, 2: 104.0, 4: 99.0}, 8, 1),  # one fills it
        ({1: 100.0, 2: 80.0}, 8, 1),  # time slicing costs
        ({1: 100.0, 2: 195.0}, 1, 1),
        ({}, 8, 1),
    ],
)
def test_the_most_tokens_and_of_near_ties_the_fewest_trials(rates: dict[int, float], most: int, chosen: int) -> None:
    assert choose(rates, most) == chosen


@given(RATES, st.integers(1, 16))
def test_the_choice_has_room_and_is_within_a_near_tie_of_the_best(rates: dict[int, float], most: int) -> None:
    chosen = choose(rates, most)
    assert 1 <= chosen <= most
    allowed = {n: rate for n, rate in rates.items() if n <= most}
    if allowed:
        assert rates[chosen] * NEAR_TIE > max(allowed.values())
        assert all(rate * NEAR_TIE <= max(allowed.values()) for n, rate in allowed.items() if n < chosen)


@given(st.lists(st.floats(0.0, 2e11), min_size=1, max_size=40))
def test_trials_of_any_kinds_that_share_by_their_numbers_fit_together(trial_bytes: list[float]) -> None:
    shares, used = 0.0, 0.0
    for each in sorted(trial_bytes):
        n = most_that_fit(each, GPU)
        assert n == 1 or n * (each + CONTEXT_BYTES) <= GPU
        if n > 1 and shares + 1 / n <= 1:
            shares, used = shares + 1 / n, used + each + CONTEXT_BYTES
    assert used <= GPU


class Machine:
    """Rates that grow with the trials up to `full`, and who was asked for what."""

    def __init__(self, full: Mapping[Workload, int], room: int = 8) -> None:
        self._full, self._room = full, room
        self.asked: list[tuple[Workload, int]] = []

    def __call__(self, workloads: Sequence[Workload], at_once: int) -> dict[Workload, Speed]:
        self.asked += [(work, at_once) for work in workloads]
        if at_once > self._room:
            return {}
        slower = {work: max(1.0, at_once / self._full[work]) for work in workloads}
        return {
            work: Speed(token=1e-3 * times, step=0.0, held_out_token=1e-3, compiling=0.0)
            for work, times in slower.items()
        }


def test_small_models_share_and_a_large_one_is_not_tried_further() -> None:
    machine = Machine({SMALL: 100, LARGE: 1})
    found = pack({SMALL: 50, LARGE: 6}, machine)
    assert {work.shape.name: packed.trials_per_gpu for work, packed in found.items()} == {"25k": 8, "0.4B": 1}
    assert found[SMALL].rates == pytest.approx({n: n * 1e3 for n in CANDIDATES})
    assert machine.asked == [(SMALL, 1), (LARGE, 1), (SMALL, 2), (LARGE, 2), (SMALL, 4), (SMALL, 8)]


def test_nothing_is_measured_where_one_has_room() -> None:
    machine = Machine({LARGE: 1})
    assert pack({LARGE: 1}, machine)[LARGE].trials_per_gpu == 1
    assert machine.asked == []


def test_never_more_than_had_room_when_it_was_tried() -> None:
    assert pack({SMALL: 50}, Machine({SMALL: 100}, room=2))[SMALL].trials_per_gpu == 2


def test_trials_of_a_study_by_shape_and_free_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    def trial(size: str, batch_tokens: int) -> Trial:
        recipe = Recipe(learning_rate=1e-3, batch_tokens=batch_tokens, seq_len=256)
        return Trial(model=ladder(size), train_tokens=2 * batch_tokens, shares={"go": 1.0}, recipe=recipe)

    def measured(workloads: Sequence[Workload], **_: object) -> dict[Workload, Speed]:
        return {work: Speed(token=1e-3, step=0.0, held_out_token=1e-3, compiling=0.0) for work in workloads}

    def gpu(_: Placement) -> torch.device:
        return torch.device("cuda")

    def free_and_total(_: torch.device) -> tuple[int, int]:
        return 12_000_000_000, 24_000_000_000

    # The edge to a GPU that is not there: its name, its free memory, its speed (any number is as fast as one).
    monkeypatch.setattr(packing, "device_of", gpu)
    monkeypatch.setattr(torch.cuda, "mem_get_info", free_and_total)
    monkeypatch.setattr(packing, "measured_speeds", measured)
    placement = Placement.of(out=Path("out"), device="cuda", precision="bf16", compile="off")
    trials = [trial("1M", 4_096), trial("1M", 65_536), trial("25k", 4_096), trial("0.4B", 4_096)]
    found = {shape.name: p.trials_per_gpu for shape, p in packing.pack_trials(trials, 2_048, placement).items()}
    assert found == {"1M": 2, "25k": 8, "0.4B": 1}  # two of 1M's larger batch have room


@given(st.integers(1, 64))
def test_as_many_as_were_asked_find_room_on_a_gpu_and_no_more(n: int) -> None:
    placement = Placement.of(out=Path("out"), device="cuda", trials_per_gpu=n)
    assert n * placement.gpus_per_worker <= 1 < (n + 1) * placement.gpus_per_worker
    assert n * placement.cpus_per_worker <= 1


@pytest.mark.parametrize(("asked", "workers"), [(0, 1), (65, 1), ("many", 1), (2.5, 1), (2, 2)])
def test_what_cannot_share_is_refused(asked: object, workers: int) -> None:
    with pytest.raises(MixlawError, match="trials per GPU"):
        Placement.of(out=Path("out"), device="cuda", trials_per_gpu=asked, workers=workers)


def test_a_worker_group_takes_whole_gpus() -> None:
    assert Placement.of(out=Path("out"), device="cuda", workers=2).gpus_per_worker == 1.0
