"""The family of Chinchilla laws."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from mixlaw.laws.families.family import Point
from mixlaw.laws.fits.chinchilla import fit_chinchilla, refit_chinchilla
from mixlaw.laws.forms import Array, Chinchilla, Form
from mixlaw.laws.observed.observations import Observations, require_rows, require_scales, target_names
from mixlaw.trial import MixlawError


class ChinchillaFamily:
    """Per language, from the runs on that language alone; all runs, and all their tokens, for a target without a
    domain of its own."""

    name: ClassVar[str] = "chinchilla"

    def targets(self, observed: Observations, asked: Sequence[str] | None) -> tuple[str, ...]:
        """Those with runs of their own; if no target has a domain of its own, all."""
        known = target_names(observed, asked)
        fitted = tuple(t for t in known if self.rows(observed, t).any())
        if asked is None:
            fitted = tuple(t for t in fitted if observed.own(t) is not None) or fitted
        missing = [t for t in known if t not in fitted] if asked is not None else []
        if missing or not fitted:
            raise MixlawError(
                f"no runs on {', '.join(missing) or 'a single language'} alone: a Chinchilla law needs them; "
                "run the single-language study, or fit --law transfer"
            )
        return fitted

    def select(self, observed: Observations, targets: Sequence[str]) -> Observations:
        """Single-language rows of the targets."""
        return observed.keep(np.any([self.rows(observed, t) for t in targets], axis=0))

    def n_parameters(self, observed: Observations) -> int:
        """E, A, B and two exponents."""
        return 5

    def rows(self, observed: Observations, target: str) -> npt.NDArray[np.bool_]:
        """Runs on the target alone that do not repeat it."""
        rows = observed.measured(target) & observed.fresh
        return rows if observed.own(target) is None else rows & observed.single(target)

    def losses(self, observed: Observations, target: str) -> Array:
        """The target's own loss."""
        return observed.losses[target]

    def check(self, observed: Observations, targets: Sequence[str]) -> None:
        """Five runs, two N, two D of every target."""
        for target in targets:
            rows = observed.keep(self.rows(observed, target))
            what = target if observed.own(target) is None else f"{target} alone"
            require_rows(rows, 5, what)
            require_scales(rows, what)

    def point(self, observed: Observations, targets: Sequence[str]) -> dict[str, Point]:
        """The exact optimum of each language."""
        points: dict[str, Point] = {}
        for target in targets:
            rows = observed.keep(self.rows(observed, target))
            fit = fit_chinchilla(rows.N, rows.D, rows.losses[target])
            points[target] = Point(form=fit.law, objective=fit.objective, converged=fit.converged)
        return points

    def replicates(
        self, observed: Observations, points: dict[str, Point], counts: Array, rng: np.random.Generator
    ) -> dict[str, tuple[Form, ...]]:
        """Refits from the point estimate."""
        laws: dict[str, tuple[Form, ...]] = {}
        for target, point in points.items():
            chosen = self.rows(observed, target)
            rows = observed.keep(chosen)
            assert isinstance(point.form, Chinchilla)
            laws[target] = refit_chinchilla(point.form, rows.N, rows.D, rows.losses[target], counts[:, chosen])
        return laws
