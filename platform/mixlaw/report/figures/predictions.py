"""Predicted against measured loss, one panel per law."""

# pyright: reportUnknownMemberType=false
from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from mixlaw.report.figures.style import INK, MUTED, display, grid, new_figure, palette, styled, thinned

COLUMNS = 3
_MOST_NAMED, _MOST_POINTS = 10, 1500


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictedPoint:
    """One loss of one trial, nats per token; `held_out` if the law cannot have been fitted to it."""

    domain: str
    measured: float
    predicted: float
    held_out: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LawPanel:
    """What one law's panel shows."""

    title: str
    points: tuple[PredictedPoint, ...]
    kinds: tuple[str, str] = ("fitted range", "beyond it")
    """What the points are, and those that are held out."""


def mean_relative_error(points: Sequence[PredictedPoint]) -> float:
    """Mean of |predicted - measured| / measured; NaN without points."""
    errors = [abs(p.predicted - p.measured) / p.measured for p in points]
    return float(np.mean(errors)) if errors else math.nan


@styled
def predicted_against_measured(panels: Sequence[LawPanel]) -> Figure:
    """Scatter around the diagonal: filled circles lie in the fitted range, open diamonds beyond it.

    Raises ValueError without panels.
    """
    if not panels:
        raise ValueError("predicted_against_measured needs at least one law")
    columns = 2 if len(panels) == 4 else min(COLUMNS, len(panels))
    rows = math.ceil(len(panels) / columns)
    figure = new_figure(3.7 * columns + 1.9, 3.9 * rows + 0.3)
    all_axes = grid(figure, rows, columns)
    limits = _limits([p for panel in panels for p in panel.points])
    for axes, panel in zip(all_axes, panels, strict=False):
        _draw_panel(axes, panel, limits)
    for spare in all_axes[len(panels) :]:
        spare.set_axis_off()
    figure.supxlabel("measured held-out loss, nats per token", fontsize=10.5)
    figure.supylabel("predicted, nats per token", fontsize=10.5)
    _legend(figure, panels)
    return figure


def _limits(points: Sequence[PredictedPoint]) -> tuple[float, float]:
    # Of the measured losses: one absurd prediction must not squeeze all others into a corner.
    values = [p.measured for p in points if math.isfinite(p.measured)]
    if not values:
        return 0.0, 1.0
    margin = 0.15 * (max(values) - min(values)) + 1e-6
    return min(values) - margin, max(values) + margin


def _draw_panel(axes: Axes, panel: LawPanel, limits: tuple[float, float]) -> None:
    axes.plot(limits, limits, color=MUTED, linewidth=1, zorder=1)
    domains = list(dict.fromkeys(point.domain for point in panel.points))
    shades = palette(domains)
    for held_out in (False, True):
        for domain in domains:
            mine = [p for p in panel.points if p.domain == domain and p.held_out == held_out and _inside(p, limits)]
            shown = thinned(len(mine), _MOST_POINTS // len(domains))
            _draw_points(axes, [mine[i] for i in shown], shades[domain])
    axes.set(xlim=limits, ylim=limits, aspect="equal")
    axes.set_title(panel.title)
    note = {"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 1.5}
    axes.text(
        0.04, 0.96, _errors(panel, limits), transform=axes.transAxes, va="top", fontsize=9, linespacing=1.4, bbox=note
    )


def _draw_points(axes: Axes, points: Sequence[PredictedPoint], shade: str) -> None:
    """Points of one domain and kind."""
    if not points:
        return
    held_out = points[0].held_out
    axes.scatter(
        [point.measured for point in points],
        [point.predicted for point in points],
        marker="D" if held_out else "o",
        s=34 if held_out else 20,
        facecolors="white" if held_out else shade,
        edgecolors=shade if held_out else "none",
        linewidths=1.4 if held_out else 0,
        alpha=1 if held_out else 0.7,
        zorder=3 if held_out else 2,
    )


def _inside(point: PredictedPoint, limits: tuple[float, float]) -> bool:
    return limits[0] <= point.predicted <= limits[1]


def _errors(panel: LawPanel, limits: tuple[float, float]) -> str:
    parts = {
        panel.kinds[0]: [p for p in panel.points if not p.held_out],
        panel.kinds[1]: [p for p in panel.points if p.held_out],
    }
    lines = [f"{name}: {mean_relative_error(of):.1%} (n={len(of)})" for name, of in parts.items() if of]
    outside = sum(not _inside(point, limits) for point in panel.points)
    lines += [f"predictions beyond the frame: {outside}"] if outside else []
    return "\n".join(["mean relative error", *lines])


def _legend(figure: Figure, panels: Sequence[LawPanel]) -> None:
    seen = dict.fromkeys(p.domain for panel in panels for p in panel.points)
    shades, (fitted, held_out) = palette(list(seen)), panels[0].kinds
    named = seen if len(seen) <= _MOST_NAMED else ()
    handles = [Line2D([], [], color=shades[d], marker="o", linestyle="", label=display(d)) for d in named]
    handles.append(Line2D([], [], color=INK, marker="o", linestyle="", label=fitted))
    if any(p.held_out for panel in panels for p in panel.points):
        handles.append(Line2D([], [], color=INK, marker="D", markerfacecolor="white", linestyle="", label=held_out))
    figure.legend(handles=handles, loc="outside right center", handletextpad=0.2)
