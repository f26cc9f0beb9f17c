"""Published runs of others, and how they are divided into rows to fit to and rows to predict.

No division looks at a loss, and nothing is chosen by the rows to predict. `DATA` names the files of each source.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
from law_errors import IGNORED, MRE, REGRET, SPEARMAN, Mask, Protocol, Rows, of_target, rank_correlation

from mixlaw.laws import AUTO, Observations, RunColumns, observe_runs

SEED, FOLDS, DRAWS = 0, 5, 10
OF_SCALES = (
    AUTO, "coupled", "coupled-common", "coupled-linear", "transfer", "joint", "additive", "proportion-free",
    "gaussian-process", IGNORED,
)  # fmt: skip
OF_ONE_SCALE = (
    AUTO, "coupled", "coupled-common", "coupled-linear", "additive", "data-mixing", "gaussian-process",
    "regmix-linear", "regmix-trees",
)  # fmt: skip
OF_ONE_MIXTURE = (AUTO, "coupled", IGNORED)

DATA = {
    "dmsl": ("dmsl_dev.csv", "apple/ml-scalefit by way of meiqwq/Explaining-Data-Mixing-Scaling-Laws"),
    "pile4": ("meiqwq_pile4_NDmix.csv", "meiqwq/Explaining-Data-Mixing-Scaling-Laws"),
    "regmix": ("train_mixture_1m.csv", "sail-sg/regmix, with train_pile_loss_1m.csv and the two test files"),
    "gemstones": ("gemstones_dev.csv", "mcleish7/gemstone-scaling-laws"),
    "redpajama": ("rpj_dev.csv", "yegcjs/mixinglaws"),
    "three": ("tidy_3Mix.csv", "yegcjs/mixinglaws"),
}
"""File and repository by the first word of a protocol's name."""


def _late_runs(data: Path, *, weighed: bool = True) -> Observations:
    table = pl.read_csv(data / "dmsl_dev.csv").with_columns(run=pl.format("{} {}", "mixture_id", "model_size"))
    weights = tuple(name for name in table.columns if name.startswith("weight_"))
    columns = RunColumns(
        targets=tuple(f"{name.removeprefix('weight_')}_loss" for name in weights),
        weights=weights if weighed else (),
        params="model_size",
        tokens="n_tokens",
        group="run",
    )
    return observe_runs(table, columns, min_fraction=0.25, allow_missing=True)


def _dmsl(data: Path, title: str, mark: str, folds: Callable[[Observations], list[tuple[Mask, Mask]]]) -> Protocol:
    observed = _late_runs(data)
    return Protocol(
        title=f"DMSL {title}",
        mark=mark,
        observed=observed,
        folds=folds(observed),
        cluster=_mixtures(observed),
        metrics=(MRE,),
        laws=OF_SCALES,
    )


def dmsl_a(data: Path) -> Protocol:
    mark = "on the larger models held back: joint 0.600, additive 0.841, Eq. 6-7 with free tau 0.518; to show: < 0.50"
    return _dmsl(data, "A, inner: fit below 900M, predict 937M", mark, lambda o: [(o.N < 900e6, o.N >= 900e6)])


def dmsl_a2(data: Path) -> Protocol:
    mark = "none for this division, which reaches less far; A's to show: < 0.50"
    return _dmsl(data, "A2, inner: fit below 500M, predict 680M, 937M", mark, lambda o: [(o.N < 500e6, o.N >= 500e6)])


def dmsl_b(data: Path) -> Protocol:
    mark = "on 15 mixtures held back: joint 0.397, additive 0.493, Eq. 6-7 with free tau 0.634; to show: < 0.39"
    return _dmsl(data, "B, inner: five folds of whole mixtures, all sizes", mark, lambda o: _mixture_folds(o))


def dmsl_c(data: Path) -> Protocol:
    mark = "on both held back: joint 0.726, additive 0.931, Eq. 6-7 with free tau 0.647; to show: < 0.62"

    def folds(o: Observations) -> list[tuple[Mask, Mask]]:
        return _both(o, 900e6)

    return _dmsl(data, "C, inner: four folds of mixtures below 900M, predict the fifth at 937M", mark, folds)


