"""Laws as tables for people, and their intervals for scripts."""

from __future__ import annotations

from mixlaw.laws import Choice, Ensemble, FittedLaw, HeldOut
from mixlaw_sweeps.console import console, short_names, table


def show_law(law: FittedLaw) -> None:
    """How it was chosen, parameters with their intervals, and errors on runs left out of the fit."""
    if law.choice is not None:
        show_choice(law.choice)
    if law.form != Ensemble.name:
        show_parameters(law)
    show_errors(law)
    for note in law.notes:
        console.print(f"note: {note}", markup=False)


def show_choice(choice: Choice) -> None:
    """Every form that was considered: its errors on rows left out, and its weight; then those of the choice."""
    splits = list(next(iter(choice.held_out.values())))
    rows = [
        [c.law, *(_error_text(c.held_out.get(s)) for s in splits), f"{c.weight:.2f}" if c.weight else "–"]
        for c in choice.candidates
        if not c.reason
    ]
    table(
        "candidates: mean relative error, %, of rows left out of the fit (± standard error), mean over targets",
        ["law", *splits, "weight"],
        rows,
    )
    for candidate in choice.candidates:
        if candidate.reason:
            console.print(f"{candidate.law} could not be judged: {candidate.reason}", markup=False, style="dim")
    words = ", ".join(f"{weight:.2f} {name}" for name, weight in choice.weights.items())
    console.print(f"the law: {words}")


def show_parameters(law: FittedLaw) -> None:
    """Parameters with their intervals, one line per target."""
    names = list(dict.fromkeys(n for t in law.targets for n in law.intervals(t) if not n.startswith("w_")))
    counted = "N non-embedding, D tokens, nats per token" if law.columns is None else "nats per token"
    title = f"{law.form}: parameters with 90% intervals, {law.n_runs} runs ({counted})"
    targets = list(short_names(law.targets).values())
    rows = [[_interval_text(law, t, n) for n in names] for t in law.targets]
    if len(names) > len(law.targets):
        # More parameters than targets (the published form has one target): a line for each parameter.
        table(title, ["parameter", *targets], [[n, *column] for n, *column in zip(names, *rows, strict=True)])
    else:
        table(title, ["target", *names], [[t, *row] for t, row in zip(targets, rows, strict=True)])
    if any(n.startswith("w_") for n in law.intervals(law.targets[0])):
        show_transfer(law)
    console.print("?: the runs do not identify this parameter (an end of its interval is open)", style="dim")


def show_errors(law: FittedLaw) -> None:
    """Errors of the fit and on runs left out of it, one line per target."""
    splits, shown = list(law.report[law.targets[0]].held_out), short_names(law.targets)
    table(
        f"{law.form}: mean relative error, %, of the fit and of runs left out of it (± standard error)",
        ["target", "in sample", *splits],
        [
            [shown[t], f"{law.report[t].in_sample_error:.2f}", *(_held_out_text(law, t, s) for s in splits)]
            for t in law.targets
        ],
    )


def show_transfer(law: FittedLaw) -> None:
    """How much each domain (column) counts for each target (row); the target's own domain counts 1."""
    shown, domains = short_names(law.targets), short_names(law.domains)
    rows = [[shown[t], *(_weight_text(law, t, d) for d in law.domains)] for t in law.targets]
    table(
        "weights w of the column's data for the row's loss (its own: 1)",
        ["target", *(domains[d] for d in law.domains)],
        rows,
    )


def _weight_text(law: FittedLaw, target: str, domain: str) -> str:
    found = law.intervals(target).get(f"w_{domain}")
    return "1" if found is None else f"{found.value:.2f}"


def _interval_text(law: FittedLaw, target: str, name: str) -> str:
    found = law.intervals(target).get(name)
    if found is None:
        return "–"
    ends = tuple("open" if end is None else f"{end:.3g}" for end in (found.lower, found.upper))
    value = f"{found.value:.3g}" if found.identified else "?"
    return f"{value} [{ends[0]}, {ends[1]}]"


def _held_out_text(law: FittedLaw, target: str, split: str) -> str:
    return _error_text(law.report[target].held_out[split])


def _error_text(held: HeldOut | None) -> str:
    if held is None or held.error is None:
        return "–"
    return f"{held.error:.2f}" + (f" ± {held.standard_error:.2f}" if held.standard_error is not None else "")


def intervals_json(law: FittedLaw, target: str) -> dict[str, dict[str, float | str | None]]:
    """A target's parameters with their intervals, for a script; an open end is null."""
    return {
        name: {"value": i.value, "lower": i.lower, "upper": i.upper, "reason": i.reason}
        for name, i in law.intervals(target).items()
    }
