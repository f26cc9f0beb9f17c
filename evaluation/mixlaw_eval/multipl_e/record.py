"""One problem of MultiPL-E in one language, and completions of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_NUMBERED = re.compile(r"(.+?_\d+)(?:_|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A problem as MultiPL-E publishes it (Cassano et al. 2022, arXiv:2208.08227).

    `language` is one of `mixlaw.trial.LANGUAGES`; `published_language` is what the record itself says ("go_test.go").
    """

    name: str
    language: str
    published_language: str
    prompt: str
    tests: str
    stop_tokens: tuple[str, ...] = ()

    @property
    def problem(self) -> str:
        """What is the same in every language: HumanEval_0 of HumanEval_0_has_close_elements; the name without one."""
        return problem_of(self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """Completions of one record, in the order in which they were sampled.

    Each is a completion, to be put between prompt and tests, or with `whole` a whole program that has its tests.
    `settings` are what a completion file says of the sampling (temperature, top_p, max_tokens); they are passed on.
    `failed` counts samples that could not even be drawn, and `reason` says why: they count as failures.
    """

    record: Record
    completions: tuple[str, ...]
    whole: bool = False
    settings: Mapping[str, Any] = field(default_factory=dict[str, Any])
    failed: int = 0
    reason: str = ""


def problem_of(name: str) -> str:
    """HumanEval_0 of HumanEval_0_has_close_elements, mbpp_3 of mbpp_3_is_not_prime; any other name as it is."""
    match = _NUMBERED.match(name)
    return match[1] if match else name
