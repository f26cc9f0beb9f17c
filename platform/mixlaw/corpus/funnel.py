"""The funnel: how many documents and bytes each step lets through, by domain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(slots=True, kw_only=True)
class FunnelRow:
    """What one step took in and let out of one domain."""

    step: str
    domain: str
    documents_in: int = 0
    documents_out: int = 0
    bytes_in: int = 0
    bytes_out: int = 0


class Funnel:
    """Counts by step and domain, in the order in which steps were first counted."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str], FunnelRow] = {}
        self.undecodable: list[str] = []
        """The first few files that are not text, and the byte at which they are not."""

    def count(self, step: str, domain: str, bytes_in: int, bytes_out: int | None) -> None:
        """Count one document; `bytes_out` is None when the step dropped it."""
        kept = bytes_out is not None
        self.add(
            FunnelRow(
                step=step,
                domain=domain,
                documents_in=1,
                documents_out=int(kept),
                bytes_in=bytes_in,
                bytes_out=bytes_out if kept else 0,
            )
        )

    def add(self, more: FunnelRow) -> None:
        """Count many documents of one step and domain."""
        row = self._rows.setdefault((more.step, more.domain), FunnelRow(step=more.step, domain=more.domain))
        row.documents_in += more.documents_in
        row.documents_out += more.documents_out
        row.bytes_in += more.bytes_in
        row.bytes_out += more.bytes_out

    def add_counts(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Count what another process counted, as plain records of FunnelRow."""
        for row in rows:
            self.add(FunnelRow(**row))

    def all_rows(self) -> list[FunnelRow]:
        """Every row, in the order in which they were first counted."""
        return list(self._rows.values())

    def rows(self, steps: Iterable[str], domains: Iterable[str]) -> list[FunnelRow]:
        """The rows in a fixed order, whatever order the documents came in."""
        order = list(domains)
        return [self._rows[step, domain] for step in steps for domain in order if (step, domain) in self._rows]
