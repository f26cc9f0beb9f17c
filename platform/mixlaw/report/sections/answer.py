"""The answer first: the recommended mixture, what it was predicted to do, and what it did."""

from __future__ import annotations

import numpy as np

from mixlaw.report.blocks import Block, Cell, Fact, Facts, Missing, Paragraph, Section, Table
from mixlaw.report.comparison import interval_basis
from mixlaw.report.contest import MIXTURES, STALE_SHARE, Contest, hold_contest
from mixlaw.report.evidence import Evidence
from mixlaw.report.figures.mixtures import LossDifference
from mixlaw.report.figures.style import count, display, signed
from mixlaw.search import Recommendation

ANCHOR, TITLE = "answer", "The answer"


def answer(evidence: Evidence) -> Section:
    """Recommendation and verdict, then recommended against uniform as trained."""
    found = evidence.recommendation
    if found is None:
        return Section(anchor=ANCHOR, title=TITLE, blocks=_steps_to_an_answer(evidence))
    contest = hold_contest(evidence)
    blocks: list[Block] = [
        Paragraph(text=recommendation_sentence(found), tone="lead"),
        _promise(found),
        Paragraph(text=f"The law's verdict: {found.verdict}"),
    ]
    if contest is None:
        command = f"mixlaw run allocation --corpus CORPUS --out {evidence.out}"
        blocks.append(Missing(what="Recommended and uniform have not been trained side by side.", command=command))
    else:
        blocks += _judged(contest)
    return Section(anchor=ANCHOR, title=TITLE, blocks=tuple(blocks))


def _steps_to_an_answer(evidence: Evidence) -> tuple[Block, ...]:
    out = evidence.out
    if evidence.laws:
        command = f"mixlaw search {out} --params N --tokens D"
        return (Missing(what="There is no recommended mixture yet: no search has been made.", command=command),)
    if len(evidence.finished):
        what = "There is no recommended mixture yet: fit the laws, then search."
        return (Missing(what=what, command=f"mixlaw fit {out} && mixlaw search {out} --params N --tokens D"),)
    what = "There is no recommended mixture yet: nothing has been trained."
    return (Missing(what=what, command=f"mixlaw run mixtures --corpus CORPUS --out {out}"),)


def recommendation_sentence(found: Recommendation) -> str:
    """The mixture in one sentence, largest share first, with 90% intervals."""
    ordered = sorted(found.shares.items(), key=lambda item: -item[1])
    parts = [_share_words(found, domain, share) for domain, share in ordered if share >= 5e-4]
    none = [display(d) for d, share in ordered if share < 5e-4]
    text = (
        f"For a model of {count(found.N)} parameters and {count(found.D)} training tokens, the fitted {found.law} law "
        f"recommends {', '.join(parts)}"
    )
    return f"{text}, and nothing of {', '.join(none)}." if none else f"{text}."


def _promise(found: Recommendation) -> Facts:
    """What the law says before anything is trained."""
    gain = found.gain
    known = gain.lower == gain.lower
    facts = (
        Fact(
            label="predicted gain over uniform",
            value=f"{gain.nats:.4f} nats",
            detail=f"90%: {signed(gain.lower, 4)} to {signed(gain.upper, 4)}" if known else "no interval",
        ),
        Fact(
            label="probability that it is a gain",
            value=f"{100 * gain.probability:.0f}%" if known else "unknown",
            detail="of the bootstrap laws",
        ),
        Fact(label="scatter of a single run", value=f"{found.run_noise:.4f} nats", detail="of the mean loss"),
    )
    return Facts(facts=facts)


def _share_words(found: Recommendation, domain: str, share: float) -> str:
    ends = found.share_intervals.get(domain)
    words = f"{display(domain)} {share:.1%}"
    if ends is None or abs(ends[1] - ends[0]) < 5e-4:
        return f"{words} (fixed)" if domain in found.binding else words
    digits = 0 if ends[1] - ends[0] >= 0.03 else 1
    return f"{words} ({100 * ends[0]:.{digits}f} to {100 * ends[1]:.{digits}f})"


