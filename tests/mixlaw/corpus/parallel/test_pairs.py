from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mixlaw.corpus.document import Document
from mixlaw.corpus.parallel.pairs import PairPlan, plan_pairs
from mixlaw.corpus.parallel.programs import Task, arrange, read_tasks
from mixlaw.corpus.parallel.source import ALL, Direction, ParallelSource, directions_of, pair_of, wanted_pairs
from mixlaw.trial import DISPLAY, LANGUAGES, ORGANISATIONS, MixlawError, Organisation

PAIRS = wanted_pairs(ALL)
Languages = dict[str, set[str]]
"""The languages of each task, by its name."""


@st.composite
def sources(draw: st.DrawFn) -> ParallelSource:
    """Any source: a pivot, all pairs, or some in either order; some of its directions held out, never all."""
    listed = st.lists(st.sampled_from(PAIRS), min_size=1, max_size=5, unique=True).map(
        lambda pairs: tuple(pair if number % 2 else pair[::-1] for number, pair in enumerate(pairs))
    )
    pairs = draw(st.sampled_from([*LANGUAGES, ALL]) | listed)
    made = directions_of(ParallelSource(path="", licence="MIT", name="s", pairs=pairs))
    held_out = draw(st.lists(st.sampled_from(made), max_size=len(made) - 1, unique=True))
    return ParallelSource(
        path="tasks", licence="MIT", name="s", pairs=pairs, held_out=tuple(held_out), even=draw(st.booleans())
    )


def tasks_of(source: ParallelSource, languages: Languages) -> list[Task]:
    return [
        Task(
            name=name,
            source=source.name,
            licence=source.licence,
            programs={language: program(name, language) for language in sorted(spoken)},
            directions=directions_of(source),
        )
        for name, spoken in languages.items()
    ]


def program(task: str, language: str) -> str:
    """A program that says of which task and in which language it is, so that documents can be read back."""
    return f"<{task}:{language}>\n"


def programs_in(document: Document) -> list[tuple[str, str]]:
    """The (task, language) of the programs in a document, in order."""
    marks = [line for line in document.text.splitlines() if line.startswith("<")]
    return [(task, language) for task, language in (mark.strip("<>").split(":") for mark in marks)]


LANGUAGES_OF_TASKS = st.dictionaries(
    st.sampled_from([f"t{number}" for number in range(12)]),
    st.sets(st.sampled_from(LANGUAGES), min_size=1) | st.just(set(LANGUAGES)),
    min_size=1,
)


def arranged(
    source: ParallelSource, tasks: list[Task], seed: int
) -> tuple[PairPlan, dict[Organisation, list[Document]]]:
    plan = plan_pairs(source, lambda: tasks, seed)
    return plan, arrange(plan.taken(tasks))


def directions_shown(documents: Iterable[Document]) -> Counter[Direction]:
    """The directions of documents that hold two programs, read from their texts."""
    return Counter((x, y) for (_, x), (_, y) in map(programs_in, documents))


def possible(source: ParallelSource, languages: Languages) -> bool:
    """Whether the source can be planned: each listed pair has a task, of others any has."""
    alive = {pair_of(*way) for way in directions_of(source)}
    having = {pair for pair in alive if any(set(pair) <= spoken for spoken in languages.values())}
    return having == alive if source.named_pairs else bool(having)


@given(sources(), LANGUAGES_OF_TASKS, st.integers(0, 3))
def test_no_document_shows_another_direction_than_asked(
    source: ParallelSource, languages: Languages, seed: int
) -> None:
    tasks = tasks_of(source, languages)
    if not possible(source, languages):
        with pytest.raises(MixlawError, match="has no task with programs in both"):
            plan_pairs(source, lambda: tasks, seed)
        return
    _, documents = arranged(source, tasks, seed)
    wanted = {(x, y) for pair in wanted_pairs(source.pairs) for x, y in (pair, pair[::-1])} - set(source.held_out)
    for organisation in ("paired-direct", "paired-prompt"):
        assert set(directions_shown(documents[organisation])) <= wanted
    assert all(len(programs_in(document)) == 1 for document in documents["shuffled"])
    for document in documents["paired-prompt"]:
        (_, x), (_, y) = programs_in(document)
        assert document.text.startswith(f"Please translate the following {DISPLAY[x]} code to {DISPLAY[y]}:\n")
    shown_together = {program for document in documents["paired-direct"] for program in programs_in(document)}
    assert {programs_in(document)[0] for document in documents["shuffled"]} == shown_together


@given(LANGUAGES_OF_TASKS, st.integers(0, 3))
def test_around_python_no_other_pair_appears_anywhere(languages: Languages, seed: int) -> None:
    source = ParallelSource(path="tasks", licence="MIT", name="s")
    if not possible(source, languages):
        return
    _, documents = arranged(source, tasks_of(source, languages), seed)
    for organisation in ORGANISATIONS:
        for document in documents[organisation]:
            spoken = {language for _, language in programs_in(document)}
            assert len(spoken) == 1 or "python" in spoken
            assert "python" in document.path.split("/")[1].split("-")


