"""From a spec to a corpus, whole or not at all: what is fetched, the stages in their order, what is written.

fetch -> clean (filters, licences, evaluation texts, sketches) -> index -> duplicates -> split by project -> tokenizer
-> encode -> shards -> manifest. The stages write below `.NAME.building` beside the corpus, and what is finished there
is not done again.
"""

from __future__ import annotations

import errno
import json
import pickle
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import polars as pl
from filelock import FileLock
from rich.console import Console
from rich.progress import track

from mixlaw.corpus.cleaning.decontaminate import Dropped, decontamination_record
from mixlaw.corpus.cleaning.evaluation_index import EvaluationIndex
from mixlaw.corpus.cleaning.filters import DECODED
from mixlaw.corpus.cleaning.licences import LicenceRule
from mixlaw.corpus.duplicates import SKETCH_VERSION
from mixlaw.corpus.funnel import Funnel, FunnelRow
from mixlaw.corpus.manifest import TAKEN, manifest_of
from mixlaw.corpus.reader import Corpus, is_corpus
from mixlaw.corpus.shards import MANIFEST, TOKENIZER, Shard
from mixlaw.corpus.sources import inputs_of, units_of
from mixlaw.corpus.sources.fetch import default_cache, fetch_all
from mixlaw.corpus.spec import CorpusSpec, load_spec
from mixlaw.corpus.split import SPLITS, Split, split_projects
from mixlaw.corpus.stages.clean import CleanUnit, read_counts
from mixlaw.corpus.stages.duplicates import without_duplicates
from mixlaw.corpus.stages.encode import EncodeBlock, Encoding
from mixlaw.corpus.stages.group import Group
from mixlaw.corpus.stages.index import read_index
from mixlaw.corpus.stages.order import sampling_order
from mixlaw.corpus.stages.parallel import ParallelDocuments, parallel_groups, write_parallel
from mixlaw.corpus.stages.shard import ShardTask, WriteShard, shard_tasks
from mixlaw.corpus.stages.tasks import RunTasks, in_this_process
from mixlaw.corpus.stages.texts import Texts
from mixlaw.corpus.stages.vocabulary import Vocabulary, given_vocabulary, trained_vocabulary
from mixlaw.corpus.stages.work import WorkFolder, work_folder
from mixlaw.corpus.tokenizing import token_dtype
from mixlaw.store import atomic_write
from mixlaw.trial import PARALLEL, MixlawError

Item = TypeVar("Item")


def build(
    spec: CorpusSpec | str | Path,
    out: str | Path,
    *,
    evaluations: EvaluationIndex | None = None,
    cache: str | Path | None = None,
    console: Console | None = None,
    run_tasks: RunTasks = in_this_process,
) -> Corpus:
    """Build a corpus into the folder `out`, or return the identical one that is already there.

    `spec` is a CorpusSpec, a YAML or Python file, or the name of a ready-made spec. Documents that match a text of
    `evaluations` are dropped. `run_tasks` says where the work is done: in this process, or on Ray Data
    (`mixlaw.corpus.stages.ray_tasks.on_ray_data`). The same spec and the same evaluation texts give the same bytes.
    A build that was killed goes on where it was.
    Raises MixlawError for a wrong spec, sources that cannot be had, a folder that holds something else, a full disk.
    """
    spec = spec if isinstance(spec, CorpusSpec) else load_spec(spec)
    out = Path(out).expanduser().absolute()
    with _disk_errors(out):
        out.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(out.parent / f".{out.name}.lock"):
            inputs = inputs_of(spec)
            if (existing := _existing(spec, inputs, out, evaluations)) is not None:
                return existing
            key = {
                "spec": spec.to_json(),
                "inputs": inputs,
                "evaluations": _fingerprint(evaluations),
                "sketches": SKETCH_VERSION,
            }
            with work_folder(out, key) as work:
                _Build(spec, inputs, evaluations, work, console or Console(stderr=True), run_tasks).write(
                    Path(cache or default_cache())
                )
    return Corpus.open(out)


@contextmanager
def _disk_errors(out: Path) -> Generator[None, None, None]:
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise MixlawError(
                f"no space left while building {out}; free some and run the command again: it goes on where it was"
            ) from error
        raise MixlawError(f"cannot build {out}: {error}") from error


