"""Sections to one self-contained HTML page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined

from mixlaw.report.blocks import Section


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The top of the page: title, one line on what it rests on, and the footer's line."""

    title: str
    basis: str
    footer: str


def render_page(heading: Heading, sections: Sequence[Section]) -> str:
    """The page as HTML: styles inline, figures embedded, all text escaped, nothing fetched."""
    environment = Environment(
        loader=PackageLoader("mixlaw.report", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html.jinja").render(heading=heading, sections=sections)
