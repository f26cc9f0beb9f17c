"""From a spec to a corpus: fetch, read, filter, drop evaluation texts, split by project, deduplicate, tokenize, write.
Whole or not at all.
"""

from __future__ import annotations

import errno
import json
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from filelock import FileLock
from rich.console import Console
from rich.progress import track
from tokenizers import Tokenizer

from mixlaw.corpus.cleaning.decontaminate import (
    Dropped,
    decontamination_record,
    tasks_without_evaluation_texts,
    without_evaluation_texts,
)
from mixlaw.corpus.cleaning.evaluation_index import EvaluationIndex
from mixlaw.corpus.cleaning.filters import clean
from mixlaw.corpus.dedup import without_duplicates
from mixlaw.corpus.document import Document
from mixlaw.corpus.funnel import Funnel
from mixlaw.corpus.manifest import TAKEN, manifest_of
from mixlaw.corpus.parallel.programs import Task, arrange, read_tasks
from mixlaw.corpus.reader import Corpus, is_corpus
from mixlaw.corpus.shards import MANIFEST, TOKENIZER, Encoded, Shard, ShardWriter
from mixlaw.corpus.sources.fetch import default_cache, fetch_all
from mixlaw.corpus.sources.read import local_inputs, read_source
from mixlaw.corpus.spec import CorpusSpec, load_spec
from mixlaw.corpus.split import SPLITS, Split, sampling_order, split_projects
from mixlaw.corpus.tokenizer import encode_up_to, train_tokenizer
from mixlaw.store import atomic_write
from mixlaw.trial import PARALLEL, MixlawError

UNLIMITED = 2**62
Item = TypeVar("Item")
Shelves = Mapping[tuple[Split, str], list[Document]]
"""Documents by split and domain."""


def build(
    spec: CorpusSpec | str | Path,
    out: str | Path,
    *,
    evaluations: EvaluationIndex | None = None,
    cache: str | Path | None = None,
    console: Console | None = None,
) -> Corpus:
    """Build a corpus into the folder `out`, or return the identical one that is already there.

    `spec` is a CorpusSpec, a YAML file or the name of a ready-made spec. Documents that match a text of `evaluations`
    are dropped. The same spec and the same evaluation texts give the same bytes.
    Raises MixlawError for a wrong spec, sources that cannot be had, a folder that holds something else, a full disk.
    """
    spec = spec if isinstance(spec, CorpusSpec) else load_spec(spec)
    out = Path(out).expanduser().absolute()
    console = console or Console(stderr=True)
    with _disk_errors(out):
        out.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(out.parent / f".{out.name}.lock"):
            if (existing := _existing(spec, out, evaluations)) is not None:
                return existing
            with _building_folder(out) as folder:
                _write_corpus(spec, evaluations, folder, Path(cache or default_cache()), console)
    return Corpus.open(out)


@contextmanager
def _disk_errors(out: Path) -> Generator[None, None, None]:
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise MixlawError(f"no space left while building {out}; free some and run the command again") from error
        raise MixlawError(f"cannot build {out}: {error}") from error


def _existing(spec: CorpusSpec, out: Path, evaluations: EvaluationIndex | None) -> Corpus | None:
    """The corpus that is already there if it is of this spec, the same local files and the same evaluation texts;
    refuses anything else.
    """
    if not out.exists() or (out.is_dir() and not any(out.iterdir())):
        return None
    if not out.is_dir() or not is_corpus(out):
        raise MixlawError(f"{out} exists and is not a corpus; choose another --out or remove it")
    corpus = Corpus.open(out)
    if corpus.manifest["spec"] != spec.to_json():
        raise MixlawError(
            f"{out} holds a corpus of another spec ({corpus.manifest['spec']['name']}); choose another --out, "
            "or delete the folder to build this one there"
        )
    if corpus.manifest["local_inputs"] != local_inputs(spec):
        raise MixlawError(
            f"{out} was built from local files that have changed since; choose another --out, or delete the folder "
            "to build it anew"
        )
    was, wanted = corpus.decontaminated_against, evaluations.fingerprint if evaluations else ""
    if was != wanted:
        raise MixlawError(
            f"{out} was built with {_kept_out(was)}, this one would be built with {_kept_out(wanted)}; choose another "
            "--out, or delete the folder to build it anew"
        )
    return corpus


def _kept_out(fingerprint: str) -> str:
    return f"the evaluation texts {fingerprint[:16]} kept out" if fingerprint else "no evaluation texts kept out"


