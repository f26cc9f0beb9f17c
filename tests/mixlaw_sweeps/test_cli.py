"""The command line as a user meets it: help, tables, JSON, mistakes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from mixlaw import store
from mixlaw.corpus import Corpus
from mixlaw.trial import LANGUAGES
from mixlaw_sweeps.cli import main

COMMANDS = ["corpus build", "corpus show", "studies", "plan", "run", "fit", "predict", "search", "optimal", "evaluate",
            "execute", "compare",
            "toolchains", "report", "laws list", "laws show", "demo"]  # fmt: skip


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


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_teaches(mixlaw, command: str) -> None:
    shown = mixlaw(*command.split(), "--help")
    assert shown.code == 0
    assert len(shown.out.split("Options:")[0].split()) > 8, "more than a usage line"


def test_help_does_not_import_what_takes_seconds() -> None:
    heavy = "{'ray', 'torch', 'matplotlib', 'optuna', 'transformers'}"
    code = f"import sys; import mixlaw_sweeps.cli; print(sorted({heavy} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


@pytest.mark.parametrize("module", ["mixlaw_sweeps.data_check", "mixlaw_sweeps.running", "mixlaw_sweeps.tune_study"])
def test_a_launcher_does_not_import_what_trials_need(module: str) -> None:
    code = f"import sys; import {module}; print(sorted({{'torch', 'transformers'}} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_studies_as_json(mixlaw) -> None:
    rows = {row["study"]: row for row in json.loads(mixlaw("studies", "--json").out)}
    assert rows["single-language"]["paper"] == 420
    assert rows["synergy"]["paper"] == 28


def test_a_plan_for_named_gpus(mixlaw) -> None:
    shown = mixlaw("plan", "synergy", "--scale", "paper", "--hardware", "h100", "--json")
    rows = json.loads(shown.out)
    assert len(rows) == 28
    # 6 N D for 1.3B parameters and 128B tokens is 1e21; attention and the output layer come on top.
    assert 1.0e21 < rows[0]["flops"] < 1.8e21
    assert rows[0]["estimated_seconds"] == pytest.approx(rows[0]["flops"] / (0.4 * 989e12))
    assert rows[0]["checkpoint_bytes"] > 12 * 1.3e9


def test_a_plan_with_boundaries_kept_is_of_other_trials(mixlaw) -> None:
    words = ("plan", "synergy", "--scale", "paper", "--hardware", "h100", "--json")
    plans = [json.loads(mixlaw(*words, *extra).out) for extra in ((), ("--boundaries", "kept"))]
    assert [{row["recipe"]["boundaries"] for row in plan} for plan in plans] == [{"ignored"}, {"kept"}]
    assert len({row["trial_id"] for plan in plans for row in plan}) == 2 * len(plans[0])
    refused = mixlaw(*words, "--boundaries", "no")
    assert (refused.code, "--boundaries must be ignored or kept" in refused.err) == (2, True)


def test_a_plan_on_a_corpus_counts_epochs_and_times_this_machine(mixlaw, tiny_corpus: Corpus, tmp_path: Path) -> None:
    (tmp_path / "s.py").write_text(
        "def study(scale): return [scale.trial('s', 'go', '25k', 40_960, {'go': 1.0}, unique_tokens={'go': 20_480})]\n"
    )
    (row,) = json.loads(mixlaw("plan", f"{tmp_path}/s.py", "--corpus", str(tiny_corpus.path), "--json").out)
    assert row["max_epochs"] == 2.0
    assert row["estimated_seconds"] > 0
    assert row["corpus"] == tiny_corpus.fingerprint


def test_too_little_data_is_said_before_training(mixlaw, tiny_corpus: Corpus, tmp_path: Path) -> None:
    ran = mixlaw("run", "single-language", "--corpus", str(tiny_corpus.path), "--out", str(tmp_path / "out"))
    assert ran.code == 2
    assert "too little data" in ran.err
    assert "epochs" in ran.err
    assert not (tmp_path / "out" / "trials").exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("plan nonsense", "unknown study 'nonsense'"),
        ("plan synergy --scale vast", "unknown scale 'vast'"),
        ("plan synergy --hardware abacus", "unknown hardware 'abacus'"),
        ("plan synergy --languages python,cobol", "unknown language 'cobol'"),
        ("run synergy --corpus {tmp} --out {tmp}/out", "is not a corpus"),
        ("corpus build nonsense --out {tmp}/c", "no corpus spec nonsense"),
        ("corpus show {tmp}", "is not a corpus"),
        ("fit {tmp}", "holds no results"),
        ("predict {tmp} --params 1B --tokens 1B --shares python=1", "no law of mixtures"),
        ("search {tmp}/none.json --params 1B --tokens 1B", "cannot be read as a law file"),
        ("evaluate {tmp}/none", "no checkpoint folder"),
        ("laws show nonsense", "unknown law 'nonsense'"),
        ("plan allocation --recommendation {tmp}/none.json", "no recommendation at"),
    ],
)
def test_a_mistake_is_one_message_and_exit_code_2(mixlaw, tmp_path: Path, words: str, message: str) -> None:
    failed = mixlaw(*words.replace("{tmp}", str(tmp_path)).split())
    assert failed.code == 2
    assert message in failed.err
    assert "Traceback" not in failed.err + failed.out


def test_unknown_options_are_exit_code_2(mixlaw) -> None:
    assert mixlaw("plan", "synergy", "--nonsense").code == 2


def test_laws_list_shows_forms_and_published_constants(mixlaw) -> None:
    listed = json.loads(mixlaw("laws", "list", "--json").out)
    assert {row["form"] for row in listed["forms"]} >= {"chinchilla", "proportion", "transfer", "joint"}
    assert all(row["formula"] and row["source"] for row in listed["forms"])
    assert {row["law"] for row in listed["published"]} >= {"zero-shot-shuffled", "chinchilla-2024"}
    assert len(listed["tables"]) == 4
    for rows in listed.values():
        for row in rows:
            assert json.loads(mixlaw("laws", "show", next(iter(row.values())), "--json").out)
    assert "C_j and gamma_j of every domain" in mixlaw("laws", "show", "additive").out
    assert "20.58" in mixlaw("laws", "show", "synergy").out
    shown = json.loads(mixlaw("laws", "show", "seen-paired", "--json").out)
    assert shown["alpha_N"] == 6.404
    assert "misprint" in shown["caveat"]


def planted(out: Path) -> None:
    """Results of a law in which every language counts only for itself, on single languages and mixtures."""
    from mixlaw_sweeps.studies import random_mixtures

    designs = [({d: 1.0}, n, t) for d in ("python", "go") for n in (2e4, 5e4, 1e5) for t in (2e5, 4e5, 8e5)]
    designs += [(m, 5e4, 8e5) for m in random_mixtures(12, ("python", "go"))]
    for i, (shares, n, tokens) in enumerate(designs):
        losses = {
            f"loss_{d}": 1 + 40 / n**0.4 + 300 / (tokens * (shares.get(d, 0) + 0.02)) ** 0.45 for d in ("python", "go")
        }
        row = {"trial_id": f"t{i}", "evaluation": "validation", "status": "finished", "error": "", "study": "s",
               "organisation": "shuffled", "params_non_embedding": int(n), "train_tokens": int(tokens), **losses,
               **{f"share_{d}": s for d, s in shares.items()}, **{f"epochs_{d}": 0.5 for d in shares}}  # fmt: skip
        store.write_rows(out, f"t{i}", "validation", [row])


def test_fit_predict_and_search_on_results(mixlaw, tmp_path: Path) -> None:
    planted(tmp_path)
    fitted = mixlaw("fit", str(tmp_path), "--law", "transfer", "--bootstrap", "20", "--json")
    assert fitted.code == 0, fitted.err
    assert set(json.loads(fitted.out)["transfer"]) == {"python", "go"}
    words = [str(tmp_path), "--params", "50k", "--tokens", "800k"]
    predicted = json.loads(mixlaw("predict", *words, "--shares", "python=0.5,go=0.5", "--json").out)
    truth = 1 + 40 / 5e4**0.4 + 300 / (8e5 * 0.52) ** 0.45
    assert predicted["losses"]["go"]["loss"] == pytest.approx(truth, rel=0.01)
    found = json.loads(mixlaw("search", *words, "--json").out)
    assert found["shares"]["python"] == pytest.approx(0.5, abs=0.05), "a symmetric law has a symmetric optimum"
    assert (tmp_path / "laws" / "recommendation.json").exists()
    limits = ["--target", "python=3,go=1", "--max-share", "python=0.6"]
    weighted = json.loads(mixlaw("search", *words, *limits, "--json").out)
    assert weighted["shares"]["python"] == pytest.approx(0.6)


def test_shares_that_do_not_sum_to_one_are_refused(mixlaw, tmp_path: Path) -> None:
    planted(tmp_path)
    mixlaw("fit", str(tmp_path), "--law", "transfer", "--bootstrap", "0")
    failed = mixlaw("predict", str(tmp_path), "--params", "1M", "--tokens", "1M", "--shares", "python=0.9,go=0.9")
    assert failed.code == 2
    assert "must sum to 1, got 1.8" in failed.err


def test_the_study_that_judges_the_law_is_left_out_of_the_fit(mixlaw, tmp_path: Path) -> None:
    planted(tmp_path)
    before = mixlaw("fit", str(tmp_path), "--law", "transfer", "--bootstrap", "0", "--json").out
    judge = store.read_results(tmp_path).row(0, named=True) | {"trial_id": "judge", "study": "allocation"}
    judge |= {f"loss_{language}": 9.9 for language in LANGUAGES[:1]}
    store.write_rows(tmp_path, "judge", "validation", [judge])
    assert mixlaw("fit", str(tmp_path), "--law", "transfer", "--bootstrap", "0", "--json").out == before
