"""Translation loss: how well a model predicts a program from the same program in another language.

The paper (arXiv:2512.13472, section 5) measures -E[log P(y | x)] over parallel programs in all 42 directions between
seven languages. "Seen" directions have Python on one side, as its parallel training pairs do; the other 30 are
zero-shot.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby, permutations
from typing import Any, Literal, get_args

import numpy as np

from mixlaw.corpus.parallel import PIVOT, translation_prompt
from mixlaw.store import loss_columns
from mixlaw.trial import LANGUAGES, Measurement, MixlawError
from mixlaw_eval.engines import Advance, Engine, Pair, Tokenizer
from mixlaw_eval.parallel import Task

DIRECTIONS: tuple[tuple[str, str], ...] = tuple(permutations(LANGUAGES, 2))
"""All 42 (from, to)."""

Prompt = Literal["none", "paper"]
"""What stands between source and target: nothing, or the paper's translation prompt."""
TooLong = Literal["refuse", "leave-out"]
"""What happens to pairs that are longer than the model's context."""
EVALUATIONS: dict[Prompt, str] = {"none": "translation", "paper": "translation-prompt"}
"""Name of each prompt's evaluation in the results table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairLoss:
    """Loss of one program of one direction: the sum over its target's tokens, in nats."""

    task: str
    source: str
    target: str
    nats: float
    n_tokens: int
    n_bytes: int

    @property
    def nats_per_token(self) -> float:
        """Mean over the target's tokens."""
        return self.nats / self.n_tokens

    @property
    def bits_per_byte(self) -> float:
        """Comparable between tokenizers."""
        return self.nats / (math.log(2) * self.n_bytes)

    @property
    def seen(self) -> bool:
        """Whether the direction has Python on one side."""
        return PIVOT in (self.source, self.target)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mean:
    """A mean over programs and its standard error over programs; NaN for what cannot be known."""

    value: float
    standard_error: float
    n: int

    @classmethod
    def of(cls, values: Sequence[float]) -> Mean:
        """Mean of independent values: NaN of none, and a standard error of NaN below two."""
        n = len(values)
        value = float(np.mean(values)) if n else math.nan
        error = float(np.std(values, ddof=1)) / math.sqrt(n) if n > 1 else math.nan
        return cls(value=value, standard_error=error, n=n)


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslationLoss:
    """Losses of every pair that was scored; `left_out` names (task, from, to) of those that were too long."""

    prompt: Prompt
    pairs: tuple[PairLoss, ...]
    left_out: tuple[tuple[str, str, str], ...]

    def direction(self, source: str, target: str) -> Measurement | None:
        """Means over the programs of one direction, None when none of them was scored."""
        pairs = [pair for pair in self.pairs if (pair.source, pair.target) == (source, target)]
        if not pairs:
            return None
        loss = Mean.of([pair.nats_per_token for pair in pairs])
        return Measurement(
            domain=target,
            loss_nats=loss.value,
            loss_se=loss.standard_error,
            bits_per_byte=Mean.of([pair.bits_per_byte for pair in pairs]).value,
            n_tokens=sum(pair.n_tokens for pair in pairs),
        )

    def mean(self, *, seen: bool) -> Mean:
        """Nats per token over all seen (or unseen) directions.

        A program's directions are not independent: each program counts once, with its mean over directions.
        """
        return Mean.of(_means_by_task(pair for pair in self.pairs if pair.seen == seen))

    def rows(self, trial: Mapping[str, Any]) -> list[dict[str, Any]]:
        """One row of the results table per scored direction, for `mixlaw.store.write_rows`.

        `trial` holds the columns that say what was trained (trial_id, params, tokens, shares); losses in it are
        dropped. The loss of the direction stands in the columns of the language translated to.
        """
        measured = {pair: found for pair in DIRECTIONS if (found := self.direction(*pair))}
        identity = {c: v for c, v in trial.items() if not c.startswith(("loss_", "bits_per_byte_"))}
        identity |= {"status": "finished", "error": "", "finished_at": datetime.now(UTC).isoformat()}
        return [
            identity
            | {"evaluation": f"{EVALUATIONS[self.prompt]}/{source}-{target}"}
            | {"programs": self._scored(source, target), "pairs_left_out": self._left_out(source, target)}
            | loss_columns([measurement])
            for (source, target), measurement in measured.items()
        ]

    def _scored(self, source: str, target: str) -> int:
        return sum((pair.source, pair.target) == (source, target) for pair in self.pairs)

    def _left_out(self, source: str, target: str) -> int:
        return sum(pair[1:] == (source, target) for pair in self.left_out)


