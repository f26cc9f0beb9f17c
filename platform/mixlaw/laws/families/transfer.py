"""The family of transfer laws."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import numpy as np

from mixlaw.laws.families.family import Point
from mixlaw.laws.families.per_target import MixtureFamily, transfer_parameters
from mixlaw.laws.fits.transfer import fit_transfer, refit_transfer
from mixlaw.laws.forms import Array, Form, Transfer
from mixlaw.laws.observed.observations import Observations
from mixlaw.trial import MixlawError


class TransferFamily(MixtureFamily):
    """Per target, from every run that measured it."""

    name: ClassVar[str] = "transfer"

    def n_parameters(self, observed: Observations) -> int:
        """Six and a weight per other domain, less A and alpha_N where N does not vary."""
        return transfer_parameters(observed)

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
            fit = fit_transfer(self.mixture_rows(observed, target))
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
            rows = self.mixture_rows(observed, target)
            laws[target] = refit_transfer(point.form, rows, counts[:, self.rows(observed, target)], rng)
        return laws
