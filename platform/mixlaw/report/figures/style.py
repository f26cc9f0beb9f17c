"""One look for every figure: colours, type sizes, number formats, and how a figure becomes files.

One colour per language everywhere: the colour-blind-safe set of Okabe and Ito (2008) with a wine red for the
seventh language; the two mixtures are told apart by dark and light neutrals and never read as a language.
"""

# pyright: reportUnknownMemberType=false
from __future__ import annotations

import functools
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, ParamSpec

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

from mixlaw.store import atomic_write
from mixlaw.trial import DISPLAY, PARALLEL, TEXT

P = ParamSpec("P")

COLOURS: dict[str, str] = {
    "python": "#0072B2",
    "java": "#D55E00",
    "javascript": "#E69F00",
    "typescript": "#56B4E9",
    "csharp": "#CC79A7",
    "go": "#009E73",
    "rust": "#882255",
    TEXT: "#6B7280",
    PARALLEL: "#3B3B3B",
    "mixture": "#3B3B3B",
}
_OTHERS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#882255", "#999933")
"""For targets that are no languages of the project, in their order."""
RECOMMENDED = "#1F2A44"
UNIFORM = "#A9B1BD"
INK = "#1A1D21"
MUTED = "#6A717B"
FAINT = "#E4E7EB"

