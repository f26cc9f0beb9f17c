"""Tokens per second of processor time that loaders deliver from the same token files with the same shares.

    python -m venv PEERS && PEERS/bin/pip install datasets mosaicml-streaming
    python benchmarks/mixture.py [--peer-python PEERS/bin/python] [--tokens 10e6] [--seconds 5] [--markdown FILE]

The floor reads rows of one memory-mapped file after the other and mixes nothing: in order, or at random places with one
indexing operation per batch, or row by row as short training scripts do. Every loader delivers batches of 64 rows; the
first batch, with whatever is started for it, is not counted. Each row's first token tells its domain, so that what is
delivered can be held against the shares in every window of 1,000 rows.
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime
import json
import logging
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import psutil
import ray
import torch
from mixture_peers import packed
from tokenizers import Tokenizer
from tokenizers.models import WordLevel

from mixlaw.corpus import Corpus
from mixlaw.corpus.shards import DOCUMENT_SCHEMA, FORMAT, FORMAT_VERSION, MANIFEST, TOKENIZER, Shard
from mixlaw.corpus.token_stream import Tokens
from mixlaw.mixture import RowPlan, batches
from mixlaw.mixture.ray_stream import RayFeed, planned_dataset
from mixlaw.model import ladder
from mixlaw.pretrain import Placement
from mixlaw.pretrain.group import Group
from mixlaw.pretrain.loop import Run, Timed
from mixlaw.trial import MEASURED, Recipe, Trial
from mixlaw_sweeps.ray_session import ray_session

SHARES = dict(zip(MEASURED, (0.20, 0.15, 0.153, 0.12, 0.1017, 0.08, 0.0753, 0.12), strict=True))
BATCH_ROWS = 64
SEQ_LENS = (256, 2_048)
PEERS = {
    "datasets_map": "datasets, interleave_datasets, map-style",
    "datasets_streaming": "datasets, interleave_datasets, streaming",
    "mosaicml": "mosaicml-streaming, proportions",
}
VOCABULARY, PER_DOMAIN = 1_024, 128
CODE_BITS = 7


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One loader's line: tokens/s by the clock and per second of processor time; the largest |count - 1,000 share|."""

    loader: str
    start_seconds: float
    per_second: float
    per_core: float
    off: float | None
    mixes: bool = True


def write_corpus(folder: Path, tokens: int) -> Corpus:
    """A corpus of random tokens, `tokens` per domain, in which a token's high bits are its domain."""
    rng = np.random.default_rng(0)
    shards: list[Shard] = []
    for code, domain in enumerate(SHARES):
        file, documents = f"tokens/train/{domain}-00000.npy", f"documents/train/{domain}-00000.parquet"
        for path in (folder / file, folder / documents):
            path.parent.mkdir(parents=True, exist_ok=True)
        np.save(folder / file, (rng.integers(0, PER_DOMAIN, tokens) + code * PER_DOMAIN).astype(np.uint16))
        DOCUMENT_SCHEMA.to_frame().write_parquet(folder / documents)
        shards.append(
            Shard(
                split="train", domain=domain, organisation="shuffled", number=0, file=file, tokens=tokens, documents=0,
                text_bytes=0, file_bytes=(folder / file).stat().st_size, sha256="", documents_file=documents,
                documents_bytes=(folder / documents).stat().st_size, documents_sha256="",
            )
        )  # fmt: skip
    Tokenizer(WordLevel({}, unk_token="")).save(str(folder / TOKENIZER))
    size = (folder / TOKENIZER).stat().st_size
    manifest = {
        "format": FORMAT, "format_version": FORMAT_VERSION, "fingerprint": "benchmark", "vocab_size": VOCABULARY,
        "tokenizer": {"file": TOKENIZER, "file_bytes": size, "sha256": ""}, "dtype": "uint16", "eos": 0,
        "shards": [dataclasses.asdict(shard) for shard in shards],
    }  # fmt: skip
    (folder / MANIFEST).write_text(json.dumps(manifest))
    (folder / "shares.json").write_text(json.dumps(SHARES))
    return Corpus.open(folder)


def a_trial(seq_len: int, steps: int, batch_rows: int = BATCH_ROWS) -> Trial:
    recipe = Recipe(learning_rate=1e-3, batch_tokens=batch_rows * seq_len, seq_len=seq_len)
    return Trial(model=ladder("100k"), train_tokens=steps * recipe.batch_tokens, shares=SHARES, recipe=recipe)


def endless_plan(corpus: Corpus, seq_len: int) -> RowPlan:
    return RowPlan.of(a_trial(seq_len, 10**6), corpus, max_epochs=float("inf"))


def mapped(corpus: Corpus, seq_len: int) -> Iterator[Tokens]:
    return batches(endless_plan(corpus, seq_len), corpus)


