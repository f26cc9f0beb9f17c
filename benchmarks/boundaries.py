"""Boundaries between documents of a packed row, ignored and kept: speed, and what it does to the loss.

    OMP_NUM_THREADS=1 python benchmarks/boundaries.py CORPUS [--parts speed,loss] [--rungs 50k,200k] [--seeds 3]

Speed: tokens per CPU second of the whole optimiser step on the corpus's own rows; both settings take turns in one
process; compile time left out. Loss: the same small trial trained with both settings and several seeds; differences are
paired by seed, with 95% intervals of Student's t over seeds.
"""

from __future__ import annotations

import argparse
import itertools
import math
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import torch
from scipy import stats
from torch import Tensor

from mixlaw.corpus import Corpus
from mixlaw.mixture import RowPlan, batches
from mixlaw.model import Decoder, document_starts, initialise, ladder, load_decoder
from mixlaw.pretrain import Placement, train_trial
from mixlaw.pretrain.group import Group
from mixlaw.pretrain.loop import accumulate_gradients, build_decoder
from mixlaw.pretrain.machine.hardware import autocast, precision_of
from mixlaw.pretrain.optimiser import adamw, update
from mixlaw.pretrain.validate import held_out_rows
from mixlaw.trial import BOUNDARIES, DISPLAY, MEASURED, Boundaries, Recipe, Trial

CPU = torch.device("cpu")
MICRO_TOKENS = BATCH_TOKENS = 2_048
TURNS = 5
Starts = Callable[[Tensor, int], Tensor] | None


def trial_of(corpus: Corpus, rung: str, seq_len: int, tokens: int, boundaries: Boundaries, seed: int = 0) -> Trial:
    domains = [d for d in MEASURED if d in corpus.domains]
    shape = ladder(rung)
    rate = 0.768 / shape.d_model
    recipe = Recipe(learning_rate=rate, batch_tokens=BATCH_TOKENS, seq_len=seq_len, boundaries=boundaries)
    shares = {d: 1 / len(domains) for d in domains}
    return Trial(model=shape, train_tokens=tokens, shares=shares, recipe=recipe, seed=seed, corpus=corpus.fingerprint)


