"""Exports parse back as the frameworks would read them, with probabilities that sum to 1 as written."""

from __future__ import annotations

import ast
import csv
import io
import json
import sys
import types
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from mixlaw.laws import FittedLaw
from mixlaw.search import Constraints, Recommendation, search
from mixlaw.search.export import EXPORTS, Mix, mix_of
from mixlaw.search.export.mix import decimals
from mixlaw.trial import MixlawError

SCALE = {"N": 1.5e9, "D": 350e9}


@pytest.fixture
def found(plant: Callable[..., FittedLaw]) -> Recommendation:
    limits = Constraints(available={"weight_b": 20e9}, max_epochs=3, fixed={"weight_c": 0.0, "weight_a": 1 / 3})
    return search(plant("transfer", 5), constraints=limits, n_trials=5, **SCALE)


@pytest.fixture
def mix(found: Recommendation) -> Mix:
    return mix_of(found, {"weight_a": "/data/a b.jsonl"})


def literals(code: str) -> dict[str, Any]:
    tree = ast.parse(code)
    assigned = [node for node in tree.body if isinstance(node, ast.Assign)]
    return {
        node.targets[0].id: ast.literal_eval(node.value)
        for node in assigned
        if isinstance(node.targets[0], ast.Name) and isinstance(node.value, ast.Dict)
    }


def check(shares: dict[str, float], found: Recommendation, *, all_domains: bool = False) -> None:
    assert sum(Decimal(repr(share)) for share in shares.values()) == 1
    expected = {d: s for d, s in found.shares.items() if all_domains or s > 0}
    assert shares == pytest.approx(expected, abs=1e-11)
    assert list(shares) == list(expected)


def test_plain_formats(found: Recommendation, mix: Mix) -> None:
    as_json, as_yaml = json.loads(EXPORTS["json"](mix)), yaml.safe_load(EXPORTS["yaml"](mix))
    assert as_json == as_yaml
    check(as_json["shares"], found, all_domains=True)
    assert as_json["epochs"]["weight_b"] == pytest.approx(found.epochs["weight_b"], abs=1e-5)
    rows = list(csv.DictReader(io.StringIO(EXPORTS["csv"](mix))))
    check({row["domain"]: float(row["share"]) for row in rows}, found, all_domains=True)
    assert sum(int(row["tokens"]) for row in rows) == pytest.approx(350e9, rel=1e-9)
    assert [row["domain"] for row in rows if row["epochs"]] == ["weight_b"]


def test_huggingface(found: Recommendation, mix: Mix) -> None:
    code = EXPORTS["huggingface"](mix)
    values = literals(code)
    check(values["PROBABILITIES"], found)
    assert list(values["PATHS"]) == list(values["PROBABILITIES"])
    assert values["PATHS"]["weight_b"] == "DATA/weight_b"
    assert values["PATHS"]["weight_a"] == "/data/a b.jsonl"
    assert 'stopping_strategy="all_exhausted"' in code


def test_huggingface_code_gives_interleave_datasets_what_it_takes(mix: Mix, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[list[str], dict[str, Any]]] = []
    fake = types.ModuleType("datasets")
    fake.IterableDataset = object  # pyright: ignore[reportAttributeAccessIssue]
    fake.load_dataset = lambda path, **_: path  # pyright: ignore[reportAttributeAccessIssue]
    fake.interleave_datasets = lambda sources, **more: calls.append((sources, more))  # pyright: ignore[reportAttributeAccessIssue]
    monkeypatch.setitem(sys.modules, "datasets", fake)
    scope: dict[str, Any] = {}
    exec(compile(EXPORTS["huggingface"](mix), "mixture.py", "exec"), scope)
    scope["mixture"](seed=3)
    ((sources, more),) = calls
    assert len(sources) == len(more["probabilities"])
    assert more["seed"] == 3


def test_megatron(found: Recommendation, mix: Mix) -> None:
    with pytest.raises(MixlawError, match="blanks"):
        EXPORTS["megatron"](mix)
    words = EXPORTS["megatron"](mix_of(found)).split()
    assert len(words) % 2 == 0
    check({path.removeprefix("DATA/"): float(w) for w, path in zip(words[::2], words[1::2], strict=True)}, found)


def test_torchtitan(found: Recommendation, mix: Mix) -> None:
    code = EXPORTS["torchtitan"](mix)
    values = literals(code)
    check(values["WEIGHTS"], found)
    assert values["PATTERNS"]["weight_a"] == "/data/a b.jsonl"
    assert values["PATTERNS"]["weight_b"] == "DATA/weight_b/*.jsonl"
    assert code.index("ConcatThenSplitPackingConfig(dataset=documents)") < code.index("WeightedDataset(dataset=packed")


def test_olmo_core(found: Recommendation, mix: Mix) -> None:
    sources = yaml.safe_load(EXPORTS["olmo-core"](mix))["sources"]
    check({s["source_name"]: s["target_ratio"] for s in sources}, found)
    by_name = {s["source_name"]: s for s in sources}
    assert by_name["weight_b"]["max_repetition_ratio"] == 3.0
    assert by_name["weight_d"]["max_repetition_ratio"] == 1.0
    assert by_name["weight_b"]["paths"] == ["DATA/weight_b/*.npy"]


def test_paths_of_other_domains_are_refused(found: Recommendation) -> None:
    with pytest.raises(MixlawError, match="cobol"):
        mix_of(found, {"cobol": "x"})


@given(st.lists(st.floats(1e-9, 1), min_size=2, max_size=9))
def test_written_shares_sum_to_one(weights: list[float]) -> None:
    shares = {f"d{i}": w / sum(weights) for i, w in enumerate(weights)}
    written = decimals(shares)
    assert sum(written.values()) == 1
    assert min(written.values()) >= 0
    assert all(abs(float(written[d]) - share) < 1e-11 for d, share in shares.items())


def test_what_lies_on_a_limit_is_not_rounded_beyond_it() -> None:
    written = decimals({"a": 0.6000000000004, "b": 0.3999999999996}, kept=("a",))
    assert written["a"] <= Decimal("0.6000000000004")
