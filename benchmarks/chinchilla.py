"""The Chinchilla law: the optimum it reaches, how fast, and against a search from many starts in the same run.

    OMP_NUM_THREADS=1 python benchmarks/chinchilla.py --data DIR                  # every fifteenth of the 4,500 starts
    OMP_NUM_THREADS=1 python benchmarks/chinchilla.py --data DIR --starts 4500    # all of them

DIR holds chinchilla_245.csv (repository epoch-research/analyzing-chinchilla; read off a figure of Hoffmann et al. 2022,
arXiv:2203.15556) and isoflops_dev.csv (Open-Athena/scaling-law-analysis); a file that is not there is left out. The
peer is what the papers do: SciPy's L-BFGS with the analytic gradient, from the grid of starts of Hoffmann et al.,
section D.2. The objective of both is the sum over runs of Huber's loss (delta 1e-3) of the log residuals. Seconds are
of this process on its core, whatever else the machine does.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any, TypeVar, cast

import numpy as np
import polars as pl
from scipy.optimize import minimize  # pyright: ignore[reportUnknownVariableType]
from scipy.special import huber

from mixlaw.laws import Chinchilla, RunColumns, fit, fit_chinchilla, observe_runs
from mixlaw.laws.forms import Array

DELTA = 1e-3
ALL_STARTS = 4500
_OUTLIERS = 5
_REPEATS = 5
_LARGEST = 500.0
PUBLISHED = Chinchilla(A=482.01, B=2085.43, E=1.8172, alpha_N=0.3478, alpha_D=0.3658)
"""Besiroglu et al. 2024 (arXiv:2404.10102), fitted to the same points."""
Value = TypeVar("Value")


def hoffmann_points(data: Path) -> pl.DataFrame:
    """The 245 points less the five highest losses, as Besiroglu et al. 2024 fitted them; D = C / 6N."""
    table = pl.read_csv(data / "chinchilla_245.csv").sort("loss").head(-_OUTLIERS)
    N, C = pl.col("Model Size"), pl.col("Training FLOP")
    return table.select(N=N, D=C / (6 * N), loss="loss")


def isoflops(data: Path) -> dict[str, pl.DataFrame]:
    """By experiment."""
    table = pl.read_csv(data / "isoflops_dev.csv")
    parts = table.select("experiment", N="params", D="tokens", loss="loss").partition_by("experiment", as_dict=True)
    return {str(name[0]): part for name, part in parts.items()}


def arrays(table: pl.DataFrame) -> tuple[Array, Array, Array]:
    N, D, loss = (np.array(table[name].to_numpy(), dtype=np.float64) for name in ("N", "D", "loss"))
    return N, D, loss


def objective(law: Chinchilla, table: pl.DataFrame) -> float:
    N, D, loss = arrays(table)
    return float(np.sum(huber(DELTA, np.log(loss / law.loss(N, D, np.zeros((len(N), 0)))))))


def timed(what: Callable[[], Value], repeats: int = _REPEATS) -> tuple[Value, float]:
    """What it gives, and the median of its CPU seconds."""
    seconds: list[float] = []
    while True:
        started = time.process_time()
        value = what()
        seconds.append(time.process_time() - started)
        if len(seconds) == repeats:
            return value, float(np.median(seconds))


def starts(n: int) -> list[tuple[float, ...]]:
    """n of the 4,500, evenly: logarithms of A, B and E, then the exponents (Hoffmann et al. 2022, section D.2)."""
    logs, E, exponents = (0.0, 5.0, 10.0, 15.0, 20.0, 25.0), (-1.0, -0.5, 0.0, 0.5, 1.0), (0.0, 0.5, 1.0, 1.5, 2.0)
    grid = list(product(logs, logs, E, exponents, exponents))
    return [grid[i] for i in np.unique(np.linspace(0, len(grid) - 1, n).round().astype(int))]


def from_starts(table: pl.DataFrame, n: int, *, logarithms: bool = True) -> tuple[Array, float]:
    """Objectives reached from each of n starts, and the seconds it took."""
    N, D, loss = arrays(table)
    log_N, log_D, log_loss = np.log(N), np.log(D), np.log(loss)

    def value(theta: Array) -> tuple[float, Array]:
        a, b, e, alpha_N, alpha_D = theta
        terms = np.minimum(np.stack([a - alpha_N * log_N, b - alpha_D * log_D, np.full_like(log_N, e)]), _LARGEST)
        top = terms.max(axis=0)
        weights = np.exp(terms - top)
        total = weights.sum(axis=0)
        predicted = top + np.log(total)
        residual = predicted - log_loss if logarithms else np.exp(predicted) - loss
        slope = np.clip(residual, -DELTA, DELTA) * (weights / total if logarithms else np.exp(terms))
        by = slope.sum(axis=1)
        gradient = np.array([*by, -(slope[0] @ log_N), -(slope[1] @ log_D)])
        return float(np.sum(huber(DELTA, residual))), gradient

    started = time.process_time()
    minimise = cast("Callable[..., Any]", minimize)
    found = [float(minimise(value, start, jac=True, method="L-BFGS-B").fun) for start in starts(n)]
    return np.array(found), time.process_time() - started


def chinchilla(data: Path, n_starts: int) -> None:
    table = hoffmann_points(data)
    ours, seconds = timed(lambda: fit_chinchilla(*arrays(table)))
    print(f"{len(table)} points of Hoffmann et al.; published parameters score {objective(PUBLISHED, table):.6e}")
    print(f"fit_chinchilla: objective {objective(ours.law, table):.7e} in {seconds:.3f} s; {ours.law}")
    columns = RunColumns(targets=("loss",), params="N", tokens="D")
    _, bootstrap = timed(lambda: fit(observe_runs(table, columns), "chinchilla", n_bootstrap=1000), 1)
    print(f"with held-out errors and 1,000 bootstrap replicates: {bootstrap:.2f} s")
    found, theirs = from_starts(table, n_starts)
    reached = np.mean(found <= ours.objective * 1.001)
    whole = theirs * ALL_STARTS / len(found)
    scaled = "" if len(found) == ALL_STARTS else f" (scaled from {theirs:.1f} s for {len(found)} of them)"
    print(f"L-BFGS, analytic gradient, {ALL_STARTS} starts: best {found.min():.7e} in {whole:.1f} s{scaled}; ", end="")
    print(f"{100 * reached:.0f}% of the starts come within 0.1% of the optimum; {whole / seconds:.0f} times as long")


def curves(data: Path) -> None:
    """The mean over all points, outliers too, of Huber's loss of differences of losses: what vpnls minimises."""
    for name, table in isoflops(data).items():
        ours, seconds = timed(lambda points=table: fit_chinchilla(*arrays(points), logarithms=False))
        reached = 1e6 * ours.objective / len(table)
        found, theirs = from_starts(table, 300, logarithms=False)
        print(f"{name}: {len(table)} points, objective x 1e6 {reached:.4f} in {seconds:.3f} s; ", end="")
        print(f"best of 300 L-BFGS starts {1e6 * found.min() / len(table):.4f} in {theirs:.1f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--starts", type=int, default=300)
    options = parser.parse_args()
    if (options.data / "chinchilla_245.csv").exists():
        chinchilla(options.data, options.starts)
    if (options.data / "isoflops_dev.csv").exists():
        curves(options.data)


if __name__ == "__main__":
    main()
