"""Token shards on disk, and what the manifest says of each. The format is documented in docs/corpus.md.

CORPUS/
  manifest.json                             written last
  tokenizer.json
  tokens/<split>/<stream>-00000.npy         1-D uint16 or uint32, at most spec.shard_tokens; `parallel` by organisation
  documents/<split>/<stream>-00000.parquet  one row per document of that file: where it lies, where it came from
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

FORMAT = "mixlaw-corpus"
FORMAT_VERSION = 2
MANIFEST = "manifest.json"
TOKENIZER = "tokenizer.json"

DOCUMENT_SCHEMA = pl.Schema(
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
        "origin": pl.String,
        "sha256": pl.String,
    }
)
"""Of the documents' Parquet files. `start` counts from the beginning of the stream, not of the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """One token file and its documents. `text_bytes` is UTF-8 bytes of the text, `tokens` counts the end marks too."""

    split: str
    domain: str
    organisation: str
    number: int
    """Its place in the stream."""
    file: str
    tokens: int
    documents: int
    text_bytes: int
    file_bytes: int
    sha256: str
    documents_file: str
    documents_bytes: int
    documents_sha256: str
