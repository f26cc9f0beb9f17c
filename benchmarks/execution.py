"""How many programs per second, per language: mixlaw's executor against running them one at a time as MultiPL-E does.

    python benchmarks/execution.py --records FOLDER                 # humaneval-py.jsonl, humaneval-java.jsonl, ...
    python benchmarks/execution.py --records FOLDER -n 40 --languages go,rust --markdown FILE
    python benchmarks/execution.py --records FOLDER --steady        # same verdicts beside a load, five times?

The records are MultiPL-E's, with a known answer as `gpt_solution`. Both sides judge the same programs in the same run,
in turns, so that what else the machine does hits both; ours in the sandbox, on as many workers as cores, the other
without a sandbox. The compilers are warm (each side has judged the programs once before); processor time is that of
all processes, so "per core" says what a machine that is busy anyway would do.
"""

from __future__ import annotations

import argparse
import math
import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from execution_one_at_a_time import run_one
from execution_programs import programs
from execution_steady import steady

from mixlaw.trial import DISPLAY, LANGUAGES
from mixlaw_eval.execution import Executor, Program, open_executor
from mixlaw_eval.sandbox import Command, open_sandbox
from mixlaw_sweeps.console import console, table

ROUNDS = 4
COLUMNS = ("language", "programs", "one at a time /s", "mixlaw /s", "times", "per core /s", "mixlaw", "times", "agree")


