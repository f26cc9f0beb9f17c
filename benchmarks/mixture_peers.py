"""What `mixture.py` runs in the peers' own environment: their interleaving of the same rows with the same shares.

    PEER_PYTHON benchmarks/mixture_peers.py LOADER FOLDER SEQ_LEN BATCH_ROWS SECONDS

Prints one JSON object. Needs datasets or mosaicml-streaming, and nothing of this project.
"""

from __future__ import annotations

import itertools
import json
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np


def measure(batches: Iterator[np.ndarray], seq_len: int, seconds: float) -> tuple[dict[str, float], np.ndarray]:
    """Tokens per second from the second batch on, by the clock and by this process's time; first tokens of the rows."""
    started = time.perf_counter()
    firsts = [next(batches)[:, 0].copy()]
    ready = wall = time.perf_counter()
    cpu, rows = time.process_time(), 0
    for batch in batches:
        rows += len(batch)
        firsts.append(batch[:, 0].copy())
        if time.process_time() - cpu > seconds:
            break
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    rates = {"start_seconds": ready - started, "per_second": rows * seq_len / wall, "per_core": rows * seq_len / cpu}
    return rates, np.concatenate(firsts)


def packed(folder: Path, domain: str, seq_len: int) -> np.ndarray:
    """The rows of one domain, (rows, seq_len + 1), memory-mapped."""
    tokens = np.load(folder / "tokens" / "train" / f"{domain}-00000.npy", mmap_mode="r")
    return np.lib.stride_tricks.sliding_window_view(tokens, seq_len + 1)[::seq_len]


def arrow(folder: Path, shares: dict[str, float], seq_len: int) -> list[Any]:
    """A memory-mapped `datasets.Dataset` per domain."""
    import datasets
    import pyarrow as pa

    found: list[Any] = []
    for domain in shares:
        place = folder / "arrow" / str(seq_len) / domain
        if not place.exists():
            rows = packed(folder, domain, seq_len)
            column = pa.FixedSizeListArray.from_arrays(pa.array(rows.reshape(-1)), seq_len + 1)
            datasets.disable_progress_bars()
            datasets.Dataset(pa.table({"tokens": column})).save_to_disk(place)
        found.append(datasets.load_from_disk(place))
    return found


def datasets_map(folder: Path, shares: dict[str, float], seq_len: int, batch_rows: int) -> Iterator[np.ndarray]:
    """`interleave_datasets` of map-style datasets."""
    import datasets

    mixed = datasets.interleave_datasets(
        arrow(folder, shares, seq_len), list(shares.values()), seed=0, stopping_strategy="all_exhausted"
    ).with_format("numpy")
    return (batch["tokens"] for batch in mixed.iter(batch_rows))


def datasets_streaming(folder: Path, shares: dict[str, float], seq_len: int, batch_rows: int) -> Iterator[np.ndarray]:
    """`interleave_datasets` of iterable datasets."""
    import datasets

    streams = [dataset.to_iterable_dataset() for dataset in arrow(folder, shares, seq_len)]
    mixed = datasets.interleave_datasets(
        streams, list(shares.values()), seed=0, stopping_strategy="all_exhausted"
    ).with_format("numpy")
    return (batch["tokens"] for batch in mixed.iter(batch_rows))


def mosaicml(folder: Path, shares: dict[str, float], seq_len: int, batch_rows: int) -> Iterator[np.ndarray]:
    """`StreamingDataset` over one stream per domain, with proportions, shuffled (else it reads them one by one)."""
    from streaming import MDSWriter, Stream, StreamingDataset
    from streaming.base.util import clean_stale_shared_memory

    clean_stale_shared_memory()
    streams: list[Any] = []
    for domain, share in shares.items():
        place = folder / "mds" / str(seq_len) / domain
        if not (place / "index.json").exists():
            shutil.rmtree(place, ignore_errors=True)
            with MDSWriter(out=str(place), columns={"tokens": f"ndarray:uint16:{seq_len + 1}"}) as writer:
                for row in packed(folder, domain, seq_len):
                    writer.write({"tokens": np.ascontiguousarray(row)})
        streams.append(Stream(local=str(place), proportion=share))
    mixed = StreamingDataset(streams=streams, batch_size=batch_rows, shuffle=True, shuffle_seed=0)
    rows = (sample["tokens"] for sample in mixed)
    while batch := list(itertools.islice(rows, batch_rows)):
        yield np.stack(batch)


LOADERS: dict[str, Callable[[Path, dict[str, float], int, int], Iterator[np.ndarray]]] = {
    "datasets_map": datasets_map,
    "datasets_streaming": datasets_streaming,
    "mosaicml": mosaicml,
}


def main() -> None:
    loader, folder, seq_len, batch_rows, seconds = sys.argv[1], Path(sys.argv[2]), *map(float, sys.argv[3:])
    shares = json.loads((folder / "shares.json").read_text())
    rates, firsts = measure(LOADERS[loader](folder, shares, int(seq_len), int(batch_rows)), int(seq_len), seconds)
    np.save(folder / f"firsts-{loader}.npy", firsts)
    module = __import__("streaming" if loader == "mosaicml" else "datasets")
    print(json.dumps({**rates, "version": module.__version__}))


if __name__ == "__main__":
    main()
