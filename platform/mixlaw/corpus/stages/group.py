"""A group: the documents of one split and domain (and organisation), in the order in which they are taken."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from mixlaw.corpus.split import Split
from mixlaw.trial import PARALLEL, Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Documents that make one token stream."""

    split: Split
    domain: str
    organisation: Organisation = "shuffled"
    documents: pl.DataFrame
    """Rows of the index (`stages/index.py`), first taken first."""
    max_tokens: int

    @property
    def name(self) -> str:
        """Fit for a file name; only `parallel` has organisations."""
        return f"{self.split}-{self.stream}"

    @property
    def stream(self) -> str:
        """What the stream's files are called within the split: `python`, `parallel.paired-direct`."""
        return f"{self.domain}.{self.organisation}" if self.domain == PARALLEL else self.domain