@dataclass(slots=True)
class Spent:
    """Seconds on the clock and of processors, and which programs passed."""

    wall_s: float = 0.0
    cpu_s: float = 0.0
    passed: tuple[bool, ...] = ()

    def add(self, work: Callable[[], list[bool]]) -> None:
        """Do some work, and count what it took."""
        wall_s, cpu_s = time.perf_counter(), tree_cpu_s()
        self.passed += tuple(work())
        self.wall_s += time.perf_counter() - wall_s
        self.cpu_s += tree_cpu_s() - cpu_s


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One language: what the same programs took on both sides."""

    language: str
    programs: int
    one_at_a_time: Spent
    ours: Spent

    @property
    def times(self) -> float:
        """How many times more programs per second."""
        return self.one_at_a_time.wall_s / self.ours.wall_s

    @property
    def times_per_core(self) -> float:
        """How many times more programs per second of a processor."""
        return self.one_at_a_time.cpu_s / self.ours.cpu_s

    def row(self) -> list[str]:
        """For the table."""
        n, theirs, ours = self.programs, self.one_at_a_time, self.ours
        agree = sum(a == b for a, b in zip(theirs.passed, ours.passed, strict=True))
        rates = [f"{n / theirs.wall_s:.1f}", f"{n / ours.wall_s:.1f}", f"{self.times:.1f}"]
        per_core = [f"{n / theirs.cpu_s:.1f}", f"{n / ours.cpu_s:.1f}", f"{self.times_per_core:.1f}"]
        return [DISPLAY[self.language], str(n), *rates, *per_core, f"{agree}/{n}"]


def tree_cpu_s() -> float:
    """Processor time of this process, its descendants, and all that they have waited for."""
    parents: dict[int, int] = {}
    ticks: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        pid = int(path.parent.name)
        parents[pid], ticks[pid] = int(fields[1]), sum(map(int, fields[11:15]))
    ours = {os.getpid()}
    while more := {pid for pid, parent in parents.items() if parent in ours} - ours:
        ours |= more
    return sum(ticks[pid] for pid in ours) / os.sysconf("SC_CLK_TCK")


def compare(language: str, chosen: Sequence[Program], executor: Executor) -> Compared:
    """Judge the same programs on both sides, in turns."""
    theirs, ours = Spent(), Spent()
    with tempfile.TemporaryDirectory() as folder:
        numbered, size = list(enumerate(chosen)), math.ceil(len(chosen) / ROUNDS)
        for start in range(0, len(numbered), size):
            turn = numbered[start : start + size]
            theirs.add(lambda turn=turn: [run_one(program, Path(folder, str(i))) for i, program in turn])
            ours.add(lambda turn=turn: _passed(executor, [program for _, program in turn]))
    return Compared(language=language, programs=len(chosen), one_at_a_time=theirs, ours=ours)


def _passed(executor: Executor, chosen: Sequence[Program]) -> list[bool]:
    found = dict(executor.run(chosen))
    return [found[index].verdict == "passed" for index in range(len(chosen))]


def chosen(folder: Path, language: str, n: int, executor: Executor) -> list[Program]:
    """The first n programs that pass, or the first n where none has a known answer; also warms both sides."""
    every = programs(folder, language, 4 * n)
    passed = [program for program, right in zip(every, _passed(executor, every), strict=True) if right]
    with tempfile.TemporaryDirectory() as made:
        run_one(every[0], Path(made, "warm"))
    return (passed or every)[:n]


def overhead(n: int = 100) -> list[str]:
    """Of the sandbox: milliseconds for a process that does nothing, beside the same without a sandbox."""
    sandbox = open_sandbox()
    plain, isolated = Spent(), Spent()
    for _ in range(n):
        plain.add(lambda: [subprocess.run(["/bin/true"], check=False).returncode == 0])
        isolated.add(lambda: [sandbox.run(Command(argv=("/bin/true",))).succeeded])
    each = [1000 * (getattr(isolated, kind) - getattr(plain, kind)) / n for kind in ("wall_s", "cpu_s")]
    return [f"The sandbox ({sandbox.name}) adds {each[0]:.1f} ms to a run, {each[1]:.1f} ms of them processor time."]


def summary(found: Sequence[Compared]) -> list[str]:
    """Means over the languages."""
    times = [one.times for one in found]
    per_core = [one.times_per_core for one in found]
    total = sum(one.one_at_a_time.wall_s / one.programs for one in found) / sum(
        one.ours.wall_s / one.programs for one in found
    )
    return [
        f"Mean over {len(found)} languages: {statistics.fmean(times):.1f} times the programs per second "
        f"(geometric mean {statistics.geometric_mean(times):.1f}; as many programs of each, together: {total:.1f}), "
        f"least {min(times):.1f}.",
        f"Per core: {statistics.fmean(per_core):.1f} times (geometric mean {statistics.geometric_mean(per_core):.1f}), "
        f"least {min(per_core):.1f}.",
    ]


def markdown(rows: Sequence[Sequence[str]], lines: Sequence[str]) -> str:
    """The table and the lines below it."""
    body = "".join(f"| {' | '.join(row)} |\n" for row in rows)
    rule = " | ".join(["---", *["---:"] * (len(COLUMNS) - 1)])
    return f"| {' | '.join(COLUMNS)} |\n| {rule} |\n{body}\n" + "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--records", type=Path, required=True, help="folder of MultiPL-E's records, *-py.jsonl and so on"
    )
    parser.add_argument("-n", type=int, default=40, help="programs of each language")
    parser.add_argument("--languages", default=",".join(LANGUAGES))
    parser.add_argument("--workers", type=int, help="programs at a time; by default as many as cores")
    parser.add_argument("--markdown", type=Path, help="write the table there too")
    parser.add_argument("--steady", action="store_true", help="compare verdicts alone and beside a heavy load instead")
    parser.add_argument("--times", type=int, default=5, help="with --steady: how often beside the load")
    options = parser.parse_args()
    languages: list[str] = options.languages.split(",")
    if options.steady:
        steady([one for name in languages for one in programs(options.records, name, options.n)], options.times)
        return
    found: list[Compared] = []
    for language in languages:
        with open_executor(options.workers) as executor:
            found.append(compare(language, chosen(options.records, language, options.n, executor), executor))
        console.print(" ".join(found[-1].row()))
    rows, lines = [one.row() for one in found], [*summary(found), *overhead()]
    table(f"Programs per second, {executor.workers} at a time", COLUMNS, rows)
    console.print("\n".join(lines))
    if options.markdown:
        options.markdown.write_text(markdown(rows, lines))


if __name__ == "__main__":
    main()
