"""How many tasks each pair of languages gives: all of them, or as many as the scarcest pair has.

Tasks are chosen by a seeded hash of their names, the same one for every pair, so that the choice does not depend on the
order of the files and one task's programs are taken together as far as they go.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mixlaw.corpus.parallel.programs import Task
from mixlaw.corpus.parallel.source import Direction, Pair, ParallelSource, directions_of, pair_of
from mixlaw.trial import LANGUAGES, MixlawError


@dataclass(frozen=True, slots=True, kw_only=True)
class PairCount:
    """Tasks of one pair of languages: those there are, and those that are taken, in each of its directions."""

    pair: Pair
    directions: tuple[Direction, ...]
    tasks: int
    taken: int

    @property
    def left_aside(self) -> int:
        """Tasks that have the pair and do not give it, because a scarcer pair has fewer."""
        return self.tasks - self.taken


@dataclass(frozen=True, slots=True, kw_only=True)
class PairPlan:
    """Which tasks of a source give which pairs."""

    source: str
    seed: int
    counts: tuple[PairCount, ...]
    last: Mapping[Pair, int]
    """The highest hash of a task that gives a pair."""

    def taken(self, tasks: Iterable[Task]) -> Iterator[Task]:
        """The tasks that give a pair, each with the directions that it gives."""
        for task in tasks:
            number = _hash(self.seed, task.name)
            given = tuple((x, y) for x, y in task.made if number <= self.last.get(pair_of(x, y), -1))
            if given:
                yield replace(task, directions=given)

    def to_json(self) -> dict[str, Any]:
        """What the manifest says of the source."""
        return {
            "source": self.source,
            "pairs": [
                {
                    "pair": list(count.pair),
                    "directions": [list(direction) for direction in count.directions],
                    "tasks": count.tasks,
                    "taken": count.taken,
                    "left_aside": count.left_aside,
                }
                for count in self.counts
            ],
        }


def plan_pairs(source: ParallelSource, tasks: Callable[[], Iterable[Task]], seed: int) -> PairPlan:
    """Decide which tasks of a source give which pairs; `tasks` reads them, and is called again to name a mistake.

    Holds nine bytes per task. Raises MixlawError when a pair that the spec lists has no task, none has any, or a task
    is there twice.
    """
    hashes, languages = _overview(tasks(), seed)
    _check_unique(source, hashes, tasks)
    directions = directions_of(source)
    found = {pair: hashes[languages & _bits(pair) == _bits(pair)] for pair in dict.fromkeys(_pairs(directions))}
    missing = [pair for pair, there in found.items() if not there.size]
    if missing and (source.named_pairs or len(missing) == len(found)):
        raise MixlawError(
            f"the parallel source {source.name} has no task with programs in both {missing[0][0]} and {missing[0][1]}; "
            "add one, or correct its pairs"
        )
    there = {pair: np.sort(numbers) for pair, numbers in found.items() if numbers.size}
    scarcest = min(numbers.size for numbers in there.values())
    taken = {pair: scarcest if source.even else numbers.size for pair, numbers in there.items()}
    return PairPlan(
        source=source.name,
        seed=seed,
        counts=tuple(_count(pair, directions, there[pair].size, taken[pair]) for pair in there),
        last={pair: int(numbers[taken[pair] - 1]) for pair, numbers in there.items()},
    )


def _overview(tasks: Iterable[Task], seed: int) -> tuple[NDArray[np.uint64], NDArray[np.uint8]]:
    """Every task's hash, and its languages as bits, in one array each."""
    hashes, languages = array("Q"), array("B")
    for task in tasks:
        hashes.append(_hash(seed, task.name))
        languages.append(_bits(task.programs))
    return np.frombuffer(hashes, np.uint64), np.frombuffer(languages, np.uint8)


def _bits(languages: Iterable[str]) -> int:
    return sum(1 << LANGUAGES.index(language) for language in languages)


def _hash(seed: int, name: str) -> int:
    return int.from_bytes(hashlib.blake2b(f"{seed}\n{name}".encode(), digest_size=8).digest(), "big")


def _pairs(directions: Sequence[Direction]) -> Iterator[Pair]:
    return (pair_of(x, y) for x, y in directions)


def _count(pair: Pair, directions: Sequence[Direction], tasks: int, taken: int) -> PairCount:
    ways = tuple(way for way in directions if pair_of(*way) == pair)
    return PairCount(pair=pair, directions=ways, tasks=tasks, taken=taken)


def _check_unique(source: ParallelSource, hashes: NDArray[np.uint64], tasks: Callable[[], Iterable[Task]]) -> None:
    if np.unique(hashes).size == hashes.size:
        return
    seen: set[str] = set()
    for task in tasks():
        if task.name in seen:
            raise MixlawError(
                f"the parallel source {source.name} has the task {task.name} twice; give each task one row with all "
                "its programs, and its own name"
            )
        seen.add(task.name)