def dmsl_c2(data: Path) -> Protocol:
    def folds(o: Observations) -> list[tuple[Mask, Mask]]:
        return _both(o, 500e6)

    mark = "none for this division; C's to show: < 0.62"
    return _dmsl(data, "C2, inner: four folds of mixtures below 500M, predict the fifth above", mark, folds)


def _both(observed: Observations, least: float) -> list[tuple[Mask, Mask]]:
    """Larger models of mixtures that the fit did not see."""
    folds = [(train & (least > observed.N), test & (least <= observed.N)) for train, test in _mixture_folds(observed)]
    return [fold for fold in folds if fold[1].any()]


def _pile4(data: Path, title: str, folds: Callable[[Observations], list[tuple[Mask, Mask]]]) -> Protocol:
    table = pl.read_csv(data / "meiqwq_pile4_NDmix.csv").with_columns(
        N=pl.col("model_size_M") * 1e6, D=pl.col("tokens_B") * 1e9
    )
    weights = tuple(name for name in table.columns if name.startswith("w_"))
    columns = RunColumns(
        targets=tuple(f"{name.removeprefix('w_')}_loss" for name in weights), weights=weights, params="N", tokens="D"
    )
    observed = observe_runs(table, columns)
    return Protocol(
        title=f"Pile, four domains: {title}",
        mark="none was given",
        observed=observed,
        folds=folds(observed),
        cluster=_mixtures(observed),
        metrics=(MRE,),
        laws=OF_SCALES,
    )


def pile4_n(data: Path) -> Protocol:
    return _pile4(data, "fit at 90M and 200M, predict 440M (4 runs)", lambda o: [(o.N < 400e6, o.N > 400e6)])


def pile4_d(data: Path) -> Protocol:
    return _pile4(data, "fit below 8B tokens, predict 8B", lambda o: [(o.D < 8e9, o.D >= 8e9)])


def pile4_mixtures(data: Path) -> Protocol:
    return _pile4(data, "five folds of whole mixtures", _mixture_folds)


def _regmix(data: Path) -> tuple[Observations, int]:
    """Both sets of runs, and how many are of the training set."""
    parts = [
        pl.read_csv(data / f"{part}_mixture_1m.csv").join(pl.read_csv(data / f"{part}_pile_loss_1m.csv"), on="index")
        for part in ("train", "test")
    ]
    table = pl.concat(parts)
    weights = [name for name in table.columns if name.startswith("train_")]
    total = pl.sum_horizontal(weights)
    table = table.with_columns(pl.col(name) / total for name in weights)
    targets = tuple(name for name in table.columns if name.startswith("metric/"))
    return observe_runs(table, RunColumns(targets=targets, weights=tuple(weights))), len(parts[0])


def regmix(data: Path) -> Protocol:
    observed, n_train = _regmix(data)
    train = np.arange(len(observed)) < n_train
    of_pile_cc = of_target(rank_correlation, list(observed.losses).index("metric/the_pile_pile_cc_val_loss"))
    return Protocol(
        title="RegMix at 1M: fit to its 512 runs, predict its 256 test runs",
        mark="Spearman on Pile-CC: LightGBM 0.987, E + 1 / sum(C h^g) 0.994, process on log weights 0.995; to show: "
        "> 0.990. Regret: 0.0136 for LightGBM at 1B, which is held back; to show there: <= 0.008",
        observed=observed,
        folds=[(train, ~train)],
        cluster=np.arange(len(observed)),
        metrics=(replace(SPEARMAN, name="Spearman, Pile-CC", of=of_pile_cc), SPEARMAN, MRE, REGRET),
        laws=OF_ONE_SCALE,
    )


def regmix_few(data: Path) -> Protocol:
    """43 runs of the training set and 19 others of it, drawn ten times."""
    observed, n_train = _regmix(data)
    rng, folds = np.random.default_rng(SEED), list[tuple[Mask, Mask]]()
    for _ in range(DRAWS):
        drawn = rng.permutation(n_train)[:62]
        folds.append((_only(len(observed), drawn[:43]), _only(len(observed), drawn[43:])))
    return Protocol(
        title="RegMix at 1M: fit to 43 runs, predict 19 others, 10 draws (stands in for Pile-17 at 1B)",
        mark="Pile-17 at 1B, held back: 1.53 published, to show: < 0.95; losses at 1M vary far more between mixtures",
        observed=observed,
        folds=folds,
        cluster=np.arange(len(observed)),
        metrics=(MRE, SPEARMAN, REGRET),
        laws=OF_ONE_SCALE,
    )