def _existing(
    spec: CorpusSpec, inputs: Mapping[str, str], out: Path, evaluations: EvaluationIndex | None
) -> Corpus | None:
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
    if corpus.manifest["inputs"] != inputs:
        raise MixlawError(
            f"{out} was built from local files that have changed since; choose another --out, or delete the folder "
            "to build it anew"
        )
    was, wanted = corpus.decontaminated_against, _fingerprint(evaluations)
    if was != wanted:
        raise MixlawError(
            f"{out} was built with {_kept_out(was)}, this one would be built with {_kept_out(wanted)}; choose another "
            "--out, or delete the folder to build it anew"
        )
    return corpus


def _fingerprint(evaluations: EvaluationIndex | None) -> str:
    return evaluations.fingerprint if evaluations else ""


def _kept_out(fingerprint: str) -> str:
    return f"the evaluation texts {fingerprint[:16]} kept out" if fingerprint else "no evaluation texts kept out"


class _Build:
    """One build: what its stages share."""

    def __init__(
        self,
        spec: CorpusSpec,
        inputs: Mapping[str, str],
        evaluations: EvaluationIndex | None,
        work: WorkFolder,
        console: Console,
        run_tasks: RunTasks,
    ) -> None:
        self.spec = spec
        self.inputs = inputs
        self.evaluations = evaluations
        self.work = work
        self.console = console
        self.run_tasks = run_tasks
        self.funnel = Funnel()
        self.dropped: list[Dropped] = []

    def write(self, cache: Path) -> None:
        """Every stage; then the manifest, last."""
        vocabulary = given_vocabulary(self.spec, self.work)
        units = self.clean(cache)
        parallel = write_parallel(self.spec, self.evaluations, self.work, self.funnel)
        names = (*units, *parallel.units)
        groups = self.groups(units)
        texts = Texts(self.work.documents, names)
        if vocabulary is None:
            with self.console.status("training the tokenizer"):
                vocabulary = trained_vocabulary(self.spec, groups, texts, self.work)
        groups += parallel_groups(self.spec, parallel, self.work, first_unit=len(units))
        shards = self.shards(self.encode(groups, names, vocabulary), names, vocabulary)
        self.finish(shards, parallel, vocabulary)

    def clean(self, cache: Path) -> tuple[str, ...]:
        """Fetch, then clean every unit; the units' names in their order."""
        units = units_of(self.spec, fetch_all(self.spec.sources, cache, self.console, self.spec.folder))
        if self.evaluations is not None:
            atomic_write(self.work.evaluations, pickle.dumps(self.evaluations))
        task = CleanUnit(
            folder=self.work.documents,
            thresholds=self.spec.filters,
            licences=LicenceRule(allowed=self.spec.licences, excluded=self.spec.exclude_licences),
            evaluations=self.work.evaluations if self.evaluations is not None else None,
        )
        self.run("reading and filtering", task, units)
        for unit in units:
            counts = read_counts(self.work.documents, unit.name)
            self.funnel.add_counts(counts["funnel"])
            self.funnel.undecodable += counts["undecodable"]
            self.dropped += [Dropped.from_json(record) for record in counts["dropped"]]
        self.say_undecodable()
        return tuple(unit.name for unit in units)

    def say_undecodable(self) -> None:
        """Files that are not text are left out, and that is said."""
        if named := self.funnel.undecodable:
            total = sum(r.documents_in - r.documents_out for r in self.funnel.all_rows() if r.step == DECODED)
            more = f" and {total - 1:,} more" if total > 1 else ""
            self.console.print(f"left out, for they are not UTF-8: {named[0]}{more} (manifest.json names them)")

    def groups(self, units: Sequence[str]) -> list[Group]:
        """What is to be tokenized: documents without copies, by split and domain, in the order of taking."""
        index = read_index(self.work.documents, units)
        self.require_text(index)
        splits = split_projects(index, self.spec)
        with self.console.status("removing duplicates"):
            index = without_duplicates(index, splits, self.work.documents, units, self.funnel)
        side = pl.col("project").cast(pl.String).replace_strict(splits).alias("split")
        shelves = index.with_columns(side).partition_by("split", "domain", as_dict=True)
        found = {(str(split), str(domain)): shelf for (split, domain), shelf in shelves.items()}
        groups: list[Group] = []
        for split in SPLITS:
            for domain in self.spec.domains:
                if (shelf := found.get((split, domain))) is not None:
                    groups.append(self.group(split, domain, shelf.drop("split")))
                elif split != "test":
                    raise MixlawError(
                        f"{domain} has no {split} text left after filtering and deduplication; add a source, or widen "
                        "the include globs"
                    )
        return groups

    def require_text(self, index: pl.DataFrame) -> None:
        """Raises MixlawError for a domain of which the filters left nothing."""
        there = set(index["domain"].cast(pl.String).unique())
        for domain in self.spec.domains:
            if domain not in there:
                read = sum(row.documents_in for row in self.funnel.all_rows() if row.domain == domain)
                why = "its sources hold no such files" if not read else "the filters let nothing of it through"
                raise MixlawError(
                    f"{domain} is empty: {why}; add a source of it, widen the include globs, or take {domain} out of "
                    "the spec's languages"
                )

    def group(self, split: Split, domain: str, documents: pl.DataFrame) -> Group:
        """A group with the spec's order and limit."""
        return Group(
            split=split,
            domain=domain,
            documents=sampling_order(documents, self.spec.seed),
            max_tokens=self.spec.max_tokens(split),
        )

    def encode(self, groups: Sequence[Group], units: tuple[str, ...], vocabulary: Vocabulary) -> list[Encoding]:
        """Token blocks of every group, until its limit is full."""
        task = EncodeBlock(
            folder=self.work.encoded,
            documents=self.work.documents,
            units=units,
            tokenizer=self.work.path / TOKENIZER,
            eos=vocabulary.eos,
            dtype=token_dtype(vocabulary.size),
        )
        encodings = [Encoding(group, self.work.encoded) for group in groups]
        while blocks := [block for encoding in encodings for block in encoding.next_blocks()]:
            self.run("tokenizing", task, blocks)
        return encodings

    def shards(self, encodings: Sequence[Encoding], units: tuple[str, ...], vocabulary: Vocabulary) -> list[Shard]:
        """Token files of what is taken."""
        task = WriteShard(
            folder=self.work.path,
            records=self.work.shards,
            encoded=self.work.encoded,
            documents=self.work.documents,
            units=units,
            dtype=token_dtype(vocabulary.size),
        )
        wanted = [item for encoding in encodings for item in self.shard_tasks(encoding)]
        self.run("writing token files", task, wanted)
        return [task.read_record(item) for item in wanted]

    def shard_tasks(self, encoding: Encoding) -> list[ShardTask]:
        """The token files of one group, what is taken counted."""
        group, taken = encoding.group, encoding.taken()
        if not taken.height:
            raise MixlawError(
                f"{group.domain}: no {group.split} document fits into max_{group.split}_tokens = {group.max_tokens}; "
                "raise it"
            )
        if group.domain != PARALLEL:
            self.funnel.add(
                FunnelRow(
                    step=TAKEN[group.split],
                    domain=group.domain,
                    documents_in=group.documents.height,
                    documents_out=taken.height,
                    bytes_in=int(group.documents["bytes"].sum()),
                    bytes_out=int(taken["bytes"].sum()),
                )
            )
        return shard_tasks(encoding, taken, self.spec.seed, self.spec.shard_tokens)

    def finish(self, shards: Sequence[Shard], parallel: ParallelDocuments, vocabulary: Vocabulary) -> None:
        """The manifest."""
        manifest = manifest_of(
            self.spec,
            inputs=self.inputs,
            vocabulary=vocabulary,
            shards=shards,
            funnel=self.funnel,
            parallel=parallel.records,
            decontamination=decontamination_record(self.evaluations, [*self.dropped, *parallel.dropped]),
            folder=self.work.path,
        )
        atomic_write(self.work.path / MANIFEST, (json.dumps(manifest, indent=1, sort_keys=True) + "\n").encode())

    def run(self, description: str, task: Callable[[Item], None], items: Sequence[Item]) -> None:
        """Run a stage's tasks under a progress bar."""
        shown = self.console.is_terminal
        if not shown:
            self.console.print(f"{description}: {len(items):,}")
        done = self.run_tasks(task, items)
        for _ in track(
            done, description=description, total=len(items), console=self.console, transient=True, disable=not shown
        ):
            pass
