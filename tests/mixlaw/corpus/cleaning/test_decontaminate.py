"""What is dropped from a corpus because it holds evaluation texts, and what is not."""

from __future__ import annotations

import io
import pickle
import random
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from mixlaw.corpus import Corpus, EvaluationIndex, EvaluationText, build, show, to_json
from mixlaw.corpus.cleaning.decontaminate import (
    Dropped,
    decontamination_record,
    dropped_counts,
    tasks_without_evaluation_texts,
    without_evaluation_texts,
)
from mixlaw.corpus.cleaning.evaluation_index import COMMON_TASKS, NGRAM_WORDS, Match
from mixlaw.corpus.document import Document
from mixlaw.corpus.funnel import Funnel
from mixlaw.corpus.parallel.programs import Task
from mixlaw.trial import MixlawError

BOILERPLATE = """\
import java.util.Scanner;
public class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int n = in.nextInt();
"""
CANARY = "SOME-SET-CANARY 00000000-1111-2222-3333-444444444444"
TASKS = ("sum", "sort", "tree", "path")


def body(seed: object, lines: int = 14) -> str:
    """Statements that no other seed has."""
    rng = random.Random(str(seed))
    names = ["total", "left", "right", "count", "index", "best", "queue", "width"]

    def name() -> str:
        return rng.choice(names) + str(rng.randrange(50))

    return "".join(f"        {name()} = {name()} + {name()} * {rng.randrange(100)};\n" for _ in range(lines))


def program(task: str) -> str:
    return f"{BOILERPLATE}{body(task)}    }}\n}}\n"


def evaluation(task: str, text: str, **more: str) -> EvaluationText:
    return EvaluationText(source="set", task=task, text=text, **({"language": "java"} | more))


TEXTS = [evaluation(task, program(task)) for task in TASKS]
INDEX = EvaluationIndex(TEXTS, canaries={"set": CANARY})


def matched(text: str, index: EvaluationIndex = INDEX) -> Match:
    match = index.match(text)
    assert match is not None
    return match


def document(text: str, path: str = "a.java", domain: str = "java") -> Document:
    return Document.of(domain=domain, project="p", path=path, licence="MIT", text=text)


@st.composite
def relaid(draw: st.DrawFn, text: str) -> str:
    """The same text with other indentation, blank lines, trailing blanks and line ends."""
    end = draw(st.sampled_from(["\n", "\r\n"]))
    tab = draw(st.sampled_from(["", " ", "\t", "      "]))
    lines: list[str] = []
    for line in text.splitlines():
        lines += [""] * draw(st.integers(0, 2))
        lines.append(tab + line.lstrip() + draw(st.sampled_from(["", "  "])))
    return end.join(lines) + end


@given(st.sampled_from(TASKS), st.data(), st.integers(0, 3), st.integers(0, 3))
def test_a_program_inside_a_larger_file_is_found_however_it_is_laid_out(
    task: str, data: st.DataObject, before: int, after: int
) -> None:
    inside = data.draw(relaid(program(task)))
    match = matched(body("before", before) + inside + body("after", after))
    assert (match.task, match.language, match.share) == (task, "java", 1.0)
    assert match.kind == ("contains" if before or after else "exact")


@given(st.integers(0, 10**6), st.integers(1, 80))
def test_a_document_without_overlap_is_never_dropped(seed: int, lines: int) -> None:
    assert INDEX.match(body(f"other {seed}", lines)) is None


@given(st.permutations(BOILERPLATE.splitlines()), st.integers(1, 4), st.integers(0, 10**6))
def test_boilerplate_alone_never_matches(lines: list[str], times: int, seed: int) -> None:
    assert INDEX.match(BOILERPLATE * times) is None
    assert INDEX.match(BOILERPLATE * times + body(f"mine {seed}")) is None
    assert INDEX.match("\n".join(lines * times)) is None


@given(st.text(max_size=400))
def test_any_text_can_be_looked_at_and_is_found_in_itself(text: str) -> None:
    INDEX.match(text)
    index = EvaluationIndex([evaluation("any", text)])
    assert (index.match(text) is not None) == bool(text.strip())


def test_what_two_tasks_share_still_counts_and_what_three_share_does_not() -> None:
    helper = body("helper")
    shared = [evaluation(task, helper + body(task, 3)) for task in TASKS]
    assert matched(helper, EvaluationIndex(shared[: COMMON_TASKS - 1])).kind == "n-gram"
    assert EvaluationIndex(shared[:COMMON_TASKS]).match(helper) is None


def test_the_same_task_in_other_languages_or_sources_is_no_boilerplate() -> None:
    text = body("same")
    languages = [evaluation("sum", text, language=language) for language in ("java", "csharp", "go", "rust")]
    assert matched(text + body("x"), EvaluationIndex(languages)).texts == len(languages)
    sources = [EvaluationText(source=f"copy {n}", task=f"sum {n}", text=text) for n in range(COMMON_TASKS + 1)]
    assert matched(text + body("x"), EvaluationIndex(sources)).texts == len(sources)


