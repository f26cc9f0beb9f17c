"""Records and completions from every kind of file, and messages that say file and line."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from mixlaw.trial import LANGUAGES, MixlawError
from mixlaw_eval.multipl_e import hub, load_attempts, load_records

OWN = Path(__file__).parent / "data" / "own.jsonl"
ROWS: list[dict[str, Any]] = [json.loads(line) for line in OWN.read_text().splitlines()]
RECORD = {"name": "Own_7_f", "language": "rs", "prompt": "fn f() {", "tests": "}", "stop_tokens": ["\n}"]}


def line(**changes: Any) -> str:
    return json.dumps({k: v for k, v in {**RECORD, **changes}.items() if v is not None})


def test_records_of_all_languages_by_any_name() -> None:
    records = load_records(OWN)
    assert [record.language for record in records] == [language for language in LANGUAGES for _ in range(3)]
    assert {record.published_language for record in records} == {"py", "java", "js", "ts", "cs", "go_test.go", "rs"}
    assert records[0].problem == "Own_0"
    assert records[0].stop_tokens == ("\ndef", "\n#", "\nif", "\nclass")


@pytest.mark.parametrize("kind", ["jsonl", "jsonl.gz", "json", "json.gz", "parquet", "folder"])
def test_every_kind_of_file_gives_the_same_records(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"records.{kind}"
    if kind == "parquet":
        pl.DataFrame(ROWS).write_parquet(path)
    elif kind == "folder":
        for number, row in enumerate(ROWS):
            (path / "inner").mkdir(parents=True, exist_ok=True)
            (path / "inner" / f"{number:03}.json").write_text(json.dumps(row))
    else:
        text = json.dumps(ROWS) if kind.startswith("json.") or kind == "json" else OWN.read_text()
        path.write_bytes(gzip.compress(text.encode()) if kind.endswith(".gz") else text.encode())
    assert load_records(path) == load_records(OWN)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (line() + "\n{", "records.jsonl line 2 is not JSON"),
        ("\n\n[1]", "records.jsonl line 3 must be a JSON object"),
        (line(tests=None), "line 1: 'tests' must be text, and is missing; it has name, language"),
        (line(prompt=3), "line 1: 'prompt' must be text, got int"),
        (line(language="cobol"), "line 1: unknown language 'cobol'; known are"),
        (line(stop_tokens="x"), "line 1: 'stop_tokens' must be a list of texts, got str"),
        (line() + "\n" + line(), "has Own_7_f (rust) twice"),
    ],
)
def test_a_mistake_names_file_and_line(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "records.jsonl"
    path.write_text(text)
    with pytest.raises(MixlawError) as refused:
        load_records(path)
    assert message in str(refused.value)


def test_a_language_that_was_asked_for_must_be_there(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    path.write_text(line())
    assert [record.language for record in load_records(path)] == ["rust"]
    with pytest.raises(MixlawError, match="has no record for python, java;"):
        load_records(path, languages=("python", "rust", "java"))


def test_a_language_that_is_asked_for_must_be_there(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    path.write_text(line())
    assert [record.language for record in load_records(path)] == ["rust"]
    with pytest.raises(MixlawError, match="has no record for python"):
        load_records(path, languages=["python", "rust"])


def test_what_is_not_there_or_unreadable(tmp_path: Path) -> None:
    with pytest.raises(MixlawError, match="no file or folder"):
        load_records(tmp_path / "none.jsonl")
    with pytest.raises(MixlawError, match="has no file that ends with"):
        load_records(tmp_path)
    for name in ("bad.jsonl.gz", "bad.parquet"):
        (tmp_path / name).write_bytes(b"\x1f\x8bnothing")
        with pytest.raises(MixlawError, match="cannot be read"):
            load_records(tmp_path / name)


def test_a_dataset_that_cannot_be_reached_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    import huggingface_hub

    def refuse(*_: object, **__: object) -> None:
        raise ConnectionError("no route to the hub")

    monkeypatch.setattr(huggingface_hub.HfApi, "list_repo_files", refuse)
    with pytest.raises(MixlawError, match=r"cannot be had from the Hugging Face hub \(no route to the hub\)"):
        load_records("nuprl/MultiPL-E")


def test_a_datasets_configurations_are_found_by_alias(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import huggingface_hub

    names = [f"humaneval-{alias}/test-00000-of-00001.parquet" for alias in ("rs", "go", "rs-keep")]
    names += ["mbpp-rs/test-00000-of-00001.parquet", "README.md"]

    def listed(*_: object, **__: object) -> list[str]:
        return names

    def fetched(repository: str, file: str, **_: object) -> str:
        path = tmp_path / file.replace("/", "-")
        alias = file.split("/")[0].partition("-")[2]
        chosen = [row for row in ROWS if row["language"].startswith(alias)]
        pl.DataFrame(chosen).write_parquet(path)
        return str(path)

    monkeypatch.setattr(huggingface_hub.HfApi, "list_repo_files", listed)
    monkeypatch.setattr(huggingface_hub, "hf_hub_download", fetched)
    assert len(load_records("owner/MultiPL-E", languages=["go", "rust"])) == 6
    assert len(load_records("owner/MultiPL-E:mbpp", languages=["rust"])) == 3
    assert len(load_records("owner/MultiPL-E:humaneval-rs", languages=["rust"])) == 3
    assert len(load_records("owner/MultiPL-E")) == 6, "those that it has, when no language is asked for"
    with pytest.raises(MixlawError, match="has no humaneval for python; it has humaneval-go"):
        load_records("owner/MultiPL-E", languages=["python", "rust"])


def test_dataset_names() -> None:
    assert hub.is_dataset_name("nuprl/MultiPL-E")
    assert hub.is_dataset_name("nuprl/MultiPL-E:humaneval-rs")
    assert not hub.is_dataset_name("/data/multipl-e")
    assert not hub.is_dataset_name("records.jsonl")


def write(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(rows))
    return path


def test_completions_one_by_one_or_as_a_list(tmp_path: Path) -> None:
    path = write(
        tmp_path / "c.jsonl", line(completion="a"), line(completions=["b", "c"]), line(name="g", completion="d")
    )
    first, second = load_attempts(path)
    assert first.completions == ("a", "b", "c")
    assert (second.record.name, second.completions) == ("g", ("d",))


def test_completions_end_at_the_stop_strings_unless_told_otherwise(tmp_path: Path) -> None:
    path = write(tmp_path / "c.jsonl", line(completion="    1\n}\nfn more() {}"))
    assert load_attempts(path)[0].completions == ("    1",)
    assert load_attempts(path, cut=False)[0].completions == ("    1\n}\nfn more() {}",)


def test_multipl_e_files_and_its_results_beside_them(tmp_path: Path) -> None:
    completions = {**RECORD, "completions": ["a"], "temperature": 0.2}
    results = {"name": "Own_7_f", "language": "rs", "results": [{"program": "whole", "status": "OK", "exit_code": 0}]}
    (tmp_path / "Own_7_f.results.json.gz").write_bytes(gzip.compress(json.dumps(results).encode()))
    (only,) = load_attempts(tmp_path)
    assert (only.whole, only.completions) == (True, ("whole",))
    (tmp_path / "Own_7_f.json.gz").write_bytes(gzip.compress(json.dumps(completions).encode()))
    (only,) = load_attempts(tmp_path)
    assert (only.whole, only.completions, only.settings) == (False, ("a",), {"temperature": 0.2})


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([line()], "line 1 has no completion: it needs the field 'completion'"),
        ([line(completions=[])], "line 1: an empty list of completions"),
        ([line(completions=[1])], "line 1: 'completions' must be a list of texts"),
        ([line(completion="a"), line(completion="b", tests="other")], "line 2: Own_7_f (rust) stands there twice"),
        ([line(prompt=None, results=[{"status": "OK"}])], "line 1: 'results' must be a list of objects with the text"),
    ],
)
def test_bad_completions_are_named(tmp_path: Path, rows: list[str], message: str) -> None:
    with pytest.raises(MixlawError) as refused:
        load_attempts(write(tmp_path / "c.jsonl", *rows))
    assert message in str(refused.value)
