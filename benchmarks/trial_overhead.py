"""Seconds that Ray adds to a trial: many trials of a few steps, against the time their loops and measurements took.

    python benchmarks/trial_overhead.py CORPUS [--trials 40]

The peer in the same run is the same trials in a plain Python loop in one process, without Ray.
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import tempfile
import time
from pathlib import Path

from mixlaw.corpus import Corpus
from mixlaw.pretrain import Placement, train_trial
from mixlaw.trial import Trial
from mixlaw_sweeps.launch import launch
from mixlaw_sweeps.ray_session import ray_session
from mixlaw_sweeps.studies import TINY


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--trials", type=int, default=40)
    options = parser.parse_args()
    corpus, slots = Corpus.open(options.corpus), os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as folder:
        placement = Placement.of(out=Path(folder) / "ray", validation_tokens=1_024, compile="off")
        trials = [short(corpus, seed) for seed in range(options.trials)]
        started = time.perf_counter()
        with ray_session(num_cpus=slots):
            ready = time.perf_counter()
            launch(trials[:slots], corpus, placement)
            warm = time.perf_counter()
            launch(trials, corpus, placement)
            ended = time.perf_counter()
        plain = time.perf_counter()
        for trial in trials[slots:]:
            train_trial(trial, corpus, dataclasses.replace(placement, out=Path(folder) / "plain"))
        alone = (time.perf_counter() - plain) / (len(trials) - slots)
    per_trial = (ended - warm) * slots / (len(trials) - slots)
    print(f"start of Ray {ready - started:.2f} s, first {slots} trials {warm - ready:.2f} s")
    print(f"per trial: {per_trial:.2f} s with Ray on {slots} slots, {alone:.2f} s in a plain loop alone")


def short(corpus: Corpus, seed: int) -> Trial:
    trial = TINY.trial("overhead", f"seed {seed}", "25k", 4_096, {"python": 1.0}, seed=seed)
    return dataclasses.replace(trial, corpus=corpus.fingerprint)


if __name__ == "__main__":
    main()
