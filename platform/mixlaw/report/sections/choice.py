"""Which law predicts best: the candidates judged on rows left out of their fits."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from mixlaw.laws import Candidate, Choice, FittedLaw, HeldOut
from mixlaw.report.blocks import Block, Cell, Missing, Paragraph, Picture, Section, Table
from mixlaw.report.evidence import Evidence
from mixlaw.report.figures.choice import LawErrors, LeftOutError, left_out_errors
from mixlaw.report.figures.style import render

ANCHOR, TITLE = "choice", "Which law predicts best"
SPLITS = {
    "largest-N": "largest models left out",
    "largest-D": "longest training left out",
    "mixtures": "mixtures left out",
}
"""What was left out of a fit, in words."""
_MEANING = {
    "largest-N": "without the largest models",
    "largest-D": "without the last part of the training at every model size",
    "mixtures": "without a fifth of the mixtures at a time",
}


def choice(evidence: Evidence) -> Section:
    """The candidates of the law that was chosen, or the command that chooses one."""
    law = evidence.chosen
    if law is None:
        missing = Missing(what="No law has been chosen among others.", command=f"mixlaw fit {evidence.out} --law auto")
        return Section(anchor=ANCHOR, title=TITLE, blocks=(missing,))
    return Section(anchor=ANCHOR, title=TITLE, blocks=choice_blocks(law))


def choice_blocks(law: FittedLaw) -> tuple[Block, ...]:
    """What was chosen and why: a sentence, the figure, the table. None for a law whose name was given."""
    found = law.choice
    if found is None:
        return ()
    blocks: list[Block] = [Paragraph(text=f"{_outcome(found)} {_meaning(found)}")]
    rows = [_of_choice(found), *(_of_candidate(candidate) for candidate in _judged(found))]
    if any(row.errors for row in rows):
        blocks.append(_picture(rows))
    blocks.append(_table(found, rows[0]))
    blocks += [Paragraph(text=why, tone="note") for why in _unmeasured(found)]
    return tuple(blocks)


def _outcome(found: Choice) -> str:
    weights = found.weights
    if len(weights) == 1:
        return f"The {next(iter(weights))} law predicts best and was taken alone."
    parts = ", ".join(f"{law} {weight:.0%}" for law, weight in weights.items())
    return f"The best prediction is a weighted mean of {len(weights)} laws: {parts}."


def _meaning(found: Choice) -> str:
    measured = {split for held in found.held_out.values() for split, of in held.items() if of.error is not None}
    ways = [words for split, words in _MEANING.items() if split in measured]
    parts = ", ".join(ways[:-1]) + f" and {ways[-1]}" if len(ways) > 1 else "".join(ways)
    return f"Each law was fitted {parts}, and then predicted what it had not seen." if ways else ""


def _judged(found: Choice) -> list[Candidate]:
    """Those with errors, heaviest first."""
    return sorted((c for c in found.candidates if c.held_out), key=lambda c: -c.weight)


def _of_candidate(candidate: Candidate) -> LawErrors:
    errors = {split: error for split, held in candidate.held_out.items() if (error := _error(held)) is not None}
    weight = f" ({candidate.weight:.2f})" if candidate.weight else ""
    return LawErrors(law=f"{candidate.law}{weight}", errors=errors)


def _of_choice(found: Choice) -> LawErrors:
    splits = dict.fromkeys(split for by_split in found.held_out.values() for split in by_split)
    errors = {split: error for split in splits if (error := _error_of_choice(found, split)) is not None}
    return LawErrors(law="the choice", errors=errors, chosen=True)


def _error_of_choice(found: Choice, split: str) -> LeftOutError | None:
    """Mean over targets; its standard error is the weighted mean of its members', who err on the same runs."""
    of_targets = [held[split].error for held in found.held_out.values() if split in held]
    known = [error for error in of_targets if error is not None]
    if not known:
        return None
    members = [(c.weight, held.standard_error) for c in found.candidates if (held := c.held_out.get(split))]
    spreads = [weight * (math.nan if spread is None else spread) for weight, spread in members if weight]
    return LeftOutError(error=float(np.mean(known)), standard_error=sum(spreads))


def _error(held: HeldOut) -> LeftOutError | None:
    if held.error is None:
        return None
    return LeftOutError(
        error=held.error, standard_error=math.nan if held.standard_error is None else held.standard_error
    )


def _picture(rows: list[LawErrors]) -> Picture:
    return Picture(
        drawing=render("law_choice", left_out_errors(rows, SPLITS), "Error of each law on runs it had not seen"),
        caption="Further left is better. Dark diamond: the law that was chosen, its weights found without the rows "
        "that judge it; grey: each candidate, with its weight. Where the lines overlap, these runs cannot tell the "
        "laws apart.",
        alt="Dot plot: mean relative error of each law on runs left out, a panel for each kind of runs left out.",
    )


def _table(found: Choice, chosen: LawErrors) -> Table:
    shown = [split for split in SPLITS if split in chosen.errors]
    rows = [(Cell(text="the choice", strong=True), *(_cell(chosen.errors.get(s), True) for s in shown), Cell(text=""))]
    rows += [_row(candidate, shown) for candidate in _judged(found)]
    return Table(
        caption="Candidates: mean relative error in percent of the losses left out, mean over targets, ± its standard "
        "error over runs (the choice: its members'); and the weight in the law that was chosen.",
        headers=("law", *(SPLITS[split] for split in shown), "weight"),
        rows=tuple(rows),
    )


def _row(candidate: Candidate, splits: list[str]) -> tuple[Cell, ...]:
    errors = _of_candidate(candidate).errors
    return (
        Cell(text=candidate.law),
        *(_cell(errors.get(split), False) for split in splits),
        Cell(text=f"{candidate.weight:.2f}" if candidate.weight else "0", muted=not candidate.weight),
    )


def _cell(found: LeftOutError | None, strong: bool) -> Cell:
    if found is None:
        return Cell(text="not measured", muted=True)
    spread = f" ± {found.standard_error:.2f}" if math.isfinite(found.standard_error) else ""
    return Cell(text=f"{found.error:.2f}{spread}", strong=strong)


def _unmeasured(found: Choice) -> list[str]:
    """Candidates that could not be judged, and kinds of rows that could not be left out, with the reasons."""
    refused = [f"{c.law} could not be judged: {c.reason}." for c in found.candidates if c.reason]
    return refused + not_left_out(found.held_out)


def not_left_out(held_out: Mapping[str, Mapping[str, HeldOut]]) -> list[str]:
    """Why an error of rows left out could not be measured, once each; `held_out` is by target and split."""
    reasons = {
        f"Not measured with the {SPLITS.get(split, split)}: {held.reason}."
        for by_split in held_out.values()
        for split, held in by_split.items()
        if held.reason
    }
    return sorted(reasons)
