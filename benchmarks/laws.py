"""Every law on published runs: errors with 90% intervals on rows that the fits did not see, side by side.

    python benchmarks/laws.py --data DIR                        # everything, about 20 minutes on two cores
    python benchmarks/laws.py --data DIR --only dmsl-a,regmix   # some protocols
    python benchmarks/laws.py --data DIR --laws auto,joint      # some laws
    python benchmarks/laws.py --data DIR --quick                # the first fold of each

DIR holds the files that `law_protocols.DATA` names with the repository of each; a protocol whose file is not there is
left out, and said so. With --markdown FILE each table replaces its earlier one in FILE, between two marks. Set
OMP_NUM_THREADS=1 and OPENBLAS_NUM_THREADS=1: the matrices are small, and threads make these fits 10 to 40 times slower.
An interval draws mixtures (or runs) anew with replacement, the fits being kept.
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from functools import cache
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from law_errors import Answer, Metric, Protocol, answer, with_interval
from law_protocols import DATA, PROTOCOLS

from mixlaw.laws import AUTO
from mixlaw.trial import MixlawError

Job = tuple[str, str, int]
"""Protocol, law, fold."""


@cache
def load(name: str, data: Path, quick: bool) -> Protocol:
    protocol = PROTOCOLS[name](data)
    return dataclasses.replace(protocol, folds=protocol.folds[:1]) if quick else protocol


def work(job: Job, data: Path, quick: bool) -> Answer:
    name, law, fold = job
    return answer(load(name, data, quick), law, fold)


def jobs(names: Sequence[str], laws: Sequence[str], data: Path, quick: bool) -> list[Job]:
    """Protocol by protocol; the automatic choice, which takes longest, comes first in each."""
    found: list[Job] = []
    for name in names:
        protocol = load(name, data, quick)
        asked = [law for law in protocol.laws if not laws or law in laws]
        found += [(name, law, fold) for law in asked for fold in range(len(protocol.folds))]
    return found


def run(todo: Sequence[Job], data: Path, quick: bool, workers: int) -> Iterator[tuple[str, str]]:
    """A protocol's name and its section, as soon as all its fits are done."""
    answers: dict[Job, Answer] = {}
    left = Counter(name for name, *_ in todo)
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting: dict[Future[Answer], Job] = {pool.submit(work, job, data, quick): job for job in todo}
        for done in as_completed(waiting):
            name, law, fold = job = waiting[done]
            answers[job] = done.result()
            print(f"{len(answers)} of {len(todo)}: {name}, {law}, fold {fold + 1}", file=sys.stderr, flush=True)
            left[name] -= 1
            if not left[name]:
                yield name, section(name, load(name, data, quick), by_law(name, todo, answers))


def by_law(name: str, todo: Sequence[Job], answers: Mapping[Job, Answer]) -> dict[str, list[Answer]]:
    """Of one protocol, in the order of the folds."""
    found: dict[str, list[Answer]] = defaultdict(list)
    for job in todo:
        if job[0] == name:
            found[job[1]].append(answers[job])
    return found


def put(file: Path, name: str, text: str) -> None:
    """Write a section between its two marks in the file, which are added at its end where it has none."""
    before, after = f"<!-- {name} -->\n", f"\n<!-- end of {name} -->"
    page = file.read_text(encoding="utf-8") if file.exists() else ""
    if before not in page:
        page += f"{before}{after}\n\n"
    head, rest = page.split(before, 1)
    file.write_text(head + before + text + after + rest.split(after, 1)[1], encoding="utf-8")


def section(name: str, protocol: Protocol, found: Mapping[str, Sequence[Answer]]) -> str:
    file, source = DATA[name.split("-")[0]]
    heads = ["law", *(metric.name for metric in protocol.metrics), "CPU seconds a fit"]
    lines = [
        f"### {protocol.title}", "", f"`--only {name}`: {file} of {source}; {extent(protocol)}.", "",
        f"Mark: {protocol.mark}.", "", f"| {' | '.join(heads)} |", f"|---|{'---|' * (len(heads) - 1)}",
    ]  # fmt: skip
    lines += [row(protocol, law, answers) for law, answers in found.items()]
    lines += [f"\nNot fitted: `{law}`: {a[0].refused}." for law, a in found.items() if a[0].refused]
    if weights := mean_weights(found.get(AUTO, ())):
        lines += ["", f"`auto` weighed {weights}."]
    return "\n".join(lines)


def extent(protocol: Protocol) -> str:
    train, test = (sum(int(fold[i].sum()) for fold in protocol.folds) for i in (0, 1))
    n = len(protocol.folds)
    clusters = len(np.unique(np.concatenate([protocol.cluster[fold[1]] for fold in protocol.folds])))
    return (
        f"{n} fit{'s' if n > 1 else ''} to {train // n} rows, {test} rows predicted "
        f"({clusters} mixtures or runs), mean over {len(protocol.targets)} losses"
    )


def row(protocol: Protocol, law: str, answers: Sequence[Answer]) -> str:
    if any(a.refused for a in answers):
        return f"| `{law}` |{' - |' * (len(protocol.metrics) + 1)}"
    cells = [cell(metric, *with_interval(protocol, metric, answers)) for metric in protocol.metrics]
    return f"| `{law}` | {' | '.join(cells)} | {np.mean([a.seconds for a in answers]):.1f} |"


def cell(metric: Metric, value: float, lower: float, upper: float) -> str:
    d = metric.digits
    return f"{value:.{d}f} ({lower:.{d}f} to {upper:.{d}f})"


def mean_weights(answers: Sequence[Answer]) -> str:
    total: dict[str, float] = defaultdict(float)
    for a in answers:
        for law, weight in a.weights.items():
            total[law] += weight / len(answers)
    return ", ".join(f"`{law}` {w:.2f}" for law, w in sorted(total.items(), key=lambda pair: -pair[1]))


def available(asked: str, data: Path) -> list[str]:
    """Protocols that are asked for, by name or by its first word, and whose file is there."""
    wanted = [w for w in asked.split(",") if w]
    names = [n for n in PROTOCOLS if not wanted or n in wanted or n.split("-")[0] in wanted]
    for name in names:
        file, source = DATA[name.split("-")[0]]
        if not (data / file).exists():
            print(f"{name} is left out: {data} has no {file} (of {source})")
    return [name for name in names if (data / DATA[name.split("-")[0]][0]).exists()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--only", default="")
    parser.add_argument("--laws", default="")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--markdown", type=Path)
    options = parser.parse_args()
    names = available(options.only, options.data)
    if not names:
        raise MixlawError(f"no protocol to run; known are {', '.join(PROTOCOLS)}")
    todo = jobs(names, [law for law in options.laws.split(",") if law], options.data, options.quick)
    for name, text in run(todo, options.data, options.quick, options.workers):
        print(f"{text}\n", flush=True)
        if options.markdown:
            put(options.markdown, name, text)


if __name__ == "__main__":
    main()
