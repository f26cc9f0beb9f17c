"""What the law leaves unexplained, against everything that it should have explained: N, D, the target's own share."""

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
from matplotlib.ticker import PercentFormatter
from numpy.typing import NDArray

from mixlaw.report.figures.style import INK, MUTED, count_axis, display, grid, new_figure, palette, styled, thinned

Along = Literal["N", "D", "share", "predicted"]
_LABEL: dict[Along, str] = {
    "N": "N, parameters",
    "D": "D, training tokens",
    "share": "the target's own share",
    "predicted": "predicted loss, nats per token",
}
_BAND = "#DDE3EA"
_FEW = 12
"""With no more distinct values than this, targets stand side by side at each."""
_BINS = 8
_LEAST_IN_BIN = 6
_MOST_POINTS = 1500
_MOST_NAMED = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetResiduals:
    """One target's rows, arrays (n,): what they were, the predicted loss, and 100 log(measured / predicted).

    `share` is of the target's own domain, NaN where it has none.
    """

    target: str
    N: NDArray[np.float64]
    D: NDArray[np.float64]
    share: NDArray[np.float64]
    predicted: NDArray[np.float64]
    percent: NDArray[np.float64]

    def along(self, axis: Along) -> NDArray[np.float64]:
        """(n,) the coordinate on that axis."""
        return {"N": self.N, "D": self.D, "share": self.share, "predicted": self.predicted}[axis]


@styled
def residuals(targets: Sequence[TargetResiduals], noise: float) -> Figure:
    """A panel for everything that varies; a band of +- 90% of the scatter `noise` of a run (a log residual's standard
    deviation, not percent); a line through the medians of neighbouring rows.

    Raises ValueError without rows.
    """
    if not sum(len(of.percent) for of in targets):
        raise ValueError("residuals needs at least one row")
    axes_shown = _varying(targets)
    figure = new_figure(2.0 + 3.2 * len(axes_shown), 3.6)
    panels = grid(figure, 1, len(axes_shown))
    reach = _reach(targets, noise)
    for axes, axis in zip(panels, axes_shown, strict=True):
        _draw_panel(axes, targets, axis, noise)
        axes.set_ylim(-reach, reach)
        axes.set_xlabel(_LABEL[axis])
    if outside := sum(int(np.sum(np.abs(of.percent) > reach)) for of in targets):
        panels[0].text(
            0.02,
            0.97,
            f"beyond the frame: {outside}",
            transform=panels[0].transAxes,
            va="top",
            fontsize=8.5,
            color=MUTED,
        )
    for axes in panels[1:]:
        axes.tick_params(labelleft=False)
    panels[0].set_ylabel("measured above (+) or below (−)\nthe law, %")
    figure.legend(handles=_handles(targets), loc="outside right center", handletextpad=0.4)
    return figure


def _varying(targets: Sequence[TargetResiduals]) -> list[Along]:
    wanted: tuple[Along, ...] = ("N", "D", "share")
    found: list[Along] = [axis for axis in wanted if len(np.unique(_known(targets, axis))) > 1]
    return found if len(found) > 1 else [*found, "predicted"]


def _known(targets: Sequence[TargetResiduals], axis: Along) -> NDArray[np.float64]:
    values = np.concatenate([of.along(axis) for of in targets])
    return values[np.isfinite(values)]


def _reach(targets: Sequence[TargetResiduals], noise: float) -> float:
    """Of the axis: a few absurd residuals must not squeeze the others onto the zero line."""
    sizes = np.abs(np.concatenate([of.percent for of in targets]))
    finite = sizes[np.isfinite(sizes)]
    return 1.15 * max(float(np.quantile(finite, 0.99)) if len(finite) else 0.0, 330 * noise, 1e-6)


def _draw_panel(axes: Axes, targets: Sequence[TargetResiduals], axis: Along, noise: float) -> None:
    half = 164.5 * noise
    axes.axhspan(-half, half, color=_BAND, zorder=0, linewidth=0)
    axes.axhline(0, color=INK, linewidth=1, zorder=1)
    few = len(np.unique(_known(targets, axis))) <= _FEW and axis in ("N", "D")
    most = max(_MOST_POINTS // len(targets), 1)
    for place, (of, shade) in enumerate(zip(targets, _shades(targets), strict=True)):
        x = of.along(axis) * (_sidestep(place, len(targets)) if few else 1.0)
        shown = thinned(len(x), most)
        axes.scatter(x[shown], of.percent[shown], s=11, color=shade, alpha=0.6, linewidths=0, zorder=2)
    _draw_medians(axes, targets, axis)
    if axis in ("N", "D"):
        count_axis(axes, "x")
    elif axis == "share":
        axes.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))


def _sidestep(place: int, n: int) -> float:
    """A factor within 1.09 either way."""
    return math.exp(0.17 * ((place + 0.5) / n - 0.5))


def _draw_medians(axes: Axes, targets: Sequence[TargetResiduals], axis: Along) -> None:
    x, y = np.concatenate([of.along(axis) for of in targets]), np.concatenate([of.percent for of in targets])
    x, y = x[np.isfinite(x)], y[np.isfinite(x)]
    edges = np.unique(np.quantile(x, np.linspace(0, 1, _BINS + 1)))
    distinct = np.unique(x)
    bins = np.searchsorted(distinct, x) if len(distinct) <= _FEW else np.searchsorted(edges[1:-1], x, side="right")
    kept = [b for b in np.unique(bins) if np.sum(bins == b) >= _LEAST_IN_BIN]
    middles = [(float(np.median(x[bins == b])), float(np.median(y[bins == b]))) for b in kept]
    axes.plot(*zip(*middles, strict=True), color=INK, linewidth=1.8, marker="o", markersize=4, zorder=4)


def _shades(targets: Sequence[TargetResiduals]) -> list[str]:
    names = [of.target for of in targets]
    shades = palette(names)
    return [shades[name] for name in names]


def _handles(targets: Sequence[TargetResiduals]) -> list[Line2D | Patch]:
    handles: list[Line2D | Patch] = [
        Line2D([], [], color=INK, marker="o", markersize=4, label="median"),
        Patch(color=_BAND, label="90% of runs\n(run noise)"),
    ]
    if len(targets) > _MOST_NAMED:
        return [*handles, Line2D([], [], color=MUTED, marker="o", linestyle="", label=f"{len(targets)} targets")]
    return handles + [
        Line2D([], [], color=shade, marker="o", linestyle="", markersize=5, label=display(of.target))
        for of, shade in zip(targets, _shades(targets), strict=True)
    ]
