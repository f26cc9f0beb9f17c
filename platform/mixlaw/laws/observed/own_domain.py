"""Which weight column is a loss column's own domain, found from their names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_WORD = re.compile(r"[^\W_]+")


def match_domains(targets: Sequence[str], weights: Sequence[str]) -> dict[str, int]:
    """The index in `weights` of each target's own domain, for targets that have one.

    Names are compared as words (runs of letters and digits, case ignored) after leading and trailing words that all
    targets have, or all weights have, are taken off: `weight_arxiv` and `arxiv_loss` are both arxiv. As many words are
    taken off as matches most targets, so that `pubmed` in `pubmed_central` is not lost because all targets begin with
    it. Only equal names match; where two ways of taking words off match equally many and differ, nothing is matched.
    """
    found: list[dict[str, int]] = []
    for bare_weights in _stripped(weights):
        place = {name: j for j, name in enumerate(bare_weights) if bare_weights.count(name) == 1}
        for bare_targets in _stripped(targets):
            matched = {t: place[name] for t, name in zip(targets, bare_targets, strict=True) if name in place}
            if matched:
                found.append(matched)
    most = max(map(len, found), default=0)
    best = [matched for matched in found if len(matched) == most]
    return best[0] if best and all(matched == best[0] for matched in best) else {}


def _stripped(names: Sequence[str]) -> Iterator[list[str]]:
    """The names less 0, 1, ... common leading and trailing words, as one lower-case word each; never empty."""
    words = [_WORD.findall(name.lower()) for name in names]
    if not words or not all(words):
        return
    first, last = _common(words), _common([list(reversed(w)) for w in words])
    shortest = min(map(len, words))
    for leading in range(min(first, shortest - 1) + 1):
        for trailing in range(min(last, shortest - 1 - leading) + 1):
            yield ["".join(w[leading : len(w) - trailing]) for w in words]


def _common(words: Sequence[Sequence[str]]) -> int:
    """How many leading words all share."""
    n = 0
    for column in zip(*words, strict=False):
        if len(set(column)) > 1:
            break
        n += 1
    return n
