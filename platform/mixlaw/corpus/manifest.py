"""The manifest: everything about a corpus that can be said without reading its tokens. No times, no paths of the
machine: the same spec gives the same manifest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from mixlaw.corpus.cleaning.decontaminate import DECONTAMINATED
from mixlaw.corpus.cleaning.filters import FILTER_STEPS
from mixlaw.corpus.dedup import DEDUP_STEPS
from mixlaw.corpus.funnel import Funnel
from mixlaw.corpus.reader import fingerprint_of
from mixlaw.corpus.shards import DOCUMENTS, FORMAT, FORMAT_VERSION, TOKENIZER, Shard
from mixlaw.corpus.sources.fetch import sha256_of
from mixlaw.corpus.spec import CorpusSpec
from mixlaw.corpus.split import SPLITS, Split
from mixlaw.corpus.tokenizer import EOS, token_dtype
from mixlaw.trial import PARALLEL

TAKEN: dict[Split, str] = {split: f"taken for {split}" for split in SPLITS}
"""The funnel's last steps: of what is left of a split, what the token limits take."""
FUNNEL_STEPS = (*FILTER_STEPS, DECONTAMINATED, *DEDUP_STEPS, *TAKEN.values())


def manifest_of(
    spec: CorpusSpec,
    *,
    inputs: Mapping[str, str],
    shards: Sequence[Shard],
    funnel: Funnel,
    index: Sequence[Mapping[str, Any]],
    decontamination: Mapping[str, Any] | None,
    folder: Path,
) -> dict[str, Any]:
    """The manifest of a corpus whose other files are all written; docs/corpus.md explains every key."""
    records = [asdict(shard) for shard in shards]
    tokenizer = _file_record(folder / TOKENIZER)
    against = decontamination["fingerprint"] if decontamination else ""
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "name": spec.name,
        "fingerprint": fingerprint_of(records, tokenizer["sha256"], against),
        "vocab_size": spec.vocab_size,
        "dtype": token_dtype(spec.vocab_size).name,
        "eos": 0,
        "eos_token": EOS,
        "tokenizer": tokenizer,
        "documents": _file_record(folder / DOCUMENTS),
        "shards": records,
        "bytes_per_token": _bytes_per_token(shards),
        "funnel": [asdict(row) for row in funnel.rows(FUNNEL_STEPS, (*spec.domains, PARALLEL))],
        "decontamination": decontamination,
        "licences": _licences(index),
        "projects": _projects(index),
        "local_inputs": dict(inputs),
        "spec": spec.to_json(),
    }


def _file_record(path: Path) -> dict[str, Any]:
    return {"file": path.name, "file_bytes": path.stat().st_size, "sha256": sha256_of(path)}


def _bytes_per_token(shards: Iterable[Shard]) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for shard in shards:
        if shard.organisation == "shuffled":
            found[shard.split][shard.domain] = round(shard.text_bytes / shard.tokens, 6)
    return dict(found)


def _licences(index: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, int]]:
    """Documents and bytes by licence, each program counted once."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: {"documents": 0, "bytes": 0})
    for row in index:
        if row["organisation"] == "shuffled":
            found[row["licence"]]["documents"] += 1
            found[row["licence"]]["bytes"] += row["bytes"]
    return dict(found)


def _projects(index: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, list[str]]]:
    """Projects by split and domain."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in index:
        found[row["split"]][row["domain"]].add(row["project"])
    return {split: {domain: sorted(names) for domain, names in found[split].items()} for split in found}
