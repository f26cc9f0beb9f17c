"""Loss against model size and against data, one small panel per language (the paper's Figure 2)."""

# pyright: reportUnknownMemberType=false
from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from numpy.typing import NDArray

from mixlaw.report.figures.style import (
    MUTED,
    count,
    count_axis,
    display,
    grid,
    loss_axis,
    new_figure,
    palette,
    ramp,
    styled,
)

Axis = Literal["N", "D"]
COUNTED = "non-embedding parameters"
AXIS_LABEL: dict[Axis, str] = {"N": f"N, {COUNTED}", "D": "D, training tokens"}
COLUMNS = 4
_CROWD = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class LossPoint:
    """A measured loss of one language: nats per token, its standard error (NaN if unknown).

    `repeated` marks runs that passed over their data more than once: the fitted curve does not describe them.
    """

    N: float
    D: float
    loss: float
    se: float = math.nan
    repeated: bool = False

    def along(self, axis: Axis) -> float:
        """Its coordinate on that axis."""
        return self.N if axis == "N" else self.D

    def across(self, axis: Axis) -> float:
        """The other coordinate: the level whose colour it takes."""
        return self.D if axis == "N" else self.N


@dataclass(frozen=True, slots=True, kw_only=True)
class LossCurve:
    """A fitted curve at one level of the other variable, with its 90% band: arrays of equal length."""

    level: float
    x: NDArray[np.float64]
    loss: NDArray[np.float64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class LossPanel:
    """What one language's panel shows."""

    domain: str
    points: tuple[LossPoint, ...]
    curves: tuple[LossCurve, ...] = ()


@styled
def loss_curves(panels: Sequence[LossPanel], axis: Axis, *, own_scale: bool = False, counted: str = COUNTED) -> Figure:
    """Small multiples on shared logarithmic axes; shades are the levels of the other variable.

    `own_scale` gives every panel its own range of losses, for targets that have little in common;
    `counted` is what N is. Raises ValueError without panels.
    """
    if not panels:
        raise ValueError("loss_curves needs at least one panel")
    levels = sorted({p.across(axis) for panel in panels for p in panel.points})
    columns = min(COLUMNS, len(panels) + 1)
    rows = math.ceil((len(panels) + 1) / columns)
    # A panel alone would be blown up to the width of the page.
    figure = new_figure(2.9 * columns, 2.55 * rows + 0.3) if len(panels) > 1 else new_figure(8.6, 3.6)
    all_axes = grid(figure, rows, columns, share="x" if own_scale else True)
    shades = palette([panel.domain for panel in panels])
    for axes, panel in zip(all_axes, panels, strict=False):
        _draw_panel(axes, panel, axis, levels, shades[panel.domain])
    count_axis(all_axes[0], "x")
    for axes in all_axes[: len(panels) if own_scale else 1]:
        loss_axis(axes)
    for spare in all_axes[len(panels) :]:
        spare.set_axis_off()
    _legend(all_axes[len(panels)], panels, axis, levels)
    for column in range(columns):
        _label_bottom(all_axes, len(panels), column, columns)
    figure.supxlabel(f"N, {counted}" if axis == "N" else AXIS_LABEL[axis], fontsize=10.5)
    figure.supylabel("held-out loss, nats per token", fontsize=10.5)
    return figure


def _draw_panel(axes: Axes, panel: LossPanel, axis: Axis, levels: list[float], base: str) -> None:
    shades = dict(zip(levels, ramp(base, len(levels)), strict=True))
    for curve in panel.curves:
        shade = shades.get(curve.level, base)
        axes.fill_between(curve.x, curve.lower, curve.upper, color=shade, alpha=0.18, linewidth=0)
        axes.plot(curve.x, curve.loss, color=shade)
    for level, shade in shades.items():
        for repeated in (False, True):
            points = [p for p in panel.points if p.across(axis) == level and p.repeated == repeated]
            _draw_points(axes, points, axis, shade)
    axes.set_title(display(panel.domain), color=base)


def _draw_points(axes: Axes, points: Sequence[LossPoint], axis: Axis, shade: str) -> None:
    """Points of one level, with the 90% interval over held-out rows."""
    if not points:
        return
    crowded = len(points) > _CROWD
    axes.errorbar(
        [point.along(axis) for point in points],
        [point.loss for point in points],
        yerr=[0.0 if math.isnan(point.se) else 1.645 * point.se for point in points],
        marker="o",
        markersize=3 if crowded else 4.5,
        alpha=0.6 if crowded else 1,
        color=shade,
        markerfacecolor="white" if points[0].repeated else shade,
        linestyle="",
        elinewidth=0.9,
        zorder=3,
    )


def _label_bottom(all_axes: list[Axes], n_panels: int, column: int, columns: int) -> None:
    """Shared axes label only the last row: label the lowest panel of a column whose last cell is empty."""
    filled = range(column, n_panels, columns)
    if len(filled):
        all_axes[filled[-1]].tick_params(labelbottom=True)


def _legend(axes: Axes, panels: Sequence[LossPanel], axis: Axis, levels: list[float]) -> None:
    other, unit = ("D", " tokens") if axis == "N" else ("N", " parameters")
    shades = ramp(MUTED, len(levels))
    handles: list[Line2D | Patch] = [
        Line2D([], [], color=shade, marker="o", markersize=4.5, label=f"{other} = {count(level)}{unit}")
        for level, shade in zip(levels, shades, strict=True)
    ]
    if any(panel.curves for panel in panels):
        handles.append(Patch(color=MUTED, alpha=0.25, label="90% band of the law"))
    if any(point.repeated for panel in panels for point in panel.points):
        hollow = Line2D([], [], color=MUTED, marker="o", markerfacecolor="white", linestyle="", markersize=4.5)
        hollow.set_label("data repeated")
        handles.append(hollow)
    axes.legend(handles=handles, loc="center left", borderaxespad=0.0, title="shade", alignment="left")
