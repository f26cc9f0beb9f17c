"""What a corpus is made of: a small YAML file, read strictly.

Unknown keys, languages and kinds are refused with the file and the key, because a misspelt key that is silently
ignored gives another corpus than the one meant.
"""

from __future__ import annotations

import dataclasses
import json
import re
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any, Literal, cast

import yaml

from mixlaw.corpus.keys import Keys
from mixlaw.trial import MEASURED, MixlawError

Kind = Literal["pypi", "npm", "folder"]
KINDS: tuple[Kind, ...] = ("pypi", "npm", "folder")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One place that files come from, and which of them belong to which project.

    Two sources may share an archive (the same package and sha256) and divide it between projects.
    """

    project: str
    kind: Kind
    licence: str
    languages: tuple[str, ...]
    package: str = ""
    """Name in the registry (`pypi`, `npm`)."""
    version: str = ""
    file: str = ""
    """File name, where a PyPI release has several: a wheel; the source distribution when empty."""
    sha256: str = ""
    """Of the downloaded archive; required for `pypi` and `npm`."""
    path: str = ""
    """Of a local folder or checkout (`folder`)."""
    include: tuple[str, ...] = ()
    """Globs on the path inside the archive or folder; every file when empty."""
    exclude: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """What people call the source: `sympy 1.14.0 (pypi)` or the folder's path."""
        return f"{self.package} {self.version} ({self.kind})" if self.package else self.path


@dataclass(frozen=True, slots=True, kw_only=True)
class ParallelSource:
    """Programs of the same tasks in several languages: a folder of task folders, or a JSON Lines file."""

    path: str
    licence: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusSpec:
    """Everything that decides a corpus. The same spec gives the same bytes."""

    name: str
    sources: tuple[Source, ...]
    vocab_size: int
    max_train_tokens: int
    """Per domain; less when the sources hold less."""
    max_validation_tokens: int
    max_test_tokens: int = 0
    validation: tuple[str, ...] = ()
    """Projects held out for validation; languages that none of them covers get one by hash."""
    test: tuple[str, ...] = ()
    tokenizer_bytes: int = 4_000_000
    """Training text of the tokenizer, bytes per domain."""
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
    """Read a YAML file, or a ready-made spec by its name (`ready_made()` lists them).

    Raises MixlawError naming file and key.
    """
    path = Path(spec)
    if path.is_file():
        return parse_spec(path.read_text(encoding="utf-8"), where=str(path), folder=path.resolve().parent)
    names = ready_made()
    if str(spec) in names:
        text = (resources.files("mixlaw.corpus") / "specs" / f"{spec}.yaml").read_text(encoding="utf-8")
        return parse_spec(text, where=f"ready-made spec {spec}", folder=Path.cwd())
    raise MixlawError(f"no corpus spec {spec}: neither a YAML file nor one of the ready-made: {', '.join(names)}")


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
        vocab_size=keys.number("vocab_size"),
        max_train_tokens=keys.number("max_train_tokens"),
        max_validation_tokens=keys.number("max_validation_tokens"),
        max_test_tokens=keys.number("max_test_tokens", 0),
        tokenizer_bytes=keys.number("tokenizer_bytes", 4_000_000),
        validation=keys.texts("validation"),
        test=keys.texts("test"),
        sources=tuple(_source(entry) for entry in keys.entries("sources")),
        parallel=tuple(_parallel(entry) for entry in keys.entries("parallel")),
        folder=folder,
    )
    keys.done()
    _check(spec, where)
    return spec


def _source(keys: Keys) -> Source:
    source = Source(
        project=keys.text("project"),
        kind=cast(Kind, keys.one_of("kind", KINDS)),
        licence=keys.text("licence"),
        languages=keys.texts("languages"),
        package=keys.text("package", ""),
        version=keys.text("version", ""),
        file=keys.text("file", ""),
        sha256=keys.text("sha256", "").lower(),
        path=keys.text("path", ""),
        include=keys.texts("include"),
        exclude=keys.texts("exclude"),
    )
    keys.done()
    unknown = sorted(set(source.languages) - set(MEASURED))
    if unknown or not source.languages:
        named = f"unknown language {', '.join(unknown)}" if unknown else "no language given"
        raise MixlawError(f"{keys.where}: languages: {named}; known are {', '.join(MEASURED)}")
    _check_place(source, keys.where)
    return source


def _check_place(source: Source, where: str) -> None:
    """A folder needs a path and nothing of a package; a package needs name, version and sha256 and no path."""
    package = ("package", "version", "sha256")
    needed = ("path",) if source.kind == "folder" else package
    refused = (*package, "file") if source.kind == "folder" else ("path",)
    for key in needed:
        if not getattr(source, key):
            raise MixlawError(f"{where}: a source of kind {source.kind} needs the key {key}")
    for key in refused:
        if getattr(source, key):
            raise MixlawError(f"{where}: a source of kind {source.kind} has no key {key}")
    if source.kind != "folder" and not _SHA256.fullmatch(source.sha256):
        raise MixlawError(f"{where}: sha256: expected 64 hexadecimal digits, got {source.sha256!r}")


def _parallel(keys: Keys) -> ParallelSource:
    source = ParallelSource(path=keys.text("path"), licence=keys.text("licence"), name=keys.text("name"))
    keys.done()
    return source


def _check(spec: CorpusSpec, where: str) -> None:
    if not spec.sources:
        raise MixlawError(f"{where}: sources: at least one is needed")
    if not 257 <= spec.vocab_size <= 2**31:
        raise MixlawError(
            f"{where}: vocab_size: must be at least 257 (256 bytes and the end mark), got {spec.vocab_size}"
        )
    for key in ("max_train_tokens", "max_validation_tokens", "tokenizer_bytes"):
        if getattr(spec, key) < 1:
            raise MixlawError(f"{where}: {key}: must be at least 1")
    projects = {source.project for source in spec.sources}
    for key, named in (("validation", spec.validation), ("test", spec.test)):
        unknown = sorted(set(named) - projects)
        if unknown:
            raise MixlawError(f"{where}: {key}: no source has the project {', '.join(unknown)}")
    both = sorted(set(spec.validation) & set(spec.test))
    if both:
        raise MixlawError(f"{where}: project {', '.join(both)} is named for validation and for test; choose one")
    if spec.test and not spec.max_test_tokens:
        raise MixlawError(f"{where}: test names projects, so max_test_tokens must be above 0")
