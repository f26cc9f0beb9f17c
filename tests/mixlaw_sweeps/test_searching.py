"""`mixlaw search` and `mixlaw optimal` as a user meets them, on a law of anybody's columns."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import polars as pl
import pytest
import yaml

from mixlaw_sweeps.cli import main
from mixlaw_sweeps.limits import available_tokens, mixture_of, no_worse_than

DOMAINS = ("train py", "train rs", "train,go")
TARGETS = ("loss py", "loss rs")


class Result:
    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


@pytest.fixture
def mixlaw(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    def run(*words: str) -> Result:
        monkeypatch.setattr(sys, "argv", ["mixlaw", *words])
        code = 0
        try:
            main()
        except SystemExit as left:
            code = int(left.code or 0)
        out, err = capsys.readouterr()
        return Result(code, out, " ".join(err.split()))

    return run


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fitted once through the library to sixty planted runs."""
    from mixlaw.laws import RunColumns, fit, observe_runs

    rng, folder = np.random.default_rng(0), tmp_path_factory.mktemp("law")
    p = rng.dirichlet(np.ones(3), 60)
    N, D = rng.choice([1e8, 2e8, 4e8], 60), rng.choice([2e9, 4e9, 8e9], 60)
    planted = ((700, (1, 0.1, 0.2)), (500, (0.2, 1, 0.3)))
    losses = [
        (1 + 300 / N**0.35 + B / (D * (p @ np.array(w))) ** 0.3) * np.exp(0.003 * rng.normal(size=60))
        for B, w in planted
    ]
    named = [*zip(DOMAINS, p.T, strict=True), *zip(TARGETS, losses, strict=True)]
    columns = {"Model Size": N, "tokens": D, **dict(named)}
    runs = RunColumns(targets=TARGETS, weights=DOMAINS, params="Model Size", tokens="tokens")
    fit(observe_runs(pl.DataFrame(columns), runs), "transfer", n_bootstrap=15).save(folder / "law.json")
    return folder / "law.json"


SCALE = ("--params", "400M", "--tokens", "8B", "--samples", "20")


def test_every_limit_by_name(mixlaw, law: Path, tmp_path: Path) -> None:
    limits = ["--fix", '"train,go=0.1"', "--max-share", "train rs=0.3", "--target", "loss py=2,loss rs=1"]
    out = tmp_path / "r.json"
    found = mixlaw("search", "--law", str(law), *SCALE, *limits, "--out", str(out), "--json")
    assert found.code == 0, found.err
    shares = json.loads(found.out)["shares"]
    assert shares["train,go"] == 0.1
    assert shares["train rs"] <= 0.3
    assert json.loads(out.read_text())["weights"] == {"loss py": pytest.approx(2 / 3), "loss rs": pytest.approx(1 / 3)}
    assert list(json.loads(found.out)["marginal"]) == list(DOMAINS)


def test_available_from_words_and_from_a_file(mixlaw, law: Path, tmp_path: Path) -> None:
    path = tmp_path / "tokens.yaml"
    path.write_text(yaml.safe_dump({"train py": "0.5B", "train rs": "unlimited", "other": 5e9}))
    common = ["search", str(law), *SCALE, "--json", "--out", str(tmp_path / "found.json"), "--available"]
    words, file = mixlaw(*common, "train py=5e8"), mixlaw(*common, str(path))
    first, second = (json.loads(r.out) for r in (words, file))
    assert first["shares"] == pytest.approx(second["shares"], abs=1e-6)
    assert first["available"] == second["available"] == {"train py": 5e8}
    assert first["epochs"]["train py"] <= 4
    assert "other left out" in file.err


def test_no_worse_than_a_recommendation(mixlaw, law: Path, tmp_path: Path) -> None:
    earlier = tmp_path / "earlier.json"
    mixlaw("search", str(law), *SCALE, "--target", "loss rs=1", "--out", str(earlier))
    limit = ["--no-worse-than", f"{earlier}:0.2%", "--out", str(tmp_path / "now.json"), "--json"]
    now = json.loads(mixlaw("search", str(law), *SCALE, "--target", "loss rs=1,loss py=1e-9", *limit).out)
    best = json.loads(earlier.read_text())["predicted"]["loss rs"]["loss"]
    assert now["predicted"]["loss rs"]["loss"] <= best * 1.002 * (1 + 1e-12)
    uniform = mixlaw("search", str(law), *SCALE, "--no-worse-than", "uniform:1%", "--out", str(tmp_path / "u.json"))
    assert uniform.code == 0
    assert "uniform" in uniform.out


def test_a_front_and_a_robust_mixture(mixlaw, law: Path, tmp_path: Path) -> None:
    front = mixlaw("search", str(law), *SCALE, "--pareto", "3", "--out", str(tmp_path / "front.json"))
    assert front.code == 0, front.err
    assert "Pareto front" in front.out
    assert json.loads((tmp_path / "front.json").read_text())["format"] == "mixlaw-front"
    robust = json.loads(mixlaw("search", str(law), *SCALE, "--robust", "--out", str(tmp_path / "r.json"), "--json").out)
    assert robust["goal"] == "robust"


