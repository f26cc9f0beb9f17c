"""Language-by-language matrices: synergy (the paper's Table 1) and translation loss."""

# pyright: reportUnknownMemberType=false
from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Colormap, Normalize, TwoSlopeNorm
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from mixlaw.report.figures.style import INK, MUTED, display, new_figure, styled

Kind = Literal["diverging", "sequential"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Values (n_rows, n_columns), NaN where not measured, and the bounds of their 90% intervals, if any."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: NDArray[np.float64]
    lower: NDArray[np.float64] | None = None
    upper: NDArray[np.float64] | None = None
    row_title: str
    column_title: str
    unit: str
    digits: int = 1
    least_span: float = 0.0
    """The colours span at least 0 +- this (diverging) or this much (sequential): small differences stay pale."""
    low: float | None = None
    """Where a sequential scale begins; None is the smallest value."""

    def uncertain(self, row: int, column: int) -> bool:
        """Whether the interval includes 0 (the sign is not known) or is unknown; False without intervals."""
        if self.lower is None or self.upper is None:
            return False
        return not (self.lower[row, column] > 0 or self.upper[row, column] < 0)


@styled
def heatmap(matrix: Matrix, kind: Kind) -> Figure:
    """Cells with printed values; hatched where not measured, pale and italic where the sign is not known.

    Raises ValueError when no value is finite.
    """
    if not np.isfinite(matrix.values).any():
        raise ValueError("the matrix has no measured value")
    n_rows, n_columns = matrix.values.shape
    figure = new_figure(2.3 + 0.98 * n_columns, 1.5 + 0.62 * n_rows)
    axes = figure.add_subplot()
    norm, cmap = _scale(matrix, kind)
    for row in range(n_rows):
        for column in range(n_columns):
            _draw_cell(axes, matrix, row, column, norm, cmap)
    _frame(axes, matrix)
    bar = figure.colorbar(ScalarMappable(norm, cmap), ax=axes, shrink=0.85, pad=0.02, label=matrix.unit)
    bar.outline.set_visible(False)
    return figure


def _scale(matrix: Matrix, kind: Kind) -> tuple[Normalize, Colormap]:
    finite = matrix.values[np.isfinite(matrix.values)]
    if kind == "diverging":
        # One extreme cell must not bleach the others: the scale ends at the 95th percentile.
        reach = max(float(np.quantile(np.abs(finite), 0.95)), matrix.least_span, 1e-9)
        return TwoSlopeNorm(0.0, -reach, reach), mpl.colormaps["RdBu"]
    low = float(finite.min()) if matrix.low is None else matrix.low
    high = max(float(np.quantile(finite, 0.9)), low + max(matrix.least_span, 1e-9))
    return Normalize(low, high), mpl.colormaps["cividis_r"]


def _draw_cell(axes: Axes, matrix: Matrix, row: int, column: int, norm: Normalize, cmap: Colormap) -> None:
    value = float(matrix.values[row, column])
    corner = (column - 0.5, row - 0.5)
    if np.isnan(value):
        same = matrix.rows[row] == matrix.columns[column]
        axes.add_patch(
            Rectangle(corner, 1, 1, facecolor="#F4F5F7", edgecolor="#B6BCC5" if not same else "none",
                      hatch=None if same else "////", linewidth=0)
        )  # fmt: skip
        return
    uncertain = matrix.uncertain(row, column)
    red, green, blue, _ = cmap(float(np.clip(norm(value), 0, 1)))
    if uncertain:
        red, green, blue = (1 - 0.35 * (1 - part) for part in (red, green, blue))
    axes.add_patch(Rectangle(corner, 1, 1, facecolor=(red, green, blue), edgecolor="white", linewidth=1.5))
    dark = 0.299 * red + 0.587 * green + 0.114 * blue < 0.52
    ink = MUTED if uncertain else "white" if dark else INK
    _write_cell(axes, matrix, row, column, ink, "italic" if uncertain else "normal")


def _write_cell(axes: Axes, matrix: Matrix, row: int, column: int, ink: str, slant: str) -> None:
    has_interval = matrix.lower is not None and matrix.upper is not None
    value = _number(matrix.values[row, column], matrix.digits)
    axes.text(
        column, row - (0.14 if has_interval else 0), value,
        ha="center", va="center", color=ink, style=slant, fontsize=10.5,
        weight="normal" if slant == "italic" else "bold",
    )  # fmt: skip
    if matrix.lower is None or matrix.upper is None:
        return
    bounds = (float(matrix.lower[row, column]), float(matrix.upper[row, column]))
    if np.isfinite(bounds).all():
        text = " to ".join(_number(bound, matrix.digits) for bound in bounds)
        axes.text(column, row + 0.22, text, ha="center", va="center", color=ink, style=slant, fontsize=7.5)


def _number(value: float, digits: int) -> str:
    """Rounded, with a real minus and no minus zero."""
    return f"{value:z.{digits}f}".replace("-", "−")


def _frame(axes: Axes, matrix: Matrix) -> None:
    n_rows, n_columns = matrix.values.shape
    axes.set(xlim=(-0.5, n_columns - 0.5), ylim=(n_rows - 0.5, -0.5))
    axes.set_xticks(range(n_columns), [display(d) for d in matrix.columns])
    axes.set_yticks(range(n_rows), [display(d) for d in matrix.rows])
    axes.tick_params(length=0, labelsize=10, colors=INK, top=True, labeltop=True, bottom=False, labelbottom=False)
    axes.grid(visible=False)
    axes.xaxis.set_label_position("top")
    axes.set_xlabel(matrix.column_title, labelpad=8)
    axes.set_ylabel(matrix.row_title, labelpad=8)
    for spine in axes.spines.values():
        spine.set_visible(False)
