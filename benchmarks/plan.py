"""What `mixlaw plan` says of a study, and how long the study then takes, from the start to the last result.

    python benchmarks/plan.py CORPUS [--sizes 25k,100k] [--tokens 500000,1000000] [--markdown PAGE]

The speeds are measured anew unless --remembered is given. On a machine with neighbours the truth is longer than a plan
that supposes the processors to be its own.
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime
import os
import tempfile
import time
from pathlib import Path

from markdown_section import write_section

from mixlaw import store
from mixlaw.corpus import Corpus
from mixlaw.pretrain import Placement, hardware_name
from mixlaw.pretrain.machine.hardware import device_of
from mixlaw.trial import Trial
from mixlaw_sweeps.estimate import estimate, slots_for, study_seconds
from mixlaw_sweeps.launch import launch
from mixlaw_sweeps.ray_session import ray_session
from mixlaw_sweeps.studies import TINY


def main() -> None:
    """Estimate, run, compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--sizes", default="25k,100k,200k")
    parser.add_argument("--tokens", default="500000,1000000")
    parser.add_argument("--remembered", action="store_true", help="use speeds that were measured before")
    parser.add_argument("--markdown", type=Path, help="put the table under its heading in this file")
    options = parser.parse_args()
    corpus = Corpus.open(options.corpus)
    trials = [study_trial(corpus, n, int(d)) for n in options.sizes.split(",") for d in options.tokens.split(",")]
    with tempfile.TemporaryDirectory() as folder:
        if not options.remembered:
            (Path(folder) / "mixlaw").mkdir()
            compiled = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "mixlaw" / "inductor"
            compiled.mkdir(parents=True, exist_ok=True)
            (Path(folder) / "mixlaw" / "inductor").symlink_to(compiled)
            os.environ["XDG_CACHE_HOME"] = folder
        text = compared(trials, corpus, Placement.of(out=Path(folder) / "out"))
    print(text)
    if options.markdown:
        write_section(options.markdown, "Plan", text)


def study_trial(corpus: Corpus, size: str, tokens: int) -> Trial:
    """One cell of the grid."""
    trial = TINY.trial("plan", f"{size}, {tokens:,}", size, tokens, {"python": 0.5, "rust": 0.5})
    return dataclasses.replace(trial, corpus=corpus.fingerprint)


def compared(trials: list[Trial], corpus: Corpus, placement: Placement) -> str:
    """The plan, the study, and both by trial."""
    asked, at_once = time.perf_counter(), slots_for("this")
    costs = estimate(trials, corpus, placement=placement, at_once=at_once)
    planned = study_seconds(trials, costs, corpus, at_once=at_once)
    started, busy = time.perf_counter(), busy_seconds()
    with ray_session():
        outcome = launch(trials, corpus, placement)
    took = time.perf_counter() - started
    cores = (busy_seconds() - busy) / took
    assert len(outcome.finished) == len(trials), outcome
    table = store.read_results(placement.out)
    spent = dict(zip(table["trial_id"], table["train_seconds"], strict=True))
    return "\n".join(
        [
            f"Measured on {datetime.date.today()} on {hardware_name(device_of(placement))}, {os.cpu_count()} cores,",
            f"with `python benchmarks/plan.py CORPUS`: {len(trials)} trials, {at_once} at once.",
            f"The plan took {started - asked:.0f} s, its measurements included. Planned {planned:.0f} s,",
            f"took {took:.0f} s: {planned / took - 1:+.0%} off. On average {cores:.1f} processors were busy,",
            f"neighbours included; load {os.getloadavg()[0]:.1f} at the end.",
            "",
            "| trial | training planned, s | trained, s |",
            "| --- | ---: | ---: |",
            *(
                f"| {trial.label} | {cost.train_seconds:.1f} | {spent[trial.trial_id]:.1f} |"
                for trial, cost in zip(trials, costs, strict=True)
            ),
        ]
    )


def busy_seconds() -> float:
    """Processor seconds of the whole machine since it started (Linux; else 0)."""
    stat = Path("/proc/stat")
    if not stat.exists():
        return 0.0
    user, nice, system = map(int, stat.read_text().split()[1:4])
    return (user + nice + system) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
