"""What datatrove takes for the stages that it shares with mixlaw's corpus builds: run by benchmarks/corpus.py.

    PYTHON-WITH-DATATROVE benchmarks/corpus_datatrove.py DOCUMENTS.jsonl TOKENIZER.json FOLDER

Imports nothing of mixlaw. Each step runs by itself in this process, on documents that are in memory, so that neither a
reader nor an executor counts. Prints JSON: processor seconds of every stage, and the documents that it leaves.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from datatrove.data import Document
from datatrove.pipeline.dedup import MinhashDedupBuckets, MinhashDedupCluster, MinhashDedupFilter, MinhashDedupSignature
from datatrove.pipeline.dedup.exact_dedup import (
    ExactDedupConfig,
    ExactDedupFilter,
    ExactDedupSignature,
    ExactFindDedups,
)
from datatrove.pipeline.dedup.minhash import MinhashConfig
from datatrove.pipeline.tokens import DocumentTokenizer
from datatrove.utils.word_tokenizers import WhitespaceTokenizer

BANDS, BAND_ROWS, SHINGLE_WORDS = 32, 8, 5
EOS = "<|endoftext|>"


def documents(file: Path) -> list[Document]:
    """Anew for every step, because a step may change them."""
    with file.open(encoding="utf-8") as lines:
        return [Document(**json.loads(line)) for line in lines]


def seconds_of(work: Callable[[], Any]) -> tuple[float, Any]:
    """Processor seconds of this process, and what the work gives."""
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def drained(step: Iterable[Any] | None) -> int:
    """How many documents a step lets through."""
    return sum(1 for _ in step) if step is not None else 0


def near(file: Path, folder: Path) -> dict[str, dict[str, float]]:
    """The four steps of its MinHash deduplication, with as many numbers as mixlaw's; the first of them also with words
    cut at blanks instead of by spaCy, its default for English.
    """
    config = MinhashConfig(n_grams=SHINGLE_WORDS, num_buckets=BANDS, hashes_per_bucket=BAND_ROWS)
    signatures, buckets, removed = (str(folder / name) for name in ("signatures", "buckets", "removed"))
    docs = documents(file)
    plain = MinhashDedupSignature(str(folder / "plain"), config=config, language=WhitespaceTokenizer())
    plain_s, _ = seconds_of(lambda: drained(plain.run(docs, 0, 1)))
    docs = documents(file)
    sketch_s, _ = seconds_of(lambda: drained(MinhashDedupSignature(signatures, config=config).run(docs, 0, 1)))
    find = MinhashDedupBuckets(signatures, buckets, config=config)
    find_s, _ = seconds_of(lambda: [drained(find.run(None, band, BANDS)) for band in range(BANDS)])
    cluster_s, _ = seconds_of(lambda: drained(MinhashDedupCluster(buckets, removed, config=config).run(None, 0, 1)))
    filter_s, left = seconds_of(lambda: drained(MinhashDedupFilter(removed).run(docs, 0, 1)))
    return {
        "plain sketch": {"cpu_s": plain_s, "documents": len(docs)},
        "sketch": {"cpu_s": sketch_s, "documents": len(docs)},
        "near": {"cpu_s": find_s + cluster_s + filter_s, "documents": left},
    }


def exact(file: Path, folder: Path) -> dict[str, dict[str, float]]:
    """The three steps of its exact deduplication."""
    config = ExactDedupConfig(content_getter=lambda document: document.text)
    signatures, found = str(folder / "exact"), str(folder / "exact-found")
    docs = documents(file)
    steps = [
        lambda: drained(ExactDedupSignature(signatures, config).run(docs, 0, 1)),
        lambda: drained(ExactFindDedups(signatures, found, config).run(None, 0, 1)),
        lambda: drained(ExactDedupFilter(found, config).run(docs, 0, 1)),
    ]
    timed = [seconds_of(step) for step in steps]
    return {"exact": {"cpu_s": sum(seconds for seconds, _ in timed), "documents": timed[-1][1]}}


def tokens(file: Path, tokenizer: Path, folder: Path) -> dict[str, dict[str, float]]:
    """Its token files: encoded, written, and shuffled by document."""
    step = DocumentTokenizer(str(folder / "tokens"), str(tokenizer), eos_token=EOS, seed=0)
    docs = documents(file)
    cpu_s, _ = seconds_of(lambda: drained(step.run(docs, 0, 1)))
    written = sum(path.stat().st_size for path in (folder / "tokens").glob("*.ds"))
    return {"tokens": {"cpu_s": cpu_s, "documents": len(docs), "tokens": written / 2}}


def main() -> None:
    """Measure, and print."""
    file, tokenizer, folder = map(Path, sys.argv[1:4])
    warm = folder / "warm"
    warm.mkdir(parents=True)
    few = warm / "few.jsonl"
    few.write_text("".join(file.read_text(encoding="utf-8").splitlines(keepends=True)[:20]), encoding="utf-8")
    near(few, warm)
    tokens(few, tokenizer, warm)
    print(json.dumps({**near(file, folder), **exact(file, folder), **tokens(file, tokenizer, folder)}))


if __name__ == "__main__":
    main()
