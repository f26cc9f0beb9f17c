"""Ensemble: the weighted mean of several laws of one target."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np

from mixlaw.laws.forms.form import Array, Form, Gradients


@dataclass(frozen=True, slots=True, kw_only=True)
class Ensemble:
    """L(N, D; p) = sum_m weight_m L_m(N, D; p), nats per token, over laws of other forms.

    Forms err in different directions, most of all beyond the runs: their mean is often better than the best of them
    (Bates and Granger 1969; weights by held-out errors: Wolpert 1992, stacking).
    """

    name: ClassVar[str] = "ensemble"
    formula: ClassVar[str] = "sum_m weight_m L_m(N, D; p)"
    source: ClassVar[str] = "Bates and Granger 1969; Wolpert 1992, Stacked generalization"

    members: tuple[Form, ...]
    weights: tuple[float, ...]
    """Of the members, >= 0, summing to 1; found by held-out errors, not fitted to the rows."""

    @property
    def parameter_names(self) -> tuple[str, ...]:
        """Those of every member after its number, as in `1:alpha_N`."""
        numbered = enumerate(self.members, start=1)
        return tuple(f"{number}:{name}" for number, member in numbered for name in member.parameter_names)

    @property
    def parameters(self) -> Array:
        """(P,) in the order of `parameter_names`."""
        return np.concatenate([member.parameters for member in self.members])

    def with_parameters(self, values: Array) -> Self:
        """The same members with other values, (P,)."""
        ends = np.cumsum([len(member.parameters) for member in self.members])[:-1]
        parts = zip(self.members, np.split(values, ends), strict=True)
        return dataclasses.replace(self, members=tuple(member.with_parameters(part) for member, part in parts))

    def loss(self, N: Array, D: Array, p: Array) -> Array:
        """(n,) nats per token."""
        pairs = zip(self.weights, self.members, strict=True)
        return np.sum([weight * member.loss(N, D, p) for weight, member in pairs], axis=0)

    def gradients(self, N: Array, D: Array, p: Array) -> Gradients:
        """All derivatives of `loss`."""
        parts = [(w, member.gradients(N, D, p)) for w, member in zip(self.weights, self.members, strict=True)]
        return Gradients(
            parameters=np.concatenate([w * part.parameters for w, part in parts], axis=1),
            shares=np.sum([w * part.shares for w, part in parts], axis=0),
            N=np.sum([w * part.N for w, part in parts], axis=0),
            D=np.sum([w * part.D for w, part in parts], axis=0),
        )

    def to_json(self) -> dict[str, Any]:
        """A plain dict of literals."""
        members = [{"form": member.name, **member.to_json()} for member in self.members]
        return {"weights": list(self.weights), "members": members}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The inverse of `to_json`."""
        from mixlaw.laws.forms import form_from_json  # here, because the list of forms holds this one

        def member(fields: Mapping[str, Any]) -> Form:
            return form_from_json(fields["form"], {key: value for key, value in fields.items() if key != "form"})

        weights = tuple(map(float, data["weights"]))
        return cls(members=tuple(member(fields) for fields in data["members"]), weights=weights)
