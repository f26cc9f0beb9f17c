"""Open a corpus: checked when opened, memory-mapped when read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import numpy as np
import polars as pl

from mixlaw.corpus.shards import DOCUMENT_SCHEMA, FORMAT, FORMAT_VERSION, MANIFEST, TOKENIZER, Shard
from mixlaw.corpus.sources.fetch import sha256_of
from mixlaw.corpus.split import SPLITS, Split
from mixlaw.corpus.token_stream import TokenStream
from mixlaw.trial import DOMAINS, PARALLEL, MixlawError, Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """A corpus folder. Holds only its path and manifest, so that it travels to other processes cheaply."""

    path: Path
    manifest: Mapping[str, Any]
    shards: tuple[Shard, ...]
    """Every token file."""

    @classmethod
    def open(cls, path: str | Path) -> Corpus:
        """Open a corpus folder; every file's presence and size is checked (`verify` checks the content too).

        Raises MixlawError when it is no corpus, of a newer format, or damaged.
        """
        folder = Path(path)
        manifest = _read_manifest(folder)
        shards = tuple(Shard(**record) for record in manifest["shards"])
        corpus = cls(path=folder, manifest=manifest, shards=shards)
        for file, size, _ in corpus._files():
            _check_size(folder, file, size)
        return corpus

    def verify(self) -> None:
        """Check every file's sha256. Raises MixlawError naming the first that differs."""
        for file, _, sha256 in self._files():
            if sha256_of(self.path / file) != sha256:
                raise MixlawError(_damage(self.path, f"{file} is not what was written (its sha256 differs)"))

    def _files(self) -> list[tuple[str, int, str]]:
        tokenizer = self.manifest["tokenizer"]
        files = [(tokenizer["file"], tokenizer["file_bytes"], tokenizer["sha256"])]
        for shard in self.shards:
            files.append((shard.file, shard.file_bytes, shard.sha256))
            files.append((shard.documents_file, shard.documents_bytes, shard.documents_sha256))
        return files

    @property
    def fingerprint(self) -> str:
        """16 hexadecimal digits that name the content: the tokens, the tokenizer and the evaluation texts kept out,
        not the folder or the day.
        """
        return str(self.manifest["fingerprint"])

    @property
    def decontaminated_against(self) -> str:
        """Fingerprint of the evaluation texts that were kept out; empty when they were not looked for."""
        record = self.manifest.get("decontamination")
        return str(record["fingerprint"]) if record else ""

    @property
    def vocab_size(self) -> int:
        """Number of token ids."""
        return int(self.manifest["vocab_size"])

    @property
    def eos(self) -> int:
        """Id of the token that ends every document."""
        return int(self.manifest["eos"])

    @property
    def tokenizer_path(self) -> Path:
        """tokenizer.json, readable by tokenizers and transformers."""
        return self.path / TOKENIZER

    @property
    def domains(self) -> tuple[str, ...]:
        """The domains with training tokens, in the paper's order."""
        used = {shard.domain for shard in self.shards if shard.split == "train"}
        return tuple(domain for domain in DOMAINS if domain in used)

    def documents(self, domain: str | None = None, split: Split | None = None) -> pl.DataFrame:
        """One row per document, of one domain or split if so asked: split, domain, organisation, start (of its first
        token in the stream), tokens, bytes, project, path, licence, origin, sha256.
        """
        mine = [shard for shard in self.shards if domain in (None, shard.domain) and split in (None, shard.split)]
        frames = [pl.read_parquet(self.path / shard.documents_file) for shard in mine]
        return pl.concat(frames) if frames else pl.DataFrame(schema=DOCUMENT_SCHEMA)

    def tokens(self, domain: str, split: Split, organisation: Organisation = "shuffled") -> TokenStream:
        """The token ids of a domain and split, one memory-mapped and read-only stream.

        Raises MixlawError when the corpus has none.
        """
        shards = self.shards_of(domain, split, organisation)
        files = tuple(self.path / shard.file for shard in shards)
        return _stream(files, tuple(shard.tokens for shard in shards), str(self.manifest["dtype"]), self.fingerprint)

    def n_tokens(self, domain: str, split: Split, organisation: Organisation = "shuffled") -> int:
        """Tokens of a domain and split, end marks included; 0 when the corpus has none."""
        return sum(shard.tokens for shard in self._find(domain, split, organisation))

    def n_documents(self, domain: str, split: Split, organisation: Organisation = "shuffled") -> int:
        """Documents of a domain and split; 0 when the corpus has none."""
        return sum(shard.documents for shard in self._find(domain, split, organisation))

    def bytes_per_token(self, domain: str, split: Split = "validation") -> float:
        """Bytes of UTF-8 text per token of a domain, end marks counted as tokens.

        Of the validation split, because it turns held-out loss into bits per byte.
        """
        shards = self.shards_of(domain, split)
        return sum(shard.text_bytes for shard in shards) / sum(shard.tokens for shard in shards)

    def shards_of(self, domain: str, split: Split, organisation: Organisation = "shuffled") -> tuple[Shard, ...]:
        """The token files of a stream, in order. Raises MixlawError when the corpus has none."""
        if found := self._find(domain, split, organisation):
            return found
        if split not in SPLITS:
            raise MixlawError(f"unknown split {split!r}; known are {', '.join(SPLITS)}")
        raise MixlawError(
            f"the corpus {self.path} has no {split} tokens of {domain}; it has {', '.join(self.domains)} for training. "
            f"Add sources of {domain} to its spec and build it again"
        )

    def _find(self, domain: str, split: str, organisation: str) -> tuple[Shard, ...]:
        wanted = domain, split, organisation if domain == PARALLEL else "shuffled"
        mine = [shard for shard in self.shards if (shard.domain, shard.split, shard.organisation) == wanted]
        return tuple(sorted(mine, key=lambda shard: shard.number))


