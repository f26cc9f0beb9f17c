"""Token shards on disk, and the manifest that describes them. The format is documented in docs/corpus.md.

CORPUS/
  manifest.json                     written last
  tokenizer.json
  documents.parquet                 one row per document: where it lies, where it came from
  tokens/<split>/<domain>.npy       1-D uint16 or uint32; `parallel` as <domain>.<organisation>.npy
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from mixlaw.corpus.document import Document
from mixlaw.corpus.sources.fetch import sha256_of
from mixlaw.corpus.split import seeded_hash
from mixlaw.trial import PARALLEL

FORMAT = "mixlaw-corpus"
FORMAT_VERSION = 1
MANIFEST = "manifest.json"
TOKENIZER = "tokenizer.json"
DOCUMENTS = "documents.parquet"

Encoded = tuple[Document, npt.NDArray[np.unsignedinteger]]
"""A document and its token ids, the end mark included."""

_DOCUMENT_SCHEMA = pl.Schema(
    {
        "split": pl.String,
        "domain": pl.String,
        "organisation": pl.String,
        "start": pl.Int64,
        "tokens": pl.Int64,
        "bytes": pl.Int64,
        "project": pl.String,
        "path": pl.String,
        "licence": pl.String,
        "sha256": pl.String,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """One token file. `text_bytes` is UTF-8 bytes of the text, `tokens` counts the end marks too."""

    split: str
    domain: str
    organisation: str
    file: str
    tokens: int
    documents: int
    text_bytes: int
    file_bytes: int
    sha256: str


def shard_file(split: str, domain: str, organisation: str) -> str:
    """Where a shard lies within the corpus folder; only `parallel` has organisations."""
    name = f"{domain}.{organisation}" if domain == PARALLEL else domain
    return f"tokens/{split}/{name}.npy"


class ShardWriter:
    """Writes token files into a folder and collects the index of documents."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder = folder
        self._seed = seed
        self.index: list[dict[str, Any]] = []
        """One row per document, in the order of writing."""

    def write(self, split: str, domain: str, organisation: str, encoded: Iterable[Encoded]) -> Shard:
        """Write one token file: the documents in an order shuffled by the seed."""
        ordered = sorted(encoded, key=lambda pair: self._order(pair[0]))
        file = shard_file(split, domain, organisation)
        path = self._folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        tokens = np.concatenate([ids for _, ids in ordered])
        np.save(path, tokens, allow_pickle=False)
        start = 0
        for document, ids in ordered:
            self.index.append(_row(document, split, organisation, start, len(ids)))
            start += len(ids)
        return Shard(
            split=split,
            domain=domain,
            organisation=organisation,
            file=file,
            tokens=len(tokens),
            documents=len(ordered),
            text_bytes=sum(document.n_bytes for document, _ in ordered),
            file_bytes=path.stat().st_size,
            sha256=sha256_of(path),
        )

    def _order(self, document: Document) -> str:
        return seeded_hash(self._seed, f"order {document.sha256} {document.project}/{document.path}")

    def write_index(self) -> None:
        """Write the index of documents."""
        pl.DataFrame(self.index, schema=_DOCUMENT_SCHEMA).write_parquet(self._folder / DOCUMENTS)


def _row(document: Document, split: str, organisation: str, start: int, tokens: int) -> dict[str, Any]:
    return {
        "split": split,
        "domain": document.domain,
        "organisation": organisation,
        "start": start,
        "tokens": tokens,
        "bytes": document.n_bytes,
        "project": document.project,
        "path": document.path,
        "licence": document.licence,
        "sha256": document.sha256,
    }
