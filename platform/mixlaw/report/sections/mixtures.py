"""Recommended against uniform in full: shares (the paper's Figure 5) and losses (Figures 1 and 6)."""

from __future__ import annotations

import math

from mixlaw.report.blocks import Block, Cell, Missing, Paragraph, Picture, Section, Table
from mixlaw.report.contest import Contest, contest_points, hold_contest
from mixlaw.report.evidence import Evidence
from mixlaw.report.figures.mixtures import (
    MEAN,
    LossDifference,
    ShareBar,
    allocation,
    loss_differences,
    loss_over_compute,
)
from mixlaw.report.figures.style import count, display, render, signed
from mixlaw.report.sections.front import front_blocks, marginals
from mixlaw.search import Recommendation
from mixlaw.trial import DOMAINS

ANCHOR, TITLE = "mixtures", "Recommended against uniform"


def mixtures(evidence: Evidence) -> Section:
    """The allocation, then losses language by language once both have been trained."""
    found = evidence.recommendation
    if found is None:
        command = f"mixlaw search {evidence.out} --params N --tokens D"
        missing = Missing(what="There is no recommended mixture to compare.", command=command)
        return Section(anchor=ANCHOR, title=TITLE, blocks=(missing,))
    blocks: list[Block] = [_allocation(found), *_limits(found), *marginals(found), *front_blocks(evidence.front)]
    contest = hold_contest(evidence)
    if contest is None:
        command = f"mixlaw run allocation --corpus CORPUS --out {evidence.out}"
        blocks.append(Missing(what="Both mixtures' losses have not been measured.", command=command))
    else:
        blocks += [_differences(contest), _table(contest), *_over_compute(evidence)]
    return Section(anchor=ANCHOR, title=TITLE, blocks=tuple(blocks))


def share_bars(found: Recommendation) -> list[ShareBar]:
    """Both mixtures' shares of every domain that has one, in the paper's order."""
    bars: list[ShareBar] = []
    for domain in DOMAINS:
        if domain not in found.shares and domain not in found.reference:
            continue
        lower, upper = found.share_intervals.get(domain, (math.nan, math.nan))
        shares = (found.shares.get(domain, 0.0), found.reference.get(domain, 0.0))
        bars.append(ShareBar(domain=domain, recommended=shares[0], uniform=shares[1], lower=lower, upper=upper))
    return bars


def _allocation(found: Recommendation) -> Picture:
    return Picture(
        drawing=render(
            "allocation", allocation(share_bars(found), tokens=found.D), "Recommended and uniform allocation"
        ),
        caption=f"Shares of {count(found.D)} training tokens, with tokens: recommended (coloured) and uniform as far "
        "as the limits allow (grey). Lines: 90% interval of the best share over the bootstrap laws; a wide one says "
        "that the loss hardly depends on that share.",
        alt="Bars of the recommended and the uniform share of each language.",
    )


def _limits(found: Recommendation) -> list[Paragraph]:
    if not found.binding:
        return []
    names = ", ".join(display(domain) for domain in found.binding)
    return [Paragraph(text=f"On a limit that was asked for: {names}.", tone="note")]


def _differences(contest: Contest) -> Picture:
    return Picture(
        drawing=render(
            "loss_differences",
            loss_differences(contest.differences),
            f"Recommended minus uniform, trained with N = {count(contest.N)}, D = {count(contest.D)}",
        ),
        caption=f"Measured difference of each language's held-out loss at {count(contest.N)} parameters and "
        f"{count(contest.D)} tokens. Left of 0: the recommended mixture is better.",
        alt="Differences of held-out loss between recommended and uniform for each language, with intervals.",
    )


def _table(contest: Contest) -> Table:
    return Table(
        caption="Held-out losses in nats per token, means over seeds; differences with their 90% intervals.",
        headers=("language", "share, recommended", "share, uniform", "loss, recommended", "loss, uniform", "difference",
                 "predicted difference"),
        rows=tuple(_row(contest, of) for of in contest.differences),
    )  # fmt: skip


def _row(contest: Contest, of: LossDifference) -> tuple[Cell, ...]:
    weights = contest.weights if of.domain == MEAN else {of.domain: 1.0}
    n = len(contest.pairs)
    recommended = sum(pair.recommended.mean(weights) for pair in contest.pairs) / n
    uniform = sum(pair.uniform.mean(weights) for pair in contest.pairs) / n
    shares = [contest.shares(mixture).get(of.domain) for mixture in ("recommended", "uniform")]
    ends = f"{signed(of.lower, 4)} to {signed(of.upper, 4)}" if math.isfinite(of.lower) else ""
    return (
        Cell(text="weighted mean" if of.domain == MEAN else display(of.domain)),
        *(Cell(text="" if of.domain == MEAN else f"{share or 0.0:.1%}") for share in shares),
        Cell(text=f"{recommended:.4f}"),
        Cell(text=f"{uniform:.4f}"),
        Cell(text=signed(of.difference, 4), detail=ends, muted=not of.known, strong=of.known),
        Cell(text=signed(of.predicted, 4) if math.isfinite(of.predicted) else "–"),
    )


def _over_compute(evidence: Evidence) -> list[Picture]:
    """The paper's Figure 1; it takes both mixtures at two scales at least."""
    points = contest_points(evidence)
    if len({point.flops for point in points}) < 2:
        return []
    return [
        Picture(
            drawing=render("loss_by_compute", loss_over_compute(points), "Loss of both mixtures against compute"),
            caption="Weighted mean held-out loss of both mixtures against training compute: points are runs, lines "
            "join their means.",
            alt="Loss of the recommended and the uniform mixture against training FLOPs.",
        )
    ]
