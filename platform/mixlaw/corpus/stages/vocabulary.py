"""The tokenizer of a corpus: trained on a balanced sample of its training text, or taken as it is."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import polars as pl

from mixlaw.corpus.shards import TOKENIZER
from mixlaw.corpus.spec import CorpusSpec
from mixlaw.corpus.stages.group import Group
from mixlaw.corpus.stages.texts import Texts
from mixlaw.corpus.stages.work import WorkFolder
from mixlaw.corpus.tokenizing import EOS, load_given_tokenizer, train_tokenizer
from mixlaw.store import atomic_write


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What the rest of a build must know of the tokenizer."""

    size: int
    eos: int
    eos_token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleText:
    """A text that the tokenizer learns from."""

    text: str
    n_bytes: int


def given_vocabulary(spec: CorpusSpec, work: WorkFolder) -> Vocabulary | None:
    """Take the tokenizer that the spec names, if it names one: first of all, since the name may be wrong."""
    if not spec.tokenizer:
        return None
    return _kept(work, lambda target: _given(spec, target))


def trained_vocabulary(spec: CorpusSpec, groups: Sequence[Group], texts: Texts, work: WorkFolder) -> Vocabulary:
    """Train a tokenizer on the groups' training text."""
    return _kept(work, lambda target: _trained(spec, groups, texts, target))


def _kept(work: WorkFolder, make: Callable[[Path], Vocabulary]) -> Vocabulary:
    """What `make` gives for the corpus's tokenizer.json, unless an earlier build of the same spec has made it."""
    mark = work.path / "work" / "vocabulary.json"
    if not mark.exists():
        atomic_write(mark, json.dumps(asdict(make(work.path / TOKENIZER))).encode())
    return Vocabulary(**json.loads(mark.read_bytes()))


def _trained(spec: CorpusSpec, groups: Sequence[Group], texts: Texts, target: Path) -> Vocabulary:
    training = {group.domain: _texts(group.documents, texts) for group in groups if group.split == "train"}
    tokenizer = train_tokenizer(training, vocab_size=spec.vocab_size, bytes_per_domain=spec.tokenizer_bytes)
    tokenizer.save(str(target))
    return Vocabulary(size=spec.vocab_size, eos=0, eos_token=EOS)


def _given(spec: CorpusSpec, target: Path) -> Vocabulary:
    given = load_given_tokenizer(spec.tokenizer, spec.folder)
    given.tokenizer.save(str(target))
    return Vocabulary(size=given.vocab_size, eos=given.eos, eos_token=given.eos_token)


def _texts(documents: pl.DataFrame, texts: Texts) -> Iterator[SampleText]:
    """In the order in which documents are taken: the tokenizer reads the first of them."""
    for unit, row, size in documents.select("unit", "row", "bytes").iter_rows():
        yield SampleText(text=texts.text(unit, row), n_bytes=size)