@given(sources(), LANGUAGES_OF_TASKS, st.integers(0, 3))
def test_even_pairs_give_the_same_number_of_tasks_and_say_what_is_left_aside(
    source: ParallelSource, languages: Languages, seed: int
) -> None:
    if not possible(source, languages):
        return
    plan, documents = arranged(source, tasks_of(source, languages), seed)
    shown = directions_shown(documents["paired-direct"])
    for count in plan.counts:
        there = sum(set(count.pair) <= spoken for spoken in languages.values())
        assert (count.tasks, count.taken + count.left_aside) == (there, there)
        assert {shown[direction] for direction in count.directions} == {count.taken}
    assert sum(shown.values()) == sum(count.taken * len(count.directions) for count in plan.counts)
    if source.even:
        assert {count.taken for count in plan.counts} == {min(count.tasks for count in plan.counts)}
    else:
        assert not any(count.left_aside for count in plan.counts)


@given(sources(), LANGUAGES_OF_TASKS, st.integers(0, 3))
def test_all_organisations_hold_the_same_programs_equally_often(
    source: ParallelSource, languages: Languages, seed: int
) -> None:
    if not possible(source, languages):
        return
    _, documents = arranged(source, tasks_of(source, languages), seed)
    held = [Counter(p for d in documents[name] for p in programs_in(d)) for name in ORGANISATIONS]
    assert held[0] == held[1] == held[2]


@settings(max_examples=30)
@given(
    sources(),
    LANGUAGES_OF_TASKS.filter(lambda languages: len(languages) > 1),
    st.sampled_from(["folder", "jsonl", "parquet"]),
    st.randoms(use_true_random=False),
)
def test_the_order_of_files_and_rows_changes_nothing(
    source: ParallelSource, languages: Languages, kind: str, rng: random.Random
) -> None:
    if not possible(source, languages):
        return
    shuffled = list(languages.items())
    rng.shuffle(shuffled)
    tasks = tasks_of(source, languages)
    expected = {name: multiset(found) for name, found in arranged(source, tasks, 1)[1].items()}
    with TemporaryDirectory() as folder:
        write(Path(folder), kind, dict(shuffled))
        path = {"folder": "tasks", "jsonl": "*.jsonl", "parquet": "*.parquet"}[kind]
        read = ParallelSource(
            path=path, licence="MIT", name="s", pairs=source.pairs, held_out=source.held_out, even=source.even
        )
        plan = plan_pairs(read, lambda: read_tasks(read, Path(folder)), 1)
        found = arrange(plan.taken(read_tasks(read, Path(folder))))
    assert {name: multiset(documents) for name, documents in found.items()} == expected


def multiset(documents: Iterable[Document]) -> Counter[tuple[str, str]]:
    return Counter((document.path, document.text) for document in documents)


def write(folder: Path, kind: str, languages: Languages) -> None:
    """The tasks as a folder, or in two files of a kind."""
    rows = [{"task": name, **{x: program(name, x) for x in sorted(spoken)}} for name, spoken in languages.items()]
    if kind == "folder":
        for name, spoken in languages.items():
            (folder / "tasks" / name).mkdir(parents=True)
            for language in spoken:
                (folder / "tasks" / name / f"main{ENDINGS[language]}").write_text(program(name, language))
    for half, part in enumerate((rows[: len(rows) // 2], rows[len(rows) // 2 :])):
        if kind == "jsonl":
            (folder / f"{half}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in part))
        if kind == "parquet":
            columns = {name: [row.get(name) for row in part] for name in ("task", *LANGUAGES)}
            schema = pa.schema([(name, pa.string()) for name in columns])
            pq.write_table(pa.table(columns, schema=schema), folder / f"{half}.parquet")


ENDINGS = {
    "python": ".py",
    "java": ".java",
    "javascript": ".js",
    "typescript": ".ts",
    "csharp": ".cs",
    "go": ".go",
    "rust": ".rs",
}


def test_another_seed_leaves_other_tasks_aside() -> None:
    source = ParallelSource(path="", licence="MIT", name="s")
    languages = {f"t{number}": {"python", "go"} | ({"rust"} if number < 3 else set()) for number in range(40)}
    taken = [
        {document.path.split("/")[0] for document in arranged(source, tasks_of(source, languages), seed)[1]["shuffled"]}
        for seed in range(3)
    ]
    assert len({frozenset(names) for names in taken}) == 3


def test_what_the_manifest_says() -> None:
    source = ParallelSource(path="", licence="MIT", name="s", held_out=(("go", "python"),))
    languages = {"a": {"python", "go", "rust"}, "b": {"python", "go"}, "c": {"go", "rust"}}
    plan, _ = arranged(source, tasks_of(source, languages), 0)
    assert plan.to_json() == {
        "source": "s",
        "pairs": [
            {"pair": ["python", "go"], "directions": [["python", "go"]], "tasks": 2, "taken": 1, "left_aside": 1},
            {
                "pair": ["python", "rust"],
                "directions": [["python", "rust"], ["rust", "python"]],
                "tasks": 1,
                "taken": 1,
                "left_aside": 0,
            },
        ],
    }


def test_a_task_that_is_there_twice_is_named() -> None:
    source = ParallelSource(path="", licence="MIT", name="s")
    tasks = tasks_of(source, {"a": {"python", "go"}, "b": {"python", "go"}})
    with pytest.raises(MixlawError, match="has the task b twice"):
        plan_pairs(source, lambda: [*tasks, tasks[1]], 0)
