"""Which domain each row of training comes from: exact shares at every prefix, in closed form.

The domains are the leaves of a binary tree. A node that has emitted r rows has sent floor(r * q + 1/2) of them to its
left child, q being the left child's part of the node's share. So both "which domain is row r" and "how many rows of
that domain came before it" are a few roundings: nothing is drawn at random, nothing is stored, nothing is replayed to
resume, and every worker can compute its own rows. Each rounding is off by at most a half row, so at every prefix each
domain is within two rows of its exact share (for up to sixteen domains), whatever the length of the run.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class _Leaf:
    domain: int


@dataclass(frozen=True, slots=True)
class _Split:
    fraction: float
    left: _Leaf | _Split
    right: _Leaf | _Split


@dataclass(frozen=True, slots=True)
class Interleave:
    """The order of domains for given shares. `domains[i]` is what the code i stands for."""

    domains: tuple[str, ...]
    root: _Leaf | _Split

    @classmethod
    def of(cls, shares: Mapping[str, float]) -> Interleave:
        """Build from shares > 0 that sum to 1."""
        domains = tuple(shares)
        return cls(domains, _build(list(range(len(domains))), [shares[d] for d in domains]))

    def assign(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """For row numbers >= 0: the domain code of each, and how many rows of that domain came before it."""
        codes = np.empty(rows.shape, np.int64)
        ranks = np.empty(rows.shape, np.int64)
        _descend(self.root, rows, np.arange(rows.size), codes, ranks)
        return codes, ranks

    def counts(self, n_rows: int) -> dict[str, int]:
        """How many of the first n_rows rows come from each domain."""
        found: dict[str, int] = {}
        stack: list[tuple[_Leaf | _Split, int]] = [(self.root, n_rows)]
        while stack:
            node, rows = stack.pop()
            if isinstance(node, _Leaf):
                found[self.domains[node.domain]] = rows
            else:
                left = int(_to_left(np.array([rows]), node.fraction)[0])
                stack += [(node.left, left), (node.right, rows - left)]
        return {domain: found[domain] for domain in self.domains}


def _to_left(rows: NDArray[np.int64], fraction: float) -> NDArray[np.int64]:
    return np.floor(rows * fraction + 0.5).astype(np.int64)


def _descend(
    node: _Leaf | _Split,
    rows: NDArray[np.int64],
    places: NDArray[np.int64],
    codes: NDArray[np.int64],
    ranks: NDArray[np.int64],
) -> None:
    if isinstance(node, _Leaf):
        codes[places] = node.domain
        ranks[places] = rows
        return
    before = _to_left(rows, node.fraction)
    goes_left = _to_left(rows + 1, node.fraction) > before
    _descend(node.left, before[goes_left], places[goes_left], codes, ranks)
    _descend(node.right, (rows - before)[~goes_left], places[~goes_left], codes, ranks)


def _build(domains: Sequence[int], shares: Sequence[float]) -> _Leaf | _Split:
    if len(domains) == 1:
        return _Leaf(domains[0])
    middle = len(domains) // 2
    left, total = sum(shares[:middle]), sum(shares)
    return _Split(left / total, _build(domains[:middle], shares[:middle]), _build(domains[middle:], shares[middle:]))
