"""Write the report of an output folder: one page, and its figures as files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from mixlaw.corpus import Corpus
from mixlaw.report.blocks import Section
from mixlaw.report.evidence import Evidence, read_evidence
from mixlaw.report.figures.hero import hero
from mixlaw.report.figures.style import Drawing, render
from mixlaw.report.page import Heading, render_page
from mixlaw.report.sections.answer import answer
from mixlaw.report.sections.choice import choice
from mixlaw.report.sections.corpus import corpus_section
from mixlaw.report.sections.cost import cost
from mixlaw.report.sections.fit import fit_section
from mixlaw.report.sections.losses import loss_panels, losses
from mixlaw.report.sections.mixtures import mixtures, share_bars
from mixlaw.report.sections.parameters import parameters
from mixlaw.report.sections.predictions import predictions
from mixlaw.report.sections.programs import programs
from mixlaw.report.sections.synergy import synergy
from mixlaw.report.sections.translation import translation
from mixlaw.store import atomic_write
from mixlaw.trial import MixlawError

SECTIONS: tuple[Callable[[Evidence], Section], ...] = (
    answer,
    mixtures,
    choice,
    losses,
    fit_section,
    predictions,
    parameters,
    synergy,
    translation,
    programs,
    corpus_section,
    cost,
)
"""The page from top to bottom."""


def write_report(out: Path, *, corpus: Corpus | None = None) -> Path:
    """Write `out/report.html` and `out/figures/*.png, *.svg` from what the folder holds; returns the page's path.

    The page is one file that needs no other; a section whose data are missing names the command that makes them.
    Raises MixlawError when the folder does not exist or a file in it is damaged.
    """
    evidence = read_evidence(out, corpus)
    sections = [section(evidence) for section in SECTIONS]
    drawings = [drawing for section in sections for drawing in section.drawings]
    if (picture := _hero(evidence)) is not None:
        drawings.append(picture)
    for drawing in drawings:
        drawing.save(out / "figures")
    page = out / "report.html"
    atomic_write(page, render_page(_heading(evidence), sections).encode())
    return page


def draw_hero(out: Path, *, corpus: Corpus | None = None) -> Path:
    """Draw `out/figures/hero.png` (and .svg), the picture for a README; returns the PNG's path.

    Raises MixlawError when there is no recommendation, or no language was trained on alone.
    """
    drawing = _hero(read_evidence(out, corpus))
    if drawing is None:
        raise MixlawError(
            f"{out} lacks a recommendation or runs on single languages; run: mixlaw run single-language, mixlaw fit, "
            "mixlaw search"
        )
    drawing.save(out / "figures")
    return out / "figures" / f"{drawing.name}.png"


def _hero(evidence: Evidence) -> Drawing | None:
    law = evidence.chosen or evidence.law("chinchilla", "transfer")
    panels = loss_panels(evidence.finished, law, "D")
    if evidence.recommendation is None or not panels:
        return None
    title = f"{len(evidence.finished)} trainings, and the mixture that their fitted laws recommend"
    return render("hero", hero(share_bars(evidence.recommendation), panels), title)


def _heading(evidence: Evidence) -> Heading:
    finished, failed = len(evidence.finished), len(evidence.failed)
    runs = f"{finished} finished trial{'' if finished == 1 else 's'}" + (f", {failed} failed" if failed else "")
    laws = ", ".join(dict.fromkeys(law.form for law in evidence.laws)) or "none fitted yet"
    last = max((str(at) for at in evidence.finished["finished_at"].drop_nulls()), default="")
    at = last[:16].replace("T", " ")
    return Heading(
        title="Scaling laws and the mixture of languages",
        basis=f"{evidence.out.resolve().name}: {runs}; laws: {laws}." + (f" Last trial {at} UTC." if last else ""),
        footer="Written by mixlaw report. Losses are nats per token of this corpus's tokenizer; N counts "
        "non-embedding parameters, D training tokens; intervals are 90%. The figures lie beside this page in figures/.",
    )
