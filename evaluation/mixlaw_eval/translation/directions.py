"""From which language to which, and what a model reads before the target."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from typing import Literal, get_args

from mixlaw.corpus.parallel.programs import PIVOT, translation_prompt
from mixlaw.trial import LANGUAGES, MixlawError
from mixlaw_eval.parallel import Task

DIRECTIONS: tuple[tuple[str, str], ...] = tuple(permutations(LANGUAGES, 2))
"""All 42 (from, to)."""

Prompt = Literal["none", "paper"]
"""What stands between source and target: nothing, or the paper's translation prompt."""
TooLong = Literal["refuse", "leave-out", "window"]
"""What happens to pairs that are longer than the model's context."""


def directed(tasks: Sequence[Task]) -> list[tuple[Task, str, str]]:
    """Every task in every direction that it has programs for."""
    return [(task, x, y) for task in tasks for x, y in DIRECTIONS if x in task.sources and y in task.sources]


def is_seen(source: str, target: str) -> bool:
    """Whether the direction has Python on one side, as parallel training pairs do unless a corpus's spec says otherwise
    (the paper's section 5).
    """
    return PIVOT in (source, target)


def text_before_target(text: str, source: str, target: str, prompt: Prompt) -> str:
    """The source program as the model sees it before the target: as the corpus arranges its parallel pairs."""
    if prompt == "none":
        return text
    return f"{translation_prompt(source, target)}{text}Answer:\n"


def check_options(prompt: str, too_long: str) -> None:
    """Raise MixlawError for a word that is not a `Prompt` or a `TooLong`."""
    if prompt not in get_args(Prompt):
        raise MixlawError(f"unknown prompt {prompt!r}; known are {', '.join(get_args(Prompt))}")
    if too_long not in get_args(TooLong):
        raise MixlawError(f"unknown too_long {too_long!r}; known are {', '.join(get_args(TooLong))}")
