"""Read a hand-written YAML mapping strictly: each key once, typed, and nothing left over."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any, cast

from mixlaw.trial import MixlawError


class Keys:
    """A mapping of a YAML file, read key by key; `done` refuses what was not asked for."""

    def __init__(self, data: object, where: str) -> None:
        if not isinstance(data, Mapping):
            raise MixlawError(f"{where}: expected keys and values, got {type(data).__name__}")
        self._data = {str(key): value for key, value in cast(Mapping[Any, Any], data).items()}
        self._asked: list[str] = []
        self.where = where

    def __contains__(self, key: str) -> bool:
        return key in self._data

    def _get(self, key: str, default: Any) -> Any:
        self._asked.append(key)
        value = self._data.get(key, default)
        if value is None:
            raise MixlawError(f"{self.where}: the key {key} is missing")
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """The text under a key; `default` when it may be missing."""
        value = self._get(key, default)
        if not isinstance(value, str):
            raise MixlawError(f'{self.where}: {key}: expected text, got {value!r}; put it in quotes: "{value}"')
        return value

    def one_of(self, key: str, known: tuple[str, ...]) -> str:
        """A text that must be one of those known."""
        value = self.text(key)
        if value not in known:
            raise MixlawError(f"{self.where}: {key}: unknown {key} {value!r}; known are {', '.join(known)}")
        return value

    def number(self, key: str, default: int | None = None) -> int:
        """A whole number, at least 0."""
        value = self._get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise MixlawError(f"{self.where}: {key}: expected a whole number >= 0, got {value!r}")
        return value

    def quantities(self, names: Iterable[str]) -> dict[str, float]:
        """The finite numbers, at least 0, under those of the names that are there."""
        found: dict[str, float] = {}
        for name in names:
            value = self._get(name, 0)
            if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value < math.inf:
                raise MixlawError(f"{self.where}: {name}: expected a number >= 0, got {value!r}")
            if name in self:
                found[name] = value
        return found

    def flag(self, key: str, default: bool) -> bool:
        """True or false."""
        value = self._get(key, default)
        if not isinstance(value, bool):
            raise MixlawError(f"{self.where}: {key}: expected true or false, got {value!r}")
        return value

    def value(self, key: str, default: object) -> object:
        """Whatever stands under a key, for the caller to check."""
        return self._get(key, default)

    def _list(self, key: str) -> list[Any]:
        value = self._get(key, [])
        if not isinstance(value, list):
            raise MixlawError(f"{self.where}: {key}: expected a list, got {value!r}")
        return cast(list[Any], value)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty when missing."""
        values = self._list(key)
        if not all(isinstance(value, str) for value in values):
            raise MixlawError(f"{self.where}: {key}: expected a list of texts, got {values!r}")
        return tuple(cast(list[str], values))

    def mapping(self, key: str) -> dict[str, str]:
        """A mapping of texts to texts; empty when missing."""
        value = self._get(key, {})
        if not isinstance(value, Mapping) or not all(
            isinstance(v, str) for v in cast(Mapping[Any, Any], value).values()
        ):
            raise MixlawError(f"{self.where}: {key}: expected keys with texts, got {value!r}")
        return {str(name): str(text) for name, text in cast(Mapping[Any, Any], value).items()}

    def inner(self, key: str) -> Keys:
        """The mapping under a key, to be read in its turn; empty when missing."""
        return Keys(self._get(key, {}), f"{self.where}: {key}")

    def entries(self, key: str) -> list[Keys]:
        """A list of mappings, each to be read in its turn; empty when missing."""
        found: list[Keys] = []
        for number, entry in enumerate(self._list(key), 1):
            found.append(Keys(entry, f"{self.where}: {key}[{number}]{_named(entry)}"))
        return found

    def done(self) -> None:
        """Refuse the keys that nobody asked for."""
        unknown = sorted(set(self._data) - set(self._asked))
        if unknown:
            raise MixlawError(
                f"{self.where}: unknown key {', '.join(unknown)}; known are {', '.join(sorted(set(self._asked)))}"
            )


def _named(entry: object) -> str:
    """The entry's project in brackets, if it says one: easier to find in the file than a number."""
    name = cast(Mapping[str, Any], entry).get("project") if isinstance(entry, Mapping) else None
    return f" ({name})" if name else ""
