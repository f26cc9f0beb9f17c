"""Results tables of planted laws: what a study would have measured if the law were true."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
import pytest

from mixlaw.laws import Transfer
from mixlaw.store import SCHEMA

LANGUAGES = ("python", "java", "go", "rust")
SIZES = (5e4, 1e5, 2e5, 4e5)
BUDGETS = (2.5e5, 5e5, 1e6, 2e6)
PAIR = (2e5, 1e6)


@dataclass(frozen=True, kw_only=True)
class Planted:
    """A table and the laws that it was made from."""

    table: pl.DataFrame
    laws: Mapping[str, Transfer]
    languages: tuple[str, ...] = LANGUAGES


def planted_laws(languages: tuple[str, ...] = LANGUAGES) -> dict[str, Transfer]:
    rng = np.random.default_rng(5)
    m = len(languages)
    return {
        t: Transfer(
            E=1.0 + 0.15 * k,
            A=30.0 + 3 * k,
            B=200.0 + 10 * k,
            alpha_N=0.32 + 0.01 * k,
            alpha_D=0.36 + 0.01 * k,
            weights=tuple(1.0 if j == k else float(rng.uniform(0.05, 0.5)) for j in range(m)),
            own=k,
        )
        for k, t in enumerate(languages)
    }


def design(m: int, n_random: int, rng: np.random.Generator) -> list[tuple[float, float, np.ndarray, float]]:
    """(N, D, shares, epochs): single-language grids, repeated and bilingual runs, random mixtures."""
    rows = [(n, d, np.eye(m)[k], 1.0) for k in range(m) for n in SIZES for d in BUDGETS]
    rows += [(*PAIR, np.eye(m)[k], 2.0) for k in range(m)]
    rows += [(*PAIR, (np.eye(m)[i] + np.eye(m)[j]) / 2, 1.0) for i in range(m) for j in range(i)]
    rows += [(rng.choice(SIZES), rng.choice(BUDGETS), rng.dirichlet(np.ones(m)), 1.0) for _ in range(n_random)]
    return rows


@pytest.fixture
def plant() -> Callable[..., Planted]:
    def build(*, noise: float = 0.005, n_random: int = 30, seed: int = 0, repeat_worth: float = 0.5) -> Planted:
        rng = np.random.default_rng(seed)
        laws = planted_laws()
        rows = []
        for i, (n, d, p, epochs) in enumerate(design(len(LANGUAGES), n_random, rng)):
            row = {
                "trial_id": f"t{i:03d}",
                "evaluation": "validation",
                "status": "finished",
                "organisation": "shuffled",
                "label": f"trial {i}",
                "params_non_embedding": int(n),
                "train_tokens": int(d),
            }
            for k, t in enumerate(LANGUAGES):
                # A second pass is worth `repeat_worth` of new data.
                counted = d if epochs == 1 else d / 2 * (1 + repeat_worth)
                loss = laws[t].loss(np.array([n]), np.array([counted]), p[None])[0]
                row |= {
                    f"share_{t}": float(p[k]),
                    f"epochs_{t}": epochs if p[k] > 0 else 0.0,
                    f"loss_{t}": float(loss * np.exp(noise * rng.normal())),
                    f"loss_se_{t}": 0.002,
                }
            rows.append({name: row.get(name) for name in SCHEMA})
        return Planted(table=pl.DataFrame(rows, schema=SCHEMA), laws=laws)

    return build
