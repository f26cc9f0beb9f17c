"""What an evaluation prints."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from mixlaw.trial import DISPLAY, LANGUAGES
from mixlaw_eval.pass_at_k import Estimate
from mixlaw_eval.samples import Sample
from mixlaw_eval.translation import DIRECTIONS, Bleu, Mean, TranslationLoss
from mixlaw_eval.translation.translated import Translated


def translation_table(losses: TranslationLoss) -> RenderableType:
    """Losses of the 42 directions, from the row's language to the column's, and their means."""
    title = f"Translation loss, nats per target token (standard error over programs); prompt: {losses.prompt}"
    return Group(_by_direction(title, lambda source, target: _cell(losses, source, target)), _summary(losses))


def translated_table(found: Translated) -> RenderableType:
    """BLEU and Pass@1 of the 42 directions, and their means."""
    signatures = {bleu.signature for pair in DIRECTIONS if (bleu := found.bleu(*pair))}
    parts: list[RenderableType] = [
        _by_direction(f"BLEU of greedy translations; prompt: {found.prompt}", lambda s, t: _bleu(found.bleu(s, t))),
        Text(f"sacrebleu {', '.join(sorted(signatures))}", style="dim"),
    ]
    if any(found.executions):
        parts += [
            _by_direction("Pass@1 of greedy translations, percent", lambda s, t: _percent(found.pass_at_1(s, t))),
            f"to and from Python: {_interval(found.mean_pass_at_1(seen=True))}",
            f"all other directions: {_interval(found.mean_pass_at_1(seen=False))}",
            "verdicts: " + ", ".join(f"{name} {count}" for name, count in found.verdicts.most_common()),
        ]
    if found.left_out:
        parts.append(f"left out, longer than the context: {len(found.left_out)}")
    return Group(*parts)


def samples_table(samples: Sequence[Sample]) -> RenderableType:
    """Each prompt, dimmed, with its continuation after it."""
    table = Table("language", "prompt and continuation", show_lines=True)
    for sample in samples:
        text = Text.assemble((sample.prompt, "dim"), sample.continuation)
        table.add_row(DISPLAY[sample.language], text)
    return table


def _by_direction(title: str, cell: Callable[[str, str], str]) -> Table:
    """Seven rows (from) by seven columns (to)."""
    table = Table(title=title)
    table.add_column("from \\ to", no_wrap=True)
    for language in LANGUAGES:
        # Broken by hand so that eight columns fit a terminal of 80.
        table.add_column(DISPLAY[language].replace("Script", "-\nScript"), justify="right")
    for source in LANGUAGES:
        table.add_row(DISPLAY[source], *("" if source == target else cell(source, target) for target in LANGUAGES))
    return table


def _bleu(found: Bleu | None) -> str:
    return "–" if found is None else f"{found.score:.1f}"


def _percent(found: Estimate | None) -> str:
    return "–" if found is None else f"{100 * found.value:.0f}"


def _interval(found: Estimate) -> str:
    if math.isnan(found.value):
        return "no translation was run"
    return f"{found.value:.1%} (95% interval {found.lower:.1%} to {found.upper:.1%}) over {found.problems} programs"


def _cell(losses: TranslationLoss, source: str, target: str) -> str:
    found = losses.direction(source, target)
    if found is None:
        return "too long" if (source, target) in {name[1:] for name in losses.left_out} else "–"
    return _number(found.loss_nats, found.loss_se)


def _number(value: float, error: float) -> str:
    return f"{value:.2f}" if math.isnan(error) else f"{value:.2f} ({error:.2f})"


def _summary(losses: TranslationLoss) -> str:
    return "\n".join(
        [
            f"to and from Python: {_means(losses, seen=True)}",
            f"all other directions: {_means(losses, seen=False)}",
            f"pairs scored: {len(losses.pairs)}; longer than the context: {len(losses.left_out)} left out, "
            f"{sum(pair.windowed for pair in losses.pairs)} scored through a window",
        ]
    )


def _means(losses: TranslationLoss, *, seen: bool) -> str:
    nats, bits = losses.mean(seen=seen), losses.mean_bits_per_byte(seen=seen)
    if not nats.n:
        return "no pair was scored"
    return f"{_mean(nats)} nats per token, {_mean(bits)} bits per byte over {nats.n} programs"


def _mean(mean: Mean) -> str:
    """With half of its 95% interval, where that is known."""
    return f"{mean.value:.3f}" + ("" if math.isnan(mean.half_width) else f" ± {mean.half_width:.3f}")
