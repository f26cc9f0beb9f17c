"""Families of one law per target over mixtures: which rows a target's law takes, and what the rows must have."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from mixlaw.laws.fits.rows import MixtureRows
from mixlaw.laws.forms import Array
from mixlaw.laws.observed.observations import Observations, target_names
from mixlaw.trial import MixlawError


class MixtureFamily(ABC):
    """Per target, from every run that measured it and does not repeat its data: rows and checks."""

    name: ClassVar[str]

    def targets(self, observed: Observations, asked: Sequence[str] | None) -> tuple[str, ...]:
        """All measured ones."""
        return target_names(observed, asked)

    def select(self, observed: Observations, targets: Sequence[str]) -> Observations:
        """All rows that measured a target and do not repeat their data."""
        return observed.keep(np.any([observed.measured(t) for t in targets], axis=0) & observed.fresh)

    def rows(self, observed: Observations, target: str) -> npt.NDArray[np.bool_]:
        """Runs that measured the target and trained on it, if there are enough of them; else all that measured it.

        A model that never saw a language gets worse at it the more it learns of another: such runs say nothing of how
        the language is learnt, and would swamp the ones that do. Enough is as for a transfer law, whatever the family.
        """
        measured, own = observed.measured(target), observed.own(target)
        if own is None:
            return measured
        trained = measured & (observed.shares[:, own] > 0)
        kept = observed.keep(trained)
        scales = kept.varies_D and (kept.varies_N or not observed.keep(measured).varies_N)
        return trained if scales and len(kept) > transfer_parameters(observed) else measured

    def losses(self, observed: Observations, target: str) -> Array:
        """The target's own loss."""
        return observed.losses[target]

    @abstractmethod
    def n_parameters(self, observed: Observations) -> int:
        """Fitted per target."""

    def check(self, observed: Observations, targets: Sequence[str]) -> None:
        """Two domains at least, and mixtures that differ."""
        if len(observed.domains) < 2:
            raise MixlawError(
                f"a {self.name} law compares mixtures, and the runs have {len(observed.domains)} domains with a share; "
                "name the columns of the shares (--weights), or choose --law chinchilla"
            )
        for target in targets:
            rows = observed.keep(self.rows(observed, target))
            if np.ptp(rows.shares, axis=0).max() < 1e-6:
                raise MixlawError(
                    f"{target} has a single mixture: a {self.name} law compares mixtures; add runs of others"
                )

    def mixture_rows(self, observed: Observations, target: str) -> MixtureRows:
        """The target's rows as arrays."""
        rows = observed.keep(self.rows(observed, target))
        return MixtureRows(N=rows.N, D=rows.D, shares=rows.shares, loss=rows.losses[target], own=observed.own(target))


def transfer_parameters(observed: Observations) -> int:
    """Of a transfer law: six and a weight per other domain, less A and alpha_N where N does not vary."""
    return 5 + len(observed.domains) - (0 if observed.varies_N else 2)
