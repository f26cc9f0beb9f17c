"""What a family is: which rows of a table its form takes, its fit to every target, and the replicates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol

import numpy as np
import numpy.typing as npt

from mixlaw.laws.forms import Array, Form
from mixlaw.laws.observed.observations import Observations, require_rows


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
