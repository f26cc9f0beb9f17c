"""Tokens per second and FLOPs utilisation of training: this project's loop beside three others, in the same run.

    OMP_NUM_THREADS=1 python benchmarks/train.py --peer-python PEERS/bin/python --markdown docs/benchmarks/training.md
    python benchmarks/train.py --rungs 0.4B,1.3B,3B                                   # on a GPU

The others: transformers' LlamaForCausalLM in a plain loop, Hugging Face's Trainer, and a minimal loop in the manner of
nanoGPT (SDPA, the whole model compiled). All train the same shape on the same rows with AdamW and clipping. PEERS is an
environment with torch, transformers and accelerate, where this one has no accelerate. CPU seconds of one process, so
that a busy machine does not decide (on a GPU wall seconds); compile time and first steps are left out. The ways of
one process take turns, so that a neighbour slows all of them.
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime
import json
import math
import os
import platform
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from markdown_section import write_section
from train_peers import Setting, taking_turns

from mixlaw.model import initialise, ladder, training_flops
from mixlaw.pretrain import Placement
from mixlaw.pretrain.calibration.matrix_rate import matrix_rate
from mixlaw.pretrain.group import Group
from mixlaw.pretrain.loop import accumulate_gradients, build_decoder
from mixlaw.pretrain.machine.allocator import keep_freed_memory
from mixlaw.pretrain.machine.hardware import device_of, hardware_name
from mixlaw.pretrain.optimiser import adamw, update
from mixlaw.pretrain.placement import CPU_MICRO_BATCH_TOKENS
from mixlaw.trial import ModelShape, Recipe, Trial

Step = Callable[[], float]
PRECISIONS = ("fp32", "bf16")
OURS = ("eager", "compiled")
PEERS = {"transformers": 2.0, "Trainer": 2.5, "minimal": 1.0}
"""And how many times as fast we want to be, on the geometric mean."""
MICRO_TOKENS = {"cpu": CPU_MICRO_BATCH_TOKENS, "cuda": 16_384}


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """What is measured where nothing is said."""

    rungs: str
    seq_len: int
    batch: int
    vocab: int


DEFAULTS = {
    "cpu": Defaults(rungs="100k,300k,1M,3M,10M", seq_len=256, batch=4_096, vocab=2_048),
    "cuda": Defaults(rungs="0.4B,1.3B,3B", seq_len=2_048, batch=16_384, vocab=32_000),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One rung: tokens per second by contender and precision, and FLOPs per token."""

    rung: str
    rates: dict[tuple[str, str], float]
    flops: float

    def best(self, *names: str) -> tuple[float, str]:
        """The best rate of these contenders, and its precision."""
        return max((rate, precision) for (name, precision), rate in self.rates.items() if name in names)


def main() -> None:
    """Measure, show and write."""
    options = arguments()
    torch.set_num_threads(1)
    keep_freed_memory()  # as training does; the others run without it
    device = torch.device(options.device)
    matrix = {precision: matrix_rate(device, precision, 1) for precision in PRECISIONS}
    print(", ".join(f"{name} matrices {rate / 1e9:,.0f} GFLOP/s" for name, rate in matrix.items()), flush=True)
    rows: list[Row] = []
    for name in options.rungs.split(","):
        rows.append(measured(ladder(name), options))
        print(json.dumps({"rung": name} | {"/".join(k): round(v) for k, v in rows[-1].rates.items()}), flush=True)
    text = markdown(rows, matrix, options)
    print(text)
    if options.markdown:
        write_section(options.markdown, "Speed", text)


