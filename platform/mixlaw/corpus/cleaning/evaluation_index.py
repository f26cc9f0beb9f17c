"""Find evaluation texts in training documents: whole, as a part, or in large part.

Three matches, each insensitive to case, indentation, line ends and blank lines:

- `exact`: the document is the evaluation text;
- `contains`: the text stands somewhere in the document, as The Stack looks for benchmarks (Kocetkov et al. 2022,
  arXiv:2211.15533) and StarCoder for their docstrings and solutions (Li et al. 2023, arXiv:2305.06161);
- `n-gram`: runs of ten words that both have (the length of Qwen2.5-Coder, arXiv:2409.12186) cover at least half of the
  text's own words, the share of Tulu 3 (Lambert et al. 2024, arXiv:2411.15124), and at least thirty of them. Half a
  text and not any run, because one shared run of ten words is common among programs that never met.

Boilerplate says nothing: a run that stands in three tasks of the same source and language (a `main` that reads
numbers, a benchmark's imports) belongs to no text, and a text with no run of its own, or with fewer than ten words,
is only looked for as a whole document; `EvaluationIndex.sources` counts those.

`canary` strings are looked for in every document as well, as BIG-bench asks (Srivastava et al. 2022,
arXiv:2206.04615).

Not found: paraphrases, translations into another programming language, and copies in which so many identifiers were
renamed that fewer than half of the words lie in an unbroken run of ten.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import repeat
from typing import Literal

import numpy as np
import numpy.typing as npt

NGRAM_WORDS = 10
MIN_SHARE = 0.5
"""Of the words of an evaluation text that lie in runs of its own."""
MIN_WORDS = 3 * NGRAM_WORDS
"""That an n-gram match must cover, however short the text: small programs of different tasks share up to twenty."""
COMMON_TASKS = 3
"""A run of words that so many tasks of one source and language share is boilerplate."""
RULES: dict[str, float] = {
    "ngram_words": NGRAM_WORDS,
    "min_share": MIN_SHARE,
    "min_words": MIN_WORDS,
    "common_tasks": COMMON_TASKS,
}
Kind = Literal["canary", "exact", "contains", "n-gram"]
KINDS: tuple[Kind, ...] = ("canary", "exact", "contains", "n-gram")
"""The strongest evidence first."""

_BLANKS = b" \t\r\n\f\v"
_LOWER = bytes(range(256)).lower()
# Letters, digits, underscores and every byte beyond ASCII are parts of words; the rest separates them.
_WORDS = bytes(c if c >= 128 or chr(c).isalnum() or c == ord("_") else ord(" ") for c in range(256)).lower()


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class EvaluationText:
    """A text that no model may have been trained on, and what people call it."""

    source: str
    """Where it comes from: a benchmark's file name, say. Tasks are compared within a source."""
    task: str
    language: str = ""
    part: str = "program"
    """What of the task it is: program, prompt, tests, solution."""
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The strongest match of a document."""

    kind: Kind
    source: str
    task: str = ""
    language: str = ""
    part: str = ""
    share: float = 1.0
    """Of the text's own words that runs of ten words common to both cover; 1 when the text was found as it is."""
    texts: int = 1
    """How many evaluation texts the document matches: a copy of a whole benchmark matches all of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    """An evaluation text made ready. `own` holds (first word, n-gram) of each run that is the text's own."""

    text: EvaluationText
    squeezed: bytes
    own: tuple[tuple[int, int], ...]
    own_words: int


class EvaluationIndex:
    """The evaluation texts, ready to be looked for. Never changes; depends on the set of texts, not on their order.

    Memory: about 400 bytes for each of the texts' own n-grams. Documents are looked at one by one.
    """

    def __init__(self, texts: Iterable[EvaluationText], *, canaries: Mapping[str, str] | None = None) -> None:
        """`canaries` maps a source's name to its canary string."""
        found = sorted({text for text in texts if text.text.strip()})
        self.fingerprint = _fingerprint(found, canaries or {})
        self._canaries = {squeezed(canary): source for source, canary in sorted((canaries or {}).items())}
        self._vocabulary, self._ngrams, self._items = _ready(found)
        self._items_of = _postings(self._items)
        self._whole = {item.squeezed: item for item in reversed(self._items)}
        self.sources = _counts(self._items)
        self.n_canaries = len(self._canaries)

    def match(self, text: str) -> Match | None:
        """The strongest match of a document's text with an evaluation text, or None."""
        data = _bytes(text)
        squeezed_text = data.translate(_LOWER, _BLANKS)
        for canary, source in self._canaries.items():
            if canary in squeezed_text:
                return Match(kind="canary", source=source)
        matches = [
            match
            for item, shared in self._candidates(data)
            if (match := _compared(item, squeezed_text, shared)) is not None
        ]
        if whole := self._whole.get(squeezed_text):
            matches.append(_match(whole, "exact"))
        if not matches:
            return None
        texts = {(match.source, match.task, match.language, match.part) for match in matches}
        best = min(matches, key=lambda match: (KINDS.index(match.kind), -match.share, _name(match)))
        return replace(best, texts=len(texts))

    def _candidates(self, data: bytes) -> Iterator[tuple[_Item, frozenset[int]]]:
        """The items that share an n-gram of their own with the document, and all n-grams that it has of any item."""
        shared = self._shared(data.translate(_WORDS).split())
        for number in sorted({item for ngram in shared for item in self._items_of[ngram]}):
            yield self._items[number], shared

    def _shared(self, words: Sequence[bytes]) -> frozenset[int]:
        if len(words) < NGRAM_WORDS:
            return frozenset()
        ids = np.fromiter(map(self._vocabulary.get, words, repeat(0)), dtype=np.int32, count=len(words))
        return frozenset(ngram for key in _known_runs(ids) if (ngram := self._ngrams.get(key)) is not None)


