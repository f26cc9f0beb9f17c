"""Budgets that share a trunk against the same budgets from scratch: losses, tokens and seconds.

    python benchmarks/trunks.py CORPUS [--size 25k] [--seeds 3] [--markdown docs/benchmarks/training.md]

Trains one language mixture at several budgets and seeds three times with the launcher: as a `wsd` study whose budgets
share trunks, as the same trials from scratch (one budget at a time, so that there is nothing to share), and with the
cosine schedule from scratch. Seconds are those of the training loops, which start-up and measurement leave out.
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime
import math
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

import polars as pl
import scipy.stats
from markdown_section import write_section

from mixlaw import store
from mixlaw.corpus import Corpus
from mixlaw.pretrain import Placement
from mixlaw.trial import Trial
from mixlaw_sweeps.launch import launch
from mixlaw_sweeps.ray_session import ray_session
from mixlaw_sweeps.studies import TINY

SHARES = {"python": 0.5, "java": 0.3, "rust": 0.2}
"""Of the language mixture that is trained; its loss is the mean of the three held-out losses with these weights."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--size", default="25k")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--budgets", default="131072,262144,393216", help="training tokens")
    parser.add_argument("--at-once", type=int, default=None, help="trials side by side; default: all cores")
    parser.add_argument("--markdown", type=Path, help="write the figures there, under their own heading")
    options = parser.parse_args()
    corpus = Corpus.open(options.corpus)
    budgets = [int(tokens) for tokens in options.budgets.split(",")]
    cosine = [trial_of(corpus, options.size, tokens, seed) for tokens in budgets for seed in range(options.seeds)]
    wsd = [dataclasses.replace(trial, recipe=trial.recipe.as_wsd()) for trial in cosine]
    with tempfile.TemporaryDirectory() as folder, ray_session(num_cpus=options.at_once or os.cpu_count()):
        branches = run(Path(folder) / "branches", corpus, [wsd])
        alone = [[trial for trial in wsd if trial.train_tokens == tokens] for tokens in budgets]
        scratch = run(Path(folder) / "scratch", corpus, alone)
        usual = run(Path(folder) / "cosine", corpus, [cosine])
    lines = report(branches, scratch, usual, options)
    print("\n".join(lines))
    if options.markdown:
        write_section(options.markdown, "Trunks and branches", "\n".join(lines))


def trial_of(corpus: Corpus, size: str, tokens: int, seed: int) -> Trial:
    trial = TINY.trial("trunks", f"{tokens} tokens", size, tokens, SHARES, seed=seed)
    return dataclasses.replace(trial, corpus=corpus.fingerprint)


def run(out: Path, corpus: Corpus, studies: Sequence[Sequence[Trial]]) -> pl.DataFrame:
    """The results of the studies, run one after the other, with the mixture's loss, by budget and seed."""
    placement = Placement.of(out=out, validation_tokens=32_768, compile="off")
    for trials in studies:
        outcome = launch(trials, corpus, placement)
        assert len(outcome.finished) == len(trials), outcome
    loss = pl.sum_horizontal(share * pl.col(f"loss_{domain}") for domain, share in SHARES.items())
    return store.read_results(out).with_columns(loss=loss).sort("train_tokens", "seed")


def report(
    branches: pl.DataFrame, scratch: pl.DataFrame, usual: pl.DataFrame, options: argparse.Namespace
) -> list[str]:
    seeds = options.seeds
    apart = (branches["loss"] - scratch["loss"]).abs()
    lines = [
        f"Measured on {datetime.date.today()} on {branches['hardware'][0]} ({os.cpu_count()} cores, shared): "
        f"`python benchmarks/trunks.py CORPUS --size {options.size} --seeds {seeds} --budgets {options.budgets}`. "
        f"Mixture {', '.join(f'{d} {s:.0%}' for d, s in SHARES.items())}; losses are means over {seeds} seeds, nats "
        "per token, weighted as the mixture; intervals are 95%, Student's t over seeds.",
        "",
        "| tokens | branch | from scratch | largest difference | cosine, from scratch | branch - cosine |",
        "| ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for (tokens,), branch in branches.group_by("train_tokens", maintain_order=True):
        same, other = (table.filter(pl.col("train_tokens") == tokens)["loss"] for table in (scratch, usual))
        largest = (branch["loss"] - same).abs().max()
        lines += [
            f"| {tokens:,} | {branch['loss'].mean():.4f} | {same.mean():.4f} | {largest:.1e} "
            f"| {other.mean():.4f} | {interval(branch['loss'] - other)} |"
        ]
    asked, trained = int(branches["train_tokens"].sum()), trained_tokens(branches)
    seconds, before = float(branches["train_seconds"].sum()), float(scratch["train_seconds"].sum())
    lines += [
        "",
        f"{(apart == 0).sum()} of {len(apart)} branches have bit for bit the loss of the run from scratch. "
        f"Trained {trained:,} tokens instead of {asked:,} ({asked / trained:.2f} times fewer) in {seconds:.0f} s of "
        f"training instead of {before:.0f} s ({before / seconds:.2f} times less).",
    ]
    return lines


def trained_tokens(table: pl.DataFrame) -> int:
    return int((table["train_tokens"] - table["steps_from_trunk"] * table["batch_tokens"]).sum())


def interval(differences: pl.Series) -> str:
    """Mean and half-width of its 95% interval."""
    n = len(differences)
    if n < 2:
        return f"{differences.mean():+.4f}"
    spread = float(differences.std() or 0.0)  # type: ignore[arg-type]
    return f"{differences.mean():+.4f} ± {scipy.stats.t.ppf(0.975, n - 1) * spread / math.sqrt(n):.4f}"


if __name__ == "__main__":
    main()
