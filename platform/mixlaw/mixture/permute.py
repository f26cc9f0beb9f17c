"""A seeded permutation of 0..n-1 with random access and little memory: a Feistel network over a rectangle.

The order of a terabyte corpus need not be stored or replayed to resume: position i is computed when it is asked for,
from eight tables of about the square root of n numbers.
"""

from __future__ import annotations

import functools
import hashlib
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_ROUNDS = 4
_MULTIPLIERS = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))
_STEP = np.uint64(0x9E3779B97F4A7C15)

Index = NDArray[np.int64]


class _Network(NamedTuple):
    """Round functions of a rectangle of `height` rows and 2**bits columns that holds 0..n-1."""

    height: int
    bits: int
    rounds: tuple[tuple[Index, Index], ...]
    """Per round: how far the rows of each column move down (cyclically), (2**bits,); what each row's columns are
    combined with by exclusive or, (height,)."""


def permute(index: Index, n: int, key: str) -> Index:
    """Where each index in 0..n-1 is sent by the permutation that `key` names; the result has the shape of `index`.

    Source: Black & Rogaway 2002, "Ciphers with arbitrary finite domains" (generalised Feistel network, cycle walking).
    Raises ValueError for an index outside 0..n-1.
    """
    if n < 1 or (index.size and (index.min() < 0 or index.max() >= n)):
        raise ValueError(f"indices must lie in 0..{n - 1}")
    network = _network(n, key)
    walked = _walk(index, network)
    # The rectangle has up to a column's worth more places than n: who lands there walks on until inside.
    while (outside := np.flatnonzero(walked >= n)).size:
        walked[outside] = _walk(walked[outside], network)
    return walked


def _walk(value: Index, network: _Network) -> Index:
    height, bits, rounds = network
    row, column = value >> bits, value & ((1 << bits) - 1)
    for down, across in rounds:
        row = row + down[column]
        row -= height * (row >= height)
        column = column ^ across[row]
    return (row << bits) | column


@functools.lru_cache(maxsize=64)
def _network(n: int, key: str) -> _Network:
    bits = n.bit_length() // 2
    height = -(-n >> bits)
    rounds = [
        (
            _numbers(f"{key}/{turn}/down", 1 << bits) % np.uint64(height),
            _numbers(f"{key}/{turn}/across", height) & np.uint64((1 << bits) - 1),
        )
        for turn in range(_ROUNDS)
    ]
    return _Network(height, bits, tuple((down.astype(np.int64), across.astype(np.int64)) for down, across in rounds))


def _numbers(key: str, n: int) -> NDArray[np.uint64]:
    """n uniform 64-bit numbers (Steele, Lea & Flood 2014, SplitMix64), the same on every machine and version."""
    seed = np.frombuffer(hashlib.sha256(key.encode()).digest()[:8], dtype="<u8").astype(np.uint64)
    mixed = seed + np.arange(1, n + 1, dtype=np.uint64) * _STEP
    mixed = (mixed ^ (mixed >> np.uint64(30))) * _MULTIPLIERS[0]
    mixed = (mixed ^ (mixed >> np.uint64(27))) * _MULTIPLIERS[1]
    return mixed ^ (mixed >> np.uint64(31))
