"""Megabytes per second and core of every stage of a corpus build, and of datatrove where it has the stage.

    python benchmarks/corpus.py                                            # the demo corpus, mixlaw's stages
    python benchmarks/corpus.py --peer-python PEERS/bin/python --markdown docs/benchmarks/corpus.md

PEERS is a virtual environment with `pip install "datatrove[processing]"`. Reading, filters and the search for
evaluation texts are measured on all of the spec's files; what datatrove has too is measured on the same sample of the
cleaned documents on both sides, one after the other, in one process each. Megabytes are of text that goes in, seconds
are the process's processor time over all of its threads, so the rates are per core whatever the threads.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
import polars as pl

from mixlaw.corpus.cleaning.decontaminate import without_evaluation_texts
from mixlaw.corpus.cleaning.filters import cleaned
from mixlaw.corpus.cleaning.licences import LicenceRule
from mixlaw.corpus.document import Document, RawFile
from mixlaw.corpus.duplicates import find_duplicates, sketches_of
from mixlaw.corpus.funnel import Funnel
from mixlaw.corpus.sources import read_unit, units_of
from mixlaw.corpus.sources.fetch import default_cache, fetch_all
from mixlaw.corpus.spec import CorpusSpec, load_spec
from mixlaw.corpus.stages.clean import batches, sketches_file
from mixlaw.corpus.stages.documents import DocumentsFile, documents_file
from mixlaw.corpus.stages.encode import UNLIMITED, EncodeBlock, Encoding
from mixlaw.corpus.stages.group import Group
from mixlaw.corpus.stages.index import digests, read_index
from mixlaw.corpus.stages.shard import WriteShard, shard_tasks
from mixlaw.corpus.stages.sketch_file import SketchFile
from mixlaw.corpus.tokenizing import token_dtype, train_tokenizer
from mixlaw_eval.contamination import evaluation_index
from mixlaw_sweeps.console import console, table

SHARD_TOKENS = 2**27
UNIT = "sample"
COLUMNS = ("stage", "MB", "mixlaw MB/s", "datatrove MB/s", "times", "documents left", "datatrove")
PEER = Path(__file__).with_name("corpus_datatrove.py")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What one stage took in, and how long the processor was at it."""

    name: str
    n_bytes: int
    cpu_s: float
    documents: int | None = None
    """That are left, where a stage drops some."""
    peer: tuple[str, ...] = ()
    """What datatrove has for it, by the names of corpus_datatrove.py."""


def seconds_of(work: Callable[[], Result]) -> tuple[float, Result]:
    """Processor seconds of this process, and what the work gives."""
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def main() -> None:
    """Measure, show and write."""
    options = arguments()
    spec = load_spec(options.spec)
    documents, stages = cleaning(spec)
    sample = every(documents, options.megabytes)
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = Path(name)
        stages += [tokenizer_training(spec, documents, folder), *shared(sample, folder, spec)]
        peer = measured_peer(options.peer_python, sample, folder) if options.peer_python else {}
    rows = [row(stage, peer) for stage in stages]
    table("MB/s per core", COLUMNS, rows)
    if options.markdown:
        options.markdown.write_text(markdown(spec, rows, options.peer_python), encoding="utf-8")
        console.print(f"written: {options.markdown}")


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--spec", default="demo", help="whose files (default: demo)")
    parser.add_argument("--megabytes", type=float, default=24, help="of cleaned text that both sides get (default: 24)")
    parser.add_argument("--peer-python", help="the Python of an environment with datatrove")
    parser.add_argument("--folder", type=Path, help="where temporary files go")
    parser.add_argument("--markdown", type=Path, help="write the table to this file")
    return parser.parse_args()


def cleaning(spec: CorpusSpec) -> tuple[list[Document], list[Stage]]:
    """The stages that see every file, and the documents that they leave."""
    units = units_of(spec, fetch_all(spec.sources, default_cache(), console))
    read_s, files = seconds_of(lambda: [file for unit in units for file in read_unit(unit)])
    raw = sum(len(file.data) for file in files)
    kept_s, kept = seconds_of(lambda: kept_of(spec, files))
    index = evaluation_index()
    found_s, (documents, _) = seconds_of(lambda: without_evaluation_texts(kept, index, Funnel()))
    return documents, [
        Stage(name="read archives", n_bytes=raw, cpu_s=read_s, documents=len(files)),
        Stage(name="filters, licence headers", n_bytes=raw, cpu_s=kept_s, documents=len(kept)),
        Stage(name="evaluation texts", n_bytes=bytes_of(kept), cpu_s=found_s, documents=len(documents)),
    ]


