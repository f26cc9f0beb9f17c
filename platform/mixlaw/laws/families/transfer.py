"""The family of transfer laws, and the rows that every law of a mixture takes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from mixlaw.laws.families.family import Point
from mixlaw.laws.fits.transfer import MixtureRows, fit_transfer, refit_transfer
from mixlaw.laws.forms import Array, Form, Transfer
from mixlaw.laws.observed.observations import Observations, target_names
from mixlaw.trial import MixlawError


class TransferFamily:
    """Per target, from every run that measured it."""

    name: ClassVar[str] = "transfer"

    def targets(self, observed: Observations, asked: Sequence[str] | None) -> tuple[str, ...]:
        """All measured ones."""
        return target_names(observed, asked)

    def select(self, observed: Observations, targets: Sequence[str]) -> Observations:
        """All rows that measured a target and do not repeat their data."""
        return observed.keep(np.any([observed.measured(t) for t in targets], axis=0) & observed.fresh)

    def n_parameters(self, observed: Observations) -> int:
        """Six and a weight per other domain, less A and alpha_N where N does not vary."""
        return 5 + len(observed.domains) - (0 if observed.varies_N else 2)

    def rows(self, observed: Observations, target: str) -> npt.NDArray[np.bool_]:
        """Runs that measured the target and trained on it, if there are enough of them; else all that measured it.

        A model that never saw a language gets worse at it the more it learns of another: such runs say nothing of how
        the language is learnt, and would swamp the ones that do.
        """
        measured, own = observed.measured(target), observed.own(target)
        if own is None:
            return measured
        trained = measured & (observed.shares[:, own] > 0)
        kept = observed.keep(trained)
        scales = kept.varies_D and (kept.varies_N or not observed.keep(measured).varies_N)
        return trained if scales and len(kept) > self.n_parameters(observed) else measured

    def losses(self, observed: Observations, target: str) -> Array:
        """The target's own loss."""
        return observed.losses[target]

    def check(self, observed: Observations, targets: Sequence[str]) -> None:
        """Mixtures that differ."""
        if not observed.domains:
            raise MixlawError("a transfer law compares mixtures and there are no weights; give them, or fit chinchilla")
        for target in targets:
            rows = observed.keep(self.rows(observed, target))
            if len(observed.domains) > 1 and np.ptp(rows.shares, axis=0).max() < 1e-6:
                raise MixlawError(
                    f"{target} has a single mixture: a transfer law compares mixtures; add runs of others"
                )

    def point(self, observed: Observations, targets: Sequence[str]) -> dict[str, Point]:
        """The best of many starts for each target."""
        points: dict[str, Point] = {}
        for target in targets:
            fit = fit_transfer(self._mixture_rows(observed, target))
            points[target] = Point(
                form=fit.law,
                objective=fit.objective,
                converged=fit.converged,
                prior_dominated=fit.prior_dominated,
                absent=fit.absent,
            )
        return points

    def replicates(
        self, observed: Observations, points: dict[str, Point], counts: Array, rng: np.random.Generator
    ) -> dict[str, tuple[Form, ...]]:
        """Refits from the point estimate."""
        laws: dict[str, tuple[Form, ...]] = {}
        for target, point in points.items():
            assert isinstance(point.form, Transfer)
            rows = self._mixture_rows(observed, target)
            laws[target] = refit_transfer(point.form, rows, counts[:, self.rows(observed, target)], rng)
        return laws

    def _mixture_rows(self, observed: Observations, target: str) -> MixtureRows:
        rows = observed.keep(self.rows(observed, target))
        return MixtureRows(N=rows.N, D=rows.D, shares=rows.shares, loss=rows.losses[target], own=observed.own(target))
