"""The funnel: how many documents and bytes each step lets through, by domain."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


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

    def count(self, step: str, domain: str, bytes_in: int, bytes_out: int | None) -> None:
        """Count one document; `bytes_out` is None when the step dropped it."""
        row = self._rows.setdefault((step, domain), FunnelRow(step=step, domain=domain))
        row.documents_in += 1
        row.bytes_in += bytes_in
        if bytes_out is not None:
            row.documents_out += 1
            row.bytes_out += bytes_out

    def rows(self, steps: Iterable[str], domains: Iterable[str]) -> list[FunnelRow]:
        """The rows in a fixed order, whatever order the documents came in."""
        order = list(domains)
        return [self._rows[step, domain] for step in steps for domain in order if (step, domain) in self._rows]
