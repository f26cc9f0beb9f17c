"""Pass@1 by language, a bar for each model, with intervals (the paper's Table 3 as a picture)."""

# pyright: reportUnknownMemberType=false
from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from mixlaw.report.figures.style import INK, MUTED, colour, display, new_figure, ramp, styled

MACRO = "mean"
"""The bar that stands for the mean over languages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PassBar:
    """Share of problems that one model solves in one language (or `MACRO`), 0 to 1, with its 95% interval."""

    language: str
    model: str
    value: float
    lower: float = math.nan
    upper: float = math.nan


@styled
def pass_at_1(bars: Sequence[PassBar]) -> Figure:
    """Groups of bars, one group a language in the order given. Raises ValueError without bars."""
    if not bars:
        raise ValueError("pass_at_1 needs at least one bar")
    languages = list(dict.fromkeys(bar.language for bar in bars))
    models = list(dict.fromkeys(bar.model for bar in bars))
    figure = new_figure(8.6, 3.6)
    axes = figure.add_subplot()
    width = 0.8 / len(models)
    for bar in bars:
        shade = ramp(MUTED if bar.language == MACRO else colour(bar.language), len(models))[models.index(bar.model)]
        at = languages.index(bar.language) + (models.index(bar.model) - (len(models) - 1) / 2) * width
        _draw_bar(axes, bar, at, width, shade)
    _label(axes, bars, languages)
    if len(models) > 1:
        axes.set_xlabel("bars from left (pale) to right (dark): " + ", ".join(models), fontsize=9, color=MUTED)
    return figure


def _draw_bar(axes: Axes, bar: PassBar, at: float, width: float, shade: str) -> None:
    axes.bar(at, bar.value, width * 0.92, color=shade, zorder=2)
    top = bar.value
    if math.isfinite(bar.lower) and math.isfinite(bar.upper):
        axes.plot([at, at], [bar.lower, bar.upper], color=INK, linewidth=1.3, marker="_", markersize=6, zorder=3)
        top = max(top, bar.upper)
    axes.text(at, top, f"{bar.value:.1%}\n", ha="center", va="center", fontsize=7.5, linespacing=2.4)


def _label(axes: Axes, bars: Sequence[PassBar], languages: Sequence[str]) -> None:
    axes.set_xticks(range(len(languages)), ["mean" if name == MACRO else display(name) for name in languages])
    axes.tick_params(axis="x", length=0, labelsize=10, colors=INK)
    highest = max(v for bar in bars for v in (bar.value, bar.upper) if math.isfinite(v))
    axes.set_ylim(0, max(1.15 * highest, 0.01))
    axes.yaxis.set_major_formatter(PercentFormatter(1.0))
    axes.grid(visible=False, axis="x")
    axes.set_ylabel("Pass@1 (line: 95% interval)")
