"""What an evaluation prints."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from mixlaw.trial import DISPLAY, LANGUAGES
from mixlaw_eval.samples import Sample
from mixlaw_eval.translation import Mean, TranslationLoss


def translation_table(losses: TranslationLoss) -> RenderableType:
    """Losses of the 42 directions, from the row's language to the column's, and their means."""
    table = Table(title="Translation loss, nats per target token (standard error over programs)")
    table.add_column("from \\ to", no_wrap=True)
    for language in LANGUAGES:
        # Broken by hand so that eight columns fit a terminal of 80.
        table.add_column(DISPLAY[language].replace("Script", "-\nScript"), justify="right")
    for source in LANGUAGES:
        table.add_row(DISPLAY[source], *(_cell(losses, source, target) for target in LANGUAGES))
    return Group(table, _summary(losses))


def samples_table(samples: Sequence[Sample]) -> RenderableType:
    """Each prompt, dimmed, with its continuation after it."""
    table = Table("language", "prompt and continuation", show_lines=True)
    for sample in samples:
        text = Text.assemble((sample.prompt, "dim"), sample.continuation)
        table.add_row(DISPLAY[sample.language], text)
    return table


def _cell(losses: TranslationLoss, source: str, target: str) -> str:
    found = losses.direction(source, target) if source != target else None
    if found is None:
        return "" if source == target else "too long"
    return _number(found.loss_nats, found.loss_se)


def _number(value: float, error: float) -> str:
    return f"{value:.2f}" if math.isnan(error) else f"{value:.2f} ({error:.2f})"


def _summary(losses: TranslationLoss) -> str:
    return "\n".join(
        [
            f"to and from Python: {_mean(losses.mean(seen=True))}",
            f"all other directions: {_mean(losses.mean(seen=False))}",
            f"pairs scored: {len(losses.pairs)}; left out, longer than the context: {len(losses.left_out)}",
        ]
    )


def _mean(mean: Mean) -> str:
    if not mean.n:
        return "no pair was scored"
    return f"{_number(mean.value, mean.standard_error)} nats per token over {mean.n} programs"