def _judged(contest: Contest) -> list[Block]:
    blocks: list[Block] = [_facts(contest), Paragraph(text=measured_sentence(contest)), _table(contest)]
    blocks.append(Paragraph(text=f"{interval_basis(len(contest.pairs))}.", tone="note"))
    if contest.stale > STALE_SHARE:
        text = (
            f"The trained mixture is not the one recommended above: a share differs by {contest.stale:.1%}. The law "
            "was fitted anew since; run the allocation study again to train today's recommendation."
        )
        blocks.append(Paragraph(text=text, tone="note"))
    return blocks


def _facts(contest: Contest) -> Facts:
    n = len(contest.pairs)
    facts = [
        Fact(
            label="measured: recommended − uniform",
            value=f"{signed(contest.mean.difference, 4)} nats",
            detail=f"{_ends(contest.mean.lower, contest.mean.upper)}, {n} seed{'s' if n > 1 else ''}",
        )
    ]
    if contest.predicted is not None:
        facts.append(
            Fact(
                label="predicted: recommended − uniform",
                value=f"{signed(contest.predicted.loss, 4)} nats",
                detail=_ends(contest.predicted.lower, contest.predicted.upper),
            )
        )
    facts += [Fact(label="verdict", value=verdict_word(contest.mean), detail="of the measurement")]
    better = sum(d.upper < 0 for d in contest.differences[1:])
    worse = sum(d.lower > 0 for d in contest.differences[1:])
    facts += [
        Fact(
            label="languages better / worse / undecided",
            value=f"{better} / {worse} / {len(contest.differences) - 1 - better - worse}",
            detail="than under the uniform mixture",
        )
    ]
    return Facts(facts=tuple(facts))


def verdict_word(mean: LossDifference) -> str:
    """Better, worse or undecided, by whether the interval excludes 0."""
    if not mean.known:
        return "undecided"
    return "better" if mean.difference < 0 else "worse"


def _ends(lower: float, upper: float) -> str:
    return f"90%: {signed(lower, 4)} to {signed(upper, 4)}" if lower == lower else "no interval"


def measured_sentence(contest: Contest) -> str:
    """What came of it, whichever way, and whether the law was right about it."""
    words = {
        "better": "the recommended mixture is better than uniform",
        "worse": "the recommended mixture is worse than uniform",
        "undecided": "these runs cannot tell the recommended mixture from uniform",
    }[verdict_word(contest.mean)]
    text = (
        f"Trained side by side at {count(contest.N)} parameters and {count(contest.D)} tokens: {words}. Its weighted "
        f"mean held-out loss is {abs(contest.mean.difference):.4f} nats per token "
        f"{'lower' if contest.mean.difference < 0 else 'higher'} ({_percent(contest)}; difference "
        f"{signed(contest.mean.difference, 4)}, {_ends(contest.mean.lower, contest.mean.upper)})."
    )
    return f"{text} {_on_the_law(contest)}".strip()


def _percent(contest: Contest) -> str:
    return f"{signed(100 * contest.mean.difference / float(np.mean(contest.measured('uniform'))), 2)}%"


def _on_the_law(contest: Contest) -> str:
    if contest.law is None or contest.predicted is None:
        return ""
    seen = contest.law.scales
    scale = (
        f"The law had not seen this scale: it was fitted to runs of up to {count(seen.N[1])} parameters and "
        f"{count(seen.D[1])} tokens"
        if contest.unseen
        else "This scale lies within the runs that the law was fitted to, so it is no test of extrapolation"
    )
    return f"{scale}; it predicted {signed(contest.predicted.loss, 4)}."


def _table(contest: Contest) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for mixture in MIXTURES:
        measured, predicted = contest.measured(mixture), contest.predict(mixture)
        centre = float(np.mean(measured))
        seeds = ", ".join(f"{value:.4f}" for value in measured)
        rows.append(
            (
                Cell(text=mixture),
                Cell(text="–", muted=True)
                if predicted is None
                else Cell(text=f"{predicted.loss:.4f}", detail=f"{predicted.lower:.4f} to {predicted.upper:.4f}"),
                Cell(text=f"{centre:.4f}", detail=f"seeds: {seeds}" if len(measured) > 1 else ""),
                Cell(text="–" if predicted is None else f"{signed(100 * (predicted.loss / centre - 1), 2)}%"),
            )
        )
    return Table(
        caption="Weighted mean held-out loss of both mixtures, nats per token: predicted (with the law's 90% interval) "
        "and measured.",
        headers=("mixture", "predicted", "measured", "error of the prediction"),
        rows=tuple(rows),
    )