def test_a_changed_copy_is_found_while_half_of_it_stands() -> None:
    lines = body("sum", 20).splitlines(keepends=True)
    index = EvaluationIndex([evaluation("sum", "".join(lines))])
    changed = "".join(lines[:12]) + body("rewritten", 8)
    match = matched(changed, index)
    assert (match.kind, match.task) == ("n-gram", "sum")
    assert match.share == pytest.approx(12 / 20, abs=0.05)
    assert index.match("".join(lines[:8]) + body("rewritten", 12)) is None


def test_a_renamed_identifier_does_not_hide_a_copy() -> None:
    name = body("sum").split()[0]
    match = matched(re.sub(rf"\b{name}\b", "renamed", program("sum")))
    assert (match.kind, match.task) == ("n-gram", "sum")
    assert match.share < 1


def test_one_shared_run_of_words_is_not_enough() -> None:
    words = " ".join(f"word{n}" for n in range(2 * NGRAM_WORDS - 2))
    index = EvaluationIndex([evaluation("short", words)])
    run = " ".join(words.split()[:NGRAM_WORDS])
    assert index.match(f"{run} and so on") is None
    assert matched(f"see {words} here", index).kind == "contains"


def test_a_text_too_short_to_tell_is_only_found_whole() -> None:
    index = EvaluationIndex([evaluation("tiny", "print(sum(numbers))\n")])
    assert index.sources == {"set": {"tasks": 1, "texts": 1, "only_whole": 1}}
    assert index.match("x = 1\nprint(sum(numbers))\n") is None
    assert matched("print( sum(numbers) )", index).kind == "exact"


def test_a_canary_is_found_in_any_layout_and_outranks_the_rest() -> None:
    for text in (CANARY, f"# {CANARY.lower()}\n{program('sum')}", CANARY.replace(" ", "\n\n")):
        assert matched(text) == Match(kind="canary", source="set")
    assert INDEX.match(CANARY[:-1] + "5") is None


def test_a_copy_of_a_whole_benchmark_says_how_many_texts_it_holds() -> None:
    match = matched("".join(map(program, TASKS)))
    assert (match.kind, match.texts, match.task) == ("contains", len(TASKS), min(TASKS))


@given(st.permutations(TEXTS), st.permutations(range(8)))
def test_order_changes_nothing(texts: list[EvaluationText], order: list[int]) -> None:
    documents = [document(program(TASKS[n]) if n < 4 else body(n), path=f"{n}.java") for n in range(8)]
    index = EvaluationIndex([*texts, texts[0]], canaries={"set": CANARY})
    assert index.fingerprint == INDEX.fingerprint
    kept, dropped = without_evaluation_texts([documents[n] for n in order], index, Funnel())
    assert [d.path for d in kept] == [f"{n}.java" for n in order if n >= 4]
    assert decontamination_record(index, dropped) == decontamination_record(
        INDEX, without_evaluation_texts(documents, INDEX, Funnel())[1]
    )


MATCHES = """
import pickle, sys
index, texts = pickle.load(sys.stdin.buffer)
sys.stdout.buffer.write(pickle.dumps([index.match(text) for text in texts]))
"""


