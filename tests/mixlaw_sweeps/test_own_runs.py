"""The command line on anybody's runs: fit, predict, score on files with columns of any name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from typer.testing import CliRunner

from mixlaw.laws import FittedLaw, Transfer
from mixlaw.trial import MixlawError
from mixlaw_sweeps.cli import app
from mixlaw_sweeps.tables import read_table, write_table

WEIGHTS = ("w py thon", "w C#,.NET", "w/go")
TARGETS = ("loss/py thon", "loss/go")
OPTIONS = (
    *("--targets", "loss/py thon,loss/go", "--weights", 'w py thon,"w C#,.NET",w/go'),
    *("--params", "Model Size", "--tokens", "tokens (all)", "--group", "run", "--bootstrap", "30"),
)
LAWS = {
    t: Transfer(E=e, A=60.0, B=250.0, alpha_N=0.33, alpha_D=0.3, rho=0.7, weights=w, own=own)
    for t, e, w, own in (
        ("loss/py thon", 1.2, (1.0, 0.3, 0.1), 0),
        ("loss/go", 1.5, (0.2, 0.2, 1.0), 2),
    )
}


def planted(path: Path, *, sizes: tuple[float, ...], n_runs: int = 60, seed: int = 0, noise: float = 0.003) -> Path:
    """Two checkpoints a run, the early ones far off the law."""
    rng = np.random.default_rng(seed)
    rows: list[dict[str, Any]] = []
    for run in range(n_runs):
        p, N, last = rng.dirichlet(np.ones(3)), rng.choice(sizes), rng.choice([1e9, 2e9, 4e9, 8e9])
        for D in (0.1 * last, last):
            where = np.array([N]), np.array([D]), p[None]
            losses = {t: float(law.loss(*where)[0] * np.exp(noise * rng.normal())) for t, law in LAWS.items()}
            early = {t: loss + 1 for t, loss in losses.items()} if last > D else losses
            row = {"id": f"00{run}", "run": run, "Model Size": N, "tokens (all)": D}
            rows.append(row | dict(zip(WEIGHTS, p.tolist(), strict=True)) | early)
    write_table(path, pl.DataFrame(rows))
    return path


def mixlaw(*words: str | Path) -> Any:
    return CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=True)


def answered(*words: str | Path) -> str:
    result = mixlaw(*words)
    assert result.exit_code == 0, result.exception or result.output
    return result.stdout


def refused(*words: str | Path) -> str:
    result = mixlaw(*words)
    assert isinstance(result.exception, MixlawError), result.output
    return str(result.exception)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fitted law of small models, and rows of a larger one."""
    folder = tmp_path_factory.mktemp("own")
    runs = planted(folder / "runs.csv", sizes=(1e8, 2e8, 4e8))
    planted(folder / "larger.parquet", sizes=(1e9,), n_runs=40, seed=1)
    planted(folder / "larger.csv", sizes=(1e9,), n_runs=40, seed=1)
    answered("fit", runs, "--law", "transfer", *OPTIONS, "--min-fraction", "0.25")
    return folder


def test_fit_predict_score(folder: Path) -> None:
    law = FittedLaw.load(folder / "runs.law.json")
    assert law.own_domain == {"loss/py thon": 0, "loss/go": 2}
    assert law.n_runs == 60
    assert law.report["loss/go"].n_rows == 60, "early checkpoints are left out"
    late = read_table(folder / "larger.parquet").filter(pl.int_range(pl.len()) % 2 == 1)
    write_table(folder / "late.parquet", late)
    found = json.loads(answered("score", folder / "runs.law.json", folder / "late.parquet", "--json"))
    assert set(found["targets"]) == set(TARGETS)
    assert found["by_run"]
    assert found["varies"] == ["D"]
    assert found["mean"]["error"] < 0.6, "noise of 0.3% and little more, at 2.5 times the largest model"
    assert found["mean"]["spearman"] > 0.97
    assert found["mean"]["error_lower"] < found["mean"]["error"] < found["mean"]["error_upper"]
    shown = answered("score", folder / "runs.law.json", folder / "late.parquet")
    assert "over all of them" in " ".join(shown.split())


def test_predictions_keep_the_table_as_it_is(folder: Path) -> None:
    given = folder / "larger.csv"
    printed = answered("predict", folder / "runs.law.json", given)
    lines, original = printed.splitlines(), given.read_text().splitlines()
    added = ",".join(f"{p}_{t}" for t in TARGETS for p in ("predicted", "lower", "upper"))
    assert lines[0] == f"{original[0]},{added}"
    assert all(line.startswith(before + ",") for line, before in zip(lines[1:], original[1:], strict=True))
    answered("predict", folder / "runs.law.json", given, "--out", folder / "p.csv")
    assert (folder / "p.csv").read_text() == printed
    answered("predict", folder / "runs.law.json", given, "--out", folder / "p.parquet")
    typed = pl.read_parquet(folder / "p.parquet")
    assert typed["Model Size"].dtype.is_numeric()
    assert typed["id"][0] == "000", "a code is no number"
    as_json = json.loads(answered("predict", folder / "runs.law.json", given, "--json"))
    assert as_json["rows"][0]["predicted_loss/go"] == typed["predicted_loss/go"][0]


