"""What a corpus is made of: a small YAML file, read strictly.

Unknown keys, languages and kinds are refused with the file and the key, because a misspelt key that is silently
ignored gives another corpus than the one meant.
"""

from __future__ import annotations

import dataclasses
import json
import runpy
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any, Literal, cast

import yaml

from mixlaw.corpus.cleaning.thresholds import Thresholds, thresholds_of
from mixlaw.corpus.keys import Keys
from mixlaw.corpus.parallel.source import ParallelSource, check_parallel, parallel_source_of
from mixlaw.corpus.sources.source import Source, source_of
from mixlaw.trial import MEASURED, MixlawError

DEFAULT_VOCAB_SIZE = 2048
DEFAULT_VALIDATION_TOKENS = 500_000
SHARD_TOKENS = 2**27
"""Of one token file: 256 MB of uint16."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusSpec:
    """Everything that decides a corpus. The same spec gives the same bytes."""

    name: str
    sources: tuple[Source, ...]
    max_train_tokens: int
    """Per domain; less when the sources hold less."""
    max_validation_tokens: int = DEFAULT_VALIDATION_TOKENS
    max_test_tokens: int = 0
    vocab_size: int = DEFAULT_VOCAB_SIZE
    """Of the tokenizer that is trained; 0 with a `tokenizer` of one's own."""
    tokenizer: str = ""
    """A tokenizer that is taken as it is: a name on the Hugging Face hub, a folder, or a tokenizer.json."""
    validation: tuple[str, ...] = ()
    """Projects held out for validation; languages that none of them covers get one by hash."""
    test: tuple[str, ...] = ()
    tokenizer_bytes: int = 4_000_000
    """Training text of the tokenizer, bytes per domain."""
    filters: Thresholds = field(default_factory=Thresholds)
    licences: tuple[str, ...] = ()
    """Globs of the licences that are let in; all when empty."""
    exclude_licences: tuple[str, ...] = ()
    shard_tokens: int = SHARD_TOKENS
    """Most tokens of one token file."""
    seed: int = 0
    parallel: tuple[ParallelSource, ...] = ()
    folder: Path = field(default=Path(), compare=False)
    """Where relative paths start: the spec file's folder. Not part of the identity."""

    @property
    def domains(self) -> tuple[str, ...]:
        """Languages and text of the sources, in the paper's order."""
        used = {language for source in self.sources for language in source.languages}
        return tuple(domain for domain in MEASURED if domain in used)

    def max_tokens(self, split: Literal["train", "validation", "test"]) -> int:
        """The limit of each domain's tokens in a split."""
        return {
            "train": self.max_train_tokens,
            "validation": self.max_validation_tokens,
            "test": self.max_test_tokens,
        }[split]

    def to_json(self) -> dict[str, Any]:
        """The identity as plain JSON, without the folder that relative paths start from."""
        plain = dataclasses.asdict(self)
        plain.pop("folder")
        return cast(dict[str, Any], json.loads(json.dumps(plain)))


def load_spec(spec: str | Path) -> CorpusSpec:
    """Read a YAML file, a Python file that sets `spec` to a CorpusSpec, or a ready-made spec by its name.

    Raises MixlawError naming file and key.
    """
    path = Path(spec)
    if path.is_file() and path.suffix == ".py":
        return _python_spec(path)
    if path.is_file():
        return parse_spec(path.read_text(encoding="utf-8"), where=str(path), folder=path.resolve().parent)
    names = ready_made()
    if str(spec) in names:
        text = (resources.files("mixlaw.corpus") / "specs" / f"{spec}.yaml").read_text(encoding="utf-8")
        return parse_spec(text, where=f"ready-made spec {spec}", folder=Path.cwd())
    raise MixlawError(
        f"no corpus spec {spec}: neither a YAML or Python file nor one of the ready-made: {', '.join(names)}"
    )


