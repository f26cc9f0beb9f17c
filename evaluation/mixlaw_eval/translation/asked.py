"""What a model is asked about a parallel set: pairs of token ids, cut to no context, and what does not fit it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mixlaw.trial import MixlawError
from mixlaw_eval.engines import Checkpoint, Pair, Tokenizer
from mixlaw_eval.parallel import Task
from mixlaw_eval.translation.directions import Prompt, TooLong, check_options, directed, text_before_target


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One program of one direction. `windows` are the pairs to score, one if it fits the context."""

    task: Task
    source: str
    target: str
    pair: Pair
    windows: tuple[Pair, ...]

    @property
    def name(self) -> tuple[str, str, str]:
        """(task, from, to)."""
        return self.task.name, self.source, self.target


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """All programs in all directions that can be asked of a checkpoint, and those that are left out."""

    prompt: Prompt
    asked: tuple[Asked, ...]
    left_out: tuple[tuple[str, str, str], ...]

    @property
    def n_windows(self) -> int:
        """How many pairs are scored."""
        return sum(len(item.windows) for item in self.asked)


def questions(
    checkpoint: Checkpoint, tasks: Sequence[Task], *, prompt: Prompt = "none", too_long: TooLong = "refuse"
) -> Questions:
    """Tokenize every task in every direction.

    A pair is the tokens of the source (after the token that begins a document) followed by those of the target,
    tokenized apart; the end-of-text token after the target is not part of it. A pair longer than the context raises
    MixlawError, or is left out, or is divided into windows; it is never cut.
    """
    check_options(prompt, too_long)
    found = [_ask(checkpoint, task, x, y, prompt) for task, x, y in directed(tasks)]
    fits = [len(item.pair) <= checkpoint.context for item in found]
    if too_long != "window" and not all(fits):
        _refuse_or_leave_out(checkpoint, found, fits, too_long)
        return Questions(
            prompt=prompt,
            asked=tuple(item for item, fit in zip(found, fits, strict=True) if fit),
            left_out=tuple(item.name for item, fit in zip(found, fits, strict=True) if not fit),
        )
    return Questions(prompt=prompt, asked=tuple(found), left_out=())


def windows(pair: Pair, context: int) -> tuple[Pair, ...]:
    """A pair as one or more that fit the context, which together score every target token once.

    Each scores half a context of target tokens, given as many of the tokens before them as fit: at least half a
    context. This is the strided evaluation of models of a fixed context; a long source is then out of sight in part.
    """
    if len(pair) <= context:
        return (pair,)
    stride = max(1, context // 2)
    tokens, first = (*pair.source, *pair.target), len(pair.source)
    bounds = [(start, min(start + stride, len(tokens))) for start in range(first, len(tokens), stride)]
    return tuple(Pair(source=tokens[max(0, end - context) : start], target=tokens[start:end]) for start, end in bounds)


def _ask(checkpoint: Checkpoint, task: Task, source: str, target: str, prompt: Prompt) -> Asked:
    pair = _pair(checkpoint.tokenizer, task, source, target, prompt)
    return Asked(task=task, source=source, target=target, pair=pair, windows=windows(pair, checkpoint.context))


def _pair(tokenizer: Tokenizer, task: Task, source: str, target: str, prompt: Prompt) -> Pair:
    before = text_before_target(task.sources[source], source, target, prompt)
    return Pair(
        source=(*tokenizer.start, *tokenizer.encode(before)),
        target=tuple(tokenizer.encode(task.sources[target])),
    )


def _refuse_or_leave_out(checkpoint: Checkpoint, found: Sequence[Asked], fits: Sequence[bool], too_long: str) -> None:
    """Raise unless the caller asked to leave long pairs out and at least one pair remains."""
    context, longest = checkpoint.context, max(len(item.pair) for item in found)
    what = (
        f"{fits.count(False)} of {len(found)} translation pairs are longer than the context of {context} tokens "
        f"of {checkpoint.path} (the longest has {longest})"
    )
    if not any(fits):
        raise MixlawError(f'{what}: none fits; score them through a window with too_long="window" (--too-long window)')
    if too_long == "refuse":
        raise MixlawError(
            f'{what}; leave them out, which the result counts, with too_long="leave-out" (--too-long leave-out), '
            'score them through a window of the context with "window", or evaluate a model of a longer context'
        )