def arguments() -> argparse.Namespace:
    """The command line; what is not said follows from the device."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--device", default=device_of(Placement(out=Path())).type, choices=("cpu", "cuda"))
    parser.add_argument("--rungs", help="sizes of the ladder, by name")
    parser.add_argument("--seq-len", type=int)
    parser.add_argument("--batch", type=int, help="tokens per step")
    parser.add_argument("--vocab", type=int)
    parser.add_argument("--precisions", default="fp32,bf16")
    parser.add_argument("--seconds", type=float, default=3.0, help="per contender and rung (default: 3)")
    parser.add_argument("--peer-python", default=sys.executable, help="the Python of an environment with accelerate")
    parser.add_argument("--markdown", type=Path, help="put the table under its heading in this file")
    options = parser.parse_args()
    for name, value in dataclasses.asdict(DEFAULTS[options.device]).items():
        if getattr(options, name) is None:
            setattr(options, name, value)
    return options


def measured(shape: ModelShape, options: argparse.Namespace) -> Row:
    """All contenders on one rung."""
    setting = Setting(
        n_layers=shape.n_layers,
        d_model=shape.d_model,
        n_heads=shape.n_heads,
        d_ff=shape.d_ff,
        vocab=options.vocab,
        seq_len=options.seq_len,
        rows=options.batch // options.seq_len,
        device=options.device,
        seconds=options.seconds,
    )
    precisions = options.precisions.split(",")
    rates = taking_turns(dict(our_steps(shape, setting, precisions)), setting)
    rates |= peer_rates(setting, precisions, options.peer_python)
    return Row(rung=shape.name, rates=rates, flops=training_flops(shape, options.vocab, options.seq_len, 1))


def our_steps(shape: ModelShape, setting: Setting, precisions: Sequence[str]) -> Iterator[tuple[tuple[str, str], Step]]:
    """A step of each of our ways, by name and precision."""
    for precision in precisions:
        for compiled in OURS:
            yield (compiled, precision), our_step(shape, setting, precision, compiled)


def our_step(shape: ModelShape, setting: Setting, precision: str, compiled: str) -> Step:
    """One step of this project's loop."""
    recipe = Recipe(learning_rate=1e-3, batch_tokens=setting.tokens, seq_len=setting.seq_len)
    trial = Trial(model=shape, train_tokens=recipe.batch_tokens, shares={"python": 1.0}, recipe=recipe)
    device = torch.device(setting.device)
    placement = Placement.of(out=Path(), device=setting.device, compile="on" if compiled == "compiled" else "off")
    decoder = build_decoder(trial, setting.vocab, placement, Group(), device)
    initialise(decoder, seed=0)
    optimiser = adamw(decoder, recipe)
    rows = setting.batch()
    micro_rows = max(1, min(len(rows), MICRO_TOKENS[setting.device] // setting.seq_len))

    def step() -> float:
        loss = accumulate_gradients(decoder, rows, micro_rows, precision)
        update(decoder, optimiser, 1e-3, 1.0)
        return loss.item()

    return step


def peer_rates(setting: Setting, precisions: Sequence[str], python: str) -> dict[tuple[str, str], float]:
    """Of the others, in a process of their own with none of our settings; no Trainer where accelerate is lacking.

    Raises RuntimeError when their process fails.
    """
    asked: dict[str, Any] = dataclasses.asdict(setting) | {"precisions": list(precisions)}
    peer = [python, str(Path(__file__).with_name("train_peers.py")), json.dumps(asked)]
    done = subprocess.run(peer, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"the other ways of training failed: {done.stderr.strip().splitlines()[-1]}")
    said = json.loads(done.stdout.strip().splitlines()[-1])
    if said["problem"]:
        print(said["problem"], file=sys.stderr)
    return {(name, precision): rate for name, precision, rate in said["rates"]}


def markdown(rows: Sequence[Row], matrix: dict[str, float], options: argparse.Namespace) -> str:
    """The section: how it was measured, tokens per second, ratios."""
    device = torch.device(options.device)
    seconds = "wall second" if options.device == "cuda" else "CPU second of one process with one thread"
    named = (*OURS, *PEERS)
    titles = [f"{name} {precision}" for name in named for precision in options.precisions.split(",")]
    ratios = [f"times {peer}" for peer in PEERS]
    lines = [
        f"Measured on {datetime.date.today()} on {hardware_name(device)} ({os.cpu_count()} cores, shared), torch",
        f"{torch.__version__}, Python {platform.python_version()}: `python benchmarks/train.py`. Tokens per {seconds};",
        f"sequence {options.seq_len:,}, {options.batch:,} tokens a step, vocabulary {options.vocab:,}; caches warm.",
        "`eager` and `compiled` are this project's loop; the others are transformers' Llama in a plain loop,",
        "Hugging Face's Trainer, and a minimal loop in the manner of nanoGPT, compiled. Ratios and utilisation are of",
        "the better precision on both sides; utilisation is over the matrix rate measured in the same run:",
        f"{rates_text(matrix)}.",
        "",
        f"| size | {' | '.join((*titles, *ratios, 'utilisation'))} |",
        f"| --- |{' ---: |' * (len(titles) + len(ratios) + 1)}",
        *(f"| {row.rung} | {' | '.join(cells(row, named, matrix, options))} |" for row in rows),
        "",
        *(verdict(rows, peer, wanted) for peer, wanted in PEERS.items()),
    ]
    return "\n".join(lines)


def rates_text(matrix: dict[str, float]) -> str:
    """Such as 160 GFLOP/s in fp32, 950 in bf16."""
    return ", ".join(f"{rate / 1e9:,.0f} GFLOP/s in {precision}" for precision, rate in matrix.items())


def cells(row: Row, named: Sequence[str], matrix: dict[str, float], options: argparse.Namespace) -> list[str]:
    """One line of the table."""
    found = [row.rates.get((name, p)) for name in named for p in options.precisions.split(",")]
    speed, precision = row.best(*OURS)
    return [
        *("–" if rate is None else f"{rate:,.0f}" for rate in found),
        *("–" if (ratio := times(row, peer)) is None else f"{ratio:.2f}" for peer in PEERS),
        f"{speed * row.flops / matrix[precision]:.0%}",
    ]


def times(row: Row, peer: str) -> float | None:
    """How many times as fast as a peer, both at their better precision."""
    if not any(name == peer for name, _ in row.rates):
        return None
    return row.best(*OURS)[0] / row.best(peer)[0]


def verdict(rows: Sequence[Row], peer: str, wanted: float) -> str:
    """A line on the geometric mean and the worst size."""
    found = [ratio for row in rows if (ratio := times(row, peer)) is not None]
    if not found:
        return f"- {peer}: not measured."
    mean = math.exp(math.fsum(map(math.log, found)) / len(found))
    return f"- {peer}: {mean:.2f} times on the geometric mean (aim: {wanted:g}), {min(found):.2f} at the worst size."


if __name__ == "__main__":
    main()