def streamed(corpus: Corpus, seq_len: int) -> Iterator[Tokens]:
    plan = dataclasses.replace(endless_plan(corpus, seq_len), n_steps=2**31 // (BATCH_ROWS * seq_len))
    dataset = planned_dataset(plan, corpus.path, rank=0, world=1, first_step=0)
    return RayFeed(shard=dataset.iterator(), first_step=0, local_rows=BATCH_ROWS).batches()


def in_order(corpus: Corpus, seq_len: int) -> Iterator[Tokens]:
    while True:
        for domain in SHARES:
            rows = packed(corpus.path, domain, seq_len)
            for at in range(0, len(rows) - BATCH_ROWS, BATCH_ROWS):
                yield np.array(rows[at : at + BATCH_ROWS])


def at_random(corpus: Corpus, seq_len: int) -> Iterator[Tokens]:
    rng = np.random.default_rng(0)
    files = [packed(corpus.path, domain, seq_len) for domain in SHARES]
    while True:
        for rows in files:
            yield rows[rng.integers(0, len(rows), BATCH_ROWS)]


def row_by_row(corpus: Corpus, seq_len: int) -> Iterator[Tokens]:
    rng = np.random.default_rng(0)
    files = [corpus.path / "tokens" / "train" / f"{domain}-00000.npy" for domain in SHARES]
    opened = [np.load(file, mmap_mode="r") for file in files]
    while True:
        for tokens in opened:
            starts = rng.integers(0, len(tokens) - seq_len - 1, BATCH_ROWS)
            yield np.stack([tokens[start : start + seq_len + 1] for start in starts])


Loader = Callable[[Corpus, int], Iterator[Tokens]]
FLOORS: dict[str, Loader] = {
    "floor: rows in order": in_order,
    "floor: rows at random": at_random,
    "floor: row by row at random": row_by_row,
}
OURS: dict[str, Loader] = {"mixlaw, mapped files": mapped, "mixlaw, Ray Data": streamed}


def processor_seconds() -> float:
    """Of this process and all that it started, Ray's own included."""
    mine = psutil.Process()
    total = 0.0
    for process in (mine, *mine.children(recursive=True)):
        try:
            times = process.cpu_times()
        except psutil.Error:
            continue
        total += times.user + times.system
    return total


def measure(name: str, load: Loader, corpus: Corpus, seq_len: int, seconds: float) -> Row:
    rows_of, started = load(corpus, seq_len), time.perf_counter()
    firsts = [next(rows_of)[:, 0].copy()]
    wall, cpu, rows = time.perf_counter(), processor_seconds(), 0
    start_seconds = wall - started
    for batch in rows_of:
        rows += len(batch)
        firsts.append(batch[:, 0].copy())
        if time.perf_counter() - wall > seconds:
            break
    wall, cpu = time.perf_counter() - wall, processor_seconds() - cpu
    mixes = name in OURS
    return Row(
        loader=name,
        start_seconds=start_seconds,
        per_second=rows * seq_len / wall,
        per_core=rows * seq_len / cpu,
        off=largest_error(np.concatenate(firsts)) if mixes else None,
        mixes=mixes,
    )


def largest_error(firsts: Tokens) -> float:
    """The largest |count - 1,000 * share| over domains and windows of 1,000 rows."""
    codes = firsts[:200_000] >> CODE_BITS
    seen = np.zeros((len(codes) + 1, len(SHARES)), np.int64)
    np.cumsum(codes[:, None] == np.arange(len(SHARES)), axis=0, out=seen[1:])
    return float(np.abs(seen[1_000:] - seen[:-1_000] - 1_000 * np.array(list(SHARES.values()))).max())


def peer(python: str, loader: str, corpus: Corpus, seq_len: int, seconds: float) -> tuple[Row, str]:
    script = Path(__file__).with_name("mixture_peers.py")
    arguments = [loader, str(corpus.path), str(seq_len), str(BATCH_ROWS), str(seconds)]
    ran = subprocess.run([python, str(script), *arguments], stdout=subprocess.PIPE, text=True, check=True)
    found = json.loads(ran.stdout.splitlines()[-1])
    off = largest_error(np.load(corpus.path / f"firsts-{loader}.npy"))
    version = found.pop("version")
    return Row(loader=PEERS[loader], off=off, **found), f"{PEERS[loader].split(',')[0]} {version}"


def stall(corpus: Corpus, source: str, out: Path, steps: int = 150) -> float:
    """The part of a real training's time that it waits for rows: 100k parameters, 4,096 tokens a step, one thread."""
    trial = a_trial(256, steps, batch_rows=16)
    placement = Placement.of(out=out, device="cpu", precision="fp32", compile="off")
    run = Run.start(trial, corpus, placement, Group())
    feed = None
    if source == "Ray Data":
        plan = RowPlan.of(trial, corpus)
        dataset = planned_dataset(plan, corpus.path, rank=0, world=1, first_step=0)
        feed = RayFeed(shard=dataset.iterator(), first_step=0, local_rows=plan.local_rows(1))
    timed = Timed(run.batches(feed))
    next(timed)
    timed.seconds, started = 0.0, time.monotonic()
    for rows in timed:
        run.step(rows, time_to_save=False)
    return timed.seconds / (time.monotonic() - started)


def table(rows: list[Row], seq_len: int) -> str:
    floor = next(row for row in rows if row.loader == "floor: rows at random")
    lines = [
        f"### Rows of {seq_len:,} tokens",
        "",
        "| loader | M tokens/s per core | of the floor at random | M tokens/s | first batch, s | "
        "off by at most, rows in 1,000 |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for row in rows:
        off = "" if row.off is None else f"{row.off:.2f}"
        lines.append(
            f"| {row.loader} | {row.per_core / 1e6:,.1f} | {row.per_core / floor.per_core:.3g} | "
            f"{row.per_second / 1e6:,.1f} | {row.start_seconds:.2f} | {off} |"
        )
    return "\n".join([*lines, "", verdict(rows)])


def verdict(rows: list[Row]) -> str:
    """Our mapped files against the floors and the fastest peer, Ray Data against the target."""
    per_core = {row.loader: row.per_core for row in rows}
    ours, stream = (per_core[name] for name in OURS)
    ratios = [f"{ours / per_core[name]:.2g} times the {name}" for name in FLOORS]
    peers = {name: per_core[name] for name in PEERS.values() if name in per_core}
    ratios += [f"{float(f'{ours / rate:.2g}'):,g} times {name}" for name, rate in peers.items()]
    return f"Mapped files: {'; '.join(ratios)}. Ray Data: {stream / 10e6:.2g} times 10 million tokens/s per core."


def report(tables: list[str], waits: dict[str, float], versions: set[str], command: str) -> str:
    cores = f"{psutil.cpu_count()} cores ({platform.processor() or platform.machine()})"
    versions = versions | {f"NumPy {np.__version__}", f"Ray {ray.__version__}", f"torch {torch.__version__}"}
    shares = ", ".join(f"{domain} {share:g}" for domain, share in SHARES.items())
    stalls = "\n".join(f"| {source} | {100 * wait:.2f}% |" for source, wait in waits.items())
    return "\n\n".join(
        [
            "# Streaming mixtures: figures",
            f"Measured on {datetime.date.today().isoformat()} on {cores}, Python {platform.python_version()}, "
            f"{', '.join(sorted(versions))}; load average {psutil.getloadavg()[0]:.1f} at the end. Neighbours on the "
            "same processor come and go: trust ratios, which are of one run, and not absolute rates.",
            f"    {command}",
            (__doc__ or "").split("\n\n")[2].strip(),
            f"Shares: {shares}. Per core: per second of processor time, of all processes (Ray's included). `datasets` "
            "may deliver each domain in its order, which is faster; ours shuffles the whole domain, mosaicml-streaming "
            "what it does by default.",
            *tables,
            "### Does training wait?\n\nPart of the time of a real training (100k parameters, 4,096 tokens a step, one "
            "thread) that the loop waits for rows, the first batch left out:\n\n"
            f"| rows from | waits |\n| --- | ---: |\n{stalls}",
        ]
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peer-python", help="Python of an environment that has datasets and mosaicml-streaming")
    parser.add_argument("--tokens", type=float, default=10e6, help="per domain")
    parser.add_argument("--seconds", type=float, default=5.0, help="per loader")
    parser.add_argument("--markdown", type=Path)
    options = parser.parse_args()
    tables: list[str] = []
    versions: set[str] = set()
    with tempfile.TemporaryDirectory() as name, ray_session(num_cpus=2):
        logging.getLogger("ray.data").setLevel(logging.ERROR)
        corpus = write_corpus(Path(name), int(options.tokens))
        for seq_len in SEQ_LENS:
            loaders = (FLOORS | OURS).items()
            rows = [measure(loader, load, corpus, seq_len, options.seconds) for loader, load in loaders]
            for loader in PEERS if options.peer_python else ():
                row, version = peer(options.peer_python, loader, corpus, seq_len, options.seconds)
                rows.append(row)
                versions.add(version)
            tables.append(table(rows, seq_len))
            print(tables[-1], flush=True)
        waits = {source: stall(corpus, source, Path(name) / "out") for source in ("mapped files", "Ray Data")}
    given = ["PEERS/bin/python" if word == options.peer_python else word for word in sys.argv[1:]]
    command = " ".join(["python", "benchmarks/mixture.py", *given])
    text = report(tables, waits, versions, command)
    print(waits)
    if options.markdown:
        options.markdown.write_text(text + "\n")


if __name__ == "__main__":
    main()
