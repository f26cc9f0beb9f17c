from __future__ import annotations

import dataclasses
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mixlaw.trial import DOMAINS, LANGUAGES, MixlawError, ModelShape, Recipe, Trial, checked_shares, normalize

SHAPE = ModelShape(name="tiny", n_layers=2, d_model=32, n_heads=1, d_ff=96)
RECIPE = Recipe(learning_rate=1e-3, batch_tokens=512, seq_len=64)


def trial(**changes: object) -> Trial:
    fields: dict[str, object] = {
        "model": SHAPE,
        "train_tokens": 10_000,
        "shares": {"python": 0.5, "rust": 0.5},
        "recipe": RECIPE,
    }
    return Trial(**(fields | changes))  # type: ignore[arg-type]


def test_identity_is_the_literals_and_nothing_else() -> None:
    one = trial()
    assert one.trial_id == trial(study="s", label="x").trial_id
    assert one.trial_id == trial(shares={"rust": 0.5, "python": 0.5}).trial_id
    assert one.trial_id == trial(model=dataclasses.replace(SHAPE, name="another name")).trial_id
    others = [
        trial(seed=1),
        trial(train_tokens=20_000),
        trial(shares={"python": 1.0}),
        trial(corpus="abc"),
        trial(organisation="paired-direct"),
        trial(unique_tokens={"python": 4_096}),
        trial(recipe=dataclasses.replace(RECIPE, learning_rate=2e-3)),
        trial(recipe=dataclasses.replace(RECIPE, boundaries="kept")),
    ]
    assert len({one.trial_id, *(t.trial_id for t in others)}) == 9


def test_the_hash_of_a_trial_does_not_drift_between_versions() -> None:
    # Results on users' disks are found by this hash: changing it orphans them.
    assert trial().trial_id == "a00967482072b111"


@given(st.dictionaries(st.sampled_from(DOMAINS), st.floats(1e-3, 1), min_size=1))
def test_json_round_trip_keeps_the_identity_to_the_last_digit(weights: dict[str, float]) -> None:
    original = trial(shares=normalize(weights), unique_tokens={"python": 4096}, label="some mixture")
    again = Trial.from_json(json.loads(json.dumps(original.to_json())))
    assert again == original
    assert again.trial_id == original.trial_id


@given(st.dictionaries(st.sampled_from(DOMAINS), st.floats(0, 1e6), min_size=1))
def test_normalized_shares_sum_to_one_in_the_order_of_domains(weights: dict[str, float]) -> None:
    if sum(weights.values()) <= 1e-300:
        with pytest.raises(MixlawError, match="at least one share"):
            normalize(dict.fromkeys(weights, 0.0))
        return
    shares = normalize(weights)
    assert sum(shares.values()) == pytest.approx(1)
    assert list(shares) == [d for d in DOMAINS if d in shares]


@pytest.mark.parametrize(
    ("shares", "message"),
    [
        ({"python": 0.6, "rust": 0.6}, "must sum to 1, got 1.2"),
        ({"cobol": 1.0}, "unknown language cobol; known are python"),
        ({"python": -1.0, "rust": 2.0}, "must be finite and >= 0"),
        ({"python": float("nan")}, "must be finite and >= 0"),
        ({"python": 0.0}, "at least one share"),
    ],
)
def test_bad_shares_are_refused_with_what_is_wrong(shares: dict[str, float], message: str) -> None:
    with pytest.raises(MixlawError, match=message):
        checked_shares(shares)


def test_a_budget_below_one_batch_is_refused() -> None:
    with pytest.raises(MixlawError, match="less than one batch"):
        trial(train_tokens=100)


def test_unknown_boundaries_are_refused() -> None:
    with pytest.raises(MixlawError, match="unknown boundaries 'masked'; known are ignored, kept"):
        dataclasses.replace(RECIPE, boundaries="masked")  # type: ignore[arg-type]


def test_heads_below_what_vllm_runs_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 32"):
        ModelShape(name="x", n_layers=1, d_model=64, n_heads=4, d_ff=128)


def test_d_as_trained_is_whole_batches() -> None:
    assert trial(train_tokens=1_000).trained_tokens == 1_024
    assert len(LANGUAGES) == 7
