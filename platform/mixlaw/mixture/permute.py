"""A seeded permutation of 0..n-1 with random access and no memory: a Feistel network with cycle walking.

The order of a terabyte corpus need not be stored or replayed to resume: position i is computed when it is asked for.
"""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import NDArray

_ROUNDS = 4
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)


def permute(index: NDArray[np.int64], n: int, key: str) -> NDArray[np.int64]:
    """Where each index in 0..n-1 is sent by the permutation that `key` names; the result has the shape of `index`.

    Source: Black & Rogaway 2002, "Ciphers with arbitrary finite domains" (cycle walking over a balanced network).
    Raises ValueError for an index outside 0..n-1.
    """
    if n < 1 or (index.size and (index.min() < 0 or index.max() >= n)):
        raise ValueError(f"indices must lie in 0..{n - 1}")
    half_bits = max(1, (max(n - 1, 1).bit_length() + 1) // 2)
    keys = _round_keys(key)
    walked = _feistel(index.astype(np.uint64), half_bits, keys)
    # The network permutes the next power of four: an index that lands outside 0..n-1 walks on until it is inside.
    outside = walked >= n
    while outside.any():
        walked[outside] = _feistel(walked[outside], half_bits, keys)
        outside = walked >= n
    return walked.astype(np.int64)


def _feistel(value: NDArray[np.uint64], half_bits: int, keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
    mask, shift = np.uint64((1 << half_bits) - 1), np.uint64(half_bits)
    left, right = value >> shift, value & mask
    for key in keys:
        left, right = right, left ^ (_mix(right, key) & mask)
    return (left << shift) | right


def _mix(value: NDArray[np.uint64], key: np.uint64) -> NDArray[np.uint64]:
    with np.errstate(over="ignore"):  # arithmetic modulo 2**64 is what is meant
        mixed = (value + key) * _MULTIPLIER
        mixed ^= mixed >> _SHIFT
        mixed *= _MULTIPLIER
    return mixed >> np.uint64(20)


def _round_keys(key: str) -> NDArray[np.uint64]:
    digest = hashlib.sha256(key.encode()).digest()
    return np.frombuffer(digest[: 8 * _ROUNDS], dtype="<u8").astype(np.uint64)
