"""How well each law predicts rows left out of its fit: a panel per kind of rows, a dot per law."""

# pyright: reportUnknownMemberType=false
from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mixlaw.report.figures.style import INK, MUTED, RECOMMENDED, grid, new_figure, styled

_CANDIDATE = "#7B8794"
_TO_90 = 1.645
"""Standard errors from the centre of a normal distribution to the ends of its 90% interval."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOutError:
    """Mean relative error of the predictions of rows left out, percent, and its standard error (NaN if unknown)."""

    error: float
    standard_error: float = math.nan


@dataclass(frozen=True, slots=True, kw_only=True)
class LawErrors:
    """One law's row: its errors by what was left out. `chosen` is the law that the choice ended with."""

    law: str
    errors: Mapping[str, LeftOutError]
    chosen: bool = False


@styled
def left_out_errors(laws: Sequence[LawErrors], splits: Mapping[str, str]) -> Figure:
    """A panel for each of `splits` (name to title) that any law has an error of; the chosen law's dot is dark.

    Raises ValueError when no law has an error.
    """
    shown = [split for split in splits if any(split in law.errors for law in laws)]
    if not shown:
        raise ValueError("left_out_errors needs at least one error of one law")
    figure = new_figure(2.1 + 2.9 * len(shown), 1.15 + 0.36 * len(laws))
    panels = grid(figure, 1, len(shown))
    for axes, split in zip(panels, shown, strict=True):
        _draw_panel(axes, laws, split)
        axes.set_title(splits[split])
    _name_rows(panels[0], laws)
    figure.supxlabel("mean relative error of the predicted losses, % (lines: 90% interval over runs)", fontsize=10)
    return figure


def _draw_panel(axes: Axes, laws: Sequence[LawErrors], split: str) -> None:
    for row, law in enumerate(laws):
        if (found := law.errors.get(split)) is not None:
            _draw_error(axes, row, found, chosen=law.chosen)
            if law.chosen:
                axes.axvline(found.error, color=RECOMMENDED, linewidth=0.8, linestyle=(0, (2, 3)), zorder=1)
    axes.set(ylim=(len(laws) - 0.4, -0.6), yticks=range(len(laws)), yticklabels=[])
    axes.set_xlim(0, _reach(laws, split))
    axes.tick_params(axis="y", length=0)
    axes.grid(visible=False, axis="y")


def _draw_error(axes: Axes, row: int, found: LeftOutError, *, chosen: bool) -> None:
    shade = RECOMMENDED if chosen else _CANDIDATE
    if math.isfinite(found.standard_error):
        half = _TO_90 * found.standard_error
        axes.plot([found.error - half, found.error + half], [row, row], color=shade, linewidth=2.4 if chosen else 1.6)
    axes.plot(found.error, row, "D" if chosen else "o", color=shade, markersize=8 if chosen else 6.5, zorder=3)
    axes.annotate(
        f"{found.error:.2f}", (found.error, row), (0, 8.5), textcoords="offset points", ha="center",
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6}, fontsize=8, color=shade,
        weight="bold" if chosen else "normal",
    )  # fmt: skip


def _reach(laws: Sequence[LawErrors], split: str) -> float:
    """Where the axis ends: room for the intervals, but not for one that is many times as wide as its error."""
    errors = [law.errors[split] for law in laws if split in law.errors]
    ends = (e.error + min(_TO_90 * e.standard_error, e.error) if e.standard_error > 0 else e.error for e in errors)
    return 1.12 * max(*ends, 1e-6)


def _name_rows(axes: Axes, laws: Sequence[LawErrors]) -> None:
    axes.set_yticklabels([law.law for law in laws], fontsize=10)
    for label, law in zip(axes.get_yticklabels(), laws, strict=True):
        label.set_fontweight("bold" if law.chosen else "normal")
        label.set_color(INK if law.chosen else MUTED)
