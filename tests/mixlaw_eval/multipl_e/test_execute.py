"""Programs in MultiPL-E's format, run with real compilers in the sandbox: verdicts, resuming, results, the commands."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mixlaw import store
from mixlaw.trial import LANGUAGES, MixlawError
from mixlaw_eval.execution import Executor, open_executor
from mixlaw_eval.languages.registry import LANGUAGE_OF
from mixlaw_eval.multipl_e import (
    FLAVOURS,
    PassResults,
    Result,
    judge,
    load_attempts,
    read_results,
)
from mixlaw_eval.multipl_e.result_sets import load_results
from mixlaw_sweeps.cli import main

OWN = Path(__file__).parent / "data" / "own.jsonl"
GOOD, WRONG, BROKEN, EXITING = range(4)
"""The four completions of each problem: exiting is with 0, before the tests are done."""


@pytest.fixture(scope="module")
def executor() -> Iterator[Executor]:
    with open_executor() as opened:
        yield opened


def results_of(language: str, executor: Executor) -> tuple[Result, ...]:
    missing = LANGUAGE_OF[language].toolchain().missing
    if missing:
        pytest.skip(f"{missing[0].name} is missing: {missing[0].install}")
    return judge(load_attempts(OWN, languages=[language]), executor, flavours=FLAVOURS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_verdicts_in_every_language(language: str, executor: Executor) -> None:
    repaired = [r for r in results_of(language, executor) if "repaired" in r.flavours]
    verdicts = {kind: [r.verdict for r in repaired if r.index == kind] for kind in range(4)}
    assert verdicts[GOOD] == ["passed"] * 3
    assert verdicts[WRONG] == ["wrong-answer"] * 3
    assert verdicts[BROKEN] == ["compile-error"] * 3
    # go test itself turns an early exit with 0 into a panic.
    assert set(verdicts[EXITING]) == {"run-time-error" if language == "go" else "wrong-answer"}


def test_what_can_never_pass_as_published_passes_when_repaired(executor: Executor) -> None:
    for language, published in (("csharp", {"Own_1_shouted"}), ("go", {"Own_0_doubled", "Own_2_counted"})):
        good = [r for r in results_of(language, executor) if r.index == GOOD]
        passed = {flavour: {r.name for r in good if r.passed and flavour in r.flavours} for flavour in FLAVOURS}
        assert passed["as-published"] == published
        assert len(passed["repaired"]) == 3


CSHARP = """using System;
using System.Diagnostics;
using System.Collections.Generic;
class Problem {{
    public static {type} F() {{
        return {value};
    }}
    public static void Main(string[] args) {{
    Debug.Assert(F().Equals({expected}));
    }}
}}
"""


@pytest.mark.parametrize(
    ("type", "value", "equal", "different"),
    [
        ("List<List<long>>", "new List<List<long>>{new List<long>{1}}", "(new List<List<long>>{new List<long>{1}})",
         "(new List<List<long>>{new List<long>{2}})"),
        ("List<long>", "new List<long>{1}", "(new List<long>{1})", "(new List<long>{1, 2})"),
        ("long[]", "new long[]{1, 2}", "(new long[]{1, 2})", "(new long[]{1})"),
        ("Dictionary<string,List<long>>", 'new Dictionary<string,List<long>>{{"a", new List<long>{1}}}',
         '(new Dictionary<string,List<long>>(){{"a", new List<long>{1}}})',
         '(new Dictionary<string,List<long>>(){{"b", new List<long>{1}}})'),
        ("Tuple<long?, long?>", "Tuple.Create((long?)null, (long?)1)", "Tuple.Create((Nullable<long>)null, 1L)",
         "Tuple.Create(1L, 1L)"),
        ("List<Tuple<long, string>>", 'new List<Tuple<long, string>>{Tuple.Create(1L, "a")}',
         '(new List<Tuple<long, string>>{Tuple.Create(1L, "a")})',
         '(new List<Tuple<long, string>>{Tuple.Create(1L, "b")})'),
        ("string", "null", "null", '("new x")'),
    ],
)  # fmt: skip
def test_csharp_values_are_compared_whole(
    executor: Executor, tmp_path: Path, type: str, value: str, equal: str, different: str
) -> None:
    if missing := LANGUAGE_OF["csharp"].toolchain().missing:
        pytest.skip(f"{missing[0].name} is missing: {missing[0].install}")
    programs = [CSHARP.format(type=type, value=value, expected=expected) for expected in (equal, different)]
    row = {"name": "f", "language": "cs", "results": [{"program": program} for program in programs]}
    (tmp_path / "f.json").write_text(json.dumps(row))
    found = judge(load_attempts(tmp_path / "f.json"), executor, flavours=["repaired"])
    assert [result.passed for result in found] == [True, False], found[0].stderr


def run_in_process(words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    monkeypatch.setattr(sys, "argv", ["mixlaw", *words])
    try:
        main()
    except SystemExit as left:
        if left.code:
            return left.code, capsys.readouterr().err
    return json.loads(capsys.readouterr().out)


def test_execute_says_everything_and_compare_reads_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out, folder = tmp_path / "results.jsonl", tmp_path / "published"
    words = ["execute", str(OWN), "--out", str(out), "--languages", "python,javascript", "--k", "1,4,5", "--json"]
    found = run_in_process([*words, "--multipl-e-results", str(folder)], monkeypatch, capsys)
    python = {row["k"]: row for row in found if row["language"] == "python" and row["flavour"] == "repaired"}
    assert (python[1]["value"], python[4]["value"], python[5]["value"]) == (0.25, 1.0, None)
    assert python[1]["verdicts"] == {"passed": 3, "wrong-answer": 6, "compile-error": 3}
    first = json.loads(out.read_text().splitlines()[0])
    assert first["name"] == "Own_0_doubled"
    assert first["flavours"] == ["as-published", "repaired"]
    assert first["verdict"] == "passed"
    assert first["cpu_s"] > 0
    assert first["memory_bytes"] > 0
    check_published(folder)
    same = run_in_process(["compare", str(out), str(folder), "--json"], monkeypatch, capsys)
    assert [(row["language"], row["flavour"], row["difference"]["value"]) for row in same] == [
        ("python", "as-published", 0.0), ("javascript", "as-published", 0.0), ("macro", "as-published", 0.0)
    ]  # fmt: skip


def check_published(folder: Path) -> None:
    """What MultiPL-E's pass_k reads: a file per problem, status OK with exit code 0 for a pass."""
    files = sorted(folder.rglob("*.results.json.gz"))
    assert [str(file.relative_to(folder)) for file in files[:2]] == [
        "js/Own_0_doubled.results.json.gz", "js/Own_1_shouted.results.json.gz"
    ]  # fmt: skip
    data = json.loads(gzip.decompress(files[-1].read_bytes()))
    assert (data["name"], data["language"]) == ("Own_2_counted", "py")
    statuses = [entry["status"] for entry in data["results"]]
    assert statuses == ["OK", "Exception", "SyntaxError", "Exception"]
    assert sum(entry["status"] == "OK" and entry["exit_code"] == 0 for entry in data["results"]) == 1
    assert {"program", "timestamp", "stdout", "stderr", "exit_code", "status"} <= set(data["results"][0])


