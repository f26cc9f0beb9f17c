"""A family fits one form to all targets of a table: which rows it takes, its point fit and its replicates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol

import numpy as np
import numpy.typing as npt

from mixlaw.laws.fit_chinchilla import fit_chinchilla, refit_chinchilla
from mixlaw.laws.fit_transfer import MixtureRows, fit_transfer, refit_transfer
from mixlaw.laws.forms import Array, Chinchilla, Form, Transfer
from mixlaw.laws.observations import Observations, require_rows, require_scales, target_names
from mixlaw.trial import MixlawError


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """The fit of one target to all of its rows."""

    form: Form
    objective: float
    """What was minimised: sum of Huber losses of log residuals (transfer: over sigma squared, with its prior)."""
    converged: bool
    prior_dominated: tuple[str, ...] = ()
    """Parameters on which the runs say less than the prior does."""
    notes: tuple[str, ...] = ()
    """What a reader of the numbers must know."""


class Family(Protocol):
    """A form and the way it is fitted. Rows are those of `select`; counts are (R, n) row weights."""

    name: ClassVar[str]

    def targets(self, observed: Observations, asked: Sequence[str] | None) -> tuple[str, ...]:
        """The targets that will be fitted. Raises MixlawError for one that cannot be."""
        ...

    def select(self, observed: Observations, targets: Sequence[str]) -> Observations:
        """The rows that are used, with the domains the law will know."""
        ...

    def n_parameters(self, observed: Observations) -> int:
        """Fitted per target."""
        ...

    def rows(self, observed: Observations, target: str) -> npt.NDArray[np.bool_]:
        """(n,) rows that the target's law is fitted to."""
        ...

    def losses(self, observed: Observations, target: str) -> Array:
        """(n,) measured losses that the target's law describes."""
        ...

    def check(self, observed: Observations, targets: Sequence[str]) -> None:
        """Raise MixlawError when the rows cannot carry the law."""
        ...

    def point(self, observed: Observations, targets: Sequence[str]) -> dict[str, Point]:
        """Fit to all rows."""
        ...

    def replicates(
        self, observed: Observations, points: dict[str, Point], counts: Array, rng: np.random.Generator
    ) -> dict[str, tuple[Form, ...]]:
        """R laws per target, fitted to the reweighted rows."""
        ...


class ChinchillaFamily:
    """Per language, from the runs on that language alone."""

    name: ClassVar[str] = "chinchilla"

    def targets(self, observed: Observations, asked: Sequence[str] | None) -> tuple[str, ...]:
        """Those with runs of their own."""
        known = target_names(observed, asked)
        alone = tuple(t for t in known if self.rows(observed, t).any())
        missing = [t for t in known if t not in alone] if asked is not None else []
        if missing or not alone:
            raise MixlawError(
                f"no runs on {', '.join(missing) or 'a single language'} alone: a Chinchilla law needs them; "
                "run the single-language study, or fit --law transfer"
            )
        return alone

    def select(self, observed: Observations, targets: Sequence[str]) -> Observations:
        """Single-language rows of the targets."""
        return observed.keep(np.any([self.rows(observed, t) for t in targets], axis=0))

    def n_parameters(self, observed: Observations) -> int:
        """E, A, B and two exponents."""
        return 5

    def rows(self, observed: Observations, target: str) -> npt.NDArray[np.bool_]:
        """Runs on the target alone that do not repeat it."""
        return observed.single(target) & observed.measured(target) & observed.fresh

    def losses(self, observed: Observations, target: str) -> Array:
        """The target's own loss."""
        return observed.losses[target]

    def check(self, observed: Observations, targets: Sequence[str]) -> None:
        """Five runs, two N, two D of every target."""
        for target in targets:
            rows = observed.keep(self.rows(observed, target))
            require_rows(rows, 5, f"{target} alone")
            require_scales(rows, f"{target} alone")

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
        """Six and a weight per other domain."""
        return 5 + len(observed.domains)

    def rows(self, observed: Observations, target: str) -> npt.NDArray[np.bool_]:
        """Runs that measured the target and trained on it, if there are enough of them; else all that measured it.

        A model that never saw a language gets worse at it the more it learns of another: such runs say nothing of how
        the language is learnt, and would swamp the ones that do.
        """
        measured, own = observed.measured(target), observed.own(target)
        if own is None:
            return measured
        trained = measured & (observed.shares[:, own] > 0)
        scales = min(len(np.unique(observed.N[trained])), len(np.unique(observed.D[trained])))
        return trained if scales > 1 and trained.sum() > self.n_parameters(observed) else measured

    def losses(self, observed: Observations, target: str) -> Array:
        """The target's own loss."""
        return observed.losses[target]

    def check(self, observed: Observations, targets: Sequence[str]) -> None:
        """As many runs as parameters, two N, two D, and mixtures that differ."""
        for target in targets:
            rows = observed.keep(self.rows(observed, target))
            require_rows(rows, self.n_parameters(observed), target)
            require_scales(rows, target)
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