def translation_loss(
    engine: Engine,
    tasks: Sequence[Task],
    *,
    prompt: Prompt = "none",
    too_long: TooLong = "refuse",
    advance: Advance | None = None,
) -> TranslationLoss:
    """Score every task in all 42 directions.

    A pair is the tokens of the source (after the token that begins a document) followed by those of the target,
    tokenized apart; the end-of-text token after the target is not scored. Pairs longer than the model's context
    raise MixlawError, or are left out and counted with `too_long="leave-out"`; they are never cut.
    """
    _check_options(prompt, too_long)
    directed = [(task, source, target) for task in tasks for source, target in DIRECTIONS]
    pairs = [_pair(engine.checkpoint.tokenizer, *entry, prompt) for entry in directed]
    fits = [len(pair) <= engine.checkpoint.context for pair in pairs]
    if not all(fits):
        _refuse_or_leave_out(engine, pairs, fits, too_long)
    scored = [(entry, pair) for entry, pair, fit in zip(directed, pairs, fits, strict=True) if fit]
    scores = engine.score([pair for _, pair in scored], advance=advance)
    return TranslationLoss(
        prompt=prompt,
        pairs=tuple(
            PairLoss(
                task=task.name,
                source=source,
                target=target,
                nats=-float(score.sum()),
                n_tokens=len(score),
                n_bytes=len(task.sources[target].encode()),
            )
            for ((task, source, target), _), score in zip(scored, scores, strict=True)
        ),
        left_out=tuple((t.name, s, to) for (t, s, to), fit in zip(directed, fits, strict=True) if not fit),
    )


def text_before_target(text: str, source: str, target: str, prompt: Prompt) -> str:
    """The source program as the model sees it before the target: as the corpus arranges its parallel pairs."""
    if prompt == "none":
        return text
    return f"{translation_prompt(source, target)}{text}Answer:\n"


def _check_options(prompt: str, too_long: str) -> None:
    if prompt not in get_args(Prompt):
        raise MixlawError(f"unknown prompt {prompt!r}; known are {', '.join(get_args(Prompt))}")
    if too_long not in get_args(TooLong):
        raise MixlawError(f"unknown too_long {too_long!r}; known are {', '.join(get_args(TooLong))}")


def _pair(tokenizer: Tokenizer, task: Task, source: str, target: str, prompt: Prompt) -> Pair:
    before = text_before_target(task.sources[source], source, target, prompt)
    return Pair(
        source=(*tokenizer.start, *tokenizer.encode(before)),
        target=tuple(tokenizer.encode(task.sources[target])),
    )


def _refuse_or_leave_out(engine: Engine, pairs: Sequence[Pair], fits: Sequence[bool], too_long: TooLong) -> None:
    """Raise unless the caller asked to leave long pairs out and at least one pair remains."""
    context, longest = engine.checkpoint.context, max(map(len, pairs))
    what = f"{fits.count(False)} of {len(pairs)} translation pairs are longer than the context of {context} tokens"
    if not any(fits):
        raise MixlawError(f"{what} of {engine.checkpoint.path} (the longest has {longest}): none can be scored")
    if too_long == "refuse":
        raise MixlawError(
            f"{what} of {engine.checkpoint.path} (the longest has {longest}); leave them out, which the result "
            'counts, with too_long="leave-out" (--too-long leave-out), or evaluate a model of a longer context'
        )


def _means_by_task(pairs: Iterable[PairLoss]) -> list[float]:
    ordered = sorted(pairs, key=lambda pair: pair.task)
    return [
        float(np.mean([pair.nats_per_token for pair in group]))
        for _, group in groupby(ordered, key=lambda pair: pair.task)
    ]