@lru_cache(maxsize=64)
def _stream(files: tuple[Path, ...], lengths: tuple[int, ...], dtype: str, fingerprint: str) -> TokenStream:
    """One stream per content, so that its files stay mapped between reads."""
    del fingerprint  # another corpus at the same path is another stream
    return TokenStream(files, lengths, np.dtype(dtype))


def fingerprint_of(records: list[dict[str, Any]], tokenizer_sha256: str, decontaminated_against: str = "") -> str:
    """Hash of what the tokens are: every token file's hash under its split, domain and organisation.

    The fingerprint of the evaluation texts that were kept out counts too: equal tokens can be clean of one set of texts
    and not known to be clean of another.
    """
    named = sorted((r["split"], r["domain"], r["organisation"], r["number"], r["sha256"]) for r in records)
    kept_out = [decontaminated_against] if decontaminated_against else []
    canonical = json.dumps([tokenizer_sha256, named, *kept_out], separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]


def is_corpus(folder: Path) -> bool:
    """Whether a folder holds a finished corpus (perhaps a damaged one)."""
    return (folder / MANIFEST).is_file()


def _read_manifest(folder: Path) -> dict[str, Any]:
    if not is_corpus(folder):
        why = "does not exist" if not folder.exists() else f"holds no {MANIFEST}"
        raise MixlawError(f"{folder} is not a corpus: it {why}. Build one: mixlaw corpus build demo --out {folder}")
    try:
        manifest: Any = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except ValueError as error:
        raise MixlawError(_damage(folder, f"{MANIFEST} is not JSON ({error})")) from error
    if not isinstance(manifest, dict) or cast(dict[str, Any], manifest).get("format") != FORMAT:
        raise MixlawError(f"{folder} is not a corpus: its {MANIFEST} belongs to something else")
    checked = cast(dict[str, Any], manifest)
    version = checked.get("format_version")
    if not isinstance(version, int) or version > FORMAT_VERSION:
        raise MixlawError(
            f"{folder} has corpus format {version}, this mixlaw reads up to {FORMAT_VERSION}; upgrade mixlaw, "
            "or build the corpus again"
        )
    if version < FORMAT_VERSION:
        raise MixlawError(
            f"{folder} has corpus format {version}, which this mixlaw no longer reads; delete the folder and build the "
            "corpus again"
        )
    missing = {"tokenizer", "shards", "fingerprint", "vocab_size", "dtype", "eos"} - set(checked)
    if missing:
        raise MixlawError(_damage(folder, f"{MANIFEST} lacks {', '.join(sorted(missing))}"))
    return checked


def _check_size(folder: Path, file: str, size: int) -> None:
    path = folder / file
    if not path.is_file():
        raise MixlawError(_damage(folder, f"{file} is missing"))
    if (found := path.stat().st_size) != size:
        raise MixlawError(_damage(folder, f"{file} has {found:,} bytes instead of {size:,}"))


def _damage(folder: Path, what: str) -> str:
    return f"the corpus {folder} is damaged: {what}; delete the folder and build it again"
