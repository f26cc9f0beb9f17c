"""Synergy: what mixing in another language does to a target's loss (the paper's Table 1)."""

from __future__ import annotations

import numpy as np

from mixlaw.laws import FittedLaw, SynergyMatrix, synergy_matrix
from mixlaw.laws.published.constants import SYNERGY
from mixlaw.report.blocks import Block, Missing, Paragraph, Picture, Section
from mixlaw.report.evidence import Evidence
from mixlaw.report.figures.heatmap import Matrix, heatmap
from mixlaw.report.figures.style import render

ANCHOR, TITLE = "synergy", "Synergy between languages"
_NOISE = {
    "seeds": "the scatter between runs of several seeds",
    "evaluation": "the sampling error of the held-out rows only (one seed: the scatter of training is left out, so "
    "the intervals can be too narrow)",
}


def synergy(evidence: Evidence) -> Section:
    """The heat map with its intervals and how it compares with Table 1, or the command that measures it."""
    observed = evidence.observed()
    matrix = synergy_matrix(observed) if observed is not None else None
    if matrix is None or not np.isfinite(matrix.gain).any():
        command = f"mixlaw run synergy --corpus CORPUS --out {evidence.out}"
        missing = Missing(what="No pair of languages has been trained with its baseline.", command=command)
        return Section(anchor=ANCHOR, title=TITLE, blocks=(missing,))
    blocks: list[Block] = [Paragraph(text=_reading(matrix)), _picture(matrix)]
    if (law := evidence.law("transfer")) is not None and len(law.domains) > 1:
        blocks.append(_weights_picture(law))
    return Section(anchor=ANCHOR, title=TITLE, blocks=tuple(blocks))


def _picture(matrix: SynergyMatrix) -> Picture:
    figure = heatmap(
        Matrix(
            rows=matrix.languages,
            columns=matrix.languages,
            values=matrix.gain,
            lower=matrix.lower,
            upper=matrix.upper,
            row_title="target",
            column_title="auxiliary language, half of the tokens",
            unit="% by which the target's loss is lower",
            least_span=2.0,
        ),
        "diverging",
    )
    return Picture(
        drawing=render("synergy", figure, "Synergy: half of another language against repeating one's own"),
        caption="Percent by which half of an auxiliary language lowers the target's held-out loss against repeating "
        "the target's own half; blue is better, red worse. Small: 90% interval. Pale italics: the interval includes "
        f"0. Hatched: not measured. Intervals cover {_NOISE[matrix.noise]}.",
        alt="Heat map of synergy by target and auxiliary language, with intervals.",
    )


def transfer_weights(law: FittedLaw) -> Matrix:
    """Weights of the column's domain for the row's target, whose own counts 1; bounds NaN where open."""
    shape = (len(law.targets), len(law.domains))
    values, lower, upper = (np.full(shape, np.nan) for _ in range(3))
    for i, target in enumerate(law.targets):
        intervals = law.intervals(target)
        for j, domain in enumerate(law.domains):
            found = intervals.get(f"w_{domain}")
            if found is not None:
                values[i, j] = found.value
                lower[i, j] = np.nan if found.lower is None else found.lower
                upper[i, j] = np.nan if found.upper is None else found.upper
    return Matrix(
        rows=law.targets,
        columns=law.domains,
        values=values,
        lower=lower,
        upper=upper,
        row_title="target",
        column_title="language of the training token",
        unit="weight (own language: 1)",
        digits=2,
        low=0.0,
        least_span=0.5,
    )


def _weights_picture(law: FittedLaw) -> Picture:
    title = "Transfer: how much one language counts for another"
    return Picture(
        drawing=render("transfer_weights", heatmap(transfer_weights(law), "sequential"), title),
        caption="Weights of the transfer law: how much the column's language counts for the row's target at equal "
        "shares (0: nothing; 1: as much as its own). Small: 90% interval. Pale italics: not identified by these runs.",
        alt="Heat map of transfer weights by target and language of the training token.",
    )


def _reading(matrix: SynergyMatrix) -> str:
    measured = np.isfinite(matrix.gain)
    better, worse = int((matrix.lower[measured] > 0).sum()), int((matrix.upper[measured] < 0).sum())
    n = int(measured.sum())
    text = (
        f"Of {n} measured pairs, mixing helps the target in {better}, harms it in {worse}, and is undecided in "
        f"{n - better - worse} (90% interval includes 0)."
    )
    ours, theirs = _both(matrix)
    if len(ours) > 2:
        text += (
            f" The paper's Table 1 (1.3B parameters, 128B tokens) has {int((theirs > 0).sum())} of {len(theirs)} of "
            f"the same pairs positive; the signs agree in {int((np.sign(ours) == np.sign(theirs)).sum())}."
        )
    return text


def _both(matrix: SynergyMatrix) -> tuple[np.ndarray, np.ndarray]:
    """The gains of the pairs that the paper's table has too: ours, theirs."""
    pairs = [
        (float(matrix.gain[i, j]), SYNERGY[target, auxiliary])
        for i, target in enumerate(matrix.languages)
        for j, auxiliary in enumerate(matrix.languages)
        if (target, auxiliary) in SYNERGY and np.isfinite(matrix.gain[i, j])
    ]
    return np.array([ours for ours, _ in pairs]), np.array([theirs for _, theirs in pairs])
