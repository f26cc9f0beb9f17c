"""What it took: trials, FLOPs, hours, throughput, hardware and versions, and the trials that failed."""

from __future__ import annotations

import polars as pl

from mixlaw.report.blocks import Block, Cell, Fact, Facts, Missing, Section, Table, text_cells
from mixlaw.report.evidence import Evidence
from mixlaw.report.figures.style import count

ANCHOR, TITLE = "cost", "Cost and provenance"


def cost(evidence: Evidence) -> Section:
    """Totals, a table by study, what ran it, and every failed trial with its reason."""
    finished = evidence.finished
    if finished.is_empty() and evidence.failed.is_empty():
        return Section(anchor=ANCHOR, title=TITLE, blocks=(_nothing(evidence),))
    blocks: list[Block] = [_totals(finished), _by_study(evidence), _provenance(finished)]
    blocks += [_failures(evidence.failed)] if len(evidence.failed) else []
    return Section(anchor=ANCHOR, title=TITLE, blocks=tuple(blocks))


def _nothing(evidence: Evidence) -> Missing:
    return Missing(
        what="No trial has run yet.",
        command=f"mixlaw run single-language --corpus CORPUS --out {evidence.out}",
    )


def _totals(finished: pl.DataFrame) -> Facts:
    seconds = _sum(finished, "train_seconds")
    worker_seconds = float((finished["train_seconds"].fill_null(0) * finished["workers"].fill_null(1)).sum())
    tokens = _sum(finished, "train_tokens")
    facts = (
        Fact(label="trials finished", value=str(len(finished)), detail=f"{count(tokens)} training tokens in all"),
        Fact(label="training FLOPs", value=f"{_sum(finished, 'flops'):.3g}", detail="attention included"),
        Fact(label="training time", value=hours(worker_seconds), detail="summed over training processes"),
        Fact(
            label="throughput",
            value=f"{count(tokens / seconds) if seconds else '–'} tokens/s",
            detail="of one trial, averaged over all training time",
        ),
    )
    return Facts(facts=facts)


def hours(seconds: float) -> str:
    """A span of work for people: 45 s, 12.3 min, 3.1 h, 1,230 h."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.1f} min" if seconds < 5400 else f"{seconds / 3600:,.1f} h"


def _by_study(evidence: Evidence) -> Table:
    names = list(dict.fromkeys([*evidence.planned, *evidence.finished["study"], *evidence.failed["study"]]))
    rows = [_study_row(evidence, name) for name in names if name is not None]
    return Table(
        caption="By study. A trial that two studies share is counted where it ran first.",
        headers=("study", "trials asked for", "finished", "failed", "N", "D", "FLOPs", "training time"),
        rows=tuple(rows),
    )


def _study_row(evidence: Evidence, name: str) -> tuple[Cell, ...]:
    mine = evidence.finished.filter(pl.col("study") == name)
    failed = len(evidence.failed.filter(pl.col("study") == name))
    asked = evidence.planned.get(name)
    return (
        Cell(text=name),
        Cell(text="–" if asked is None else str(asked)),
        Cell(text=str(len(mine))),
        Cell(text=str(failed), strong=failed > 0),
        Cell(text=_range(mine, "params_non_embedding")),
        Cell(text=_range(mine, "train_tokens")),
        Cell(text=f"{_sum(mine, 'flops'):.2g}"),
        Cell(text=hours(_sum(mine, "train_seconds"))),
    )


def _range(table: pl.DataFrame, column: str) -> str:
    values = sorted(float(v) for v in table[column].drop_nulls())
    if not values:
        return "–"
    ends = [count(values[0]), count(values[-1])]
    return ends[0] if ends[0] == ends[1] else " to ".join(ends)


def _provenance(finished: pl.DataFrame) -> Table:
    columns = {
        "hardware": "hardware",
        "precision": "precision",
        "versions": "versions",
        "corpus": "corpus fingerprint",
        "schedule": "schedule",
        "seq_len": "tokens per row",
        "batch_tokens": "tokens per step",
    }
    rows = [text_cells(label, _distinct(finished, column)) for column, label in columns.items()]
    return Table(
        caption="What the finished trials ran on.",
        headers=("", "value"),
        rows=tuple(rows),
        text_columns=frozenset({0, 1}),
    )


def _distinct(table: pl.DataFrame, column: str) -> str:
    values = dict.fromkeys(str(v) for v in table[column].drop_nulls() if str(v))
    return "; ".join(values) or "not recorded"


def _failures(failed: pl.DataFrame) -> Table:
    rows = [
        text_cells(
            row["label"] or row["trial_id"], row["study"] or "", row["trial_id"], row["error"] or "no reason given"
        )
        for row in failed.iter_rows(named=True)
    ]
    return Table(
        caption=f"{len(failed)} failed: none of their numbers is used. Delete the result part and run the study again.",
        headers=("trial", "study", "id", "reason"),
        rows=tuple(rows),
        text_columns=frozenset({0, 1, 2, 3}),
    )


def _sum(table: pl.DataFrame, column: str) -> float:
    return float(table[column].fill_null(0).sum())
