"""What a search says beyond its one answer: the value of more data, and what fairness between targets costs."""

from __future__ import annotations

from mixlaw.report.blocks import Block, Cell, Paragraph, Picture, Table
from mixlaw.report.figures.front import FrontMixture, pareto_front
from mixlaw.report.figures.style import count, display, render
from mixlaw.search import Front, Marginal, Recommendation

_ALIKE = 0.05
"""Marginal values within this fraction of their mean are said to be equal."""


def marginals(found: Recommendation) -> tuple[Block, ...]:
    """The table of shares with their intervals and the value of more tokens of each domain."""
    if not found.marginal:
        return ()
    tokens = count(found.marginal_tokens)
    rows = [_row(found, domain, found.marginal[domain]) for domain in found.shares if domain in found.marginal]
    table = Table(
        caption=f"Shares, and what {tokens} more tokens of one language would save at the recommended mixture, in "
        "thousandths of a nat of the mean loss; under each value its 90% interval.",
        headers=("language", "share", "uniform", f"saved by {tokens} more", "on a limit"),
        rows=tuple(rows),
        text_columns=frozenset({0, 4}),
    )
    return (table, Paragraph(text=_reading(found), tone="note"))


def _row(found: Recommendation, domain: str, value: Marginal) -> tuple[Cell, ...]:
    ends = found.share_intervals.get(domain)
    saved = [f"{1e3 * nats:.2f}" for nats in (value.nats, value.lower, value.upper)]
    return (
        Cell(text=display(domain)),
        Cell(
            text=f"{found.shares[domain]:.1%}",
            detail="" if ends is None else f"{100 * ends[0]:.1f} to {100 * ends[1]:.1f}",
        ),
        Cell(text=f"{found.reference.get(domain, 0.0):.1%}"),
        Cell(text=saved[0], detail=f"{saved[1]} to {saved[2]}" if value.lower == value.lower else ""),
        Cell(text="yes" if domain in found.binding else ""),
    )


def _reading(found: Recommendation) -> str:
    """Where the shares are free the values are equal: else moving tokens from one to another would help."""
    free = [value.nats for domain, value in found.marginal.items() if domain not in found.binding]
    mean = sum(free) / len(free) if free else 0.0
    if len(free) > 1 and max(abs(value - mean) for value in free) <= _ALIKE * abs(mean):
        return "The values are equal where no limit binds, as they must be at the best mixture."
    best = max(found.marginal, key=lambda domain: found.marginal[domain].nats)
    return f"More data of {display(best)} would help most."


def front_blocks(found: Front | None) -> tuple[Block, ...]:
    """The Pareto front's figure; nothing without a front, or with one mixture that is best on both counts."""
    if found is None or len(found.points) < 2:
        return ()
    mixtures = [
        FrontMixture(
            gain=p.gain.nats, lower=p.gain.lower, upper=p.gain.upper, worst=p.worst.change, target=p.worst.target,
            shares=p.shares,
        )
        for p in found.points
    ]  # fmt: skip
    title = f"Mean gain against the language that fares worst, N = {count(found.N)}, D = {count(found.D)}"
    picture = Picture(
        drawing=render("pareto_front", pareto_front(mixtures), title),
        caption="Each number is a mixture that no other beats on both counts. From 1 (the best mean) to the last (the "
        "worst-off language fares best) the left panel shows what sparing that language costs, the right one the "
        "shares that do it; lines are 90% intervals of the gain.",
        alt="Pareto front of mean gain and the change of the worst language, and the shares of each mixture on it.",
    )
    return (picture,)
