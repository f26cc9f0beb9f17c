"""How long a training stands still for a checkpoint: written in its way, and beside it.

    python benchmarks/checkpoints.py [--sizes 10M,60M] [--folder .] [--markdown docs/benchmarks/training.md]

Each size trains the same number of steps three ways, taking turns: with no checkpoint, with one written before training
goes on, and with one written beside the training. What a checkpoint costs is the difference of the whole time (the wait
for the last write included) to that without any. `stands still` is the time from asking for a checkpoint until the
training goes on. Files are synced to the disk of `--folder`.
"""

from __future__ import annotations

import argparse
import datetime
import os
import shutil
import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import torch
from markdown_section import write_section

from mixlaw.model import Decoder, initialise, ladder
from mixlaw.pretrain.checkpoints.checkpoint import Checkpoints, state_of
from mixlaw.pretrain.checkpoints.saving import Saver
from mixlaw.pretrain.group import Group
from mixlaw.pretrain.machine.hardware import autocast
from mixlaw.pretrain.optimiser import adamw
from mixlaw.trial import Recipe

Way = Literal["none", "in its way", "beside it"]
WAYS: tuple[Way, ...] = ("none", "in its way", "beside it")
VOCABULARY, ROWS, SEQ_LEN = 4_096, 1, 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """Seconds of a round, and those of them between asking for the checkpoint and going on."""

    whole: float
    still: float


class Training:
    """One model that trains on."""

    def __init__(self, size: str) -> None:
        self.decoder = Decoder(ladder(size), VOCABULARY)
        initialise(self.decoder, 0)
        self.optimiser = adamw(self.decoder, Recipe(learning_rate=1e-3, batch_tokens=ROWS * SEQ_LEN, seq_len=SEQ_LEN))
        self.rows = torch.randint(VOCABULARY, (ROWS, SEQ_LEN + 1), generator=torch.Generator().manual_seed(0))
        self.losses: list[float] = []

    def step(self) -> None:
        with autocast(self.rows.device, "bf16"):
            loss = self.decoder(self.rows[:, :-1], self.rows[:, 1:]).mean()
        loss.backward()
        self.optimiser.step()
        self.optimiser.zero_grad()
        self.losses.append(loss.item())

    def round(self, way: Way, checkpoints: Checkpoints, saver: Saver, steps: int) -> Time:
        """One step, the checkpoint, the other steps."""
        began, still = time.perf_counter(), 0.0
        self.step()
        asked = time.perf_counter()
        if way == "in its way":
            checkpoints.write(state_of(self.decoder, self.optimiser), self.losses)
        elif way == "beside it":
            saver.save(self.decoder, self.optimiser, self.losses)
        still = time.perf_counter() - asked
        for _ in range(steps - 1):
            self.step()
        saver.wait()
        return Time(whole=time.perf_counter() - began, still=still)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="10M,60M")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--steps", type=int, default=8, help="of a round, more than a checkpoint takes to be written")
    parser.add_argument("--folder", type=Path, default=Path(), help="on the disk where checkpoints go")
    parser.add_argument("--markdown", type=Path, help="write the figures there, under their own heading")
    options = parser.parse_args()
    torch.set_num_threads(1)
    command = f"--sizes {options.sizes} --rounds {options.rounds} --steps {options.steps}"
    rows = [row for size in options.sizes.split(",") for row in measure(size, options)]
    lines = [
        f"{datetime.date.today()}, {os.cpu_count()} CPU cores (load {os.getloadavg()[0]:.1f} at the end), one thread "
        f"of PyTorch {torch.__version__}, vocabulary {VOCABULARY:,}, {ROWS * SEQ_LEN} tokens a step, bf16; medians of "
        f"{options.rounds} rounds of {options.steps} steps (extremes in brackets).",
        "",
        f"    python benchmarks/checkpoints.py {command}",
        "",
        "| size | checkpoint | written | training stands still, s | whole round, s | more than without one, s |",
        "|---|---|---|---|---|---|",
        *rows,
    ]
    print("\n".join(lines))
    if options.markdown:
        write_section(options.markdown, "Checkpoints beside the training", "\n".join(lines))


def measure(size: str, options: argparse.Namespace) -> list[str]:
    """A row of the table for each way."""
    training, folder = Training(size), Path(tempfile.mkdtemp(dir=options.folder, prefix=".checkpoints-"))
    checkpoints = Checkpoints(folder=folder, group=Group())
    times: dict[Way, list[Time]] = {way: [] for way in WAYS}
    try:
        with Saver(checkpoints) as saver:
            for way in WAYS:  # the first of each pays for memory that the others find
                training.round(way, checkpoints, saver, options.steps)
            for _ in range(options.rounds):
                for way in WAYS:
                    times[way].append(training.round(way, checkpoints, saver, options.steps))
        n_bytes = sum(file.stat().st_size for file in checkpoints.path(checkpoints.steps()[0]).iterdir())
    finally:
        shutil.rmtree(folder)
    return [row(size, n_bytes, way, times) for way in WAYS]


def row(size: str, n_bytes: int, way: Way, times: dict[Way, list[Time]]) -> str:
    more = [one.whole - none.whole for one, none in zip(times[way], times["none"], strict=True)]
    whole = statistics.median(one.whole for one in times[way])
    if way == "none":
        return f"| {size} | | none | | {whole:.2f} | |"
    still = spread([one.still for one in times[way]])
    return f"| {size} | {n_bytes / 1e6:.0f} MB | {way} | {still} | {whole:.2f} | {spread(more)} |"


def spread(seconds: list[float]) -> str:
    return f"{statistics.median(seconds):.2f} ({min(seconds):.2f} to {max(seconds):.2f})"


if __name__ == "__main__":
    main()
