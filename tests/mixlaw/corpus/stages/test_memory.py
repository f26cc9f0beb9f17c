"""Memory does not grow with the corpus: one of ten times the limit is built under it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

LIMIT = 20_000_000
"""Bytes that a build may have beyond what the process has after a first, tiny one."""
TEXT = 10 * LIMIT

LIMITED = """
import os, sys, threading, time
from pathlib import Path
from mixlaw.corpus import build
from mixlaw.corpus.stages import clean, encode

clean.BATCH_BYTES, encode.BLOCK_BYTES = 500_000, 1_000_000

def own_bytes():
    line = next(l for l in Path("/proc/self/status").read_text().splitlines() if l.startswith("RssAnon"))
    return int(line.split()[1]) * 1024

def watch(limit):
    # Resource limits count memory that is reserved and not used (thread stacks, arenas): this looks at what is used.
    while True:
        if own_bytes() > limit:
            os._exit(9)
        time.sleep(0.02)

folder = Path(sys.argv[1])
build(folder / "tiny.yaml", folder / "tiny-corpus")
threading.Thread(target=watch, args=(own_bytes() + int(sys.argv[2]),), daemon=True).start()
corpus = build(folder / "large.yaml", folder / "large-corpus")
print(sum(row["bytes_in"] for row in corpus.manifest["funnel"] if row["step"] == "valid UTF-8"))
"""
SPEC = """
name: limited
vocab_size: 260
max_train_tokens: 3000000
max_validation_tokens: 50000
validation: [held]
sources:
  - {{project: held, kind: jsonl, path: held.jsonl, licence: MIT, languages: [python]}}
  - {{project: main, kind: jsonl, path: {file}, licence: MIT, languages: [python]}}
"""


def write_rows(path: Path, n_bytes: int) -> None:
    """Documents of 20,000 characters, no two alike."""
    with path.open("w") as file:
        for number in range(n_bytes // 20_000):
            lines = [f"{path.stem}_{number}_{line} = call_{number * 7 + line}({line})" for line in range(640)]
            file.write(json.dumps({"text": "\n".join(lines)[:20_000]}) + "\n")


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc/self/status")
def test_a_corpus_of_ten_times_the_memory_limit_is_built_under_it(tmp_path: Path) -> None:
    for name, size in (("held", 100_000), ("tiny", 400_000), ("large", TEXT)):
        write_rows(tmp_path / f"{name}.jsonl", size)
        (tmp_path / f"{name}.yaml").write_text(SPEC.format(file=f"{name}.jsonl"))
    assert _built_within(LIMIT, tmp_path) > 9 * LIMIT
    shutil.rmtree(tmp_path / "large-corpus")
    assert _built_within(LIMIT // 20, tmp_path) == 0, "the limit is one that can be exceeded"


def _built_within(limit: int, folder: Path) -> int:
    """Bytes read by a build that keeps to the limit; 0 for one that was ended because it does not."""
    shutil.rmtree(folder / "tiny-corpus", ignore_errors=True)
    command = [sys.executable, "-c", LIMITED, str(folder), str(limit)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 9), done.stderr[-2000:]
    return int(done.stdout) if done.returncode == 0 else 0
