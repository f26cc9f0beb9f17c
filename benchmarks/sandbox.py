"""What the sandbox costs: a program run bare, under limits only, and isolated, in turns in the same minutes.

    python benchmarks/sandbox.py [RUNS]

Prints, for each, the median wall time and the mean CPU time of one run in milliseconds, ours and the children's, and
how many of them this machine runs a second with one thread for each core. The order of the three changes every round,
so that other work on the machine falls on all alike.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from mixlaw_eval.sandbox import Command, Sandbox, open_sandbox

PROGRAMS = {
    "true": ("/usr/bin/true",),
    "python -ISE": ("/usr/bin/python3", "-ISE", "-c", "print(sum(range(1000)))"),
}


def cpu_s() -> float:
    """Of this process and of all children that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def bare(argv: tuple[str, ...]) -> None:
    subprocess.run(argv, stdin=subprocess.DEVNULL, capture_output=True, check=True, env={"LANG": "C.UTF-8"})


def inside(sandbox: Sandbox) -> Callable[[tuple[str, ...]], None]:
    def run(argv: tuple[str, ...]) -> None:
        outcome = sandbox.run(Command(argv=argv))
        assert outcome.succeeded, outcome

    return run


def measure(ways: dict[str, Callable[[tuple[str, ...]], None]], argv: tuple[str, ...], runs: int) -> list[str]:
    wall_s: dict[str, list[float]] = {name: [] for name in ways}
    used_s = dict.fromkeys(ways, 0.0)
    for turn in range(runs):
        names = list(ways)
        for name in names[turn % len(names) :] + names[: turn % len(names)]:
            began_s, cpu_before_s = time.perf_counter(), cpu_s()
            ways[name](argv)
            wall_s[name].append(time.perf_counter() - began_s)
            used_s[name] += cpu_s() - cpu_before_s
    rates = {name: rate(way, argv, runs) for name, way in ways.items()}
    walls_ms = {name: statistics.median(times) * 1e3 for name, times in wall_s.items()}
    used_ms = {name: used / runs * 1e3 for name, used in used_s.items()}
    return [f"| {name} | {walls_ms[name]:.1f} | {used_ms[name]:.1f} | {rates[name]:.0f} |" for name in ways]


def rate(way: Callable[[tuple[str, ...]], None], argv: tuple[str, ...], runs: int) -> float:
    began_s = time.perf_counter()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(way, [argv] * runs))
    return runs / (time.perf_counter() - began_s)


def main(runs: int) -> None:
    ways = {"bare": bare, "limits only": inside(open_sandbox(unsafe=True)), "isolated": inside(open_sandbox())}
    print(f"{os.cpu_count()} cores, Linux {platform.release()}, uid {os.getuid()}, {runs} runs each\n")
    for name, argv in PROGRAMS.items():
        print(f"| {name} | wall, ms | CPU, ms | runs a second, all cores |")
        print("|---|---|---|---|")
        print(*measure(ways, argv, runs), sep="\n", end="\n\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
