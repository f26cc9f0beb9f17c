"""The one results table: Parquet parts written atomically, one per trial and evaluation, read with Polars.

A part's existence is the mark that the trial is done; nothing else records it.
`OUT/results/<trial_id>.<evaluation>.parquet` holds one row (validation) or several (translation: one per direction).
"""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from mixlaw.trial import DOMAINS, MEASURED, Measurement, MixlawError

_TEXT_COLUMNS: dict[str, str] = {
    "trial_id": "hash of what was trained",
    "evaluation": "what was measured: validation, translation/<from>-<to>, translation-prompt/<from>-<to>, "
    "translated/<from>-<to> (BLEU and Pass@1 of greedy translations), humaneval/<language>",
    "status": "finished or failed",
    "error": "why a failed trial failed, with step and learning rate; empty when finished",
    "study": "the study that first ran the trial",
    "label": "the trial's name within its study",
    "model": "rung of the ladder",
    "organisation": "how parallel programs were arranged",
    "corpus": "fingerprint of the corpus",
    "schedule": "learning-rate schedule",
    "boundaries": "between documents of a row: ignored or kept",
    "precision": "fp32 or bf16 (autocast)",
    "hardware": "processor or accelerator",
    "bleu_signature": "sacrebleu's: how BLEU was computed",
    "versions": "of mixlaw, torch and ray",
    "finished_at": "UTC time, ISO 8601",
}
_INT_COLUMNS: dict[str, str] = {
    "params_non_embedding": "N, without token embeddings and output layer",
    "params_total": "N with both",
    "train_tokens": "D as trained",
    "batch_tokens": "tokens per optimiser step",
    "seq_len": "tokens per row",
    "seed": "of initialisation and data order",
    "workers": "training processes",
    "steps_from_trunk": "optimiser steps taken over from a longer trial that shares all but the budget",
    "programs": "translation: programs that the mean is over",
    "pairs_left_out": "translation: programs left out because the pair is longer than the model's context",
    "pairs_windowed": "translation: programs scored through a window because the pair is longer than the context",
    "problems": "generated programs: problems that the score is over",
    "samples": "generated programs: samples per problem",
}
_FLOAT_COLUMNS: dict[str, str] = {
    "flops": "training FLOPs, attention included, counted exactly",
    "learning_rate": "peak",
    "train_loss": "mean over the last 10% of steps, nats per token",
    "tokens_per_second": "of the training loop",
    "train_seconds": "wall time of the training loop",
    "data_wait_fraction": "part of it that the loop waited for rows",
    "pass_at_1": "share of generated programs that pass, unbiased (Chen et al. 2021), 0 to 1",
    "pass_at_1_lower": "lower end of its 95% interval, bootstrap over problems",
    "pass_at_1_upper": "upper end",
    "bleu": "corpus BLEU of greedy translations (sacrebleu), 0 to 100",
    "bleu_lower": "lower end of its 95% interval, bootstrap over programs",
    "bleu_upper": "upper end",
    **{f"share_{d}": f"share of the training tokens: {d}" for d in DOMAINS},
    **{f"epochs_{d}": f"passes over the distinct tokens: {d}" for d in DOMAINS},
    **{f"loss_{d}": f"held-out loss, nats per token: {d}" for d in MEASURED},
    **{f"loss_se_{d}": f"its standard error over held-out rows: {d}" for d in MEASURED},
    **{f"bits_per_byte_{d}": f"held-out loss, bits per byte: {d}" for d in MEASURED},
    **{f"bits_per_byte_se_{d}": f"its standard error: {d}" for d in MEASURED},
}
COLUMNS: dict[str, str] = {**_TEXT_COLUMNS, **_INT_COLUMNS, **_FLOAT_COLUMNS}
"""Every column of the results table and what it means."""
SCHEMA = pl.Schema(
    {
        **dict.fromkeys(_TEXT_COLUMNS, pl.String),
        **dict.fromkeys(_INT_COLUMNS, pl.Int64),
        **dict.fromkeys(_FLOAT_COLUMNS, pl.Float64),
    }
)


def loss_columns(measurements: Iterable[Measurement]) -> dict[str, float]:
    """The four loss columns of each measured domain."""
    columns: dict[str, float] = {}
    for m in measurements:
        columns[f"loss_{m.domain}"] = m.loss_nats
        columns[f"loss_se_{m.domain}"] = m.loss_se
        columns[f"bits_per_byte_{m.domain}"] = m.bits_per_byte
        columns[f"bits_per_byte_se_{m.domain}"] = m.bits_per_byte_se
    return columns


def atomic_write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all: temporary file beside it, fsync, rename."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            # mkstemp makes files for their owner only; a report is for whoever the user's umask lets in.
            os.fchmod(file.fileno(), 0o666 & ~_umask())
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def part_path(out: Path, trial_id: str, evaluation: str) -> Path:
    """Where the rows of one trial and evaluation stand; `evaluation` without the part after its slash."""
    return out / "results" / f"{trial_id}.{evaluation}.parquet"


def write_rows(out: Path, trial_id: str, evaluation: str, rows: Iterable[Mapping[str, Any]]) -> Path:
    """Write the rows of one trial and evaluation, atomically, replacing earlier ones.

    Raises ValueError for a column that is not in `COLUMNS`.
    """
    table = list(rows)
    unknown = sorted({name for row in table for name in row} - set(SCHEMA))
    if unknown:
        raise ValueError(f"columns {unknown} are not in store.COLUMNS; document them there first")
    frame = pl.DataFrame([{name: row.get(name) for name in SCHEMA} for row in table], schema=SCHEMA)
    path = part_path(out, trial_id, evaluation)
    buffer = io.BytesIO()
    frame.write_parquet(buffer)
    atomic_write(path, buffer.getvalue())
    return path


def read_rows(out: Path, trial_id: str, evaluation: str) -> pl.DataFrame | None:
    """The rows of one trial and evaluation, or None when there are none yet."""
    path = part_path(out, trial_id, evaluation)
    return _read_part(path) if path.exists() else None


def read_results(out: Path, *, evaluation: str | None = None) -> pl.DataFrame:
    """The results table of a folder: columns as in `COLUMNS`, one row per trial and evaluation.

    Raises MixlawError when the folder has no results or a part cannot be read.
    """
    parts = sorted((out / "results").glob("[!.]*.parquet"))
    if not parts:
        raise MixlawError(f"{out} holds no results; run a study there first: mixlaw run STUDY --corpus DIR --out {out}")
    table = pl.concat([_read_part(part) for part in parts])
    if evaluation is not None:
        table = table.filter(
            (pl.col("evaluation") == evaluation) | pl.col("evaluation").str.starts_with(f"{evaluation}/")
        )
    return table


def _read_part(path: Path) -> pl.DataFrame:
    try:
        frame = pl.read_parquet(path)
    except Exception as error:
        raise MixlawError(f"{path} cannot be read as Parquet ({error}); delete it and run the study again") from error
    missing = sorted(set(SCHEMA) - set(frame.columns))
    # A table written by an earlier version may lack columns added since: they are unknown, so null.
    return frame.with_columns([pl.lit(None, dtype=SCHEMA[name]).alias(name) for name in missing]).select(list(SCHEMA))
