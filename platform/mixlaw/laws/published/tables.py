"""Tables 1 to 3 of arXiv:2512.13472 as rows for people; the numbers are those of `mixlaw.laws.published.constants`."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from mixlaw.laws.published.constants import (
    L_INF_ORDER,
    PAPER,
    PASS_AT_1,
    PASS_AT_1_SIZES,
    SELF_REPETITION_LOSS,
    SYNERGY,
    TRANSLATION,
)
from mixlaw.trial import LANGUAGES


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedTable:
    """A table as printed; an empty cell was not printed."""

    name: str
    source: str
    what: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caveat: str

    def to_json(self) -> dict[str, Any]:
        """A plain dict of literals."""
        return dataclasses.asdict(self)


def _synergy() -> PublishedTable:
    rows = [
        (target, *(_number(SYNERGY.get((target, other))) for other in LANGUAGES), f"{SELF_REPETITION_LOSS[target]:.2f}")
        for target in LANGUAGES
    ]
    return PublishedTable(
        name="synergy",
        source=f"{PAPER}, Table 1",
        what="percent by which an auxiliary language (column) lowers the target's loss (row) against repeating it",
        columns=("target", *LANGUAGES, "repeated"),
        rows=tuple(rows),
        caveat="positive is better; the paper's Eq. 2 subtracts the other way round, and its text is right; "
        "`repeated` is the loss after 64B + 64B tokens of the target alone, nats per token; one run of each",
    )


def _translation() -> PublishedTable:
    def law(source: str, target: str) -> str:
        return ", ".join(f"{value:.2f}" for value in TRANSLATION.get((source, target), ()))

    return PublishedTable(
        name="translation",
        source=f"{PAPER}, Table 2",
        what="A, B, alpha_N, alpha_D of the translation loss from a language (row) to another (column), baseline model",
        columns=("from", *LANGUAGES),
        rows=tuple((source, *(law(source, target) for target in LANGUAGES)) for source in LANGUAGES),
        caveat="L_inf was not printed, so these give slopes and no losses; the unit of N and D is not stated",
    )


def _pass_at_1() -> PublishedTable:
    rows = [(language, *(f"{a:.2f} / {b:.2f}" for a, b in pairs)) for language, pairs in PASS_AT_1.items()]
    return PublishedTable(
        name="pass-at-1",
        source=f"{PAPER}, Table 3",
        what="MultiPL-E Pass@1 in percent, shuffled / paired data, by model size",
        columns=("language", *PASS_AT_1_SIZES),
        rows=tuple(rows),
        caveat="one model each, without intervals; Go and Rust were not printed",
    )


def _order() -> PublishedTable:
    return PublishedTable(
        name="irreducible-order",
        source=f"{PAPER}, section 3",
        what="languages by irreducible loss, lowest first",
        columns=("place", "language"),
        rows=tuple((str(place), language) for place, language in enumerate(L_INF_ORDER, start=1)),
        caveat="the values were not printed; Java and Rust are about equal",
    )


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


PUBLISHED_TABLES: dict[str, PublishedTable] = {
    table.name: table for table in (_synergy(), _translation(), _pass_at_1(), _order())
}
