"""The first 20 losses of a fixed run, kept to 17 digits in losses.json.

They change only with what is trained: the decoder, its initial values, the optimiser, the order of rows, the corpus
of tests/conftest.py. After such a change, on purpose, write them anew and say in the commit why:

    MIXLAW_WRITE_GOLDEN=1 pytest tests/golden

Two processes of one trial are compared with the same file in tests/integration/test_fsdp.py.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from mixlaw.corpus import Corpus
from mixlaw.mixture import RowPlan, batches
from mixlaw.pretrain import Placement, train_trial
from mixlaw.pretrain.progress import Step
from mixlaw.trial import Trial

GOLDEN_FILE = Path(__file__).with_name("losses.json")
GOLDEN: dict[str, Any] = json.loads(GOLDEN_FILE.read_text())
TRIAL = Trial.from_json(GOLDEN["trial"])
TOLERANCE = 1e-4
"""Nats: processors and libraries sum in other orders. On one machine nothing may differ."""


class StopError(Exception):
    """Stands for whatever ends a process."""


def losses(corpus: Corpus, out: Path, stop_at: int = 0, **options: Any) -> list[float]:
    """Of the golden trial, float32, on one thread; with `stop_at` it is broken off there and taken up again."""
    placement = Placement.of(out=out, device="cpu", precision="fp32", validation_tokens=512, **options)

    def stop(step: Step) -> None:
        if step.step == stop_at:
            raise StopError

    if stop_at:
        with pytest.raises(StopError):
            train_trial(TRIAL, corpus, dataclasses.replace(placement, checkpoint_seconds=0.0), report=stop)
    assert train_trial(TRIAL, corpus, placement).resumed_from == stop_at
    return pl.read_parquet(placement.trial_folder(TRIAL.trial_id) / "history.parquet")["loss_nats"].to_list()


def rows_read(corpus: Corpus) -> str:
    """Names the token ids that the trial reads, in their order."""
    digest = hashlib.sha256()
    for rows in batches(RowPlan.of(TRIAL, corpus), corpus):
        digest.update(rows.astype(np.int64).tobytes())
    return digest.hexdigest()


@pytest.fixture(scope="module")
def here(tiny_corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> list[float]:
    found = losses(tiny_corpus, tmp_path_factory.mktemp("golden"))
    if os.environ.get("MIXLAW_WRITE_GOLDEN"):
        content = {"trial": TRIAL.to_json(), "rows_sha256": rows_read(tiny_corpus), "losses": found}
        GOLDEN_FILE.write_text(json.dumps(content, indent=1) + "\n")
        pytest.skip(f"{GOLDEN_FILE} was written anew")
    return found


def test_the_losses_are_those_on_record(here: list[float], tiny_corpus: Corpus) -> None:
    assert rows_read(tiny_corpus) == GOLDEN["rows_sha256"], "other tokens are read: corpus, tokenizer or row order"
    assert len(here) == 20
    assert here == pytest.approx(GOLDEN["losses"], abs=TOLERANCE)
    assert here[-1] < here[0] - 0.5, "a run that learns nothing would prove little"


def test_a_second_run_gives_the_same_digits(here: list[float], tiny_corpus: Corpus, tmp_path: Path) -> None:
    assert losses(tiny_corpus, tmp_path) == here


def test_a_resume_in_the_middle_gives_the_same_digits(here: list[float], tiny_corpus: Corpus, tmp_path: Path) -> None:
    assert losses(tiny_corpus, tmp_path, stop_at=11) == here


def test_another_process_gives_the_same_digits(here: list[float], tiny_corpus: Corpus, tmp_path: Path) -> None:
    command = [sys.executable, __file__, str(tiny_corpus.path), str(tmp_path)]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert json.loads(printed) == here


@pytest.mark.parametrize(("micro_batch_tokens", "stop_at"), [(64, 0), (128, 0), (128, 11)])
def test_gradients_added_up_give_the_same_loss(
    here: list[float], tiny_corpus: Corpus, tmp_path: Path, micro_batch_tokens: int, stop_at: int
) -> None:
    parts = losses(tiny_corpus, tmp_path, stop_at, micro_batch_tokens=micro_batch_tokens)
    assert parts == pytest.approx(here, abs=TOLERANCE)


if __name__ == "__main__":
    print(json.dumps(losses(Corpus.open(Path(sys.argv[1])), Path(sys.argv[2]))))
