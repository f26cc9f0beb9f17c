"""Greedy translations: what a model writes after a program and the wish to have it in another language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mixlaw_eval.engines import Advance, Engine, Sampling
from mixlaw_eval.translation.asked import Asked, Questions

ROOM = 1.5
"""A translation may be this many times as long as the longest reference in the set, in tokens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """What was written for one program of one direction, and the program that a person wrote."""

    task: str
    source: str
    target: str
    text: str
    reference: str
    ended: bool
    """Whether the model ended it; else it was cut at the most tokens allowed."""


def translate(engine: Engine, asked: Questions, *, advance: Advance | None = None) -> tuple[Translation, ...]:
    """Translate greedily until the end of the text. Raises MixlawError for what the engine refuses.

    Programs that do not fit the context with their reference are not in `asked`: those that do have room for it.
    """
    prompts = [item.pair.source for item in asked.asked]
    generated = engine.generate(prompts, Sampling(max_tokens=_most_tokens(asked.asked)), advance=advance)
    return tuple(
        Translation(
            task=item.task.name,
            source=item.source,
            target=item.target,
            text=found.text,
            reference=item.task.sources[item.target],
            ended=found.finish == "end-of-text",
        )
        for item, (found,) in zip(asked.asked, generated, strict=True)
    )


def _most_tokens(asked: Sequence[Asked]) -> int:
    return int(ROOM * max(len(item.pair.target) for item in asked))