def _python_spec(path: Path) -> CorpusSpec:
    """The CorpusSpec that a user's own Python file sets as `spec`; relative paths start from its folder."""
    try:
        found = runpy.run_path(str(path)).get("spec")
    except Exception as error:  # whatever the user's code raises is a mistake of the spec
        raise MixlawError(f"{path} cannot be run: {type(error).__name__}: {error}") from error
    if not isinstance(found, CorpusSpec):
        raise MixlawError(f"{path} does not set `spec` to a mixlaw.corpus.CorpusSpec")
    return dataclasses.replace(found, folder=path.resolve().parent)


def ready_made() -> list[str]:
    """Names of the specs that come with the package."""
    folder = resources.files("mixlaw.corpus") / "specs"
    return sorted(entry.name.removesuffix(".yaml") for entry in folder.iterdir() if entry.name.endswith(".yaml"))


def parse_spec(text: str, *, where: str, folder: Path) -> CorpusSpec:
    """Parse a spec's YAML text; `where` names it in messages, `folder` is where relative paths start."""
    try:
        data: object = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise MixlawError(f"{where} is not valid YAML: {' '.join(str(error).split())}") from error
    keys = Keys(data, where)
    spec = CorpusSpec(
        name=keys.text("name"),
        seed=keys.number("seed", 0),
        tokenizer=keys.text("tokenizer", ""),
        vocab_size=keys.number("vocab_size", 0 if "tokenizer" in keys else DEFAULT_VOCAB_SIZE),
        max_train_tokens=keys.number("max_train_tokens"),
        max_validation_tokens=keys.number("max_validation_tokens", DEFAULT_VALIDATION_TOKENS),
        max_test_tokens=keys.number("max_test_tokens", 0),
        tokenizer_bytes=keys.number("tokenizer_bytes", 4_000_000),
        filters=thresholds_of(keys.inner("filters")),
        licences=keys.texts("licences"),
        exclude_licences=keys.texts("exclude_licences"),
        shard_tokens=keys.number("shard_tokens", SHARD_TOKENS),
        validation=keys.texts("validation"),
        test=keys.texts("test"),
        sources=tuple(source_of(entry) for entry in keys.entries("sources")),
        parallel=tuple(parallel_source_of(entry) for entry in keys.entries("parallel")),
        folder=folder,
    )
    keys.done()
    _check(spec, where)
    return spec


def _check(spec: CorpusSpec, where: str) -> None:
    if not spec.sources:
        raise MixlawError(f"{where}: sources: at least one is needed")
    if spec.tokenizer and spec.vocab_size:
        raise MixlawError(
            f"{where}: vocab_size is for a tokenizer to be trained, tokenizer names one; give one of them"
        )
    if not spec.tokenizer and not 257 <= spec.vocab_size <= 2**31:
        raise MixlawError(
            f"{where}: vocab_size: must be at least 257 (256 bytes and the end mark), got {spec.vocab_size}"
        )
    for key in ("max_train_tokens", "max_validation_tokens", "tokenizer_bytes", "shard_tokens"):
        if getattr(spec, key) < 1:
            raise MixlawError(f"{where}: {key}: must be at least 1")
    check_parallel(spec.parallel, where)
    _check_held_out(spec, where)


def _check_held_out(spec: CorpusSpec, where: str) -> None:
    projects = {source.project for source in spec.sources}
    # A table names its projects row by row: they are known only when it has been read.
    known = not any("project" in source.columns for source in spec.sources)
    for key, named in (("validation", spec.validation), ("test", spec.test)):
        unknown = sorted(set(named) - projects)
        if unknown and known:
            raise MixlawError(f"{where}: {key}: no source has the project {', '.join(unknown)}")
    both = sorted(set(spec.validation) & set(spec.test))
    if both:
        raise MixlawError(f"{where}: project {', '.join(both)} is named for validation and for test; choose one")
    if spec.test and not spec.max_test_tokens:
        raise MixlawError(f"{where}: test names projects, so max_test_tokens must be above 0")
