"""The two mixtures side by side: shares (the paper's Figure 5), losses by language (6), by compute (1)."""

# pyright: reportUnknownMemberType=false
from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from mixlaw.report.figures.style import (
    INK,
    MUTED,
    RECOMMENDED,
    UNIFORM,
    colour,
    count,
    count_axis,
    display,
    new_figure,
    styled,
)

MEAN = "mean"
"""The row of a comparison that stands for the weighted mean over the targets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareBar:
    """One domain's share of the training tokens in both mixtures; bounds are of the recommended one (90%)."""

    domain: str
    recommended: float
    uniform: float
    lower: float = math.nan
    upper: float = math.nan


@dataclass(frozen=True, slots=True, kw_only=True)
class LossDifference:
    """Recommended minus uniform, nats per token, with a 90% interval; below 0 the recommended is better.

    `predicted` is what the law said (NaN if it said nothing). `domain` is a domain or `MEAN`.
    """

    domain: str
    difference: float
    lower: float = math.nan
    upper: float = math.nan
    predicted: float = math.nan

    @property
    def known(self) -> bool:
        """Whether the interval excludes 0."""
        return self.upper < 0 or self.lower > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MixturePoint:
    """The weighted mean loss of one run of one mixture: FLOPs, nats per token, standard error."""

    recommended: bool
    flops: float
    loss: float
    se: float = math.nan


@styled
def allocation(bars: Sequence[ShareBar], *, tokens: float = math.nan) -> Figure:
    """Paired horizontal bars with the recommended share's interval; values printed, tokens too if D is given.

    Raises ValueError without bars.
    """
    figure = new_figure(8.6, 1.1 + 0.62 * len(bars))
    draw_allocation(figure.add_subplot(), bars, tokens=tokens)
    return figure


def draw_allocation(axes: Axes, bars: Sequence[ShareBar], *, tokens: float = math.nan) -> None:
    """The bars on given axes. Raises ValueError without bars."""
    if not bars:
        raise ValueError("an allocation needs at least one domain")
    for row, bar in enumerate(bars):
        axes.barh(row - 0.19, bar.recommended, 0.36, color=colour(bar.domain), zorder=2)
        axes.barh(row + 0.19, bar.uniform, 0.36, color=UNIFORM, zorder=2)
        if math.isfinite(bar.lower) and math.isfinite(bar.upper):
            axes.plot([bar.lower, bar.upper], [row - 0.19] * 2, color=INK, linewidth=1.6, marker="|", zorder=3)
        end = max(v for v in (bar.recommended, bar.upper) if math.isfinite(v))
        axes.text(end, row - 0.19, f"  {_share(bar.recommended, tokens)}", va="center", fontsize=9.5, weight="bold")
        axes.text(
            bar.uniform,
            row + 0.19,
            f"  {_share(bar.uniform, tokens)}",
            va="center",
            fontsize=8.5,
            color=MUTED,
        )
    reach = max(v for b in bars for v in (b.recommended, b.uniform, b.upper) if math.isfinite(v))
    axes.set(xlim=(0, reach * (1.22 if math.isnan(tokens) else 1.32)), ylim=(len(bars) - 0.45, -0.55))
    axes.set_yticks(range(len(bars)), [display(b.domain) for b in bars], fontsize=10)
    axes.tick_params(axis="y", length=0, colors=INK)
    axes.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    axes.grid(visible=False, axis="y")
    axes.set_xlabel("share of the training tokens (coloured: recommended, with 90% interval; grey: uniform)")


def _share(share: float, tokens: float) -> str:
    return f"{share:.1%}" if math.isnan(tokens) else f"{share:.1%} · {count(share * tokens)}"


@styled
def loss_differences(rows: Sequence[LossDifference]) -> Figure:
    """Dots with intervals around 0 per language; open diamonds are the law's prediction.

    Raises ValueError without rows.
    """
    if not rows:
        raise ValueError("loss_differences needs at least one row")
    figure = new_figure(8.6, 1.45 + 0.44 * len(rows))
    axes = figure.add_subplot()
    axes.axvline(0, color=INK, linewidth=1)
    for row, of in enumerate(rows):
        _draw_difference(axes, row, of)
    _label_differences(axes, rows)
    return figure


def _draw_difference(axes: Axes, row: int, of: LossDifference) -> None:
    shade = INK if of.domain == MEAN else colour(of.domain)
    if math.isfinite(of.lower) and math.isfinite(of.upper):
        axes.plot([of.lower, of.upper], [row, row], color=shade, linewidth=2.2, solid_capstyle="butt")
    fill = shade if of.known else "white"
    axes.plot(of.difference, row, "o", color=shade, markersize=8, markerfacecolor=fill, markeredgewidth=1.8)
    if math.isfinite(of.predicted):
        axes.plot(of.predicted, row + 0.27, "D", color=MUTED, markersize=4.5, markerfacecolor="white")


def _label_differences(axes: Axes, rows: Sequence[LossDifference]) -> None:
    names = ["weighted mean" if r.domain == MEAN else display(r.domain) for r in rows]
    axes.set_yticks(range(len(rows)), names, fontsize=10)
    for label, row in zip(axes.get_yticklabels(), rows, strict=True):
        label.set_fontweight("bold" if row.domain == MEAN else "normal")
    axes.tick_params(axis="y", length=0, colors=INK)
    values = [v for r in rows for v in (r.difference, r.lower, r.upper, r.predicted) if math.isfinite(v)]
    reach = max(*(abs(v) for v in values), 1e-6) * 1.12
    axes.set(xlim=(-reach, reach), ylim=(len(rows) - 0.4, -0.95))
    axes.grid(visible=False, axis="y")
    axes.text(-reach, -0.8, "← recommended is better", fontsize=9, color=MUTED, va="center")
    axes.text(reach, -0.8, "uniform is better →", fontsize=9, color=MUTED, va="center", ha="right")
    axes.set_xlabel("difference in held-out loss, recommended − uniform, nats per token\n"
                    "(filled: 90% interval excludes 0; grey diamond: predicted by the law)")  # fmt: skip


@styled
def loss_over_compute(points: Sequence[MixturePoint]) -> Figure:
    """Weighted mean loss of both mixtures against training FLOPs. Raises ValueError without points."""
    if not points:
        raise ValueError("loss_over_compute needs at least one run")
    figure = new_figure(7.6, 4.0)
    axes = figure.add_subplot()
    for recommended, shade, name in ((True, RECOMMENDED, "recommended"), (False, "#8A93A0", "uniform")):
        runs = sorted((p for p in points if p.recommended == recommended), key=lambda p: p.flops)
        _draw_runs(axes, runs, shade, name)
    count_axis(axes, "x")
    axes.xaxis.set_major_formatter(_flops_tick)
    axes.set_xlabel("training FLOPs")
    axes.set_ylabel("weighted mean held-out loss,\nnats per token")
    axes.legend()
    return figure


def _flops_tick(value: float, _position: float = 0.0) -> str:
    return f"{value:.0e}".replace("e+", "e")


def _draw_runs(axes: Axes, runs: Sequence[MixturePoint], shade: str, name: str) -> None:
    if not runs:
        return
    budgets = sorted({r.flops for r in runs})
    means = [float(np.mean([r.loss for r in runs if r.flops == b])) for b in budgets]
    axes.plot(budgets, means, color=shade, linewidth=1.4, label=name, marker="_", markersize=14)
    axes.plot([r.flops for r in runs], [r.loss for r in runs], "o", color=shade, markersize=5, alpha=0.8)
