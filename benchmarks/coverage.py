"""How often a nominal 90% interval of the predicted loss covers the truth, on planted runs whose truth is known.

    OMP_NUM_THREADS=1 python benchmarks/coverage.py --tables 40 --workers 2

A table is 75 runs: five sizes from 20M to 320M, five numbers of tokens each (10 to 160 a parameter), three domains in
random proportions, three losses with a scatter of 0.5%. Truths are coupled laws, and joint laws, which the coupled law
does not contain. Every table has a truth of its own. Intervals come from 100 bootstrap laws; inside, predictions are
for random mixtures between the fitted sizes and tokens, beyond for twice the largest model at the most tokens.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

import numpy as np
import polars as pl

from mixlaw.laws import AUTO, FittedLaw, Form, Observations, RunColumns, fit, observe_runs
from mixlaw.laws.forms import Array, Coupled, Joint

SIZES, TOKENS_PER_PARAMETER = (20e6, 40e6, 80e6, 160e6, 320e6), (10.0, 20.0, 40.0, 80.0, 160.0)
DOMAINS = ("a", "b", "c")
PER_CELL, SCATTER, REPLICATES, PREDICTED = 3, 0.005, 100, 50
WAYS = ("coupled", AUTO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    truth: str
    law: str
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Percent of predictions whose interval holds the truth; their mean error and half width in percent."""

    hits: float
    error: float
    half_width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """Inside the fitted runs and beyond them; seconds of the fit."""

    places: list[Place]
    seconds: float


def coupled_truth(rng: np.random.Generator, k: int) -> Form:
    w = rng.lognormal(0.0, 0.5, len(DOMAINS))
    w[k] *= 10
    return Coupled(
        E=float(rng.uniform(1.0, 1.8)),
        A=float(rng.uniform(0.8, 1.4)) * (80e6**0.33),
        B=float(rng.uniform(0.8, 1.4)) * (3e9**0.33),
        alpha_N=0.33 * float(rng.lognormal(0, 0.1)),
        alpha_D=0.33 * float(rng.lognormal(0, 0.1)),
        beta_E=0.03,
        beta_N=0.05,
        beta_D=float(rng.uniform(0.15, 0.3)),
        gamma=float(rng.uniform(0.8, 1.2)),
        rho=_floats(0.6 * rng.lognormal(0, 0.1, len(DOMAINS))),
        w=_floats(w),
        reference=(1 / len(DOMAINS),) * len(DOMAINS),
    )


def joint_truth(rng: np.random.Generator, k: int) -> Form:
    C = rng.uniform(0.6, 2.0, len(DOMAINS))
    C[k] *= 6
    gamma_A, gamma_B = 0.5, 0.5
    C_A = (80e6**0.35 * rng.uniform(0.8, 1.25, len(DOMAINS))) ** (1 / gamma_A)
    C_B = (3e9**0.35 * rng.uniform(0.8, 1.25, len(DOMAINS))) ** (1 / gamma_B)
    return Joint(
        E=float(rng.uniform(0.8, 1.5)),
        alpha_N=0.35,
        alpha_D=0.35,
        gamma_A=gamma_A,
        gamma_B=gamma_B,
        C=_floats(C),
        gamma=_floats(rng.uniform(0.2, 0.6, len(DOMAINS))),
        C_A=_floats(C_A),
        C_B=_floats(C_B),
    )


def _floats(values: Array) -> tuple[float, ...]:
    return tuple(map(float, values))


TRUTHS: Mapping[str, Callable[[np.random.Generator, int], Form]] = {"coupled": coupled_truth, "joint": joint_truth}


def planted(truth: Mapping[str, Form], rng: np.random.Generator) -> Observations:
    N, ratio = (np.repeat(v.ravel(), PER_CELL) for v in np.meshgrid(SIZES, TOKENS_PER_PARAMETER))
    p, D = rng.dirichlet(np.ones(len(DOMAINS)), len(N)), N * ratio
    losses = {f"{t} loss": form.loss(N, D, p) * np.exp(rng.normal(0, SCATTER, len(N))) for t, form in truth.items()}
    table = pl.DataFrame({"N": N, "D": D, **dict(zip(DOMAINS, p.T, strict=True)), **losses})
    return observe_runs(table, RunColumns(targets=tuple(losses), weights=DOMAINS, params="N", tokens="D"))


def measure(job: Job) -> Covered:
    rng = np.random.default_rng(job.seed)
    truth = {domain: TRUTHS[job.truth](rng, k) for k, domain in enumerate(DOMAINS)}
    observed = planted(truth, rng)
    started = time.perf_counter()
    law = fit(observed, job.law, n_bootstrap=REPLICATES, seed=job.seed)
    seconds = time.perf_counter() - started
    places = (inside(rng), beyond())
    return Covered(places=[against(truth, law, N, D, rng) for N, D in places], seconds=seconds)


def against(truth: Mapping[str, Form], law: FittedLaw, N: Array, D: Array, rng: np.random.Generator) -> Place:
    """The law's intervals for random mixtures, and the truth."""
    p = rng.dirichlet(np.ones(len(DOMAINS)), PREDICTED)
    true = np.array([form.loss(N, D, p) for form in truth.values()])
    predicted = np.array([law.predict_rows(N, D, p, {t: 1.0}) for t in law.targets])
    loss, lower, upper = (predicted[:, :, i] for i in range(3))
    return Place(
        hits=100 * float(np.mean((lower <= true) & (true <= upper))),
        error=100 * float(np.mean(np.abs(loss / true - 1))),
        half_width=50 * float(np.mean((upper - lower) / true)),
    )


def inside(rng: np.random.Generator) -> tuple[Array, Array]:
    N = np.exp(rng.uniform(np.log(SIZES[0]), np.log(SIZES[-1]), PREDICTED))
    ratio = rng.uniform(np.log(TOKENS_PER_PARAMETER[0]), np.log(TOKENS_PER_PARAMETER[-1]), PREDICTED)
    return N, N * np.exp(ratio)


def beyond() -> tuple[Array, Array]:
    return np.full(PREDICTED, 2 * SIZES[-1]), np.full(PREDICTED, SIZES[-1] * TOKENS_PER_PARAMETER[-1])


def row(truth: str, law: str, found: list[Covered]) -> str:
    cells = [truth, f"`{law}`"]
    for i in (0, 1):
        here = [f.places[i] for f in found]
        hits = [place.hits for place in here]
        cells.append(f"{np.mean(hits):.0f}% (+- {np.std(hits) / np.sqrt(len(hits)):.0f})")
        cells.append(f"{np.mean([place.error for place in here]):.2f}")
        cells.append(f"{np.mean([place.half_width for place in here]):.2f}")
    return f"| {' | '.join(cells)} | {np.mean([f.seconds for f in found]):.1f} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tables", type=int, default=40)
    parser.add_argument("--laws", default=",".join(WAYS))
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    print("| planted | law | inside covered | error % | half width % | beyond covered | error % | half width % | s |")
    print(f"|{'---|' * 9}")
    with ProcessPoolExecutor(options.workers, mp_context=get_context("spawn")) as pool:
        for law in options.laws.split(","):
            for truth in TRUTHS:
                jobs = [Job(truth=truth, law=law, seed=seed) for seed in range(options.tables)]
                print(row(truth, law, list(pool.map(measure, jobs))), flush=True)


if __name__ == "__main__":
    main()