@contextmanager
def _building_folder(out: Path) -> Generator[Path, None, None]:
    """A folder beside `out` that becomes `out` when the block ends well. Call under the lock."""
    prefix = f".{out.name}.building-"
    for stale in out.parent.glob(f"{prefix}*"):  # of a build that was killed: we hold the lock, so nobody writes it
        shutil.rmtree(stale, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(dir=out.parent, prefix=prefix))
    try:
        yield folder
        folder.chmod(0o755)
        folder.rename(out)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _write_corpus(
    spec: CorpusSpec, evaluations: EvaluationIndex | None, folder: Path, cache: Path, console: Console
) -> None:
    splits = split_projects(spec)
    inputs = local_inputs(spec)
    archives = fetch_all(spec.sources, cache, console)
    funnel = Funnel()
    documents, dropped = _decontaminated(
        _read_and_filter(spec, archives, funnel, console), evaluations, funnel, console
    )
    tasks, dropped_programs = _decontaminated_tasks(spec, evaluations, funnel)
    shelves = _shelves(_deduplicated(documents, splits, funnel, console), splits)
    _require_text(spec, shelves)
    tokenizer = _write_tokenizer(spec, shelves, folder, console)
    writer = ShardWriter(folder, spec.seed)
    shards = [
        *_write_domains(spec, shelves, tokenizer, writer, funnel, console),
        *_write_parallel(tasks, tokenizer, writer),
    ]
    writer.write_index()
    manifest = manifest_of(
        spec,
        inputs=inputs,
        shards=shards,
        funnel=funnel,
        index=writer.index,
        decontamination=decontamination_record(evaluations, [*dropped, *dropped_programs]),
        folder=folder,
    )
    atomic_write(folder / MANIFEST, (json.dumps(manifest, indent=1, sort_keys=True) + "\n").encode())


def _read_and_filter(
    spec: CorpusSpec, archives: Mapping[str, Path], funnel: Funnel, console: Console
) -> list[Document]:
    sources = _progress(spec.sources, "reading and filtering", console)
    return [document for source in sources for document in clean(read_source(source, spec, archives), funnel)]


def _decontaminated(
    documents: list[Document], evaluations: EvaluationIndex | None, funnel: Funnel, console: Console
) -> tuple[list[Document], list[Dropped]]:
    if evaluations is None:
        return documents, []
    return without_evaluation_texts(_progress(documents, "looking for evaluation texts", console), evaluations, funnel)


def _decontaminated_tasks(
    spec: CorpusSpec, evaluations: EvaluationIndex | None, funnel: Funnel
) -> tuple[list[Task], list[Dropped]]:
    tasks = [task for source in spec.parallel for task in read_tasks(source, spec.folder)]
    return (tasks, []) if evaluations is None else tasks_without_evaluation_texts(tasks, evaluations, funnel)


def _deduplicated(
    documents: list[Document], splits: Mapping[str, Split], funnel: Funnel, console: Console
) -> list[Document]:
    """Held-out projects first, so that of duplicates across splits the training copy is the one dropped."""
    held_out_first = sorted(documents, key=lambda d: (splits[d.project] == "train", d.domain, d.project, d.path))
    return without_duplicates(_progress(held_out_first, "removing duplicates", console), funnel)


def _progress(items: Sequence[Item], description: str, console: Console) -> Iterable[Item]:
    if not console.is_terminal:
        console.print(f"{description}: {len(items):,}")
    return track(items, description=description, console=console, transient=True, disable=not console.is_terminal)


def _shelves(documents: Iterable[Document], splits: Mapping[str, Split]) -> Shelves:
    shelves: dict[tuple[Split, str], list[Document]] = defaultdict(list)
    for document in documents:
        shelves[splits[document.project], document.domain].append(document)
    return shelves


def _require_text(spec: CorpusSpec, shelves: Shelves) -> None:
    for domain in spec.domains:
        for split in ("train", "validation"):
            if not shelves.get((split, domain)):
                raise MixlawError(
                    f"{domain} has no {split} text left after filtering and deduplication; add a source, or widen the "
                    "include globs"
                )


def _write_tokenizer(spec: CorpusSpec, shelves: Shelves, folder: Path, console: Console) -> Tokenizer:
    with console.status("training the tokenizer"):
        tokenizer = train_tokenizer(
            {domain: sampling_order(shelves["train", domain], spec.seed) for domain in spec.domains},
            vocab_size=spec.vocab_size,
            bytes_per_domain=spec.tokenizer_bytes,
        )
    tokenizer.save(str(folder / TOKENIZER))
    return tokenizer


def _write_domains(
    spec: CorpusSpec, shelves: Shelves, tokenizer: Tokenizer, writer: ShardWriter, funnel: Funnel, console: Console
) -> list[Shard]:
    wanted: list[tuple[Split, str]] = [
        (split, domain) for split in SPLITS for domain in spec.domains if shelves.get((split, domain))
    ]
    shards: list[Shard] = []
    for split, domain in _progress(wanted, "writing token shards", console):
        documents = shelves[split, domain]
        limit = spec.max_tokens(split)
        encoded = list(encode_up_to(tokenizer, sampling_order(documents, spec.seed), limit))
        if not encoded:
            raise MixlawError(f"{domain}: no {split} document fits into max_{split}_tokens = {limit}; raise it")
        _count_taken(split, documents, encoded, funnel)
        shards.append(writer.write(split, domain, "shuffled", encoded))
    return shards


def _count_taken(split: Split, documents: Iterable[Document], encoded: Iterable[Encoded], funnel: Funnel) -> None:
    taken = {document.sha256 for document, _ in encoded}
    for document in documents:
        left = document.n_bytes if document.sha256 in taken else None
        funnel.count(TAKEN[split], document.domain, document.n_bytes, left)


def _write_parallel(tasks: Sequence[Task], tokenizer: Tokenizer, writer: ShardWriter) -> list[Shard]:
    """The parallel domain, all of it training data: its programs have held-out losses only by language."""
    if not tasks:
        return []
    return [
        writer.write("train", PARALLEL, organisation, encode_up_to(tokenizer, documents, UNLIMITED))
        for organisation, documents in arrange(tasks).items()
    ]
