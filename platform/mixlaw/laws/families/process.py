"""Gaussian processes per target, from every run that measured it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, cast

import numpy as np
import numpy.typing as npt

from mixlaw.laws.families.family import Point
from mixlaw.laws.families.parametric import varies
from mixlaw.laws.families.per_target import MixtureFamily
from mixlaw.laws.fits.process import MOST_ROWS, fit_process, refit_process, thinned
from mixlaw.laws.fits.rows import MixtureRows
from mixlaw.laws.forms import Array, Form, GaussianProcess
from mixlaw.laws.observed.observations import Observations


class GaussianProcessFamily(MixtureFamily):
    """N and D are inputs where they vary. Of more than 1500 rows a fixed random choice is used, and a note says so."""

    name: ClassVar[str] = "gaussian-process"

    def n_parameters(self, observed: Observations) -> int:
        """The linear mean's: the kernel's part has no count of parameters."""
        return 1 + len(observed.domains) + varies(observed.N) + varies(observed.D)

    def point(self, observed: Observations, targets: Sequence[str]) -> dict[str, Point]:
        """The process of each target, its hyperparameters by marginal likelihood."""
        return {target: self._point(observed, target) for target in targets}

    def replicates(
        self, observed: Observations, points: dict[str, Point], counts: Array, rng: np.random.Generator
    ) -> dict[str, tuple[Form, ...]]:
        """The same hyperparameters, rows weighed anew, around functions drawn from the prior."""
        laws: dict[str, tuple[Form, ...]] = {}
        for target, point in points.items():
            used = self._used(observed, target)
            law = cast(GaussianProcess, point.form)
            laws[target] = refit_process(law, _rows(observed, target, used), counts[:, used], rng)
        return laws

    def _point(self, observed: Observations, target: str) -> Point:
        used, measured = self._used(observed, target), self.rows(observed, target)
        fit = fit_process(_rows(observed, target, used))
        note = f"{self.name} of {target} uses {used.sum()} of {measured.sum()} rows, drawn by a fixed seed"
        notes = (note,) if used.sum() < measured.sum() else ()
        return Point(form=fit.law, objective=fit.objective, converged=fit.converged, notes=notes)

    def _used(self, observed: Observations, target: str) -> npt.NDArray[np.bool_]:
        used = self.rows(observed, target).copy()
        used[used] = thinned(int(used.sum()), MOST_ROWS)
        return used


def _rows(observed: Observations, target: str, used: npt.NDArray[np.bool_]) -> MixtureRows:
    rows = observed.keep(used)
    return MixtureRows(N=rows.N, D=rows.D, shares=rows.shares, loss=rows.losses[target], own=observed.own(target))
