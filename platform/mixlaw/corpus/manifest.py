"""The manifest: everything about a corpus that can be said without reading its tokens. No times, no paths of the
machine: the same spec gives the same manifest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import polars as pl

from mixlaw.corpus.cleaning.decontaminate import DECONTAMINATED
from mixlaw.corpus.cleaning.filters import FILTER_STEPS
from mixlaw.corpus.duplicates import DEDUP_STEPS
from mixlaw.corpus.funnel import Funnel
from mixlaw.corpus.reader import fingerprint_of
from mixlaw.corpus.shards import FORMAT, FORMAT_VERSION, TOKENIZER, Shard
from mixlaw.corpus.sources.fetch import sha256_of
from mixlaw.corpus.spec import CorpusSpec
from mixlaw.corpus.split import SPLITS, Split
from mixlaw.corpus.stages.vocabulary import Vocabulary
from mixlaw.corpus.tokenizing import token_dtype
from mixlaw.trial import PARALLEL

NAMED_PROJECTS = 20
"""Of a split and domain: a corpus may have millions."""
TAKEN: dict[Split, str] = {split: f"taken for {split}" for split in SPLITS}
"""The funnel's last steps: of what is left of a split, what the token limits take."""
FUNNEL_STEPS = (*FILTER_STEPS, DECONTAMINATED, *DEDUP_STEPS, *TAKEN.values())


def manifest_of(
    spec: CorpusSpec,
    *,
    inputs: Mapping[str, str],
    vocabulary: Vocabulary,
    shards: Sequence[Shard],
    funnel: Funnel,
    parallel: Sequence[Mapping[str, Any]],
    decontamination: Mapping[str, Any] | None,
    folder: Path,
) -> dict[str, Any]:
    """The manifest of a corpus whose other files are all written; docs/corpus.md explains every key."""
    records = [asdict(shard) for shard in shards]
    tokenizer = _file_record(folder / TOKENIZER)
    against = decontamination["fingerprint"] if decontamination else ""
    taken = _taken(shards, folder)
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "name": spec.name,
        "fingerprint": fingerprint_of(records, tokenizer["sha256"], against),
        "vocab_size": vocabulary.size,
        "dtype": token_dtype(vocabulary.size).name,
        "eos": vocabulary.eos,
        "eos_token": vocabulary.eos_token,
        "tokenizer": tokenizer,
        "shards": records,
        "bytes_per_token": _bytes_per_token(shards),
        "funnel": [asdict(row) for row in funnel.rows(FUNNEL_STEPS, (*spec.domains, PARALLEL))],
        "undecodable": funnel.undecodable,
        "decontamination": decontamination,
        "parallel": list(parallel),
        "licences": _licences(taken),
        "projects": _projects(taken),
        "inputs": dict(inputs),
        "spec": spec.to_json(),
    }


def _file_record(path: Path) -> dict[str, Any]:
    return {"file": path.name, "file_bytes": path.stat().st_size, "sha256": sha256_of(path)}


def _bytes_per_token(shards: Iterable[Shard]) -> dict[str, dict[str, float]]:
    text: dict[tuple[str, str], int] = defaultdict(int)
    tokens: dict[tuple[str, str], int] = defaultdict(int)
    for shard in shards:
        if shard.organisation == "shuffled":
            text[shard.split, shard.domain] += shard.text_bytes
            tokens[shard.split, shard.domain] += shard.tokens
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for split, domain in text:
        found[split][domain] = round(text[split, domain] / tokens[split, domain], 6)
    return dict(found)


def _taken(shards: Iterable[Shard], folder: Path) -> pl.DataFrame:
    """Documents and bytes by split, domain, project and licence, each program counted once; one file at a time."""
    keys = ["split", "domain", "project", "licence"]
    sums = [
        pl.read_parquet(folder / shard.documents_file, columns=[*keys, "bytes"])
        .group_by(keys)
        .agg(documents=pl.len().cast(pl.Int64), bytes=pl.col("bytes").sum())
        for shard in shards
        if shard.organisation == "shuffled"
    ]
    return pl.concat(sums).group_by(keys).agg(pl.col("documents", "bytes").sum()).sort(keys)


def _licences(taken: pl.DataFrame) -> dict[str, dict[str, int]]:
    sums = taken.group_by("licence").agg(pl.col("documents", "bytes").sum()).sort("licence")
    return {licence: {"documents": documents, "bytes": size} for licence, documents, size in sums.iter_rows()}


def _projects(taken: pl.DataFrame) -> dict[str, dict[str, dict[str, Any]]]:
    """How many projects by split and domain, and the largest of them by name."""
    found: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    sums = taken.group_by("split", "domain", "project").agg(pl.col("bytes").sum())
    for (split, domain), mine in sums.sort("split", "domain").group_by("split", "domain", maintain_order=True):
        largest = mine.sort(["bytes", "project"], descending=[True, False]).head(NAMED_PROJECTS)
        found[str(split)][str(domain)] = {"count": mine.height, "largest": sorted(largest["project"].to_list())}
    return dict(found)
