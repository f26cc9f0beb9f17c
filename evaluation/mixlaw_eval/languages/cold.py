"""Compilers that keep nothing open between programs."""

from __future__ import annotations

from abc import ABC, abstractmethod
from types import TracebackType
from typing import Self

from mixlaw_eval.languages.language import CompileFailure, Runnable


class ColdCompiler(ABC):
    """A `Compiler` whose context has nothing to open or to close."""

    @abstractmethod
    def compile(self, source: str) -> Runnable | CompileFailure:
        """As `Compiler` says."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None
