"""One source of parallel programs in a spec: where its tasks are, and which directions are made of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from mixlaw.corpus.keys import Keys
from mixlaw.trial import LANGUAGES, MixlawError

PIVOT = "python"
"""The language that every pair has on one side unless `pairs` says otherwise (the paper's section 5)."""
ALL = "all"
TASK = "task"
COLUMNS = (TASK, *LANGUAGES)
"""What a row of a table of tasks can hold."""

Direction = tuple[str, str]
"""(from, to)."""
Pair = tuple[str, str]
"""Two languages, in the order of LANGUAGES."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParallelSource:
    """Programs of the same tasks in several languages, and the directions that documents are made of.

    Raises MixlawError for languages that are not known, and for directions that are held out but not made.
    """

    path: str
    """A folder of task folders, or a JSON Lines or Parquet file or glob that fsspec reads."""
    licence: str
    name: str
    pairs: str | tuple[Pair, ...] = PIVOT
    """A language that all pairs have on one side, `all`, or the pairs themselves."""
    held_out: tuple[Direction, ...] = ()
    """Directions that no document shows, however it is organised."""
    even: bool = True
    """Whether every pair gives as many tasks as the scarcest has."""
    columns: Mapping[str, str] = field(default_factory=dict[str, str])
    """Of a table: what `task` and the languages are called in it; other columns are then left alone."""

    def __post_init__(self) -> None:
        _check_pairs(self.pairs)
        _check_held_out(self)
        unknown = sorted(set(self.columns) - set(COLUMNS))
        if unknown:
            raise MixlawError(f"columns: unknown {', '.join(unknown)}; known are {', '.join(COLUMNS)}")

    @property
    def named_pairs(self) -> bool:
        """Whether the pairs are listed one by one, so that each of them is expected in the data."""
        return not isinstance(self.pairs, str)


def pair_of(x: str, y: str) -> Pair:
    """The pair of two languages, whichever comes first."""
    first, second = sorted((x, y), key=LANGUAGES.index)
    return first, second


def wanted_pairs(pairs: str | Iterable[Pair]) -> tuple[Pair, ...]:
    """The pairs that `pairs` names, in the order of LANGUAGES."""
    if not isinstance(pairs, str):
        return tuple(sorted((pair_of(x, y) for x, y in pairs), key=_rank))
    every = [(x, y) for number, x in enumerate(LANGUAGES) for y in LANGUAGES[number + 1 :]]
    return tuple(pair for pair in every if pairs == ALL or pairs in pair)


def directions_of(source: ParallelSource) -> tuple[Direction, ...]:
    """The directions that are made of a source's tasks: both of each pair, without those held out."""
    both = (way for x, y in wanted_pairs(source.pairs) for way in ((x, y), (y, x)))
    return tuple(way for way in both if way not in source.held_out)


def _rank(pair: Pair) -> tuple[int, int]:
    return LANGUAGES.index(pair[0]), LANGUAGES.index(pair[1])


def _check_pairs(pairs: str | tuple[Pair, ...]) -> None:
    if isinstance(pairs, str):
        if pairs != ALL and pairs not in LANGUAGES:
            raise MixlawError(
                f"pairs: unknown {pairs!r}; say one language that all pairs have ({', '.join(LANGUAGES)}), {ALL}, or "
                "a list of pairs such as [[python, go], [java, rust]]"
            )
        return
    if not pairs:
        raise MixlawError(f"pairs: the list is empty; list pairs, or say {PIVOT} or {ALL}")
    seen: set[Pair] = set()
    for x, y in pairs:
        _check_two(x, y, "pairs")
        if pair_of(x, y) in seen:
            raise MixlawError(f"pairs: {x} and {y} are listed twice; a pair stands for both of its directions")
        seen.add(pair_of(x, y))


def _check_held_out(source: ParallelSource) -> None:
    made = wanted_pairs(source.pairs)
    for x, y in source.held_out:
        _check_two(x, y, "held_out")
        if pair_of(x, y) not in made:
            raise MixlawError(
                f"held_out: {x} to {y} is not made in the first place: its pair is not among `pairs`; remove it, or "
                "correct `pairs`"
            )
        if source.held_out.count((x, y)) > 1:
            raise MixlawError(f"held_out: {x} to {y} is listed twice")
    if not directions_of(source):
        raise MixlawError("held_out: every direction is held out, so nothing is made of the source; hold out fewer")


def _check_two(x: str, y: str, key: str) -> None:
    for language in (x, y):
        if language not in LANGUAGES:
            raise MixlawError(f"{key}: unknown language {language!r}; known are {', '.join(LANGUAGES)}")
    if x == y:
        raise MixlawError(f"{key}: {x} cannot be paired with itself")


def parallel_source_of(keys: Keys) -> ParallelSource:
    """Read one entry of a spec's `parallel`. Raises MixlawError naming file and key."""
    pairs = keys.value("pairs", PIVOT)
    values: dict[str, Any] = {
        "path": keys.text("path"),
        "licence": keys.text("licence"),
        "name": keys.text("name"),
        "pairs": pairs if isinstance(pairs, str) else _twos(pairs, "pairs", keys.where),
        "held_out": _twos(keys.value("held_out", []), "held_out", keys.where),
        "even": keys.flag("even", True),
        "columns": keys.mapping("columns"),
    }
    keys.done()
    try:
        return ParallelSource(**values)
    except MixlawError as error:
        raise MixlawError(f"{keys.where}: {error}") from error


def _twos(value: object, key: str, where: str) -> tuple[tuple[str, str], ...]:
    entries = cast(list[object], value) if isinstance(value, list) else [value]
    twos: list[tuple[str, str]] = []
    for entry in entries:
        match entry:
            case [str(x), str(y)]:
                twos.append((x, y))
            case _:
                raise MixlawError(
                    f"{where}: {key}: expected a list of lists of two languages, such as [[python, go]], got {entry!r}"
                )
    return tuple(twos)


def check_parallel(sources: Iterable[ParallelSource], where: str) -> None:
    """Refuse two sources of one name, and a direction that one source holds out and another makes.

    Raises MixlawError; `where` names the spec.
    """
    sources = list(sources)
    for number, source in enumerate(sources):
        for other in sources[number + 1 :]:
            if source.name == other.name:
                raise MixlawError(f"{where}: parallel: two sources are named {source.name}; each needs its own name")
    for holding in sources:
        for source in sources:
            leak = sorted(set(holding.held_out) & set(directions_of(source)))
            if leak:
                x, y = leak[0]
                raise MixlawError(
                    f"{where}: parallel: {holding.name} holds out {x} to {y}, but {source.name} makes it; add "
                    f"[{x}, {y}] to its held_out too"
                )