def test_after_kill_9_nothing_is_run_again(tmp_path: Path) -> None:
    out = tmp_path / "results.jsonl"
    words = [sys.executable, "-m", "mixlaw_sweeps", "execute", str(OWN), "--out", str(out), "--languages", "python"]
    process = subprocess.Popen([*words, "--workers", "1"], stderr=subprocess.DEVNULL, start_new_session=True)
    deadline = time.monotonic() + 120
    while (
        process.poll() is None
        and time.monotonic() < deadline
        and (not out.exists() or out.read_bytes().count(b"\n") < 2)
    ):
        time.sleep(0.002)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    before = out.read_text().splitlines(keepends=True)
    marked = [line.replace('"cpu_s":', '"cpu_s":7777') for line in before if line.endswith("\n")]
    out.write_text("".join(marked) + '{"name":"Own_0_dou')
    subprocess.run(words, check=True, capture_output=True)
    results = read_results(out)
    assert len(results) == 12
    assert sum(result.cpu_s >= 7777 for result in results) == len(marked) >= 2
    assert [(r.name, r.index) for r in results] == sorted((r.name, r.index) for r in results)


def test_other_limits_are_another_question(tmp_path: Path, executor: Executor) -> None:
    out = tmp_path / "results.jsonl"
    attempts = load_attempts(OWN, languages=["python"])[:1]
    first = judge(attempts, executor, flavours=["repaired"], out=out, limits="cpu 15 s")
    again = judge(attempts, executor, flavours=["repaired"], out=out, limits="cpu 15 s")
    other = judge(attempts, executor, flavours=["repaired"], out=out, limits="cpu 20 s")
    assert again == first
    assert {r.key for r in other}.isdisjoint(r.key for r in first)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            "execute {own} --out {tmp}/r.jsonl --flavour plain",
            "unknown flavour 'plain'; known are as-published, repaired",
        ),
        ("execute {own} --out {tmp}/r.jsonl --k 0", "--k must be whole numbers of at least 1"),
        ("execute {own} --out {own}", "must be a file of its own"),
        ("execute {own} --out {tmp}/rows.jsonl", "rows.jsonl line 1 is no result of mixlaw execute"),
        ("execute {tmp}/rows.jsonl --out {tmp}/r.jsonl", "rows.jsonl line 1: 'language' must be text, and is missing"),
        ("execute {tmp}/none.jsonl --out {tmp}/r.jsonl", "there is no file or folder"),
        ("compare {tmp}/none {own}", "there are no results at"),
        ("compare {own} {own}", "own.jsonl line 1 is no result of mixlaw execute"),
    ],
)
def test_a_mistake_is_one_message_and_exit_code_2(
    words: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "rows.jsonl").write_text('{"name": "a", "completion": "b"}\n')
    given = words.replace("{own}", str(OWN)).replace("{tmp}", str(tmp_path)).split()
    code, said = run_in_process(given, monkeypatch, capsys)
    assert code == 2
    assert message in " ".join(said.split())
    assert "Traceback" not in said


