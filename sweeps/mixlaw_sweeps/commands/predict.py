"""`mixlaw predict`: what a mixture would reach at a scale."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from mixlaw.laws import FittedLaw
from mixlaw.trial import DISPLAY, MixlawError, checked_shares
from mixlaw_sweeps.commands.fit import default_law, programming_targets
from mixlaw_sweeps.commands.shared import Json
from mixlaw_sweeps.console import console, count, print_json, shares_text, table
from mixlaw_sweeps.options import assignments, number

LawArgument = Annotated[
    Path, typer.Argument(help="A law file, or the folder of a run (its law of mixtures).", show_default=False)
]


def predict(
    law: LawArgument,
    params: Annotated[str, typer.Option(help="N, non-embedding parameters, such as 1.5B.")],
    tokens: Annotated[str, typer.Option(help="D, training tokens, such as 350B.")],
    shares: Annotated[str, typer.Option(help="Proportions that sum to 1, such as python=0.5,rust=0.5.")],
    as_json: Json = False,
) -> None:
    """Predict each language's held-out loss, with its 90% interval, for a model, a budget and a mixture."""
    found = open_law(law)
    N, D = number(params, "--params"), number(tokens, "--tokens")
    mixture = checked_shares(assignments(shares, "--shares"))
    predicted = {t: found.predict(N, D, mixture, t) for t in found.targets}
    if as_json:
        losses: dict[str, Any] = {t: {"loss": p.loss, "lower": p.lower, "upper": p.upper} for t, p in predicted.items()}
        print_json({"params": N, "tokens": D, "shares": mixture, "losses": losses})
        return
    table(
        f"{found.form}: N = {count(N)}, D = {count(D)}, {shares_text(mixture)}",
        ["target", "loss, nats per token", "90% interval of the law"],
        [[DISPLAY.get(t, t), f"{p.loss:.4f}", f"[{p.lower:.4f}, {p.upper:.4f}]"] for t, p in predicted.items()],
    )
    mean = found.predict_mean(N, D, mixture, programming_targets(found))
    console.print(f"mean over languages: {mean.loss:.4f} [{mean.lower:.4f}, {mean.upper:.4f}]")
    warn_if_far(found, N, D)


def open_law(path: Path) -> FittedLaw:
    """A law file, or the law of mixtures of a run's folder."""
    return FittedLaw.load(default_law(path) if path.is_dir() else path)


def warn_if_far(law: FittedLaw, N: float, D: float) -> None:
    """Say how far beyond the fitted runs a prediction is; refuse nothing. Raises MixlawError for absurd units."""
    if law.scales.D[0] / 1e4 > D:
        raise MixlawError(f"{D:g} tokens are far below the fitted {law.scales.D[0]:g}; are they given in billions?")
    beyond = [
        f"{value / largest:.3g} times the largest {what} fitted"
        for value, largest, what in ((N, law.scales.N[1], "model"), (D, law.scales.D[1], "budget"))
        if value > 1.5 * largest
    ]
    if beyond:
        console.print(
            f"extrapolation: {' and '.join(beyond)}; the interval holds only if the form does", style="yellow"
        )
