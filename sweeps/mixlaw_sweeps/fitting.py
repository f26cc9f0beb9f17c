"""From runs to law files, and laws as tables for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from mixlaw import store
from mixlaw.laws import (
    AUTO,
    FAMILIES,
    FittedLaw,
    Observations,
    RunColumns,
    law_rows,
    observe,
    observe_runs,
)
from mixlaw.laws import fit as fit_law
from mixlaw.trial import LANGUAGES, MixlawError
from mixlaw_sweeps.console import console, errors
from mixlaw_sweeps.tables import read_table

HELD_OUT_STUDIES = ("allocation",)
"""Studies that judge the law: fitting to them would let it see its own examination."""


def law_path(out: Path, law: str) -> Path:
    """Where a run's law of this name stands."""
    return out / "laws" / f"{law}.json"


def fit_laws(
    out: Path,
    names: Sequence[str],
    *,
    targets: list[str] | None = None,
    n_bootstrap: int = 200,
    seed: int = 0,
    allow_failed: bool = False,
    without: Sequence[str] = HELD_OUT_STUDIES,
) -> dict[str, FittedLaw]:
    """Fit and save laws by name. With several, one that the results cannot support is reported and left out.

    Raises MixlawError when none can be fitted.
    """
    results = store.read_results(out, evaluation="validation").filter(~pl.col("study").is_in(list(without)))
    if results.is_empty():
        raise MixlawError(f"{out} holds only results of {', '.join(without)}, which the fit leaves out")
    observed = observe(results, allow_failed=allow_failed)
    return _fit_each(
        observed, {name: law_path(out, name) for name in names}, targets=targets, n_bootstrap=n_bootstrap, seed=seed
    )


def fit_table(
    path: Path,
    columns: RunColumns,
    law_paths: Mapping[str, Path],
    *,
    n_bootstrap: int = 200,
    seed: int = 0,
    min_fraction: float | None = None,
    allow_missing: bool = False,
) -> dict[str, FittedLaw]:
    """Fit laws by name to a table of runs and save each at its path. Of several, unsupported ones are left out.

    Raises MixlawError for a table that `mixlaw.laws.observe_runs` refuses, and when none can be fitted.
    """
    observed = observe_runs(read_table(path), columns, min_fraction=min_fraction, allow_missing=allow_missing)
    return _fit_each(observed, law_paths, targets=list(columns.targets), n_bootstrap=n_bootstrap, seed=seed)


def table_law_paths(runs: Path, law: str | None, out: Path | None) -> dict[str, Path]:
    """Where the laws of a table of runs go, by name: RUNS.law.json beside it, RUNS.NAME.law.json for each of `all`.

    Raises MixlawError for one --out with several laws.
    """
    if law != "all":
        return {law or AUTO: out or runs.with_suffix(".law.json")}
    if out is not None:
        raise MixlawError("--out names one law file; with --law all, leave it out: each goes to RUNS.NAME.law.json")
    return {name: runs.with_suffix(f".{name}.law.json") for name in FAMILIES}


def _fit_each(
    observed: Observations, law_paths: Mapping[str, Path], *, targets: list[str] | None, n_bootstrap: int, seed: int
) -> dict[str, FittedLaw]:
    fitted: dict[str, FittedLaw] = {}
    for name, path in law_paths.items():
        try:
            with errors.status(f"law {name}") as status:
                fitted[name] = fit_law(
                    observed, name, targets=targets, n_bootstrap=n_bootstrap, seed=seed, progress=status.update
                )
        except MixlawError as unsupported:
            if len(law_paths) == 1:
                raise
            errors.print(f"no {name} law: {unsupported}", markup=False)
            continue
        fitted[name].save(path)
    if not fitted:
        raise MixlawError(f"the runs support none of the laws {', '.join(law_paths)}")
    return fitted


def default_law(out: Path) -> Path:
    """The law to predict and search with: the one chosen by its held-out errors, or else transfer or the paper's.

    Raises MixlawError when the folder has neither.
    """
    for name in (AUTO, "transfer", "proportion"):
        if law_path(out, name).exists():
            return law_path(out, name)
    raise MixlawError(f"{out / 'laws'} has no law of mixtures; make one with: mixlaw fit {out}")


def programming_targets(law: FittedLaw) -> dict[str, float]:
    """Equal weights on the programming languages that the law predicts (or on its one mixture loss)."""
    return dict.fromkeys([t for t in law.targets if t in LANGUAGES] or law.targets, 1.0)


def open_law(path: Path) -> FittedLaw:
    """A law file, or the law of mixtures of a run's folder."""
    return FittedLaw.load(default_law(path) if path.is_dir() else path)


def warn_if_far(law: FittedLaw, N: float, D: float) -> None:
    """Say how far beyond the fitted runs a prediction is; refuse nothing. Raises MixlawError for absurd units."""
    if law.scales.D[0] / 1e4 > D:
        raise MixlawError(f"{D:g} tokens are far below the fitted {law.scales.D[0]:g}; are they given in billions?")
    if beyond := law.beyond(N, D):
        console.print(f"extrapolation: {beyond} of the fitted runs; the interval holds only if the form does")


def rows_beyond(law: FittedLaw, rows: pl.DataFrame) -> str:
    """How many rows of a table lie beyond the fitted runs, and how far the furthest; empty when none does."""
    N, D, _ = law_rows(law, rows)
    far = [place for place in zip(N.tolist(), D.tolist(), strict=True) if law.beyond(*place)]
    if not far:
        return ""
    furthest = max(far, key=lambda place: place[0] * place[1])
    return f"extrapolation: {len(far)} of {len(rows)} rows, the furthest to {law.beyond(*furthest)} of the fitted runs"