def test_threads_and_processes_find_the_same() -> None:
    texts = [*map(program, TASKS), *(body(n) + program(TASKS[n % 4])[: 60 * n] for n in range(12))]
    expected = [INDEX.match(text) for text in texts]
    assert None in expected
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(INDEX.match, texts)) == expected
    sent = pickle.dumps((INDEX, texts))
    for seed in ("1", "2"):
        environment = {"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(p for p in sys.path if p)}
        ran = subprocess.run([sys.executable, "-c", MATCHES], input=sent, capture_output=True, env=environment)
        assert pickle.loads(ran.stdout) == expected, ran.stderr.decode()


@pytest.mark.parametrize(
    "other",
    [
        EvaluationIndex(TEXTS[1:], canaries={"set": CANARY}),
        EvaluationIndex(TEXTS),
        EvaluationIndex([*TEXTS[1:], evaluation("sum", program("sum") + " ")], canaries={"set": CANARY}),
    ],
)
def test_the_fingerprint_names_the_texts_and_canaries(other: EvaluationIndex) -> None:
    assert other.fingerprint != INDEX.fingerprint


def test_programs_of_parallel_tasks_are_dropped_each_by_itself() -> None:
    def task(name: str, **programs: str) -> Task:
        return Task(name=name, source="pairs", licence="MIT", programs=programs)

    tasks = [
        task("clean", python=body("p1"), go=body("g1")),
        task("one", python=body("p2"), go=body("g2"), java=program("sum")),
        task("pivot", python=program("sort"), go=body("g3")),
    ]
    dropped: list[Dropped] = []
    kept = list(tasks_without_evaluation_texts(tasks, INDEX, Funnel(), dropped))
    assert {t.name: sorted(t.programs) for t in kept} == {"clean": ["go", "python"], "one": ["go", "python"]}
    assert [(d.domain, d.path, d.match.task) for d in dropped] == [
        ("parallel", "one/java", "sum"),
        ("parallel", "pivot/python", "sort"),
    ]
    with pytest.raises(MixlawError, match="none is left to train on"):
        list(tasks_without_evaluation_texts(tasks[2:], INDEX, Funnel(), []))


@pytest.fixture
def planted(spec_file: Path) -> Path:
    """The spec of the small corpus with evaluation texts among its files: in training, held-out and parallel data."""
    sources = spec_file.parent
    (sources / "one" / "src" / "file0.go").write_text(body("around") + program("sum").replace("    ", "\t"))
    (sources / "two" / "src" / "file1.md").write_text(f"# Notes\n\nCopied from elsewhere.\n\n{CANARY}\n")
    (sources / "three" / "src" / "file2.py").write_text(program("sort"))
    (sources / "tasks" / "sum" / "main.rs").write_text(program("tree"))
    return spec_file


def test_a_corpus_is_built_without_them_and_says_so(planted: Path, tmp_path: Path, quiet: Console) -> None:
    corpus = build(planted, tmp_path / "corpus", evaluations=INDEX, console=quiet)
    record = corpus.manifest["decontamination"]
    assert record["fingerprint"] == corpus.decontaminated_against == INDEX.fingerprint
    assert record["sources"]["set"]["texts"] == len(TEXTS)
    found = {(d["domain"], d["project"], d["path"]): (d["kind"], d["task"]) for d in record["dropped"]}
    assert found == {
        ("go", "one", "src/file0.go"): ("contains", "sum"),
        ("parallel", "tasks", "sum/rust"): ("exact", "tree"),
        ("python", "three", "src/file2.py"): ("exact", "sort"),
        ("text", "two", "src/file1.md"): ("canary", ""),
    }
    paths = set(corpus.documents().select("project", "path").iter_rows())
    assert not paths & {(project, path) for _, project, path in found}
    rows = {r["domain"]: r for r in corpus.manifest["funnel"] if r["step"] == "no evaluation text"}
    assert {d: r["documents_in"] - r["documents_out"] for d, r in rows.items()} == {
        "go": 1, "parallel": 1, "python": 1, "text": 1,
    }  # fmt: skip


def test_what_was_dropped_is_shown(planted: Path, tmp_path: Path) -> None:
    console = Console(file=io.StringIO(), width=200)
    corpus = build(planted, tmp_path / "corpus", evaluations=INDEX, console=console)
    console.print(show(corpus))
    printed = console.file.getvalue()  # pyright: ignore[reportAttributeAccessIssue]
    for said in (INDEX.fingerprint[:16], "set (4 texts); 4 dropped", "contains", "no evaluation text", "tree"):
        assert said in printed
    assert to_json(corpus)["decontamination"]["dropped"]
    counts = dropped_counts(corpus.manifest["decontamination"])
    assert [(c.domain, c.kind, c.documents, c.tasks) for c in counts] == [
        ("go", "contains", 1, ("sum",)),
        ("parallel", "exact", 1, ("tree",)),
        ("python", "exact", 1, ("sort",)),
        ("text", "canary", 1, ()),
    ]


def test_another_index_is_another_corpus(planted: Path, corpus: Corpus, tmp_path: Path, quiet: Console) -> None:
    # `corpus` is built after the evaluation texts were planted, with none of them looked for.
    assert corpus.decontaminated_against == ""
    assert corpus.manifest["decontamination"] is None
    clean = build(planted, tmp_path / "clean", evaluations=INDEX, console=quiet)
    again = build(planted, tmp_path / "again", evaluations=EvaluationIndex(TEXTS[::-1], canaries={"set": CANARY}))
    unrelated = [EvaluationText(source="other", task="t", text=body("unrelated"))]
    other = build(planted, tmp_path / "other", evaluations=EvaluationIndex([*TEXTS, *unrelated]), console=quiet)
    assert len({corpus.fingerprint, clean.fingerprint, other.fingerprint}) == 3
    assert (again.path / "manifest.json").read_bytes() == (clean.path / "manifest.json").read_bytes()
    assert build(planted, clean.path, evaluations=INDEX, console=quiet) == clean
    with pytest.raises(MixlawError, match="would be built with no evaluation texts kept out"):
        build(planted, clean.path, console=quiet)
    with pytest.raises(MixlawError, match="was built with no evaluation texts kept out"):
        build(planted, corpus.path, evaluations=INDEX, console=quiet)
