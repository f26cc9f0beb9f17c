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
    absent: tuple[str, ...] = ()
    """Parameters that play no part, because N or D is the same in all rows: they are reported nowhere."""
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
        """Raise MixlawError when the rows lack what the law describes, as many of them as there may be."""
        ...

    def point(self, observed: Observations, targets: Sequence[str]) -> dict[str, Point]:
        """Fit to all rows."""
        ...

    def replicates(
        self, observed: Observations, points: dict[str, Point], counts: Array, rng: np.random.Generator
    ) -> dict[str, tuple[Form, ...]]:
        """R laws per target, fitted to the reweighted rows."""
        ...


def require_enough(family: Family, observed: Observations, targets: Sequence[str]) -> None:
    """Raise MixlawError for a target with fewer rows than its law has parameters.

    Asked of all the runs, not of those that are left when some are held out: priors carry a law over that.
    """
    for target in targets:
        require_rows(observed.keep(family.rows(observed, target)), family.n_parameters(observed), target)


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
