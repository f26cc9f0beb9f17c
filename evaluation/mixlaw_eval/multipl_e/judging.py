"""Completions to verdicts: programs put together, run once each however often they occur, resumed after kill -9."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from mixlaw.trial import LANGUAGES
from mixlaw_eval.appending import Appending
from mixlaw_eval.execution import Execution, Program, Runs
from mixlaw_eval.multipl_e.record import Attempt, Record
from mixlaw_eval.multipl_e.repairs import repaired
from mixlaw_eval.multipl_e.results import (
    Flavour,
    Result,
    line_of,
    not_generated,
    of_execution,
    read_results,
    write_results,
)

Advance = Callable[[int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One completion made into a program, with the flavours that it counts in."""

    record: Record
    index: int
    flavours: tuple[Flavour, ...]
    source: str
    key: str


def program_of(record: Record, completion: str) -> str:
    """Prompt, completion, a newline, tests: as MultiPL-E puts programs together, in every language.

    The completion is what follows the prompt. An answer that repeats the prompt, or a chat's prose, is no completion.
    """
    return f"{record.prompt}{completion}\n{record.tests}"


def samples_of(attempts: Sequence[Attempt], flavours: Sequence[Flavour], *, limits: str = "") -> tuple[Sample, ...]:
    """The distinct programs of every completion: one where no repair changes it, else one per flavour.

    `limits` says what the programs run under; it is part of their keys.
    """
    return tuple(
        Sample(record=attempt.record, index=index, flavours=said, source=source, key=_key(attempt, source, limits))
        for attempt in attempts
        for index, completion in enumerate(attempt.completions)
        for source, said in _programs(attempt, completion, flavours).items()
    )


def judge(
    attempts: Sequence[Attempt],
    executor: Runs,
    *,
    flavours: Sequence[Flavour],
    out: Path | None = None,
    limits: str = "",
    advance: Advance | None = None,
) -> tuple[Result, ...]:
    """The results of every completion, in the order of languages, names and completions.

    Verdicts already in the file `out` are not asked for again; the others are appended as they come, and in the end
    the file is put in order. `advance` is called with the number of
    `samples_of` just judged.
    """
    samples = samples_of(attempts, flavours, limits=limits)
    earlier = read_results(out, cut_short=True) if out else ()
    known = {result.key: result for result in earlier if result.key and result.judged}
    found = [_result(sample, known[sample.key]) for sample in samples if sample.key in known]
    if advance:
        advance(len(found))
    with Appending(out) if out else nullcontext() as file:
        for results in _run([sample for sample in samples if sample.key not in known], executor, advance):
            found += results
            if file:
                file.add(map(line_of, results))
    found += [result for attempt in attempts for result in _failed(attempt, tuple(flavours))]
    found.sort(key=lambda r: (LANGUAGES.index(r.language), r.name, r.index, r.flavours))
    if out:
        write_results(out, found)
    return tuple(found)


def _run(samples: Sequence[Sample], executor: Runs, advance: Advance | None) -> Iterator[list[Result]]:
    """The results of each distinct program as it ends."""
    groups: dict[str, list[Sample]] = {}
    for sample in samples:
        groups.setdefault(sample.key, []).append(sample)
    alike = list(groups.values())
    programs = [Program(language=group[0].record.language, source=group[0].source) for group in alike]
    for index, execution in executor.run(programs):
        yield [_of(sample, execution) for sample in alike[index]]
        if advance:
            advance(len(alike[index]))


def _programs(attempt: Attempt, completion: str, flavours: Sequence[Flavour]) -> Mapping[str, tuple[Flavour, ...]]:
    """Program texts and the flavours that each stands for."""
    published = completion if attempt.whole else program_of(attempt.record, completion)
    found: dict[str, tuple[Flavour, ...]] = {}
    for flavour in flavours:
        source = published if flavour == "as-published" else repaired(attempt.record.language, published)
        found[source] = (*found.get(source, ()), flavour)
    return found


def _key(attempt: Attempt, source: str, limits: str) -> str:
    return hashlib.sha256(f"{attempt.record.language}\0{limits}\0{source}".encode()).hexdigest()[:32]


def _of(sample: Sample, execution: Execution) -> Result:
    record = sample.record
    return of_execution(
        execution,
        name=record.name,
        language=record.language,
        index=sample.index,
        flavours=sample.flavours,
        key=sample.key,
    )


def _result(sample: Sample, known: Result) -> Result:
    """An earlier result of the same program, as this sample's."""
    record = sample.record
    return replace(known, name=record.name, language=record.language, index=sample.index, flavours=sample.flavours)


def _failed(attempt: Attempt, flavours: tuple[Flavour, ...]) -> list[Result]:
    start = len(attempt.completions)
    record = attempt.record
    return [
        not_generated(attempt.reason, name=record.name, language=record.language, index=index, flavours=flavours)
        for index in range(start, start + attempt.failed)
    ]
