"""Does a loaded machine change a verdict? The same programs alone, and again and again beside busy processes."""

from __future__ import annotations

import multiprocessing
import time
from collections import Counter
from collections.abc import Generator, Sequence
from contextlib import contextmanager

from mixlaw_eval.execution import Program, open_executor
from mixlaw_eval.execution.executor import cores
from mixlaw_eval.sandbox import Limits
from mixlaw_sweeps.console import console, duration

LOAD_PER_CORE = 4
LIMITS = Limits(cpu_s=5.0, idle_s=5.0)
"""Shorter than the executor's own, to spend less time on programs that reach them."""
ENDS = (
    "while True: pass",
    "import time; time.sleep(1000)",
    "x = [b'x' * 2**20 for _ in range(10**6)]",
    "while True: print('x' * 1000)",
    "assert False",
    "exit(0)",
    "[][1]",
    "def",
    "import time; time.sleep(1)",
    "sum(range(10**7))",
)
"""Programs that end in every way, with less than half of what the limits grant or more than all of it.

A fork bomb is not among them: which limit it reaches first is a race within the program, on an idle machine too.
"""


def steady(programs: Sequence[Program], times: int) -> None:
    """Judge the programs, and one for every kind of end, alone and `times` times beside a load; say what differs."""
    every = [*programs, *(Program(language="python", source=source) for source in ENDS)]
    alone = _verdicts(every, "alone")
    console.print(f"{len(every)} programs: {dict(Counter(alone))}")
    same = 0
    for number in range(times):
        with _load(LOAD_PER_CORE * cores()):
            beside = _verdicts(every, f"beside a load, {number + 1} of {times}")
        changed = [
            f"  {program.language}: {a}, then {b}\n{program.source}"
            for program, a, b in zip(every, alone, beside, strict=True)
            if a != b
        ]
        same += not changed
        console.print("\n".join(changed) or "the same verdicts", markup=False)
    console.print(f"the same verdicts in {same} of {times} runs beside {LOAD_PER_CORE} busy processes per core")


def _verdicts(programs: Sequence[Program], how: str) -> list[str]:
    started = time.monotonic()
    with open_executor(limits=LIMITS) as executor:
        found = dict(executor.run(programs))
    console.print(f"{how}: {duration(time.monotonic() - started)}")
    return [found[index].verdict for index in range(len(programs))]


@contextmanager
def _load(processes: int) -> Generator[None]:
    busy = [multiprocessing.get_context("spawn").Process(target=_spin, daemon=True) for _ in range(processes)]
    for process in busy:
        process.start()
    try:
        yield
    finally:
        for process in busy:
            process.kill()
            process.join()


def _spin() -> None:
    while True:
        sum(range(10_000))
