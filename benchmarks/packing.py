"""Tokens per second of 1, 2, 4 and 8 trials side by side, by size, and how many `mixlaw run` would let share a device.

    python benchmarks/packing.py --markdown docs/benchmarks/training.md
    python benchmarks/packing.py --rungs 100k,1M,10M,30M,0.1B          # on a GPU

On a GPU the trials share one device. On a CPU they are processes of one thread on all cores, each of which a trial has
for itself in a study: the same processes, clock and choice, and the right answer is known, the number of cores. Wall
seconds: a busy machine's table says little.
"""

from __future__ import annotations

import argparse
import datetime
import os
import platform
from collections.abc import Sequence
from pathlib import Path

import torch
from markdown_section import write_section

from mixlaw.model import ladder
from mixlaw.pretrain import Placement
from mixlaw.pretrain.calibration.packing import CANDIDATES, choose, most_that_fit, tokens_per_second
from mixlaw.pretrain.calibration.side_by_side import NoRoom, SideBySide
from mixlaw.pretrain.calibration.workload import Workload
from mixlaw.pretrain.machine.hardware import device_of, hardware_name
from mixlaw.pretrain.machine.memory import estimate_memory

Rates = dict[Workload, dict[int, float]]
RUNGS = {"cpu": "100k,300k,1M,3M", "cuda": "100k,1M,3M,10M,30M,60M,0.1B,0.4B"}
VOCAB, SEQ_LEN = {"cpu": 2_048, "cuda": 32_000}, {"cpu": 256, "cuda": 2_048}
TOKENS_A_PASS = {"cpu": 2_048, "cuda": 16_384}


def main() -> None:
    """Measure, show and write."""
    device = device_of(Placement(out=Path()))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rungs", default=RUNGS[device.type], help="sizes of the ladder, by name")
    parser.add_argument("--at-once", default=",".join(map(str, CANDIDATES)), help="how many trials side by side")
    parser.add_argument("--seconds", type=float, default=3.0, help="of clocking, per size and number (default: 3)")
    parser.add_argument("--compiled", action="store_true", help="with torch.compile")
    parser.add_argument("--markdown", type=Path, help="put the table under its heading in this file")
    options = parser.parse_args()
    works = [workload(name, device, compiled=options.compiled) for name in options.rungs.split(",")]
    rates: Rates = {work: {} for work in works}
    load = os.getloadavg()[0]
    for n in map(int, options.at_once.split(",")):
        measure(rates, n, options.seconds)
    text = markdown(dict(zip(options.rungs.split(","), rates.items(), strict=True)), device, load)
    print(text)
    if options.markdown:
        write_section(options.markdown, "Several trials on one device", text)


def workload(name: str, device: torch.device, *, compiled: bool) -> Workload:
    """A rung as a study of its kind of device trains it."""
    return Workload(
        shape=ladder(name),
        vocab_size=VOCAB[device.type],
        seq_len=SEQ_LEN[device.type],
        compiled=compiled,
        micro_batch_tokens=TOKENS_A_PASS[device.type],
    )


def measure(rates: Rates, n: int, seconds: float) -> None:
    """Add the tokens per second of `n` processes together, of every workload that has room."""
    with SideBySide(n, wall=True) as processes:
        for work, found in rates.items():
            try:
                found[n] = n * tokens_per_second(work, processes.timed(work, seconds))
            except NoRoom:
                continue
            print(f"{n} x {work.shape.name}: {found[n]:,.0f} tokens/s", flush=True)


def room(work: Workload, device: torch.device) -> int:
    """Trials that fit the device's memory by the estimate."""
    if device.type == "cpu":
        return max(CANDIDATES)
    estimate = estimate_memory(work.shape, work.vocab_size, work.micro_batch_tokens, precision="bf16")
    return most_that_fit(estimate.total, torch.cuda.mem_get_info(device)[0])


def markdown(rows: dict[str, tuple[Workload, dict[int, float]]], device: torch.device, load: float) -> str:
    """The section."""
    tried = sorted({n for _, found in rows.values() for n in found})
    work = next(iter(rows.values()))[0]
    how = "compiled" if work.compiled else "not compiled"
    lines = [
        f"Measured on {datetime.date.today()} on {hardware_name(device)} ({os.cpu_count()} cores, load {load:.1f}",
        f"before), torch {torch.__version__}, Python {platform.python_version()}: `python benchmarks/packing.py`.",
        f"Tokens per wall second of all trials together, {how}; sequence {work.seq_len:,}, {work.micro_batch_tokens:,}",
        f"tokens a step, vocabulary {work.vocab_size:,}.",
        "",
        f"| size | {' | '.join(f'{n} at once' for n in tried)} | times one | chosen |",
        f"| --- |{' ---: |' * (len(tried) + 2)}",
        *(f"| {name} | {' | '.join(cells(work, found, tried, device))} |" for name, (work, found) in rows.items()),
    ]
    return "\n".join(lines)


def cells(work: Workload, found: dict[int, float], tried: Sequence[int], device: torch.device) -> list[str]:
    """One line of the table."""
    chosen = choose(found, room(work, device))
    times = f"{found[chosen] / found[1]:.2f}" if {chosen, 1} <= set(found) else "–"
    return [*(f"{found[n]:,.0f}" if n in found else "no room" for n in tried), times, str(chosen)]


if __name__ == "__main__":
    main()