def gemstones(data: Path) -> Protocol:
    columns = RunColumns(targets=("dclm_loss", "fineweb_edu_loss"), params="params", tokens="tokens", group="run")
    observed = observe_runs(pl.read_csv(data / "gemstones_dev.csv"), columns)
    return Protocol(
        title="Gemstones, inner: fit below 600M, predict 1.0B",
        mark="at 1.2B and above, held back: Chinchilla form 1.97 / 2.05; to show: < 1.8",
        observed=observed,
        folds=[(observed.N < 600e6, observed.N >= 1e9)],
        cluster=observed.run,
        metrics=(MRE,),
        laws=OF_ONE_MIXTURE,
    )


def redpajama(data: Path) -> Protocol:
    """Sizes below 410M against 410M, the last quarter of its steps; 1e6 tokens a step."""
    targets = ("full", "ArXiv", "Books3", "Github", "Pile-CC", "StackExchange", "Wikipedia_en")
    observed = _steps(data / "rpj_dev.csv", targets)
    last = 0.75 * observed.D[observed.N > 400e6].max() <= observed.D
    return Protocol(
        title="Data mixing laws, RedPajama: fit at 70M, 160M and 305M, predict the end of the 410M runs",
        mark="none was given",
        observed=observed,
        folds=[(observed.N < 400e6, (observed.N > 400e6) & last)],
        cluster=observed.run,
        metrics=(MRE, SPEARMAN),
        laws=OF_SCALES,
    )


def three(data: Path) -> Protocol:
    """Five folds of whole mixtures; what is predicted are the 410M runs, the only size with many mixtures."""
    observed = _steps(data / "tidy_3Mix.csv", ("Books3", "Github", "Pile-CC"))
    folds = [(train, test & (observed.N > 400e6)) for train, test in _mixture_folds(observed)]
    return Protocol(
        title="Data mixing laws, three domains: five folds of whole mixtures, predict them at 410M",
        mark="none was given",
        observed=observed,
        folds=[fold for fold in folds if fold[1].any()],
        cluster=_mixtures(observed),
        metrics=(MRE, SPEARMAN),
        laws=OF_SCALES,
    )


def _steps(file: Path, targets: tuple[str, ...]) -> Observations:
    """A step is taken as 1e6 tokens. Checkpoints before a quarter of their run are left out."""
    table = pl.read_csv(file).with_columns(D=pl.col("step") * 1e6, run=pl.col("run").cast(pl.String))
    weights = tuple(name for name in table.columns if name.startswith("w") and name[1:].isdigit())
    columns = RunColumns(targets=targets, weights=weights, params="params", tokens="D", group="run")
    return observe_runs(table, columns, min_fraction=0.25, allow_missing=True)


PROTOCOLS: dict[str, Callable[[Path], Protocol]] = {
    "dmsl-a": dmsl_a,
    "dmsl-a2": dmsl_a2,
    "dmsl-b": dmsl_b,
    "dmsl-c": dmsl_c,
    "dmsl-c2": dmsl_c2,
    "pile4-n": pile4_n,
    "pile4-d": pile4_d,
    "pile4-mixtures": pile4_mixtures,
    "regmix": regmix,
    "regmix-few": regmix_few,
    "gemstones": gemstones,
    "redpajama": redpajama,
    "three": three,
}


def _mixtures(observed: Observations) -> Rows:
    """(n,) index of each row's mixture."""
    return np.unique(observed.shares.round(6), axis=0, return_inverse=True)[1].ravel()


def _mixture_folds(observed: Observations) -> list[tuple[Mask, Mask]]:
    """Five folds of whole mixtures, dealt out by a fixed seed."""
    mixture = _mixtures(observed)
    n = int(mixture.max()) + 1
    fold: Rows = (np.random.default_rng(SEED).permutation(n) % FOLDS)[mixture]
    return [(fold != f, fold == f) for f in range(FOLDS)]


def _only(n: int, rows: Sequence[int] | Rows) -> Mask:
    mask = np.zeros(n, dtype=bool)
    mask[rows] = True
    return mask