def result(name: str, language: str, index: int, verdict: Any, flavours: Any = FLAVOURS) -> Result:
    return Result(
        name=name, language=language, index=index, flavours=flavours, verdict=verdict, stage="run", exit_code=0,
        signal=None, cpu_s=0.0, wall_s=0.0, memory_bytes=0, stdout="", stderr="", key=f"{name}{language}{index}",
    )  # fmt: skip


def test_impossible_problems_count_as_published_and_not_when_repaired() -> None:
    rows = [result("HumanEval_92_any_int", "rust", 0, "wrong-answer"), result("HumanEval_1_x", "rust", 0, "passed")]
    found = PassResults(results=tuple(rows))
    assert (found.language("as-published", "rust").value, found.language("as-published", "rust").problems) == (0.5, 2)
    assert (found.language("repaired", "rust").value, found.language("repaired", "rust").problems) == (1.0, 1)
    assert "3.0" in found.left_out("repaired", "rust")["HumanEval_92_any_int"]
    assert found.left_out("as-published", "rust") == {}


def test_a_missing_toolchain_is_unknown_and_not_a_failure() -> None:
    found = PassResults(results=(result("HumanEval_1_x", "rust", 0, "toolchain-missing"),))
    assert str(found.language("repaired", "rust").value) == "nan"


def test_rows_of_the_results_table(tmp_path: Path) -> None:
    rows = PassResults(results=(result("HumanEval_1_x", "rust", 0, "passed"),)).rows(
        {"trial_id": "t", "loss_rust": 1.0}
    )
    store.write_rows(tmp_path, "t", "humaneval", rows)
    (row,) = store.read_results(tmp_path, evaluation="humaneval").to_dicts()
    assert (row["evaluation"], row["pass_at_1"], row["problems"], row["samples"]) == ("humaneval/rust", 1.0, 1, 1)
    assert row["loss_rust"] is None
    assert len(store.read_results(tmp_path)) == 2, "as published, too"


def test_a_folder_with_several_results_must_be_named(tmp_path: Path) -> None:
    for name in ("a.results.jsonl", "b.results.jsonl"):
        (tmp_path / name).write_text("")
    with pytest.raises(MixlawError, match="several results: name one of"):
        load_results(tmp_path)
