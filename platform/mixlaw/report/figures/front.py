"""The Pareto front of a search: mean gain against the target that fares worst, and the shares along it."""

# pyright: reportUnknownMemberType=false
from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import PercentFormatter

from mixlaw.report.figures.style import INK, MUTED, RECOMMENDED, display, new_figure, palette, styled

_LEAST_PRINTED = 0.055
"""Shares below this are too narrow for a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMixture:
    """One mixture of the front: its gain in mean loss over the reference, nats, with its 90% interval (NaN if unknown).

    `worst` is the relative change of the loss of `target`, which fares worst: 0.01 is 1% worse than the reference.
    """

    gain: float
    lower: float
    upper: float
    worst: float
    target: str
    shares: Mapping[str, float]


@styled
def pareto_front(mixtures: Sequence[FrontMixture]) -> Figure:
    """Left: the front. Right: a bar of shares for each of its mixtures, numbered as on the left.

    Raises ValueError without mixtures.
    """
    if not mixtures:
        raise ValueError("pareto_front needs at least one mixture")
    figure = new_figure(11.4, 1.9 + 0.42 * max(len(mixtures), 4))
    left, right = figure.subplots(1, 2, width_ratios=(1, 1.35))
    _draw_front(left, mixtures)
    _draw_shares(right, mixtures)
    shades = palette(list(mixtures[0].shares))
    handles = [Patch(color=shade, label=display(domain)) for domain, shade in shades.items()]
    figure.legend(handles=handles, loc="outside lower right", ncols=min(4, len(handles)))
    return figure


def _draw_front(axes: Axes, mixtures: Sequence[FrontMixture]) -> None:
    worst, gains = [100 * m.worst for m in mixtures], [m.gain for m in mixtures]
    axes.plot(worst, gains, color=RECOMMENDED, linewidth=1.2, zorder=1)
    for number, mixture in enumerate(mixtures, start=1):
        x = 100 * mixture.worst
        if math.isfinite(mixture.lower):
            axes.plot([x, x], [mixture.lower, mixture.upper], color=MUTED, linewidth=1.2, zorder=1)
        axes.plot(x, mixture.gain, "o", color=RECOMMENDED, markersize=13, zorder=2)
        axes.text(x, mixture.gain, str(number), color="white", ha="center", va="center", fontsize=8.5, weight="bold")
    axes.axhline(0, color=INK, linewidth=0.8)
    axes.axvline(0, color=INK, linewidth=0.8)
    axes.margins(x=0.1)
    targets = dict.fromkeys(display(mixture.target) for mixture in mixtures)
    axes.set_xlabel(f"change of the loss that fares worst, %\n({', '.join(targets)})")
    axes.set_ylabel("gain in mean loss over uniform, nats")


def _draw_shares(axes: Axes, mixtures: Sequence[FrontMixture]) -> None:
    shades = palette(list(mixtures[0].shares))
    for row, mixture in enumerate(mixtures):
        left = 0.0
        for domain, shade in shades.items():
            share = mixture.shares.get(domain, 0.0)
            axes.barh(row, share, 0.78, left=left, color=shade, edgecolor="white", linewidth=0.8)
            if share >= _LEAST_PRINTED:
                axes.text(
                    left + share / 2, row, f"{100 * share:.0f}", color="white", ha="center", va="center", fontsize=8
                )
            left += share
    axes.set(xlim=(0, 1), ylim=(len(mixtures) - 0.5, -0.5))
    axes.set_yticks(range(len(mixtures)), [str(row + 1) for row in range(len(mixtures))], fontsize=10)
    axes.tick_params(axis="y", length=0, colors=INK)
    axes.grid(visible=False)
    axes.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    axes.set_xlabel("share of the training tokens, %")
