"""Which domain each row of training comes from: exact shares in every window, in closed form.

Rows are counted off in blocks of 1,000. A domain with a share of 0.3456 has 345 rows of every block, at the same
columns, and competes with the others' fractions for the few columns that are left, the spare ones: it has one of them
in 60 of 100 blocks. A domain that has a spare column in two blocks in a row has the same one in both. So any 1,000
consecutive rows, wherever they begin, hold each column once and no domain twice among the spare ones: 345 or 346 rows.

Who has a spare column when is a proportionate-fair schedule, which also keeps every prefix close to its share. After
1,000 blocks it begins anew, so that tables of a few thousand entries answer for any row: nothing is drawn at random,
nothing is replayed to resume, and every worker computes its own rows. Shares count to six decimals.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mixlaw.mixture.fair import fair_schedule

WINDOW = 1_000
"""Rows over which every domain's count is within one row of its share."""
_BLOCKS = 1_000
PERIOD = WINDOW * _BLOCKS
"""Rows after which the order begins anew, up to who has which spare column; the unit of shares."""

Index = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Interleave:
    """The order of domains for given shares. `domains[i]` is what the code i stands for."""

    domains: tuple[str, ...]
    shares: tuple[float, ...]

    @classmethod
    def of(cls, shares: Mapping[str, float]) -> Interleave:
        """Build from shares > 0 that sum to 1; each gets at least one row in a million."""
        return cls(tuple(shares), tuple(shares.values()))

    def assign(self, rows: Index) -> tuple[Index, Index]:
        """For row numbers >= 0: the domain code of each, and how many rows of that domain came before it."""
        return _tables(self.shares).assign(rows)

    def counts(self, n_rows: int) -> dict[str, int]:
        """How many of the first n_rows rows come from each domain."""
        counted = _tables(self.shares).counts(n_rows)
        return dict(zip(self.domains, counted.tolist(), strict=True))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Tables:
    """What answers for any row: of d domains, c columns of a block, s spare columns, b blocks, k kinds of period."""

    per_period: Index
    """(d,) rows of each domain."""
    per_block: Index
    """(d,) those at fixed columns."""
    owner: Index
    """(c,) the domain of a fixed column; -1 - s for a spare one."""
    fixed_before: Index
    """(c, d) rows at fixed columns before a column."""
    holder: Index
    """(b, k, s) the domain that has a spare column."""
    held: Index
    """(b, k, d) the spare column that a domain has; beyond the block for none."""
    spares_before: Index
    """(b, d) spare rows before a block."""

    def assign(self, rows: Index) -> tuple[Index, Index]:
        periods, blocks, columns = _place(rows)
        kinds = periods % self.held.shape[1]
        codes = self.owner[columns]
        spare = np.flatnonzero(codes < 0)
        codes[spare] = self.holder[blocks[spare], kinds[spare], -1 - codes[spare]]
        return codes, self._before(periods, blocks, columns, kinds, codes)

    def counts(self, n_rows: int) -> Index:
        domains = np.arange(len(self.per_period))
        periods, blocks, columns = _place(np.full_like(domains, n_rows))
        return self._before(periods, blocks, columns, periods % self.held.shape[1], domains)

    def _before(self, periods: Index, blocks: Index, columns: Index, kinds: Index, codes: Index) -> Index:
        """Rows of the domains `codes` before a place."""
        before = periods * self.per_period[codes] + blocks * self.per_block[codes]
        before += self.spares_before[blocks, codes] + self.fixed_before[columns, codes]
        return before + (self.held[blocks, kinds, codes] < columns)


def _place(rows: Index) -> tuple[Index, Index, Index]:
    """Period, block within it and column within that."""
    blocks = rows // WINDOW
    periods = blocks // _BLOCKS
    return periods, blocks - periods * _BLOCKS, rows - blocks * WINDOW


@functools.lru_cache(maxsize=64)
def _tables(shares: tuple[float, ...]) -> _Tables:
    per_period = quantised(shares)
    domains = np.arange(len(shares))
    per_block, fractions = np.divmod(per_period, _BLOCKS)
    n_spares = WINDOW - int(per_block.sum())
    owner = fair_schedule([*per_block.tolist(), n_spares], WINDOW)[:, 0]
    spare_columns = np.flatnonzero(owner == len(shares))
    owner[spare_columns] = -1 - np.arange(n_spares)
    seats, turn = _seated(fair_schedule(fractions.tolist(), _BLOCKS))
    # A period ends with the domains of its first block on other seats: the next one is the same with seats renamed.
    holder = np.stack([seats[:, np.argsort(renamed)] for renamed in _powers(turn)], axis=1)
    held = np.full((*holder.shape[:2], len(shares)), WINDOW)
    np.put_along_axis(held, holder, np.broadcast_to(spare_columns, holder.shape), axis=2)
    return _Tables(
        per_period=per_period,
        per_block=per_block,
        owner=owner,
        fixed_before=_counted(owner[:, None] == domains),
        holder=holder,
        held=held,
        spares_before=_counted(held[:, 0] < WINDOW),
    )


def quantised(shares: Sequence[float]) -> Index:
    """Rows of each domain in a period, (d,): by largest remainder, at least one."""
    exact = np.array(shares) * PERIOD
    rows = np.maximum(np.floor(exact).astype(np.int64), 1)
    for _ in range(PERIOD - int(rows.sum())):
        rows[np.argmax(exact - rows)] += 1
    # What the smallest were given, others lack: those who have it to spare without leaving their count of whole rows.
    floor = _BLOCKS * (np.ceil(exact / _BLOCKS).astype(np.int64) - 1)
    for _ in range(int(rows.sum()) - PERIOD):
        rows[np.argmax(rows - np.maximum(floor, 1))] -= 1
    return rows


def _seated(members: Index) -> tuple[Index, Index]:
    """Who sits where, (b, s), when all keep their seats who stay; and where each first seat's holder ends up, (s,)."""
    seats = members[0].tolist()
    order: list[list[int]] = []
    for present in [*members.tolist(), members[0].tolist()]:
        newcomers = iter([domain for domain in present if domain not in seats])
        seats = [domain if domain in present else next(newcomers) for domain in seats]
        order.append(seats)
    return np.array(order[:-1], np.int64).reshape(members.shape), np.array([seats.index(d) for d in order[0]], np.int64)


def _powers(turn: Index) -> list[Index]:
    """0, 1, 2, ... times the permutation, until it is the identity again."""
    powers = [np.arange(len(turn))]
    while not np.array_equal(turn[powers[-1]], powers[0]):
        powers.append(turn[powers[-1]])
    return powers


def _counted(present: NDArray[np.bool_]) -> Index:
    """How many came before each place, along the first axis."""
    return np.cumsum(present, axis=0) - present