def test_exports_go_to_standard_output_or_a_file(mixlaw, law: Path, tmp_path: Path) -> None:
    words = ["search", str(law), *SCALE, "--out", str(tmp_path / "r.json"), "--export", "megatron"]
    printed = mixlaw(*words, "--paths", '"train py=/d/py","train rs=/d/rs","train,go=/d/go"')
    assert printed.code == 0, printed.err
    weights = printed.out.split()
    assert set(weights[1::2]) <= {"/d/py", "/d/rs", "/d/go"}
    assert sum(map(float, weights[::2])) == pytest.approx(1, abs=1e-15)
    assert "uniform" in printed.err
    written = mixlaw(*words[:-1], "json", "--export-to", str(tmp_path / "mix.json"), "--json")
    assert json.loads((tmp_path / "mix.json").read_text())["train_tokens"] == 8e9
    assert json.loads(written.out)["format"] == "mixlaw-recommendation"


def test_optimal_compute(mixlaw, law: Path, tmp_path: Path) -> None:
    found = json.loads(mixlaw("optimal", str(law), "--flops", "1e19", "--json").out)
    assert [row["trained_on"] for row in found["optima"]] == ["loss py", "loss rs", "uniform mixture"]
    for row in found["optima"]:
        assert 6 * row["params"]["value"] * row["tokens"]["value"] == pytest.approx(1e19)
        assert row["params"]["lower"] < row["params"]["value"] < row["params"]["upper"]
    mixlaw("search", str(law), *SCALE, "--out", str(tmp_path / "r.json"))
    recommended = ["--recommendation", str(tmp_path / "r.json"), "--json"]
    shares = json.loads(mixlaw("optimal", "--law", str(law), "--flops", "1e19", *recommended).out)["shares"]
    assert shares == pytest.approx(json.loads((tmp_path / "r.json").read_text())["shares"])
    assert "compute-optimal" in mixlaw("optimal", str(law), "--flops", "1e19", "--shares", "train py=1").out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("search {law} --tokens 8B", "--params is missing"),
        ("search --params 1B --tokens 8B", "name one law file"),
        ("search {law} --law {law} --params 1B --tokens 8B", "name one law file"),
        ("search {law} {scale} --available pyton=5e9", "pyton is not in the law"),
        ("search {law} {scale} --available {tmp}/none.yaml", "cannot be read as YAML"),
        ("search {law} {scale} --no-worse-than uniform", "must look like uniform:1%"),
        ("search {law} {scale} --no-worse-than uniform:-1%", "percentage >= 0, got -1"),
        ("search {law} {scale} --no-worse-than {tmp}/none.json:1%", "cannot be read as YAML"),
        ("search {law} {scale} --target cobol=1", "cobol"),
        ("search {law} {scale} --export parquet", "unknown export 'parquet'"),
        ("search {law} {scale} --export json --json", "--export-to FILE"),
        ("search {law} {scale} --paths a=b", "name its format with --export"),
        ("search {law} {scale} --export csv --paths cobol=b", "cobol is not in the law"),
        ("search {law} {scale} --pareto 3 --robust", "neither --robust nor --export"),
        ("search {law} {scale} --repetition 0", "R_star must be above 0"),
        ("search {law} --params 1B --tokens 8B --max-epochs 0", "max_epochs must be above 0"),
        ("optimal {law}", "--flops is missing"),
        ("optimal {law} --flops -3", "--flops must be a positive number"),
        ("optimal {law} --flops 1e3", "flops must be a number above"),
        ("optimal {law} --flops 1e20 --recommendation {law}", "must be a recommendation"),
        ("optimal {law} --flops 1e20 --shares uniform --recommendation {law}", "give one of them"),
    ],
)
def test_a_mistake_is_one_message(mixlaw, law: Path, tmp_path: Path, words: str, message: str) -> None:
    filled = words.replace("{law}", str(law)).replace("{tmp}", str(tmp_path)).replace("{scale}", " ".join(SCALE))
    failed = mixlaw(*filled.split())
    assert failed.code == 2
    assert message in failed.err


def test_how_limits_are_written(tmp_path: Path) -> None:
    names = ("python", "rust")
    assert available_tokens("python=1.5B, rust=unlimited", names) == {"python": 1.5e9, "rust": float("inf")}
    assert available_tokens("python=0", names) == {"python": 0.0}
    limit = no_worse_than("python=0.25,rust=0.75:2.5%", names)
    assert limit is not None
    assert (limit.percent, limit.shares) == (2.5, {"python": 0.25, "rust": 0.75})
    (tmp_path / "m.yaml").write_text("rust: 1.0\n")
    assert mixture_of(str(tmp_path / "m.yaml"), "--shares", names) == {"rust": 1.0}
    assert mixture_of("uniform", "--shares", names) == {"python": 0.5, "rust": 0.5}
