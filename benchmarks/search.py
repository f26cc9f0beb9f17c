"""How near five ways of searching proportions come to the optimum of a law, and how long they take.

    python benchmarks/search.py                          # a planted law of seven languages
    python benchmarks/search.py --law LAW.json --params 1.5B --tokens 350B
    python benchmarks/search.py --forms                  # every planted form: gap to the best of fifty descents

Each way gets 200 samples, except RegMix's, which averages the best 128 of 100,000 (Liu et al. 2024, arXiv:2407.01492),
and the gradient's 50 starts. The gap is to the best that any of them found, in nats of mean loss.
"""

from __future__ import annotations

import argparse
import importlib.util
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType

import numpy as np
import optuna

from mixlaw.laws import FittedLaw
from mixlaw.laws.forms import Array
from mixlaw.search import Constraints, NoWorseThan, search
from mixlaw.search.question import ask
from mixlaw.search.task import Task
from mixlaw_sweeps.options import number

SAMPLES, STARTS = 200, 50
REGMIX_SAMPLES, REGMIX_BEST = 100_000, 128
SEEDS = 5


def tpe(task: Task, seed: int, share_of: Callable[[Array], Array], least: float, most: float) -> Array:
    """The best of 200 TPE trials whose parameters become shares by `share_of`."""
    m = len(task.box.lower)
    best: list[tuple[float, Array]] = []

    def objective(trial: optuna.Trial) -> float:
        p = share_of(np.array([trial.suggest_float(str(j), least, most) for j in range(m)]))
        best.append((task.value(p), p))
        return best[-1][0]

    optuna.create_study(sampler=optuna.samplers.TPESampler(seed=seed)).optimize(objective, n_trials=SAMPLES)
    return min(best, key=lambda pair: pair[0])[1]


def softmax(logits: Array) -> Array:
    weights = np.exp(logits - logits.max())
    return weights / weights.sum()


def dirichlet(u: Array) -> Array:
    exponential = -np.log(u)
    return exponential / exponential.sum()


def regmix(task: Task, seed: int) -> Array:
    points = np.random.default_rng(seed).dirichlet(np.ones(len(task.box.lower)), REGMIX_SAMPLES)
    order = np.argsort(task.objective.values(points))[:REGMIX_BEST]
    return points[order].mean(axis=0)


def gradient(task: Task, seed: int) -> Array:
    rng = np.random.default_rng(seed)
    return task.polish([rng.dirichlet(np.ones(len(task.box.lower))) for _ in range(STARTS)])


def compare(law: FittedLaw, N: float, D: float) -> None:
    """Gap and time of each way, over seeds: the median and the worst."""
    task = ask(law, N, D, None, Constraints(), None).point_task()

    def ours(seed: int) -> Array:
        return np.array(list(search(law, N=N, D=D, n_trials=SAMPLES, seed=seed).shares.values()))

    ways: dict[str, Callable[[int], Array]] = {
        "TPE, softmax of logits": lambda seed: tpe(task, seed, softmax, -5.0, 5.0),
        "TPE, normalised -log u": lambda seed: tpe(task, seed, dirichlet, 1e-6, 1.0),
        "RegMix, top 128 of 100,000": lambda seed: regmix(task, seed),
        "gradient, best of 50 starts": lambda seed: gradient(task, seed),
        "mixlaw search, 200 trials": ours,
    }
    found: dict[str, list[tuple[float, float]]] = {
        name: [_timed(task, way, s) for s in range(SEEDS)] for name, way in ways.items()
    }
    least = min(value for runs in found.values() for value, _ in runs)
    uniform = task.value(task.anchor) - least
    print(
        f"{law.form} law, {len(law.domains)} domains, {len(law.targets)} targets; uniform is {uniform:.2e} nats above"
    )
    print(f"{'way':30} {'gap, median':>12} {'gap, worst':>12} {'seconds':>8}")
    for name, runs in found.items():
        gaps, seconds = np.array(runs).T
        print(f"{name:30} {np.median(gaps - least):12.1e} {max(gaps - least):12.1e} {np.median(seconds):8.2f}")


def _timed(task: Task, way: Callable[[int], Array], seed: int) -> tuple[float, float]:
    started = time.perf_counter()
    p = way(seed)
    return task.value(p), time.perf_counter() - started


def every_form(names: Sequence[str], seeds: int) -> None:
    """Planted laws of each form, 2 to 8 domains, free and limited: how often the search comes within 1e-5 nats."""
    planted = _planted()
    print(f"{'form':18} {'within 1e-5':>12} {'largest gap':>12} {'lead':>9} {'seconds':>8} {'50 starts':>10}")
    for name in names or list(planted.PLANTS):
        rows = [
            _gap(planted.planted_law(name, m, seed), limits, seed)
            for m in (2, 3, 5, 8)
            for limits in _limits(m)
            for seed in range(seeds)
        ]
        gaps, ours, fifty = np.array(rows).T
        hits = f"{np.sum(gaps <= 1e-5)} of {len(gaps)}"
        print(
            f"{name:18} {hits:>12} {gaps.max():12.1e} {-gaps.min():9.1e} {ours.mean():8.2f} {fifty.mean():10.2f}",
            flush=True,
        )


def _gap(law: FittedLaw, limits: Constraints, seed: int) -> tuple[float, float, float]:
    scale, rng = {"N": 1.5e9, "D": 350e9}, np.random.default_rng(seed + 100)
    started = time.perf_counter()
    found = search(law, constraints=limits, n_trials=40, seed=seed, **scale)
    middle = time.perf_counter()
    task = ask(law, scale["N"], scale["D"], None, limits, None).point_task()
    starts = [task.box.place(rng.dirichlet(np.ones(len(law.domains)))) for _ in range(STARTS)]
    # One by one: a law without slopes is polled from every start.
    fifty = min((task.polish([start]) for start in starts), key=task.value)
    return found.mean.loss - task.value(fifty), middle - started, time.perf_counter() - middle


def _limits(m: int) -> list[Constraints]:
    bounds = Constraints(fixed={"weight_a": 0.1}, min_share={"weight_b": 0.05})
    return [
        Constraints(),
        *([bounds] if m > 2 else []),
        Constraints(available={"weight_a": 5e9}),
        Constraints(no_worse_than=NoWorseThan(percent=0.3)),
    ]


def _planted() -> ModuleType:
    path = Path(__file__).parents[1] / "tests" / "mixlaw" / "search" / "conftest.py"
    spec = importlib.util.spec_from_file_location("planted", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--law", type=Path)
    parser.add_argument("--params", default="1.5B")
    parser.add_argument("--tokens", default="350B")
    parser.add_argument("--forms", nargs="*", help="every form, or those named")
    parser.add_argument("--seeds", type=int, default=3)
    arguments = parser.parse_args()
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    if arguments.forms is not None:
        every_form(arguments.forms, arguments.seeds)
        return
    law = FittedLaw.load(arguments.law) if arguments.law else _planted().planted_law("transfer", 7)
    compare(law, number(arguments.params, "--params"), number(arguments.tokens, "--tokens"))


if __name__ == "__main__":
    main()
