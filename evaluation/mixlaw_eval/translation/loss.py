"""Translation loss: how well a model predicts a program from the same program in another language.

The paper (arXiv:2512.13472, section 5) measures -E[log P(y | x)] over parallel programs in all 42 directions between
seven languages. "Seen" directions have Python on one side, as its parallel training pairs do; the other 30 are
zero-shot.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t as student

from mixlaw.store import loss_columns
from mixlaw.trial import Measurement
from mixlaw_eval.engines import Advance, Engine
from mixlaw_eval.rows import identity
from mixlaw_eval.translation.asked import Asked, Questions
from mixlaw_eval.translation.directions import DIRECTIONS, Prompt, is_seen

EVALUATIONS: dict[Prompt, str] = {"none": "translation", "paper": "translation-prompt"}
"""Name of each prompt's evaluation in the results table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairLoss:
    """Loss of one program of one direction: the sum over its target's tokens, in nats.

    `windowed` says that the pair was longer than the context and scored through a window.
    """

    task: str
    source: str
    target: str
    nats: float
    n_tokens: int
    n_bytes: int
    windowed: bool = False

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
        return is_seen(self.source, self.target)


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

    @property
    def half_width(self) -> float:
        """Of the 95% interval by Student's t over programs; NaN below two."""
        return float(student.ppf(0.975, self.n - 1)) * self.standard_error if self.n > 1 else math.nan


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslationLoss:
    """Losses of every pair that was scored; `left_out` names (task, from, to) of those that were too long."""

    prompt: Prompt
    pairs: tuple[PairLoss, ...]
    left_out: tuple[tuple[str, str, str], ...]

    def direction(self, source: str, target: str) -> Measurement | None:
        """Means over the programs of one direction, None when none of them was scored."""
        pairs = self._of(source, target)
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
        return self._mean(seen, lambda pair: pair.nats_per_token)

    def mean_bits_per_byte(self, *, seen: bool) -> Mean:
        """The same in bits per byte of the target, comparable between tokenizers."""
        return self._mean(seen, lambda pair: pair.bits_per_byte)

    def _mean(self, seen: bool, loss: Callable[[PairLoss], float]) -> Mean:
        by_task: dict[str, list[float]] = {}
        for pair in self.pairs:
            if pair.seen == seen:
                by_task.setdefault(pair.task, []).append(loss(pair))
        return Mean.of([float(np.mean(losses)) for losses in by_task.values()])

    def rows(self, trial: Mapping[str, Any]) -> list[dict[str, Any]]:
        """One row of the results table per scored direction, for `mixlaw.store.write_rows`.

        `trial` holds the columns that say what was trained (trial_id, params, tokens, shares). The loss of the
        direction stands in the columns of the language translated to.
        """
        measured = {pair: found for pair in DIRECTIONS if (found := self.direction(*pair))}
        return [
            identity(trial)
            | {"evaluation": f"{EVALUATIONS[self.prompt]}/{source}-{target}"}
            | self._counts(source, target)
            | loss_columns([measurement])
            for (source, target), measurement in measured.items()
        ]

    def _of(self, source: str, target: str) -> list[PairLoss]:
        return [pair for pair in self.pairs if (pair.source, pair.target) == (source, target)]

    def _counts(self, source: str, target: str) -> dict[str, int]:
        pairs = self._of(source, target)
        return {
            "programs": len(pairs),
            "pairs_left_out": sum(pair[1:] == (source, target) for pair in self.left_out),
            "pairs_windowed": sum(pair.windowed for pair in pairs),
        }


def translation_loss(engine: Engine, asked: Questions, *, advance: Advance | None = None) -> TranslationLoss:
    """Score `questions(engine.checkpoint, tasks)`; `advance` counts windows.

    Raises MixlawError for what the engine refuses.
    """
    flat = [window for item in asked.asked for window in item.windows]
    scores = iter(engine.score(flat, advance=advance))
    pairs = [_pair_loss(item, islice(scores, len(item.windows))) for item in asked.asked]
    return TranslationLoss(prompt=asked.prompt, pairs=tuple(pairs), left_out=asked.left_out)


def _pair_loss(item: Asked, scores: Iterator[NDArray[np.float64]]) -> PairLoss:
    return PairLoss(
        task=item.task.name,
        source=item.source,
        target=item.target,
        nats=-sum(float(score.sum()) for score in scores),
        n_tokens=len(item.pair.target),
        n_bytes=len(item.task.sources[item.target].encode()),
        windowed=item.windows != (item.pair,),
    )