_RC: Any = {
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 10,
    "axes.titlesize": 11,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.labelsize": 10,
    "axes.labelcolor": INK,
    "axes.edgecolor": "#8A919B",
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.grid": True,
    "grid.color": FAINT,
    "grid.linewidth": 0.7,
    "xtick.labelsize": 9,
    "ytick.labelsize": 9,
    "xtick.color": "#4A505A",
    "ytick.color": "#4A505A",
    "text.color": INK,
    "legend.fontsize": 9,
    "legend.frameon": False,
    "lines.linewidth": 1.6,
    "figure.facecolor": "white",
    "hatch.color": "#B6BCC5",
    "hatch.linewidth": 0.8,
    "svg.hashsalt": "mixlaw",
}
_NO_METADATA: dict[str, None] = dict.fromkeys(("Date", "Creator", "Format", "Type"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A finished figure as bytes: PNG for slides, SVG for the page."""

    name: str
    png: bytes
    svg: bytes

    def save(self, directory: Path) -> None:
        """Write NAME.png and NAME.svg, each atomically."""
        atomic_write(directory / f"{self.name}.png", self.png)
        atomic_write(directory / f"{self.name}.svg", self.svg)


def styled(draw: Callable[P, Figure]) -> Callable[P, Figure]:
    """Run a drawing function under the house style, leaving Matplotlib's global settings alone."""

    @functools.wraps(draw)
    def run(*args: P.args, **kwargs: P.kwargs) -> Figure:
        with mpl.rc_context(_RC):
            return draw(*args, **kwargs)

    return run


def render(name: str, figure: Figure, title: str) -> Drawing:
    """Title a figure and draw it twice: PNG at 180 dots per inch, and SVG with text as outlines (alike everywhere)."""
    with mpl.rc_context(_RC):
        figure.suptitle(title, x=0.008, ha="left", fontsize=12.5, weight="bold")
        png, svg = io.BytesIO(), io.BytesIO()
        figure.savefig(png, format="png", dpi=180, metadata={"Software": None})
        figure.set_layout_engine("none")  # keeps the layout just made: making it again doubles the time
        figure.savefig(svg, format="svg", metadata=_NO_METADATA)
    return Drawing(name=name, png=png.getvalue(), svg=svg.getvalue())


def new_figure(width: float, height: float) -> Figure:
    """An empty figure of that size in inches, laid out so that nothing overlaps."""
    return Figure(figsize=(width, height), layout="constrained")


def thinned(n: int, most: int) -> list[int]:
    """Indices of at most `most` of `n` points, always the same ones; drawn, because checkpoints come in a rhythm."""
    return sorted(np.random.default_rng(0).permutation(n)[:most].tolist())


def grid(figure: Figure, rows: int, columns: int, *, share: bool | Literal["x"] = False) -> list[Axes]:
    """Rows x columns axes in reading order; `share` gives all the same limits, "x" the same horizontal ones."""
    made: Any = figure.subplots(rows, columns, sharex=bool(share), sharey=share is True, squeeze=False)
    return [axes for row in made for axes in row]


def display(domain: str) -> str:
    """A domain's name for people; an unknown one is shown as it is."""
    return DISPLAY.get(domain, domain)


def colour(domain: str) -> str:
    """A domain's colour; that of anything else is muted."""
    return COLOURS.get(domain, MUTED)


def palette(names: Sequence[str]) -> dict[str, str]:
    """A colour for each name: the domains' own, eight others in turn; all muted when they are more."""
    others = [name for name in names if name not in COLOURS]
    if len(others) > len(_OTHERS):
        return {name: colour(name) for name in names}
    return {name: colour(name) for name in names} | dict(zip(others, _OTHERS, strict=False))


def ink_on(ground: str) -> str:
    """Dark or white, whichever is read better on that colour (relative luminance, Rec. 601)."""
    red, green, blue = to_rgb(ground)
    return "white" if 0.299 * red + 0.587 * green + 0.114 * blue < 0.55 else INK


def ramp(base: str, n: int) -> list[str]:
    """`n` shades of a colour from pale to somewhat darker than itself; one shade is the colour."""
    if n == 1:
        return [base]
    return [_shade(base, t) for t in np.linspace(-0.62, 0.28, n)]


def _shade(base: str, t: float) -> str:
    """Towards white for t < 0, towards black for t > 0."""
    rgb, goal = np.array(to_rgb(base)), np.ones(3) if t < 0 else np.zeros(3)
    red, green, blue = rgb + (goal - rgb) * abs(t)
    return to_hex((float(red), float(green), float(blue)))


def count(value: float) -> str:
    """A count for people: 950, 12k, 1.3M, 64B, 1T."""
    for limit, suffix in ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= limit * 0.9995:
            return f"{value / limit:.3g}{suffix}"
    return f"{value:.3g}"


def count_tick(value: float, _position: float = 0.0) -> str:
    """`count` as a tick formatter."""
    return count(float(value))


def signed(value: float, digits: int = 3) -> str:
    """A number that always shows its sign, with a real minus."""
    return f"{value:+z.{digits}f}".replace("-", "−")


def count_axis(axes: Axes, which: str) -> None:
    """A logarithmic axis in counts: 100k, 200k, 500k, 1M, with as many labels as fit."""
    axis = axes.xaxis if which == "x" else axes.yaxis
    axes.set(**{f"{which}scale": "log"})
    low, high = axes.get_xlim() if which == "x" else axes.get_ylim()
    steps = (1.0,) if high / low > 60 else (1.0, 3.0) if high / low > 12 else (1.0, 2.0, 5.0)
    axis.set_major_locator(LogLocator(subs=steps))
    axis.set_major_formatter(FuncFormatter(count_tick))
    axis.set_minor_formatter(NullFormatter())


def loss_axis(axes: Axes) -> None:
    """A logarithmic loss axis with plain labels (a decade of loss is rare: the ticks lie within it)."""
    axes.set_yscale("log")
    low, high = axes.get_ylim()
    candidates = (0.05, 0.1, 0.2, 0.25, 0.5, 1.0)
    step = next((s for s in candidates if (high - low) / s <= 6), 2.0)
    ticks = np.arange(np.ceil(low / step) * step, high, step)
    axes.set_yticks(ticks, [f"{t:.10g}" for t in np.round(ticks, 6)])
    axes.set_ylim(low, high)
    axes.yaxis.set_minor_formatter(NullFormatter())
    axes.minorticks_off()