def squeezed(text: str) -> bytes:
    """A text in lower case without blanks, tabs and line ends: what remains when only the layout changes."""
    return _bytes(text).translate(_LOWER, _BLANKS)


def _bytes(text: str) -> bytes:
    # Records in JSON may hold half of a surrogate pair, which plain UTF-8 refuses.
    return text.removeprefix("\ufeff").encode(errors="surrogatepass")


def _known_runs(ids: npt.NDArray[np.int32]) -> Iterator[bytes]:
    """The runs of ten words that are all in the vocabulary (id above 0), as bytes."""
    known = np.concatenate(([0], np.cumsum(ids > 0)))
    starts = np.flatnonzero(known[NGRAM_WORDS:] - known[:-NGRAM_WORDS] == NGRAM_WORDS)
    if not len(starts):
        return
    runs = np.lib.stride_tricks.sliding_window_view(ids, NGRAM_WORDS)[starts].tobytes()
    width = NGRAM_WORDS * ids.itemsize
    for start in range(0, len(runs), width):
        yield runs[start : start + width]


def _compared(item: _Item, document: bytes, shared: frozenset[int]) -> Match | None:
    """Whether an item with some n-gram in `shared` is in the document as it is, or in large part."""
    if item.squeezed in document:
        return _match(item, "exact" if len(item.squeezed) == len(document) else "contains")
    covered = _covered(start for start, ngram in item.own if ngram in shared)
    share = covered / item.own_words
    return _match(item, "n-gram", share) if covered >= MIN_WORDS and share >= MIN_SHARE else None


def _covered(starts: Iterable[int]) -> int:
    """How many words runs that begin at `starts` (ascending) cover."""
    covered = end = 0
    for start in starts:
        covered += start + NGRAM_WORDS - max(start, end)
        end = start + NGRAM_WORDS
    return covered


def _match(item: _Item, kind: Kind, share: float = 1.0) -> Match:
    text = item.text
    return Match(
        kind=kind, source=text.source, task=text.task, language=text.language, part=text.part, share=round(share, 4)
    )


def _name(match: Match) -> tuple[str, str, str, str]:
    return match.source, match.task, match.language, match.part


def _ready(texts: Sequence[EvaluationText]) -> tuple[dict[bytes, int], dict[bytes, int], list[_Item]]:
    """The words and the n-grams that belong to texts, numbered, and the texts with the n-grams that are theirs."""
    runs = [_runs(text.text) for text in texts]
    is_common = _common(texts, runs)
    vocabulary: dict[bytes, int] = {}
    ngrams: dict[bytes, int] = {}
    items: list[_Item] = []
    for text, mine in zip(texts, runs, strict=True):
        own = [(start, run) for start, run in enumerate(mine) if not is_common(text, run)]
        numbered = [(start, _number(run, vocabulary, ngrams)) for start, run in own]
        items.append(
            _Item(
                text=text,
                squeezed=squeezed(text.text),
                own=tuple(numbered),
                own_words=_covered(start for start, _ in own),
            )
        )
    return vocabulary, ngrams, items


_Run = tuple[bytes, ...]


def _runs(text: str) -> list[_Run]:
    words = _bytes(text).translate(_WORDS).split()
    return [tuple(words[start : start + NGRAM_WORDS]) for start in range(len(words) - NGRAM_WORDS + 1)]


def _common(texts: Sequence[EvaluationText], runs: Sequence[list[_Run]]) -> Callable[[EvaluationText, _Run], bool]:
    """Whether a run of words is shared by so many tasks of a text's source and language that it is boilerplate."""
    in_tasks: dict[tuple[str, str, str], set[_Run]] = defaultdict(set)
    for text, mine in zip(texts, runs, strict=True):
        in_tasks[text.source, text.language, text.task].update(mine)
    tasks: dict[tuple[str, str], Counter[_Run]] = defaultdict(Counter)
    for (source, language, _), mine in in_tasks.items():
        tasks[source, language].update(mine)
    return lambda text, run: tasks[text.source, text.language][run] >= COMMON_TASKS


def _number(run: _Run, vocabulary: dict[bytes, int], ngrams: dict[bytes, int]) -> int:
    ids = [vocabulary.setdefault(word, len(vocabulary) + 1) for word in run]
    return ngrams.setdefault(np.array(ids, dtype=np.int32).tobytes(), len(ngrams))


def _postings(items: Sequence[_Item]) -> dict[int, list[int]]:
    """The items of each n-gram."""
    postings: dict[int, list[int]] = defaultdict(list)
    for number, item in enumerate(items):
        for ngram in {ngram for _, ngram in item.own}:
            postings[ngram].append(number)
    return dict(postings)


def _counts(items: Sequence[_Item]) -> dict[str, dict[str, int]]:
    """By source: tasks, texts, and how many texts have no run of their own and so are only found whole."""
    tasks: dict[str, set[str]] = defaultdict(set)
    for item in items:
        tasks[item.text.source].add(item.text.task)
    texts = Counter(item.text.source for item in items)
    whole = Counter(item.text.source for item in items if not item.own)
    return {
        source: {"tasks": len(tasks[source]), "texts": texts[source], "only_whole": whole[source]}
        for source in sorted(tasks)
    }


def _fingerprint(texts: Sequence[EvaluationText], canaries: Mapping[str, str]) -> str:
    """64 hexadecimal digits of the texts with their names, the canaries and the rules."""
    named = [asdict(text) for text in texts]
    canonical = json.dumps([RULES, sorted(canaries.items()), named], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