def kept_of(spec: CorpusSpec, files: Sequence[RawFile]) -> list[Document]:
    """What the filters leave."""
    funnel, rule = Funnel(), LicenceRule(allowed=spec.licences, excluded=spec.exclude_licences)
    found = (cleaned(file, funnel, spec.filters, rule) for file in files)
    return [document for document in found if document is not None]


def bytes_of(documents: Sequence[Document]) -> int:
    """Of the texts in UTF-8."""
    return sum(document.n_bytes for document in documents)


def every(documents: Sequence[Document], megabytes: float) -> list[Document]:
    """Evenly spread over all documents in runs of ten, so that neighbours, which are most alike, stay together."""
    wanted = max(1, round(bytes_of(documents) / (megabytes * 1e6)))
    return [document for number, document in enumerate(documents) if number // 10 % wanted == 0]


def tokenizer_training(spec: CorpusSpec, documents: Sequence[Document], folder: Path) -> Stage:
    """The tokenizer of the spec, left in the folder."""
    domains = {domain: [d for d in documents if d.domain == domain] for domain in spec.domains}
    n_bytes = sum(min(spec.tokenizer_bytes, bytes_of(mine)) for mine in domains.values())
    cpu_s, tokenizer = seconds_of(
        lambda: train_tokenizer(domains, vocab_size=spec.vocab_size, bytes_per_domain=spec.tokenizer_bytes)
    )
    tokenizer.save(str(folder / "tokenizer.json"))
    return Stage(name="tokenizer training", n_bytes=n_bytes, cpu_s=cpu_s)


def shared(sample: Sequence[Document], folder: Path, spec: CorpusSpec) -> list[Stage]:
    """The stages that datatrove has too, as a build runs them, from files to files."""
    n_bytes = bytes_of(sample)
    written_s, _ = seconds_of(lambda: write_documents(sample, folder))
    sketches_of([document.text for document in sample[:20]])  # warm
    sketch_s, _ = seconds_of(lambda: write_sketches(sample, folder))
    find_s, (exact, near) = seconds_of(lambda: duplicates(folder))
    tokens_s, _ = seconds_of(lambda: write_tokens(folder, spec))
    left = len(sample) - exact - near
    return [
        Stage(name="write documents", n_bytes=n_bytes, cpu_s=written_s),
        Stage(name="sketches", n_bytes=n_bytes, cpu_s=sketch_s, peer=("sketch",)),
        Stage(name="sketches, datatrove's plain words", n_bytes=n_bytes, cpu_s=sketch_s, peer=("plain sketch",)),
        Stage(name="exact and near duplicates", n_bytes=n_bytes, cpu_s=find_s, documents=left, peer=("exact", "near")),
        Stage(name="encode, shuffle, write tokens", n_bytes=n_bytes, cpu_s=tokens_s, peer=("tokens",)),
        Stage(
            name="all of both, plain words",
            n_bytes=n_bytes,
            cpu_s=sketch_s + find_s + tokens_s,
            peer=("plain sketch", "exact", "near", "tokens"),
        ),
    ]


def write_documents(sample: Sequence[Document], folder: Path) -> None:
    """The Arrow file of the cleaned documents."""
    file = DocumentsFile(documents_file(folder, UNIT))
    for batch in batches(sample):
        file.append(batch)
    file.close()
    file.finish()


def write_sketches(sample: Sequence[Document], folder: Path) -> None:
    """The file of their sketches."""
    file = SketchFile(sketches_file(folder, UNIT))
    for batch in batches(sample):
        file.append(sketches_of([document.text for document in batch]))
    file.finish()


def duplicates(folder: Path) -> tuple[int, int]:
    """How many documents are exact and near copies."""
    index = read_index(folder, [UNIT])
    fate = find_duplicates(digests(index), [sketches_file(folder, UNIT)], np.arange(index.height))
    return int((fate == 1).sum()), int((fate == 2).sum())


def write_tokens(folder: Path, spec: CorpusSpec) -> None:
    """Token files with their documents' files, of all documents as one domain."""
    index = read_index(folder, [UNIT])
    group = Group(split="train", domain="text", documents=index, max_tokens=UNLIMITED)
    encoded = folder / "encoded"
    encoded.mkdir()
    dtype = token_dtype(spec.vocab_size)
    encoding = Encoding(group, encoded)
    encode = EncodeBlock(
        folder=encoded, documents=folder, units=(UNIT,), tokenizer=folder / "tokenizer.json", eos=0, dtype=dtype
    )
    while blocks := encoding.next_blocks():
        for block in blocks:
            encode(block)
    write = WriteShard(
        folder=folder / "corpus",
        records=folder / "corpus",
        encoded=encoded,
        documents=folder,
        units=(UNIT,),
        dtype=dtype,
    )
    write.folder.mkdir()
    taken: pl.DataFrame = encoding.taken()
    for task in shard_tasks(encoding, taken, spec.seed, SHARD_TOKENS):
        write(task)


def measured_peer(python: str, sample: Sequence[Document], folder: Path) -> dict[str, dict[str, float]]:
    """What datatrove takes for the same documents with the same tokenizer, in a process of its own."""
    file = folder / "documents.jsonl"
    with file.open("w", encoding="utf-8") as lines:
        for number, document in enumerate(sample):
            lines.write(json.dumps({"text": document.text, "id": str(number)}) + "\n")
    work = folder / "peer"
    work.mkdir()
    command = [python, str(PEER), str(file), str(folder / "tokenizer.json"), str(work)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{ran.stderr[-2000:]}")
    return json.loads(ran.stdout.splitlines()[-1])


def row(stage: Stage, peer: dict[str, dict[str, float]]) -> list[str]:
    """One line of the table."""
    there = bool(peer) and bool(stage.peer)
    peer_s = sum(peer[name]["cpu_s"] for name in stage.peer) if there else 0.0
    # Each of datatrove's two ways looks at all documents; what both drop is counted once by neither.
    left = "; ".join(f"{peer[name]['documents']:,.0f} ({name})" for name in stage.peer) if there else ""
    return [
        stage.name,
        f"{stage.n_bytes / 1e6:.1f}",
        rate(stage.n_bytes, stage.cpu_s),
        rate(stage.n_bytes, peer_s) if there else "",
        f"{peer_s / stage.cpu_s:.1f}" if there else "",
        f"{stage.documents:,}" if stage.documents is not None else "",
        left if stage.documents is not None else "",
    ]


def rate(n_bytes: int, seconds: float) -> str:
    """MB/s."""
    return f"{n_bytes / 1e6 / seconds:.2g}" if n_bytes / 1e6 < 10 * seconds else f"{n_bytes / 1e6 / seconds:.0f}"


def markdown(spec: CorpusSpec, rows: Sequence[Sequence[str]], peer_python: str | None) -> str:
    """The page: how it was measured, on what, and the table."""
    lines = ["| " + " | ".join(cells) + " |" for cells in (COLUMNS, ("---",) + ("---:",) * (len(COLUMNS) - 1), *rows)]
    return "\n".join(
        [
            "# Corpus builds: figures",
            "",
            "    python benchmarks/corpus.py --peer-python PEERS/bin/python --markdown docs/benchmarks/corpus.md",
            "",
            f"Measured on {datetime.date.today().isoformat()} on {hardware()}; Python {platform.python_version()}"
            + (f", datatrove {peer_version(peer_python)}" if peer_python else "")
            + f". The files of the corpus `{spec.name}`, warm.",
            "Megabytes of text per second of processor time over all threads, that is, per core. Neighbours on the",
            "same processor come and go: trust ratios, which are of one run.",
            "",
            *lines,
            "",
            *NOTES,
            "",
        ]
    )


NOTES = (
    "- The last rows are of the same documents on both sides, with the same tokenizer, as many numbers per sketch (32",
    "  bands of 8, of runs of five words), everything written to files, in one process each. datatrove's steps run",
    "  by themselves on documents in memory: neither its reader nor its executor counts.",
    "- datatrove has no filters of code, no licence headers and no search for texts of one's own (its decontamination",
    "  is of LightEval's tasks), so those rows are ours alone.",
    "- datatrove takes for a near copy whatever shares a band, and copies of copies too; ours compares the sketches",
    "  (similarity at least 0.7), and what goes is a copy of something that stays.",
    "- datatrove cuts words with spaCy by default, ours at what is no letter, digit or underscore. A plainer word",
    "  tokenizer that cuts at blanks only can be given to it: the second row of sketches. Its time goes into hashing.",
)


def hardware() -> str:
    """Processor and cores."""
    info = Path("/proc/cpuinfo")
    names = [line.partition(":")[2].strip() for line in info.read_text().splitlines() if line.startswith("model name")]
    return f"{os.cpu_count()} shared cores of an {names[0] if names else platform.machine()}"


def peer_version(python: str) -> str:
    """Of the datatrove that was measured."""
    code = "from importlib.metadata import version; print(version('datatrove'))"
    return subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


if __name__ == "__main__":
    main()
