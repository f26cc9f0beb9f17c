"""Forms that hold arrays: read-only, compared and hashed by what is in them, written to JSON as lists."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, Self, cast

import numpy as np

_ARRAY = np.ndarray


class FrozenArrays:
    """Base of a frozen dataclass (declared with eq=False) whose fields are numbers, flags or arrays."""

    __slots__ = ()

    def __post_init__(self) -> None:
        for name, value in self._fields().items():
            if isinstance(value, _ARRAY) and value.flags.writeable:
                object.__setattr__(self, name, _read_only(value))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, FrozenArrays) or type(other) is not type(self):
            return NotImplemented
        pairs = zip(self._fields().values(), other._fields().values(), strict=True)
        return all(np.array_equal(mine, theirs) for mine, theirs in pairs)

    def __hash__(self) -> int:
        return hash(tuple(value.tobytes() if isinstance(value, _ARRAY) else value for value in self._fields().values()))

    def to_json(self) -> dict[str, Any]:
        """A plain dict of literals."""
        return {name: value.tolist() if isinstance(value, _ARRAY) else value for name, value in self._fields().items()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The inverse of `to_json`."""
        return cls(**{name: _array(value) if isinstance(value, list) else value for name, value in data.items()})

    def _fields(self) -> dict[str, Any]:
        fields = dataclasses.fields(cast(Any, self))
        return {field.name: getattr(self, field.name) for field in fields}


def _read_only(array: Any) -> Any:
    kept = array.copy()
    kept.flags.writeable = False
    return kept


def _array(values: Any) -> Any:
    """Of integers where all are, as in a tree's indices; else of doubles."""
    array = np.array(values)
    return array if array.dtype.kind == "i" and array.size else array.astype(np.float64)
