"""What every law form is: a frozen value for one target with pure, vectorised loss and analytic gradients."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol, Self

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
"""Double-precision array; shapes are given where one is used: n rows, M domains, P parameters, R replicates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gradients:
    """Derivatives of a form's loss in nats per token, row by row.

    Shares are treated as M free variables: a caller that keeps them on the simplex projects.
    """

    parameters: Array
    """(n, P), in the order of `parameter_names`."""
    shares: Array
    """(n, M)."""
    N: Array
    """(n,), nats per parameter."""
    D: Array
    """(n,), nats per token of training."""


class Form(Protocol):
    """A law of one target's loss; `N` and `D` are (n,) arrays, `p` is (n, M) shares in the law's domain order."""

    name: ClassVar[str]
    formula: ClassVar[str]
    source: ClassVar[str]

    @property
    def parameter_names(self) -> tuple[str, ...]:
        """Names of the P fitted parameters; a per-domain one ends in its domain's index, as in `w_3`."""
        ...

    @property
    def parameters(self) -> Array:
        """(P,) values, in the order of `parameter_names`."""
        ...

    def with_parameters(self, values: Array) -> Self:
        """The same form with other parameter values, (P,)."""
        ...

    def loss(self, N: Array, D: Array, p: Array) -> Array:
        """(n,) predicted loss, nats per token."""
        ...

    def gradients(self, N: Array, D: Array, p: Array) -> Gradients:
        """All derivatives of `loss`."""
        ...

    def to_json(self) -> dict[str, Any]:
        """A plain dict of literals; `from_json` is its exact inverse."""
        ...

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The inverse of `to_json`."""
        ...
