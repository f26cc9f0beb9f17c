"""A corpus built on Ray Data: where the commands join the corpus's room, the evaluation texts and a Ray session."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

from mixlaw.corpus import Corpus, CorpusSpec, EvaluationIndex, build, load_spec
from mixlaw.corpus.shards import MANIFEST
from mixlaw.corpus.sources.source import TABLES
from mixlaw.trial import MixlawError
from mixlaw_sweeps.console import errors
from mixlaw_sweeps.ray_session import ray_session


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What the command line changes of a spec; None leaves it as it is."""

    vocab_size: int | None = None
    tokenizer: str | None = None
    max_train_tokens: int | None = None
    limit: int | None = None
    """Rows of each table."""


def changed(spec: CorpusSpec, changes: Changes) -> CorpusSpec:
    """The spec with the command line's changes. Raises MixlawError for a contradiction."""
    if changes.vocab_size is not None and changes.tokenizer is not None:
        raise MixlawError("--vocab-size is for a tokenizer to be trained, --tokenizer names one; give one of them")
    if changes.vocab_size is not None:
        spec = replace(spec, vocab_size=changes.vocab_size, tokenizer="")
    if changes.tokenizer is not None:
        local = Path(changes.tokenizer).expanduser()
        # On the command line a path starts from where the user is, in a spec from the spec's folder.
        spec = replace(spec, vocab_size=0, tokenizer=str(local.absolute()) if local.exists() else changes.tokenizer)
    if changes.max_train_tokens is not None:
        spec = replace(spec, max_train_tokens=changes.max_train_tokens)
    if changes.limit is not None:
        limited = [replace(s, limit=changes.limit) if s.kind in TABLES else s for s in spec.sources]
        spec = replace(spec, sources=tuple(limited))
    return spec


def build_corpus(
    spec: CorpusSpec | str | Path,
    out: Path,
    *,
    evaluations: EvaluationIndex | None,
    cache: Path | None = None,
    changes: Changes | None = None,
    address: str = "local",
    num_cpus: int | None = None,
    verbose: bool = False,
) -> Corpus:
    """Build a corpus with its stages on Ray Data; in this process where Ray would have one core only."""
    spec = spec if isinstance(spec, CorpusSpec) else load_spec(spec)
    spec = changed(spec, changes or Changes())
    alone = address == "local" and (num_cpus or os.cpu_count() or 1) == 1
    if alone or (out / MANIFEST).is_file():
        return build(spec, out, evaluations=evaluations, cache=cache, console=errors)
    with ray_session(address, num_cpus=num_cpus, verbose=verbose):
        from mixlaw.corpus.stages.ray_tasks import on_ray_data  # Ray is imported once its environment is set

        return build(spec, out, evaluations=evaluations, cache=cache, console=errors, run_tasks=on_ray_data)