def stepper(trial: Trial, corpus: Corpus, compiled: str) -> Callable[[], object]:
    """One optimiser step on the next rows of the corpus."""
    placement = Placement.of(out=Path(), device="cpu", compile=compiled)
    decoder = build_decoder(trial, corpus.vocab_size, placement, Group(), CPU)
    initialise(decoder, 0)
    optimiser, precision = adamw(decoder, trial.recipe), precision_of(placement, CPU)
    eos = corpus.eos if trial.recipe.boundaries == "kept" else None
    plan = RowPlan.of(trial, corpus)
    some = [torch.from_numpy(r.astype(np.int64)) for r in itertools.islice(batches(plan, corpus), 100)]
    rows = itertools.cycle(some)

    def step() -> None:
        accumulate_gradients(decoder, next(rows), MICRO_TOKENS // trial.recipe.seq_len, precision, eos)
        update(decoder, optimiser, 1e-3, 1.0)

    return step


def rates(steps: list[Callable[[], object]], seconds: float) -> list[float]:
    """Tokens per CPU second of each, in turns: the median over turns."""
    for step in steps:
        step(), step(), step()
    found = [[timed(step, seconds / TURNS) for step in steps] for _ in range(TURNS)]
    return [float(np.median(column)) for column in zip(*found, strict=True)]


def timed(step: Callable[[], object], seconds: float) -> float:
    started, n = time.process_time(), 0
    while time.process_time() - started < seconds:
        step()
        n += 1
    return n * BATCH_TOKENS / (time.process_time() - started)


def speed(corpus: Corpus, rungs: list[str], seq_lens: list[int], seconds: float) -> None:
    print("| rung | seq_len | | ignored | kept | kept / ignored |\n|---|---|---|---|---|---|")
    for rung, seq_len, compiled in itertools.product(rungs, seq_lens, ("off", "on")):
        trials = [trial_of(corpus, rung, seq_len, 100 * BATCH_TOKENS, b) for b in BOUNDARIES]
        ignored, kept = rates([stepper(t, corpus, compiled) for t in trials], seconds)
        word = "compiled" if compiled == "on" else "eager"
        print(f"| {rung} | {seq_len:,} | {word} | {ignored:,.0f} | {kept:,.0f} | {kept / ignored:.2f} |", flush=True)


def opening_starts(tokens: Tensor, eos: int) -> Tensor:
    """As if an end mark opened the document after it: what a prompt that begins with the end mark looks like."""
    place = torch.arange(tokens.shape[1])
    return torch.where(tokens == eos, place, 0).cummax(dim=1).values


WAYS: dict[str, Starts] = {"ignored": None, "kept": document_starts, "opened by eos": opening_starts}


@torch.no_grad()
def held_out_loss(decoder: Decoder, rows: Tensor, eos: int, precision: str, starts: Starts) -> float:
    total = 0.0
    for part in rows.split(MICRO_TOKENS // (rows.shape[1] - 1)):
        inputs = part[:, :-1]
        with autocast(CPU, precision):
            losses = decoder(inputs, part[:, 1:], starts(inputs, eos) if starts else None)
        total += losses.double().sum().item()
    return total / rows[:, 1:].numel()


def measured(corpus: Corpus, trial: Trial, out: Path, held_out: int) -> Iterator[tuple[str, str, float]]:
    """Train; the held-out loss (domain, way of reading the rows, nats per token) of each."""
    placement = Placement.of(out=out, device="cpu", compile="off", validation_tokens=2 * trial.recipe.seq_len)
    train_trial(trial, corpus, placement)
    decoder = load_decoder(placement.trial_folder(trial.trial_id) / "model")
    for domain in trial.shares:
        rows = torch.from_numpy(np.array(held_out_rows(corpus, domain, trial.recipe.seq_len, held_out)))
        ways = list(WAYS.items())
        for way, starts in ways if trial.recipe.boundaries == "kept" else ways[:2]:
            yield domain, way, held_out_loss(decoder, rows, corpus.eos, precision_of(placement, CPU), starts)


def interval(differences: np.ndarray) -> str:
    n = len(differences)
    half = stats.t.ppf(0.975, n - 1) * differences.std(ddof=1) / math.sqrt(n)
    return f"{differences.mean():+.4f} ± {half:.4f}"


def rows_with_boundary(corpus: Corpus, domain: str, seq_len: int, held_out: int) -> float:
    rows = held_out_rows(corpus, domain, seq_len, held_out)[:, :-1]
    return float((rows[:, :-1] == corpus.eos).any(axis=1).mean())


def loss(corpus: Corpus, rung: str, seq_len: int, tokens: int, seeds: int, held_out: int) -> None:
    found: dict[tuple[str, str, str], list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for seed, boundaries in itertools.product(range(seeds), BOUNDARIES):
            trial = trial_of(corpus, rung, seq_len, tokens, boundaries, seed)
            for domain, way, value in measured(corpus, trial, Path(folder), held_out):
                found.setdefault((boundaries, way, domain), []).append(value)
    domains = list(dict.fromkeys(domain for *_, domain in found))
    losses = {key: np.array(values) for key, values in found.items()}
    for trained, way in {(trained, way) for trained, way, _ in losses}:
        losses[trained, way, "mean"] = np.mean([losses[trained, way, d] for d in domains], axis=0)
    print(f"\n{rung}, rows of {seq_len:,}, {tokens:,} tokens, {seeds} seeds, {held_out:,} held-out tokens a language\n")
    print("| | rows with a boundary | ignored, nats | kept - ignored | kept, read without | kept, opened by eos |")
    print("|---|---|---|---|---|---|")
    for domain in [*domains, "mean"]:
        name = DISPLAY.get(domain, domain)
        counted = domains if domain == "mean" else [domain]
        share = np.mean([rows_with_boundary(corpus, d, seq_len, held_out) for d in counted])
        ignored, kept = losses["ignored", "ignored", domain], losses["kept", "kept", domain]
        without, opened = (losses["kept", way, domain] - kept for way in ("ignored", "opened by eos"))
        cells = [f"{share:.1%}", f"{ignored.mean():.4f}", *map(interval, (kept - ignored, without, opened))]
        print(f"| {name} | {' | '.join(cells)} |", flush=True)
    crossed = losses["ignored", "kept", "mean"] - losses["ignored", "ignored", "mean"]
    print(f"\nTrained with boundaries ignored, read with them kept: {interval(crossed)} on the mean.")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--parts", default="speed,loss")
    parser.add_argument("--rungs", default="50k,200k", help="for speed; the first is trained for the loss")
    parser.add_argument("--seq-lens", default="256,1024")
    parser.add_argument("--seconds", type=float, default=6.0, help="CPU seconds per figure of speed")
    parser.add_argument("--tokens", type=int, default=524_288)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--held-out", type=int, default=65_536)
    options = parser.parse_args()
    torch.set_num_threads(1)
    corpus, rungs = Corpus.open(options.corpus), options.rungs.split(",")
    seq_lens = [int(length) for length in options.seq_lens.split(",")]
    if "speed" in options.parts:
        speed(corpus, rungs, seq_lens, options.seconds)
    if "loss" in options.parts:
        for seq_len in seq_lens:
            loss(corpus, rungs[0], seq_len, options.tokens, options.seeds, options.held_out)


if __name__ == "__main__":
    main()
