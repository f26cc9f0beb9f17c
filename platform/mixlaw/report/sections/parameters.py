"""The fitted parameters of each language, and their order beside the paper's."""

from __future__ import annotations

from mixlaw.laws import FittedLaw, Interval, compare_order
from mixlaw.laws.published.constants import L_INF_RANK
from mixlaw.report.blocks import Block, Cell, Missing, Paragraph, Section, Table
from mixlaw.report.evidence import Evidence
from mixlaw.report.figures.style import count, display

ANCHOR, TITLE = "parameters", "Parameters of each language"
PAPER_ORDER = "C# < Java ≈ Rust < Go < TypeScript < JavaScript < Python"
_NAMES = ("E", "A", "B", "alpha_N", "alpha_D")
_HEADERS = ("language", "E, nats per token", "A", "B", "α_N", "α_D", "fitted runs")
_LEAST_LANGUAGES = 3


def parameters(evidence: Evidence) -> Section:
    """The table, what is not identified in it, and the order of the irreducible losses."""
    law = evidence.law("chinchilla", "transfer")
    if law is None:
        missing = Missing(
            what="No per-language law has been fitted.", command=f"mixlaw fit {evidence.out} --law chinchilla"
        )
        return Section(anchor=ANCHOR, title=TITLE, blocks=(missing,))
    blocks: list[Block] = [_table(law), *_remarks(law)]
    if sum(target in L_INF_RANK for target in law.targets) >= _LEAST_LANGUAGES:
        blocks.append(Paragraph(text=_order(law)))
    return Section(anchor=ANCHOR, title=TITLE, blocks=tuple(blocks))


def _table(law: FittedLaw) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for target in law.targets:
        intervals = law.intervals(target)
        cells = [parameter_cell(intervals[name]) for name in _NAMES]
        rows.append((Cell(text=display(target)), *cells, Cell(text=str(law.report[target].n_runs))))
    return Table(
        caption=f"L(N, D) = {_formula(law)} in nats per token, N in non-embedding parameters, D in tokens "
        f"({law.form} law, {law.n_runs} runs, {len(law.replicates)} bootstrap laws). Under each value its 90% "
        "interval; grey italics: not identified, the runs leave an end open and the value is not a measurement.",
        headers=_HEADERS,
        rows=tuple(rows),
    )


def _formula(law: FittedLaw) -> str:
    data = "D" if law.form == "chinchilla" else "D_eff"
    return f"E + A / N^α_N + B / {data}^α_D"


def parameter_cell(interval: Interval) -> Cell:
    """A value over its interval; muted where an end is open, with what is open."""
    if interval.identified:
        return Cell(text=number(interval.value), detail=f"{number(interval.lower)} to {number(interval.upper)}")
    lower = "open" if interval.lower is None else number(interval.lower)
    upper = "open" if interval.upper is None else number(interval.upper)
    ends = "not identified" if lower == upper == "open" else f"{lower} to {upper}"
    return Cell(text=number(interval.value), detail=ends, muted=True)


def number(value: float | None) -> str:
    """Three digits; large ones shortened to k, M, B."""
    if value is None:
        return "–"
    if value == 0:
        return "0"
    if abs(value) >= 1e15 or abs(value) < 1e-4:
        return f"{value:.1e}"
    return count(value) if abs(value) >= 1e4 else f"{value:.3g}"


def _remarks(law: FittedLaw) -> list[Paragraph]:
    open_ones = [
        f"{display(target)} ({', '.join(sorted({i.reason for i in law.intervals(target).values() if i.reason}))})"
        for target in law.targets
        if not law.intervals(target)["E"].identified
    ]
    remarks = [Paragraph(text=f"{note[0].upper()}{note[1:]}.", tone="note") for note in law.notes if note]
    if open_ones:
        text = f"The irreducible loss E is not identified at this scale for {'; '.join(open_ones)}."
        remarks.insert(0, Paragraph(text=text, tone="note"))
    return remarks


def _order(law: FittedLaw) -> str:
    order = compare_order(law)
    fitted = " < ".join(display(t) for t in order.order)
    text = (
        f"Order of the irreducible loss E here: {fitted}. The paper's, at 0.1B to 3.1B parameters: {PAPER_ORDER}. "
        f"Kendall's tau between the two is {order.tau:+.2f}"
    )
    text += f" (90% interval {order.lower:+.2f} to {order.upper:+.2f}). " if order.lower == order.lower else ". "
    text += _judgement(order.lower, order.upper)
    if order.unidentified:
        names = ", ".join(display(t) for t in order.unidentified)
        text += f" E of {names} is not identified, so their places are not known."
    (_, N), (_, D) = law.scales.N, law.scales.D
    return (
        f"{text} E is an extrapolation to infinite N and D from runs of at most {count(N)} parameters and {count(D)} "
        "tokens, of another corpus and tokenizer than the paper's."
    ).replace("-", "−")


def _judgement(lower: float, upper: float) -> str:
    if lower > 0:
        return "The two orders agree more than chance would."
    if upper < 0:
        return "The two orders disagree more than chance would."
    return "These runs can neither confirm nor refute the paper's order."
