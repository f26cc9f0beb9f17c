"""`mixlaw predict`: what a mixture would reach at a scale."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from mixlaw.trial import DISPLAY, checked_shares
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
    from mixlaw_sweeps import fitting

    found = fitting.open_law(law)
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
    mean = found.predict_mean(N, D, mixture, fitting.programming_targets(found))
    console.print(f"mean over languages: {mean.loss:.4f} [{mean.lower:.4f}, {mean.upper:.4f}]")
    fitting.warn_if_far(found, N, D)
