"""What the corpus is made of: the funnel of its filters, and the tokens of each language and split."""

# pyright: reportUnknownMemberType=false
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import PercentFormatter

from mixlaw.report.figures.style import (
    INK,
    MUTED,
    colour,
    count,
    count_tick,
    display,
    new_figure,
    ramp,
    styled,
)

SPLITS = ("train", "validation", "test")
KEPT = "#2F4B6E"


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelStage:
    """Documents of each domain that were still there after one stage of the build."""

    name: str
    documents: Mapping[str, float]


@styled
def funnel(stages: Sequence[FunnelStage]) -> Figure:
    """Of the documents found: the share kept, then what each stage removed, a bar per domain.

    The first stage is what was found; each later one is named after what it removed.
    Raises ValueError with fewer than two stages.
    """
    if len(stages) < 2:
        raise ValueError(f"a funnel needs at least two stages, got {[s.name for s in stages]}")
    domains = [d for d, n in stages[0].documents.items() if n > 0]
    legend_rows = -(-len(stages) // 4)
    figure = new_figure(9.2, 1.0 + 0.22 * legend_rows + 0.36 * len(domains))
    axes = figure.add_subplot()
    for row, domain in enumerate(domains):
        _draw_funnel_row(axes, row, [stage.documents.get(domain, 0) for stage in stages])
    _label_rows(axes, domains)
    axes.set_xlim(0, 1.2)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1.0])
    axes.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    axes.set_xlabel("share of the documents found")
    handles = [Patch(color=KEPT, label="kept")]
    removed = reversed(list(zip(stages[1:], _removed_shades(len(stages) - 1), strict=True)))
    handles += [Patch(color=shade, label=f"removed: {stage.name}") for stage, shade in removed]
    figure.legend(handles=handles, loc="outside lower left", ncols=4)
    return figure


def _removed_shades(n: int) -> list[str]:
    """Orange shades, pale for the first stage: apart from the dark blue of what is kept for every eye."""
    return ramp("#C7791A", n)


def _draw_funnel_row(axes: Axes, row: int, left: Sequence[float]) -> None:
    """`left[i]` documents are left after stage i; `left[0]` were found."""
    found, kept = left[0], left[-1]
    axes.barh(row, kept / found, 0.66, color=KEPT)
    for stage, shade in enumerate(_removed_shades(len(left) - 1), start=1):
        axes.barh(row, (left[stage - 1] - left[stage]) / found, 0.66, left=left[stage] / found, color=shade)
    axes.text(1.01, row, f"{count(kept)} of {count(found)}", va="center", fontsize=9)


def _label_rows(axes: Axes, domains: Sequence[str]) -> None:
    axes.set_yticks(range(len(domains)), [display(d) for d in domains], fontsize=10)
    axes.set_ylim(len(domains) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0, colors=INK)
    axes.grid(visible=False, axis="y")


@styled
def tokens_by_split(tokens: Mapping[str, Mapping[str, float]]) -> Figure:
    """Stacked bars of tokens per domain: train in the language's colour, validation and test paler.

    `tokens[domain][split]`. Raises ValueError without domains.
    """
    if not tokens:
        raise ValueError("tokens_by_split needs at least one domain")
    figure = new_figure(9.2, 1.2 + 0.36 * len(tokens))
    axes = figure.add_subplot()
    for row, (domain, splits) in enumerate(tokens.items()):
        left = 0.0
        for split, strength in zip(SPLITS, (1.0, 0.55, 0.28), strict=True):
            axes.barh(row, splits.get(split, 0), 0.66, left=left, color=colour(domain), alpha=strength)
            left += splits.get(split, 0)
        parts = " + ".join(count(splits.get(split, 0)) for split in SPLITS)
        axes.text(left, row, f"  {parts}", va="center", fontsize=9, color=MUTED)
    reach = max(sum(s.values()) for s in tokens.values())
    _label_rows(axes, list(tokens))
    axes.set_xlim(0, reach * 1.3)
    axes.xaxis.set_major_formatter(count_tick)
    axes.set_xlabel("tokens (strong: train; paler: validation; palest: test)")
    return figure