def test_the_same_seed_gives_the_same_file(folder: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        words = ("fit", folder / "runs.csv", "--law", "transfer", *OPTIONS, "--min-fraction", "0.25")
        answered(*words, "--out", tmp_path / f"{name}.json")
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    assert (tmp_path / "a.json").read_bytes() == (folder / "runs.law.json").read_bytes()


def test_one_prediction_takes_the_names_of_the_law(folder: Path) -> None:
    words = ("predict", folder / "runs.law.json", "--params", "1B", "--tokens", "10B", "--shares")
    found = json.loads(answered(*words, 'w py thon=0.5,"w C#,.NET=0.25",w/go=0.25', "--json"))
    p = np.array([[0.5, 0.25, 0.25]])
    truth = LAWS["loss/go"].loss(np.array([1e9]), np.array([1e10]), p)[0]
    assert found["losses"]["loss/go"]["loss"] == pytest.approx(truth, rel=0.01)
    assert "mean over targets" in answered(*words, "w py thon=1")
    assert "unknown name 'w/gno', did you mean 'w/go'" in refused(*words, "w/gno=1")
    assert "must sum to 1, got 0.5" in refused(*words, "w/go=0.5")
    assert "twice" in refused(*words, "w/go=0.5,w/go=0.5")
    assert "give --shares" in refused(*words[:-1])


def test_a_law_without_scales_wants_none(folder: Path, tmp_path: Path) -> None:
    words = ("fit", folder / "runs.csv", "--law", "transfer", *OPTIONS[:4], "--bootstrap", "0")
    shown = answered(*words, "--out", tmp_path / "law.json")
    assert "law file:" in shown
    one = ("predict", tmp_path / "law.json", "--shares", "w/go=1")
    found = json.loads(answered(*one, "--json"))
    assert (found["params"], found["tokens"]) == (None, None)
    assert found["losses"]["loss/go"]["lower"] is None, "no bootstrap laws, and JSON has no NaN"
    assert "knows nothing of it" in refused(*one, "--params", "1B")
    rows = pl.read_csv(folder / "runs.csv").select(WEIGHTS)
    write_table(tmp_path / "rows.csv", rows)
    assert answered("predict", tmp_path / "law.json", tmp_path / "rows.csv").count("\n") == 121


def test_every_law_that_the_runs_support(folder: Path, tmp_path: Path) -> None:
    runs = tmp_path / "runs.csv"
    write_table(runs, pl.read_csv(folder / "runs.csv").filter(pl.int_range(pl.len()) % 2 == 1))
    laws = ("chinchilla", "transfer")
    fitted = {name: mixlaw("fit", runs, "--law", name, *OPTIONS, "--out", tmp_path / f"{name}.json") for name in laws}
    assert isinstance(fitted["chinchilla"].exception, MixlawError), "no run is on one domain alone"
    assert fitted["transfer"].exit_code == 0
    assert "--law all, leave it out" in refused("fit", runs, "--law", "all", *OPTIONS, "--out", tmp_path / "x.json")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--law", "transfer"], "needs --targets"),
        (["--targets", "loss/gо"], "no column 'loss/gо', did you mean 'loss/go'"),
        (["--targets", "loss/go", "--law", "linear"], "unknown law 'linear'"),
        (["--targets", "loss/go", "--allow-failed"], "--allow-failed says nothing here"),
        (["--targets", "loss/go", "--without", "x", "--allow-failed"], "--allow-failed, --without say nothing here"),
        (["--targets", "loss/go", "--weights", "loss/go"], "'loss/go' is named twice"),
        (["--targets", "loss/go", "--min-fraction", "0.25"], "--min-fraction compares checkpoints"),
    ],
)
def test_mistakes_with_a_file(folder: Path, words: list[str], message: str) -> None:
    assert message in refused("fit", folder / "runs.csv", *words)


@pytest.mark.parametrize("option", ["--params", "--tokens", "--weights", "--flops", "--group", "--out"])
def test_a_folder_of_a_run_has_its_own_columns(tmp_path: Path, option: str) -> None:
    assert f"{option} says nothing here" in refused("fit", tmp_path, option, "x")
    assert "--allow-missing says nothing here" in refused("fit", tmp_path, "--allow-missing")
    assert "--min-fraction says nothing here" in refused("fit", tmp_path, "--min-fraction", "0.5")


def test_mistakes_with_rows(folder: Path, tmp_path: Path) -> None:
    law, rows = folder / "runs.law.json", folder / "larger.csv"
    assert "cannot be combined" in refused("predict", law, rows, "--params", "1B")
    assert "--out is for a table" in refused("predict", law, "--out", tmp_path / "x.csv")
    assert "must end in one of" in refused("predict", law, rows, "--out", tmp_path / "x.txt")
    again = tmp_path / "again.csv"
    again.write_text(answered("predict", law, rows))
    assert "predicted_loss/py thon" in refused("predict", law, again)
    assert "no file" in refused("score", law, tmp_path / "none.csv")
    assert "cannot be read as a law file" in refused("score", tmp_path / "none.json", rows)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "no table that can be read"),
        (b"a,b\n1,2,3\n", "no table that can be read"),
        (b"a,b\n1,\xe9\n", "no table that can be read"),
        (b"loss,N,loss\n1,2,3\n", "two columns named 'loss'"),
    ],
)
def test_a_file_that_is_no_table_is_refused(content: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / "runs.csv").write_bytes(content)
    assert message in refused("fit", tmp_path / "runs.csv", "--targets", "loss")


def test_a_write_that_is_stopped_leaves_what_was_there(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "p.csv"
    out.write_text("before")

    def stopped(descriptor: int) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr("os.fsync", stopped)
    result = mixlaw("predict", folder / "runs.law.json", folder / "larger.csv", "--out", out)
    assert isinstance(result.exception, OSError)
    assert out.read_text() == "before"
    assert list(tmp_path.iterdir()) == [out]
