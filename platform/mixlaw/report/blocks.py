"""What a page is made of: sections of paragraphs, facts, tables and pictures, with no HTML in them.

Text is escaped when the page is rendered, so a label from a study or a manifest can hold anything.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Literal

from mixlaw.report.figures.style import Drawing


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Running text. `lead` is the answer itself, `note` what limits it."""

    text: str
    tone: Literal["plain", "lead", "note"] = "plain"
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One number that matters, what it is, and what it rests on."""

    label: str
    value: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A row of facts."""

    facts: tuple[Fact, ...]
    kind: Literal["facts"] = "facts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A table's cell; `muted` is for what is not known or not identified."""

    text: str
    detail: str = ""
    muted: bool = False
    strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table; the first column names the row, the others are numbers unless in `text_columns`."""

    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    text_columns: frozenset[int] = frozenset({0})
    kind: Literal["table"] = "table"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A figure with its caption, and in words what a reader who cannot see it would miss."""

    drawing: Drawing
    caption: str
    alt: str
    kind: Literal["picture"] = "picture"

    @property
    def uri(self) -> str:
        """The SVG as a data URI: the page needs no file beside it."""
        return "data:image/svg+xml;base64," + base64.b64encode(self.drawing.svg).decode("ascii")


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Something that this folder does not hold yet, and the command that makes it."""

    what: str
    command: str
    kind: Literal["missing"] = "missing"


Block = Paragraph | Facts | Table | Picture | Missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A titled part of the page; `anchor` is its address within it."""

    anchor: str
    title: str
    blocks: tuple[Block, ...]

    @property
    def drawings(self) -> tuple[Drawing, ...]:
        """The drawings of its pictures, in order."""
        return tuple(block.drawing for block in self.blocks if isinstance(block, Picture))


def text_cells(*texts: str) -> tuple[Cell, ...]:
    """A row of plain cells."""
    return tuple(Cell(text=text) for text in texts)
