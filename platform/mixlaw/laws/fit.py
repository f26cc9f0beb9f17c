"""From runs to a fitted law."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import numpy as np

from mixlaw.laws.bootstrap import run_weights
from mixlaw.laws.choose import Choice, choose
from mixlaw.laws.evaluate import loss_on_mixture
from mixlaw.laws.families.chinchilla import ChinchillaFamily
from mixlaw.laws.families.coupled import CoupledCommonFamily, CoupledFamily, CoupledLinearFamily
from mixlaw.laws.families.ensemble import EnsembleFamily
from mixlaw.laws.families.family import Family, Point, require_enough
from mixlaw.laws.families.mixture import AdditiveFamily, DataMixingFamily, JointFamily
from mixlaw.laws.families.process import GaussianProcessFamily
from mixlaw.laws.families.proportion import ProportionFamily
from mixlaw.laws.families.proportion_free import ProportionFreeFamily
from mixlaw.laws.families.regmix import RegMixLinearFamily, RegMixTreesFamily
from mixlaw.laws.families.transfer import TransferFamily
from mixlaw.laws.fitted import FittedLaw, Scales
from mixlaw.laws.forms import Array, Form
from mixlaw.laws.held_out import HeldOut, held_out_errors, relative_error
from mixlaw.laws.observed.observations import MOST_EPOCHS, Observations
from mixlaw.laws.splits import splits
from mixlaw.laws.target_report import TargetReport
from mixlaw.trial import MixlawError

_KNOWN: tuple[Family, ...] = (
    ChinchillaFamily(),
    ProportionFamily(),
    TransferFamily(),
    CoupledFamily(),
    CoupledCommonFamily(),
    CoupledLinearFamily(),
    DataMixingFamily(),
    AdditiveFamily(),
    JointFamily(),
    ProportionFreeFamily(),
    RegMixLinearFamily(),
    RegMixTreesFamily(),
    GaussianProcessFamily(),
)
FAMILIES: dict[str, Family] = {family.name: family for family in _KNOWN}
_LEAST_RATIO = 1e-3
"""Of predicted to measured loss where a residual is taken: a regression can predict less than nothing."""
Progress = Callable[[str], None]
"""Told what is being done, in a few words, before it is."""
AUTO = "auto"
"""The name that stands for the choice among laws by their errors on rows left out."""
_OF_SCALES = ("coupled", "coupled-common", "transfer", "joint", "additive", "proportion-free")
_OF_ONE_SCALE = ("coupled", "coupled-common", "coupled-linear", "additive", "data-mixing")
_OF_ONE_MIXTURE = ("coupled", "chinchilla")


def _silent(what: str) -> None:
    pass


def fit(
    observed: Observations,
    law: str = "transfer",
    *,
    targets: Iterable[str] | None = None,
    n_bootstrap: int = 200,
    seed: int = 0,
    progress: Progress = _silent,
) -> FittedLaw:
    """Fit a law to runs: of the project's results table (`observe`) or of anybody's (`observe_runs`).

    `chinchilla`: per language from its single-language runs. `transfer`: per target from all runs that measured it.
    `proportion`: the paper's one law of the mixture loss (target `mixture`). `auto` judges the forms on rows left out
    and weighs the best together (`mixlaw.laws.choose`). Rows of one run are resampled together.

    Raises MixlawError, before anything is fitted, for an unknown law or target, fewer rows than parameters, and rows
    that lack what the law describes (a second N or D, mixtures).
    """
    if law not in (AUTO, *FAMILIES):
        raise MixlawError(f"unknown law {law!r}; known are {', '.join((AUTO, *FAMILIES))}")
    asked = None if targets is None else tuple(targets)
    choice = None if law != AUTO else _choose(observed, asked, seed, progress)
    family = FAMILIES[law] if choice is None else _chosen(choice)
    names = family.targets(observed, asked)
    used = family.select(observed, names)
    family.check(used, names)
    require_enough(family, used, names)
    progress(f"{law}: fit to all runs")
    points = family.point(used, names)
    progress(f"{law}: held-out errors")
    held_out = choice.held_out if choice else held_out_errors(family, used, names, splits(used, seed))
    progress(f"{law}: {n_bootstrap} bootstrap laws")
    return FittedLaw(
        form=points[names[0]].form.name,
        domains=used.domains,
        targets=names,
        point={t: point.form for t, point in points.items()},
        replicates=_replicates(family, used, points, n_bootstrap, seed),
        report={t: _report(family, used, t, points[t], held_out[t]) for t in names},
        scales=Scales(N=_range(used.N), D=_range(used.D)),
        n_runs=int(used.run.max()) + 1,
        seed=seed,
        notes=observed.notes + _notes(observed, points),
        own_domain={t: own for t in names if (own := used.own(t)) is not None},
        columns=observed.columns,
        choice=choice,
    )


def candidates(observed: Observations) -> tuple[str, ...]:
    """The laws that `auto` judges: those that describe what varies in the runs.

    The process, the trees and the linear regression are there to be compared with: what they learn at one scale is
    shaped by that scale, and a law is wanted for another.
    """
    if len(observed.domains) < 2:
        return _OF_ONE_MIXTURE
    return _OF_SCALES if observed.varies_N or observed.varies_D else _OF_ONE_SCALE


def _choose(observed: Observations, asked: tuple[str, ...] | None, seed: int, progress: Progress) -> Choice:
    first = FAMILIES["coupled"]
    names = first.targets(observed, asked)
    used = first.select(observed, names)
    return choose([FAMILIES[name] for name in candidates(used)], used, names, seed=seed, progress=progress)


def _chosen(choice: Choice) -> Family:
    weights = choice.weights
    return FAMILIES[next(iter(weights))] if len(weights) == 1 else EnsembleFamily(FAMILIES, weights)


def _replicates(
    family: Family, observed: Observations, points: dict[str, Point], n: int, seed: int
) -> tuple[Mapping[str, Form], ...]:
    if n == 0:
        return ()
    rng = np.random.default_rng(seed)
    runs_per_target = np.mean([len(np.unique(observed.run[family.rows(observed, t)])) for t in points])
    counts = run_weights(
        observed.run,
        n_replicates=n,
        parameters_per_run=family.n_parameters(observed) / float(runs_per_target),
        rng=rng,
    )
    laws = family.replicates(observed, points, counts, rng)
    # A family that says nothing of its uncertainty gives none.
    return tuple({t: laws[t][r] for t in points} for r in range(min(map(len, laws.values()))))


def _report(
    family: Family, observed: Observations, target: str, point: Point, held_out: Mapping[str, HeldOut]
) -> TargetReport:
    rows = observed.keep(family.rows(observed, target))
    predicted = loss_on_mixture(point.form, observed.own(target), rows.N, rows.D, rows.shares)
    losses = family.losses(rows, target)
    return TargetReport(
        n_rows=len(rows),
        n_runs=int(rows.run.max()) + 1,
        objective=point.objective,
        converged=point.converged,
        in_sample_error=float(relative_error(predicted, losses).mean()),
        noise=1.4826 * float(np.median(np.abs(np.log(np.maximum(predicted / losses, _LEAST_RATIO))))),
        held_out=held_out,
        prior_dominated=point.prior_dominated,
        absent=point.absent,
    )


def _range(values: Array) -> tuple[float, float]:
    return float(values.min()), float(values.max())


def _notes(everything: Observations, points: Mapping[str, Point]) -> tuple[str, ...]:
    notes = [note for point in points.values() for note in point.notes]
    if repeated := int(np.sum(~everything.fresh)):
        notes.append(f"{repeated} runs repeat their data more than {MOST_EPOCHS:g} times and are left out of the fit")
    stuck = [t for t, point in points.items() if not point.converged]
    if stuck:
        notes.append(f"the fit of {', '.join(stuck)} did not converge")
    return tuple(notes)
