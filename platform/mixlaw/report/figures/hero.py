"""One picture for the README: the recommended mixture beside the loss curves that it comes from."""

# pyright: reportUnknownMemberType=false
from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mixlaw.report.figures.loss_curves import AXIS_LABEL, Axis, LossPanel
from mixlaw.report.figures.mixtures import ShareBar, draw_allocation
from mixlaw.report.figures.style import colour, count, count_axis, display, loss_axis, new_figure, styled


@styled
def hero(bars: Sequence[ShareBar], panels: Sequence[LossPanel]) -> Figure:
    """Left: shares with intervals. Right: every language's loss against data at its largest model.

    Raises ValueError when either has nothing to show.
    """
    if not panels:
        raise ValueError("hero needs at least one language's losses")
    figure = new_figure(12.6, 5.2)
    left, right = figure.subplots(1, 2, width_ratios=(1.05, 1))
    draw_allocation(left, bars)
    left.set_xlabel("share of the training tokens (grey: uniform)")
    left.set_title("Recommended mixture, 90% interval")
    _draw_curves(right, panels)
    return figure


def _draw_curves(axes: Axes, panels: Sequence[LossPanel]) -> None:
    axis: Axis = "D"
    level = max(p.across(axis) for panel in panels for p in panel.points)
    ends: list[tuple[float, float, str]] = []
    for panel in panels:
        shade = colour(panel.domain)
        points = [p for p in panel.points if p.across(axis) == level and not p.repeated]
        axes.plot([p.along(axis) for p in points], [p.loss for p in points], "o", color=shade, markersize=5)
        for curve in panel.curves:
            if curve.level == level:
                axes.fill_between(curve.x, curve.lower, curve.upper, color=shade, alpha=0.15, linewidth=0)
                axes.plot(curve.x, curve.loss, color=shade)
        if points:
            last = max(points, key=lambda p: p.along(axis))
            ends.append((last.along(axis), last.loss, panel.domain))
    count_axis(axes, "x")
    loss_axis(axes)
    _label_ends(axes, ends)
    axes.set_xlabel(AXIS_LABEL[axis])
    axes.set_ylabel("held-out loss, nats per token")
    axes.set_title(f"Loss of each language, N = {count(level)} parameters")


def _label_ends(axes: Axes, ends: Sequence[tuple[float, float, str]]) -> None:
    """Names beside the last points, pushed apart where they would overlap (in the axes' own height)."""
    to_axes = axes.transData + axes.transAxes.inverted()
    placed = -1.0
    for _, loss, domain in sorted(ends, key=lambda end: end[1]):
        height = float(to_axes.transform((ends[0][0], loss))[1])
        placed = max(height, placed + 0.055)
        axes.text(1.015, placed, display(domain), transform=axes.transAxes, va="center", fontsize=10,
                  color=colour(domain), weight="bold")  # fmt: skip
