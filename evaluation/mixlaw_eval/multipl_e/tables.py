"""What is printed of results and comparisons."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from mixlaw.trial import DISPLAY
from mixlaw_eval.multipl_e.results import Flavour
from mixlaw_eval.multipl_e.scores import Comparison, PassResults
from mixlaw_eval.pass_at_k import Estimate


def pass_table(results: PassResults, *, ks: Sequence[int] = (1,), seed: int = 0) -> RenderableType:
    """pass@k per language with 95% intervals, in every flavour that was run; verdicts; what was left out and why."""
    table = Table(
        title="pass@k in percent [95% interval over problems]", title_justify="left", box=None, pad_edge=False
    )
    table.add_column("language", no_wrap=True)
    for flavour in results.flavours:
        for k in ks:
            table.add_column(f"pass@{k}\n{flavour}", justify="right")
        table.add_column("problems", justify="right")
    for language in results.languages:
        table.add_row(DISPLAY[language], *_cells(results, language, ks, seed))
    if len(results.languages) > 1:
        table.add_row("mean", *_cells(results, None, ks, seed), style="bold")
    return Group(table, "", verdict_table(results), Text(_notes(results), style="dim"))


def verdict_table(results: PassResults) -> RenderableType:
    """How often each verdict was given, per language, in the flavour that counts last."""
    flavour = results.flavours[-1]
    counts = {language: results.verdicts(flavour, language) for language in results.languages}
    names = sorted({name for count in counts.values() for name in count}, key=lambda name: (name != "passed", name))
    table = Table(title=f"verdicts, {flavour}", title_justify="left", box=None, pad_edge=False)
    table.add_column("language", no_wrap=True)
    for name in names:
        table.add_column(name.replace("-", "-\n"), justify="right")
    for language, count in counts.items():
        table.add_row(DISPLAY[language], *(str(count[name] or "") for name in names))
    return table


def comparison_table(
    comparisons: Sequence[Comparison], *, names: tuple[str, str], flavour: Flavour, k: int
) -> RenderableType:
    """Both pass@k, their difference in points with its interval, and the p-value."""
    table = Table(title=f"pass@{k} in percent, {flavour}: {names[0]} against {names[1]}", title_justify="left",
                  box=None, pad_edge=False)  # fmt: skip
    table.add_column("language", no_wrap=True)
    for column in ("A", "B", "A - B [95% interval]", "p", "problems"):
        table.add_column(column, justify="right")
    for found in comparisons:
        gap = found.difference
        table.add_row(
            DISPLAY[found.language] if found.language else "mean",
            _percent(found.first),
            _percent(found.second),
            f"{100 * gap.value:+.1f} [{100 * gap.lower:+.1f}, {100 * gap.upper:+.1f}]",
            f"{gap.p_value:.4f}",
            str(gap.problems),
        )
    note = (
        "interval: problems drawn anew; p: sign-flip permutation test, two-sided; no correction for several languages"
    )
    return Group(table, Text(note, style="dim"))


def _cells(results: PassResults, language: str | None, ks: Sequence[int], seed: int) -> list[str]:
    cells: list[str] = []
    for flavour in results.flavours:
        found = [
            results.language(flavour, language, k=k, seed=seed) if language else results.macro(flavour, k=k, seed=seed)
            for k in ks
        ]
        cells += [*map(_interval, found), str(found[0].problems)]
    return cells


def _interval(found: Estimate) -> str:
    if math.isnan(found.value):
        return "–"
    return f"{100 * found.value:.1f} [{100 * found.lower:.1f}, {100 * found.upper:.1f}]"


def _percent(value: float) -> str:
    return "–" if math.isnan(value) else f"{100 * value:.1f}"


def _notes(results: PassResults) -> str:
    left_out = [
        f"{DISPLAY[language]} {name}: {reason}"
        for language in results.languages
        for name, reason in results.left_out("repaired", language).items()
    ]
    return "\n".join(["left out when repaired, as no correct solution can pass:", *left_out]) if left_out else ""
